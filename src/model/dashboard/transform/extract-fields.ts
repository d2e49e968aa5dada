// extractFields: a column of JSON objects, or of `key=value` pairs, becomes columns of its own.

import type { Field, Value } from '#model/dashboard/field.ts'
import { fieldNamed, timeField, typeOf, withFields } from '#model/dashboard/frame.ts'
import { isFields, items, text } from '#model/fields.ts'
import type { Transform } from './transform.ts'

export const extractFields: Transform = (frames, options, { base }) => {
  const source = text(options.source)
  if (source === undefined) return frames
  const paths = items(options.jsonPaths).filter(isFields)
  return frames.map((frame) => {
    const field = fieldNamed(frame, source)
    if (!field) return frame
    const rows = field.values.map((value) => parsed(value, text(options.format)))
    const wanted = paths.flatMap(({ path, alias }) => {
      const written = text(path)
      return written === undefined ? [] : [{ name: text(alias) ?? written, at: written.split('.') }]
    })
    const columns =
      wanted.length > 0
        ? wanted
        : [...new Set(rows.flatMap(Object.keys))].map((name) => ({ name, at: [name] }))
    const made = columns.map(({ name, at }): Field => {
      const values = rows.map((row) => valueAt(row, at))
      return { name, type: typeOf(values), values, config: base }
    })
    const time = timeField(frame)
    const kept = options.replace !== true ? frame.fields : options.keepTime === true && time ? [time] : []
    return withFields(frame, [...kept, ...made])
  })
}

function parsed(value: Value, format: string | undefined): Readonly<Record<string, unknown>> {
  if (typeof value !== 'string') return {}
  if (format !== 'kvp') {
    try {
      const object: unknown = JSON.parse(value)
      if (isFields(object)) return object
    } catch {
      if (format === 'json') return {}
    }
  }
  const pairs = value.matchAll(/([^\s,=:;&{}"]+)\s*[=:]\s*(?:"([^"]*)"|([^\s,;&}]+))/g)
  return Object.fromEntries([...pairs].map(([, key = '', quoted, plain = '']) => [key, quoted ?? plain]))
}

function valueAt(row: unknown, path: readonly string[]): Value {
  const found = path.reduce<unknown>(
    (value, key) => (isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    row,
  )
  if (typeof found === 'number' || typeof found === 'string') return found
  return found === undefined || found === null ? undefined : JSON.stringify(found)
}
