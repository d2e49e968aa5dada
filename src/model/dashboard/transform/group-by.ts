// groupBy: the rows with the same values in some fields become one row, the other fields reduced.

import type { DataFrame, Field } from '#model/dashboard/field.ts'
import { nameOf, rowsOf, typeOf } from '#model/dashboard/frame.ts'
import { reducerOf, reduceValues } from '#model/dashboard/reduce.ts'
import { fields, texts } from '#model/fields.ts'
import type { Transform } from './transform.ts'

export const groupBy: Transform = (frames, options) => {
  const rules = fields(options.fields)
  const ruleOf = (field: Field) =>
    fields(Object.hasOwn(rules, nameOf(field)) ? rules[nameOf(field)] : rules[field.name])
  return frames.flatMap((frame) => {
    const keys = frame.fields.filter((field) => ruleOf(field).operation === 'groupby')
    // Without a field to group by Grafana leaves the frame out.
    if (keys.length === 0) return []
    const groups = [...groupRows(frame, keys).values()]
    const reduced = frame.fields
      .filter((field) => ruleOf(field).operation === 'aggregate')
      .flatMap((field) => texts(ruleOf(field).aggregations).flatMap((id) => aggregate(field, id, groups)))
    const grouped = keys.map((field) => ({ ...field, values: groups.map(([row = 0]) => field.values[row]) }))
    return [{ ...frame, fields: [...grouped, ...reduced], length: groups.length }]
  })
}

/** The rows of each combination of values, in the order in which they first appear. */
export function groupRows(frame: DataFrame, keys: readonly Field[]): ReadonlyMap<string, readonly number[]> {
  return Map.groupBy(rowsOf(frame), (row) => JSON.stringify(keys.map(({ values }) => values[row] ?? null)))
}

function aggregate(field: Field, id: string, groups: readonly (readonly number[])[]): readonly Field[] {
  const reducer = reducerOf(id)
  if (reducer === undefined) return []
  const values = groups.map((rows) =>
    reduceValues(
      rows.map((row) => field.values[row]),
      reducer,
    ),
  )
  const { displayName: _, ...rest } = field
  return [
    {
      ...rest,
      name: `${nameOf(field)} (${id})`,
      type: field.type === 'time' ? 'time' : typeOf(values),
      values,
    },
  ]
}
