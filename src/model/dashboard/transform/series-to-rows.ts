// seriesToRows: all series under each other in one table of time, name and value, the newest first.
import type { Field } from '#model/dashboard/field.ts'
import { nameOf, timeField, typeOf } from '#model/dashboard/frame.ts'
import type { Transform } from './transform.ts'

export const seriesToRows: Transform = (frames, _, { base }) => {
  const rows = frames.flatMap((frame) => {
    const time = timeField(frame)
    if (!time) return []
    const metrics = frame.fields.filter((field) => field !== time)
    return metrics.flatMap((field) =>
      time.values.map((at, row) => ({ at, name: nameOf(field), value: field.values[row] })),
    )
  })
  rows.sort((a, b) => Number(b.at) - Number(a.at))
  const values = rows.map(({ value }) => value)
  const fields: readonly Field[] = [
    { name: 'Time', type: 'time', values: rows.map(({ at }) => at), config: base },
    { name: 'Metric', type: 'string', values: rows.map(({ name }) => name), config: base },
    { name: 'Value', type: typeOf(values), values, config: base },
  ]
  return [{ refId: 'rows', fields, length: rows.length }]
}
