// Reading an object whose shape nobody promises: each function gives undefined, or nothing, where it is not as told.
export type Fields = Readonly<Record<string, unknown>>

export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Numbers and truth values as text too. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined

/** Milliseconds since the epoch. */
export const time = (value: unknown): number | undefined => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}
