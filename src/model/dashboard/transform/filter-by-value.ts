// filterByValue: the rows whose values pass all of some conditions, or any of them.

import type { DataFrame, Value } from '#model/dashboard/field.ts'
import { fieldNamed, pickRows, rowsOf } from '#model/dashboard/frame.ts'
import { safeRegex } from '#model/dashboard/safe-regex.ts'
import { fields, isFields, items, numeric, text, word } from '#model/fields.ts'
import type { Transform } from './transform.ts'

type Condition = (value: Value) => boolean

export const filterByValue: Transform = (frames, options, { fill }) =>
  frames.map((frame) => {
    const conditions = items(options.filters)
      .filter(isFields)
      .flatMap((filter) => rowCondition(frame, filter, fill))
    if (conditions.length === 0) return frame
    const holds = (row: number) =>
      options.match === 'all' ? conditions.every((one) => one(row)) : conditions.some((one) => one(row))
    const kept = options.type !== 'exclude'
    return pickRows(
      frame,
      rowsOf(frame).filter((row) => holds(row) === kept),
    )
  })

/** A condition on a field that the frame does not have is none. */
function rowCondition(
  frame: DataFrame,
  { fieldName, config }: Readonly<Record<string, unknown>>,
  fill: (text: string) => string,
): readonly ((row: number) => boolean)[] {
  const field = typeof fieldName === 'string' ? fieldNamed(frame, fieldName) : undefined
  const { id, options } = fields(config)
  const condition = conditionOf(text(id), fields(options), fill)
  return field && condition ? [(row) => condition(field.values[row])] : []
}

function conditionOf(
  id: string | undefined,
  { value, from, to }: Readonly<Record<string, unknown>>,
  fill: (text: string) => string,
): Condition | undefined {
  const written = typeof value === 'string' ? fill(value) : value
  const limit = numeric(written)
  const wanted = word(written) ?? ''
  const against = (compare: (value: number, limit: number) => boolean): Condition => {
    return (one) => typeof one === 'number' && limit !== undefined && compare(one, limit)
  }
  switch (id) {
    case 'isNull':
      return (one) => one === undefined
    case 'isNotNull':
      return (one) => one !== undefined
    case 'equal':
      return (one) => String(one ?? '') === wanted
    case 'notEqual':
      return (one) => String(one ?? '') !== wanted
    case 'greater':
      return against((one, other) => one > other)
    case 'greaterOrEqual':
      return against((one, other) => one >= other)
    case 'lower':
      return against((one, other) => one < other)
    case 'lowerOrEqual':
      return against((one, other) => one <= other)
    case 'between': {
      const [low, high] = [numeric(from) ?? Number.NEGATIVE_INFINITY, numeric(to) ?? Number.POSITIVE_INFINITY]
      return (one) => typeof one === 'number' && one > low && one < high
    }
    case 'substring':
      return (one) =>
        String(one ?? '')
          .toLowerCase()
          .includes(wanted.toLowerCase())
    case 'notSubstring':
      return (one) =>
        !String(one ?? '')
          .toLowerCase()
          .includes(wanted.toLowerCase())
    case 'regex': {
      const regex = safeRegex(wanted, 'anywhere')
      return (one) => regex?.test(String(one ?? '')) ?? false
    }
    default:
      return undefined
  }
}
