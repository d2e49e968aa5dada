// Reading Kubernetes objects whose shape the types do not know: each function gives an empty answer for
// what is not there.

export type Fields = Readonly<Record<string, unknown>>

const nothing: Fields = {}

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : nothing
}

export function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fields) : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function count(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

/** The strings of a map: labels, annotations, selectors. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [key, entry] of Object.entries(fields(value))) if (typeof entry === 'string') found[key] = entry
  return found
}

/** A Kubernetes time in milliseconds; undefined where there is none. */
export function moment(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

const units: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** A Kubernetes quantity (`250m`, `1Gi`, `2`) as a number; undefined where it is none. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const [, digits, unit = ''] = /^([0-9.]+(?:e[0-9]+)?)([A-Za-z]*)$/.exec(text(value)) ?? []
  const factor = units[unit]
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor
}
