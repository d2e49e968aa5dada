// Small helpers over frames and fields that everything which makes or changes frames needs.
import type { DataFrame, Field, Value } from './field.ts'

/** What a field is called where it is shown and where overrides and transformations look for it. */
export function nameOf(field: Field): string {
  return field.displayName ?? field.name
}

export function isNamed(field: Field, name: string): boolean {
  return nameOf(field) === name || field.name === name
}

/** The shown name goes before the given one: a renamed field must be found by its new name first. */
export function fieldNamed(frame: DataFrame, name: string): Field | undefined {
  return (
    frame.fields.find((field) => nameOf(field) === name) ?? frame.fields.find((field) => field.name === name)
  )
}

export function timeField(frame: DataFrame): Field | undefined {
  return frame.fields.find(({ type }) => type === 'time')
}

/** The same frame with other fields; its length is theirs. */
export function withFields(frame: DataFrame, fields: readonly Field[]): DataFrame {
  return { ...frame, fields, length: Math.max(0, ...fields.map(({ values }) => values.length)) }
}

/** The rows at these indices, in this order. */
export function pickRows(frame: DataFrame, rows: readonly number[]): DataFrame {
  const fields = frame.fields.map((field) => ({ ...field, values: rows.map((row) => field.values[row]) }))
  return { ...frame, fields, length: rows.length }
}

export function rowsOf(frame: DataFrame): readonly number[] {
  return [...Array(frame.length).keys()]
}

export function typeOf(values: readonly Value[]): Field['type'] {
  return values.some((value) => typeof value === 'string') ? 'string' : 'number'
}
