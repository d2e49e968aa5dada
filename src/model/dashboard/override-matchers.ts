// Which fields an override is meant for. A matcher that is not known here matches nothing.
import { fields, number, text, texts } from '#model/fields.ts'
import type { DataFrame, Field, FieldOverride, Value } from './field.ts'
import { isNamed, nameOf } from './frame.ts'
import { reducerOf, reduceValues } from './reduce.ts'
import { safeRegex } from './safe-regex.ts'

export type FieldMatcher = (field: Field, frame: DataFrame) => boolean

export function matcherOf({ id, options }: FieldOverride['matcher']): FieldMatcher {
  switch (id) {
    case 'byName':
      return (field) => typeof options === 'string' && isNamed(field, options)
    case 'byNames':
      return byNames(options)
    case 'byRegexp':
      return byRegexp(options)
    case 'byRegexpOrNames': {
      const { pattern, names } = fields(options)
      const [named, matching] = [byNames(names), byRegexp(pattern)]
      return (field, frame) => named(field, frame) || matching(field, frame)
    }
    case 'byType':
      return ({ type }) => type === options
    case 'byTypes':
      return ({ type }) => texts(options).includes(type)
    case 'numeric':
      return ({ type }) => type === 'number'
    case 'time':
      return ({ type }) => type === 'time'
    case 'firstTimeField':
      return (field, frame) => field === frame.fields.find(({ type }) => type === 'time')
    case 'byFrameRefID':
      return byRefId(options)
    case 'byValue':
      return byValue(options)
    case 'anyMatch':
      return () => true
    default:
      return () => false
  }
}

/** A list, or names to include or to exclude: that is how one series alone is shown, so the time stays. */
function byNames(options: unknown): FieldMatcher {
  if (Array.isArray(options)) {
    const names = new Set(texts(options))
    return (field) => names.has(nameOf(field)) || names.has(field.name)
  }
  const { mode, names } = fields(options)
  const listed = new Set(texts(names))
  if (mode === 'exclude') return (field) => field.type !== 'time' && !listed.has(nameOf(field))
  return (field) => listed.has(nameOf(field)) || listed.has(field.name)
}

function byRegexp(options: unknown): FieldMatcher {
  const regex = typeof options === 'string' ? safeRegex(options, 'whole') : undefined
  return (field) => regex?.test(nameOf(field)) ?? false
}

/** `A`, or a regular expression over several: `/^(?:A|B)$/`. */
export function byRefId(options: unknown): (field: unknown, frame: DataFrame) => boolean {
  const regex = typeof options === 'string' ? safeRegex(options, 'whole') : undefined
  return (_, frame) => regex?.test(frame.refId) ?? false
}

/** What the values come down to, compared; `allIsZero` and `allIsNull` are compared with nothing. */
function byValue(options: unknown): FieldMatcher {
  const { reducer, op, value } = fields(options)
  const known = reducerOf(reducer)
  const limit = number(value)
  return (field) => {
    if (known === undefined || field.type !== 'number') return false
    const reduced = reduceValues(field.values, known)
    if (known === 'allIsNull' || known === 'allIsZero') return reduced === 1
    return limit !== undefined && compare(reduced, text(op) ?? 'gte', limit)
  }
}

function compare(value: Value, operator: string, limit: number): boolean {
  if (typeof value !== 'number') return false
  switch (operator) {
    case 'eq':
      return value === limit
    case 'neq':
      return value !== limit
    case 'lt':
      return value < limit
    case 'lte':
      return value <= limit
    case 'gt':
      return value > limit
    default:
      return value >= limit
  }
}
