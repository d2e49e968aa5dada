// The Status bodies by which the API server says no, with the words that clients match on.
import type { Resource } from '#model/kube.ts'
import type { Fields } from './json.ts'

export interface Status {
  readonly kind: 'Status'
  readonly apiVersion: 'v1'
  readonly metadata: Fields
  readonly status: 'Success' | 'Failure'
  readonly message?: string
  readonly reason?: string
  readonly details?: Fields
  readonly code?: number
}

/** What a handler throws: an answer with a Status body. */
export class StatusError extends Error {
  readonly status: Status
  readonly code: number
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: number,
    reason: string,
    message: string,
    details?: Fields,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'StatusError'
    this.code = code
    this.headers = headers
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason && { reason }),
      ...(details && { details }),
      code,
    }
  }
}

/** `pods`, `deployments.apps`: how messages name a resource. */
function qualified(resource: Resource): string {
  return resource.group ? `${resource.plural}.${resource.group}` : resource.plural
}

const details = (resource: Resource, name?: string): Fields => ({
  ...(name && { name }),
  ...(resource.group && { group: resource.group }),
  kind: resource.plural,
})

export const badRequest = (message: string) => new StatusError(400, 'BadRequest', message)

export const unauthorized = () => new StatusError(401, 'Unauthorized', 'Unauthorized')

export const notFound = (resource: Resource, name: string) =>
  new StatusError(404, 'NotFound', `${qualified(resource)} "${name}" not found`, details(resource, name))

export const noSuchResource = () =>
  new StatusError(404, 'NotFound', 'the server could not find the requested resource', {})

export const alreadyExists = (resource: Resource, name: string) =>
  new StatusError(
    409,
    'AlreadyExists',
    `${qualified(resource)} "${name}" already exists`,
    details(resource, name),
  )

export const conflict = (resource: Resource, name: string, why: string) =>
  new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
    details(resource, name),
  )

export const methodNotAllowed = () =>
  new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  )

export const notAcceptable = (offered: readonly string[]) =>
  new StatusError(406, 'NotAcceptable', `only the following media types are accepted: ${offered.join(', ')}`)

export const unsupportedMediaType = (offered: readonly string[]) =>
  new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${offered.join(', ')}`,
  )

/** A version or a continue token that compaction has overtaken. */
export const expired = (message: string) => new StatusError(410, 'Expired', message)

export const tooOldVersion = (asked: number, oldest: number) =>
  expired(`too old resource version: ${asked} (${oldest})`)

export const futureVersion = (asked: number, current: number) =>
  new StatusError(504, 'Timeout', `Timeout: Too large resource version: ${asked}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  })

export const unavailable = (message: string) => new StatusError(503, 'ServiceUnavailable', message)

const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/^Required value/, 'FieldValueRequired'],
  [/^Forbidden/, 'FieldValueForbidden'],
  [/^Unsupported value/, 'FieldValueNotSupported'],
  [/./, 'FieldValueInvalid'],
]

/** A field that validation refuses; `why` begins with the sort of refusal, as in `Invalid value: -1: …`. */
export function invalid(
  what: { readonly kind: string; readonly group: string },
  name: string,
  field: string,
  why: string,
): StatusError {
  const { kind, group } = what
  const reason = CAUSES.find(([sort]) => sort.test(why))?.[1]
  const message = `${group ? `${kind}.${group}` : kind} "${name}" is invalid: ${field}: ${why}`
  return new StatusError(422, 'Invalid', message, {
    ...(name && { name }),
    ...(group && { group }),
    ...(kind && { kind }),
    causes: [{ reason, message: why, field }],
  })
}

/** An option of the request itself: `kind` is ListOptions, PatchOptions… */
export const invalidOption = (kind: string, field: string, why: string) =>
  invalid({ kind, group: 'meta.k8s.io' }, '', field, why)

/** A number as Go would read it; throws 400 where it cannot. */
export function integer(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`)
  return Number(text)
}
