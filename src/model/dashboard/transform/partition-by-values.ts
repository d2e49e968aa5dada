// partitionByValues: a frame for each combination of values of some fields.

import type { DataFrame, Field } from '#model/dashboard/field.ts'
import { fieldNamed, nameOf, pickRows } from '#model/dashboard/frame.ts'
import { fields, texts } from '#model/fields.ts'
import { groupRows } from './group-by.ts'
import type { Transform } from './transform.ts'

export const partitionByValues: Transform = (frames, options) => {
  const names = texts(options.fields)
  const asLabels = fields(options.naming).asLabels === true
  return frames.flatMap((frame) => {
    const keys = names.flatMap((name) => fieldNamed(frame, name) ?? [])
    if (keys.length === 0) return [frame]
    return [...groupRows(frame, keys).values()].map((rows) =>
      part(pickRows(frame, rows), names, asLabels, options.keepFields === true),
    )
  })
}

/** The values that it was parted by become its name and its fields' labels. */
function part(frame: DataFrame, names: readonly string[], asLabels: boolean, keepFields: boolean): DataFrame {
  const keys = names.flatMap((name) => fieldNamed(frame, name) ?? [])
  const labels = Object.fromEntries(keys.map((key) => [nameOf(key), String(key.values[0] ?? '')]))
  const name = Object.values(labels).join(' ')
  const kept = frame.fields.filter((field) => keepFields || !keys.includes(field))
  return {
    ...frame,
    name,
    fields: kept.map((field): Field => {
      if (field.type !== 'number') return field
      return {
        ...field,
        labels: { ...field.labels, ...labels },
        displayName: asLabels ? name : `${nameOf(field)} ${name}`,
      }
    }),
  }
}
