// Reading JSON or YAML whose shape is promised but not proven: a field of the wrong type is an absent field.

export type Fields = Readonly<Record<string, unknown>>

const none: Fields = {}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as an object; anything else is an empty one. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : none
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** An empty string is an unset field, as in Kubernetes' protobuf encoding. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function texts(value: unknown): readonly string[] {
  return items(value).filter((one) => typeof one === 'string')
}

/** The entries of an object that are strings. */
export function textsByName(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(fields(value))
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** A number, or a text that holds one: old formats have both. */
export function numeric(value: unknown): number | undefined {
  return typeof value === 'string' && value.trim() !== '' ? number(Number(value)) : number(value)
}

/** A text, a number or a boolean as a text; anything else has none. */
export function word(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
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
