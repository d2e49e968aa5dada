// Reading into Kubernetes objects, whose inner shape the API machinery does not know.
export type Fields = Record<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path of field names; undefined where any step is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const step of path) {
    if (!isFields(here)) return undefined
    here = here[step]
  }
  return here
}

/** A string at a path; empty where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** A number at a path; 0 where there is none. */
export function numberAt(value: unknown, ...path: readonly string[]): number {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : 0
}

/** The objects of a list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly Fields[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found.filter(isFields) : []
}

/** A map at a path; empty where there is none. */
export function fieldsAt(value: unknown, ...path: readonly string[]): Fields {
  const found = at(value, ...path)
  return isFields(found) ? found : {}
}

/** The element of a list whose `name` (or other key) is as asked. */
export function named(items: readonly Fields[], name: string, key = 'name'): Fields | undefined {
  return items.find((item) => item[key] === name)
}
