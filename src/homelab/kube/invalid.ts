// 422: what validation refuses, each field as a cause; of objects, and of the options in a query.
import type { Resource } from '#model/kube.ts'
import { StatusError } from './errors.ts'
import type { Fields } from './json.ts'

interface Cause {
  readonly reason: string
  readonly message: string
  readonly field: string
}

export const required = (field: string, why = ''): Cause => ({
  reason: 'FieldValueRequired',
  message: why ? `Required value: ${why}` : 'Required value',
  field,
})

export const forbidden = (field: string, why: string): Cause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${why}`,
  field,
})

/** `value` as JSON writes it. */
export const invalidValue = (field: string, value: unknown, why: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
  field,
})

export const unsupported = (field: string, value: string, values: readonly string[]): Cause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${value}: supported values: ${values.map((one) => JSON.stringify(one)).join(', ')}`,
  field,
})

export const tooLong = (field: string, most: number): Cause => ({
  reason: 'FieldValueTooLong',
  message: `Too long: may not be more than ${most} bytes`,
  field,
})

export function invalid(
  { kind, group }: Pick<Resource, 'kind' | 'group'>,
  name: string,
  causes: readonly Cause[],
) {
  const qualified = group ? `${kind}.${group}` : kind
  const texts = causes.map(({ field, message }) => `${field}: ${message}`)
  const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
  const details: Fields = { ...(name && { name }), ...(group && { group }), ...(kind && { kind }), causes }
  return new StatusError(422, 'Invalid', `${qualified} "${name}" is invalid: ${text}`, details)
}

/** Options of a request: ListOptions, PatchOptions. Throws where there is a cause. */
export function checkOptions(kind: string, causes: readonly Cause[]): void {
  if (causes.length > 0) throw invalid({ kind, group: 'meta.k8s.io' }, '', causes)
}
