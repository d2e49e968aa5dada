// groupingToMatrix: one field's values become columns, another's become rows, a third's stand in the cells.

import type { Field, Value } from '#model/dashboard/field.ts'
import { fieldNamed, rowsOf, typeOf } from '#model/dashboard/frame.ts'
import { text } from '#model/fields.ts'
import type { Transform } from './transform.ts'

/** Only of a single frame, as in Grafana. */
export const groupingToMatrix: Transform = (frames, options) => {
  const [frame, second] = frames
  if (frame === undefined || second !== undefined) return frames
  const columnName = text(options.columnField) ?? 'Time'
  const rowName = text(options.rowField) ?? 'Time'
  const column = fieldNamed(frame, columnName)
  const row = fieldNamed(frame, rowName)
  const value = fieldNamed(frame, text(options.valueField) ?? 'Value')
  if (!column || !row || !value) return frames
  const columns = [...new Set(column.values)]
  const rows = [...new Set(row.values)]
  const cells = new Map<Value, Map<Value, Value>>()
  for (const index of rowsOf(frame)) {
    const line = cells.get(column.values[index]) ?? new Map<Value, Value>()
    cells.set(column.values[index], line.set(row.values[index], value.values[index]))
  }
  const empty = emptyValue(options.emptyValue)
  const made = columns.map((key): Field => {
    const values = rows.map((line) => cells.get(key)?.get(line) ?? empty)
    return { name: String(key ?? ''), type: typeOf(values), values, config: value.config }
  })
  const { displayName: _, ...corner } = row
  return [
    {
      ...frame,
      fields: [{ ...corner, name: `${rowName}\\${columnName}`, values: rows }, ...made],
      length: rows.length,
    },
  ]
}

function emptyValue(word: unknown): Value {
  if (word === 'zero') return 0
  if (word === 'true' || word === 'false') return word
  return undefined
}
