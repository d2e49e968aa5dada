// Reading an object whose shape nobody promises: here numbers and truth values are texts too.

export { type Fields, fields, items, word as text } from '#model/fields.ts'

/** Milliseconds since the epoch. */
export const time = (value: unknown): number | undefined => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}
