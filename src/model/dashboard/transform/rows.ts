// sortBy and limit: the order and the number of a frame's rows.

import type { Value } from '#model/dashboard/field.ts'
import { fieldNamed, pickRows, rowsOf } from '#model/dashboard/frame.ts'
import { fields, items, numeric, text } from '#model/fields.ts'
import type { Transform } from './transform.ts'

/** By the first field that it names, as Grafana does. */
export const sortBy: Transform = (frames, { sort }) => {
  const { field: name, desc } = fields(items(sort)[0])
  const wanted = text(name)
  if (wanted === undefined) return frames
  return frames.map((frame) => {
    const field = fieldNamed(frame, wanted)
    if (!field) return frame
    const direction = desc === true ? -1 : 1
    const rows = rowsOf(frame).toSorted((a, b) => direction * compareValues(field.values[a], field.values[b]))
    return pickRows(frame, rows)
  })
}

/** What is missing goes before everything else. */
export function compareValues(a: Value, b: Value): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  if (typeof a === 'number' && typeof b === 'number') return a - b || 0
  return collator.compare(String(a), String(b))
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** The last rows where the number is negative. */
export const limit: Transform = (frames, { limitField }) => {
  const most = Math.trunc(numeric(limitField) ?? 10)
  return frames.map((frame) =>
    pickRows(frame, most < 0 ? rowsOf(frame).slice(most) : rowsOf(frame).slice(0, most)),
  )
}
