// Reading JSON whose shape is promised but not proven: a field of the wrong type is an absent field.

export type Fields = Readonly<Record<string, unknown>>

const none: Fields = Object.freeze({})

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : none
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** An empty string is an unset field, as in the protobuf encoding. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** An RFC 3339 time in milliseconds since the epoch. */
export function time(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : at
}

/** The properties whose value is known: what an optional field of a row needs. */
export function known<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const key in values) {
    const value = values[key]
    if (value !== undefined) kept[key] = value as Exclude<T[typeof key], undefined>
  }
  return kept
}
