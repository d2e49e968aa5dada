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
    metadata: Fields = {},
  ) {
    super(message)
    this.name = 'StatusError'
    this.code = code
    this.headers = headers
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata,
      status: 'Failure',
      message,
      ...(reason && { reason }),
      ...(details && { details }),
      code,
    }
  }
}

/** What messages say of a resource. */
type Named = Pick<Resource, 'group' | 'plural'>

/** `pods`, `deployments.apps`: how messages name a resource. */
function qualified(resource: Named): string {
  return resource.group ? `${resource.plural}.${resource.group}` : resource.plural
}

const details = (resource: Named, name?: string): Fields => ({
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

export const conflict = (resource: Named, name: string, why: string) =>
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

/** The form of the answer cannot be made. */
export const notAcceptable = (offered: readonly string[]) =>
  new StatusError(406, 'NotAcceptable', `only the following media types are accepted: ${offered.join(', ')}`)

/** One object is asked for in the form of many. */
export const notAList = (kind: string) =>
  new StatusError(
    406,
    'NotAcceptable',
    `you requested PartialObjectMetadataList, but the requested object is not a list (*core.${kind})`,
  )

/** The media type itself is not known. */
export const unknownMediaType = (offered: readonly string[]) =>
  new StatusError(
    406,
    'NotAcceptable',
    `406: Not Acceptable\n\nAvailable representations: ${offered.join(', ')}`,
    {},
  )

export const unsupportedMediaType = (offered: readonly string[]) =>
  new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${offered.join(', ')}`,
  )

/** A route that takes other media types only: said before anything is read. */
export const unsupportedRoute = () =>
  new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})

export const tooLarge = (limit: number) =>
  new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`)

/** A number in the query that is none, in the words of Go's strconv. */
export const notInteger = (text: string) =>
  badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)

/** A version or a continue token that compaction has overtaken. */
const expired = (message: string) => new StatusError(410, 'Expired', message)

export const expiredList = () => expired('The resourceVersion for the provided list is too old.')

/** A list that can only go on as an inconsistent one, by a token that comes with the refusal. */
export const expiredContinue = (inconsistent: string) =>
  new StatusError(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list ' +
      'without the continue parameter, or use the continue token in this response to retrieve the remainder of the ' +
      'results. Continuing with the provided token results in an inconsistent list - objects that were created, ' +
      'modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    undefined,
    {},
    { continue: inconsistent },
  )

export const tooOldVersion = (asked: number, oldest: number) =>
  expired(`too old resource version: ${asked} (${oldest})`)

export const futureVersion = (asked: number, current: number) =>
  new StatusError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${asked}, current: ${current}`,
    {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
    { 'retry-after': '1' },
  )

export const unavailable = (message: string) => new StatusError(503, 'ServiceUnavailable', message)
