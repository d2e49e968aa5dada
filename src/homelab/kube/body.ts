// The body of a request, decoded as its content type says.
import { parse } from 'yaml'
import type { Call, KindCall } from './call.ts'
import { badRequest, unsupportedMediaType } from './errors.ts'
import { type Fields, isFields, textAt } from './json.ts'
import { decodeProtobuf } from './protobuf-body.ts'
import { apiVersion } from './wire.ts'

export function contentType(call: Call): string {
  return (call.request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? ''
}

const WRITABLE = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']

const reasonOf = (error: unknown) => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : '')

/** The body of a create, an update or a delete. Throws 400 for what cannot be decoded, 415 for what is in no known form. */
function parseAny(call: Call): unknown {
  const text = Buffer.from(call.body).toString()
  const type = contentType(call)
  if (type.includes('protobuf')) return decodeProtobuf(call.body)
  if (!WRITABLE.includes(type)) throw unsupportedMediaType(WRITABLE)
  try {
    return type.includes('yaml') ? parse(text) : JSON.parse(text)
  } catch (error) {
    throw unrecognized(call, reasonOf(error))
  }
}

/** An object; an empty body is an empty one. */
export function parseBody(call: Call): Fields {
  return call.body.length === 0 ? {} : parseWhole(call)
}

/** An object, which must be there. */
export function parseWhole(call: Call): Fields {
  const value = parseAny(call)
  if (!isFields(value)) throw unrecognized(call, 'json: cannot unmarshal array into Go value of type struct')
  return value
}

function unrecognized(call: Call, why: string) {
  const { target, api } = call
  const kind = api.registry.find(target.group, target.version, target.plural)?.resource.kind ?? ''
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why}`,
  )
}

/** The body of a JSON, merge or strategic merge patch. */
export function parsePatch(call: Call): unknown {
  try {
    return JSON.parse(Buffer.from(call.body).toString())
  } catch (error) {
    throw badRequest(`error decoding patch: ${reasonOf(error)}`)
  }
}

/** The body of an apply: an object of the kind that its path names. */
export function parseApplied(call: KindCall): Fields {
  let value: unknown
  try {
    value = parse(Buffer.from(call.body).toString())
  } catch (error) {
    throw badRequest(`error decoding YAML: error converting YAML to JSON: yaml: ${reasonOf(error)}`)
  }
  if (!isFields(value)) {
    const why = 'json: cannot unmarshal array into Go value of type map[string]interface {}'
    throw badRequest(`error decoding YAML: error unmarshaling JSON: while decoding JSON: ${why}`)
  }
  const version = textAt(value, 'apiVersion')
  const kind = textAt(value, 'kind')
  if (version !== apiVersion(call.served) || kind !== call.served.resource.kind) {
    const group = version.includes('/') ? version : `/${version}`
    throw badRequest(`invalid object type: ${group}, Kind=${kind}`)
  }
  return value
}
