// The readers of unproven JSON (model/fields.ts), and what the model has no use for: the times of Kubernetes objects.

export {
  type Fields,
  fields,
  isFields,
  items,
  known,
  number,
  text,
  texts,
  textsByName,
} from '#model/fields.ts'

/** An RFC 3339 time in milliseconds since the epoch. */
export function time(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : at
}
