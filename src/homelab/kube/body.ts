// The body of a request, decoded as its content type says.
import { parse } from 'yaml'
import type { Call } from './call.ts'
import { badRequest, unsupportedMediaType } from './errors.ts'
import { type Fields, isFields } from './json.ts'
import { decodeProtobuf } from './protobuf-body.ts'

export function contentType(call: Call): string {
  return (call.request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? ''
}

/** Any value; throws 400 for what cannot be decoded, 415 for protobuf of a kind that has none here. */
export function parseAny(call: Call): unknown {
  const text = Buffer.from(call.body).toString()
  const type = contentType(call)
  if (type.includes('protobuf')) return decodeProtobuf(call.body)
  try {
    return type.includes('yaml') ? parse(text) : JSON.parse(text)
  } catch (error) {
    throw badRequest(`error decoding request body: ${error instanceof Error ? error.message : ''}`)
  }
}

const WRITABLE = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']

/** The body of a write of a whole object of this kind. Throws 400 where it is none, 415 where it has another form. */
export function parseObject(call: Call, kind: string): Fields {
  if (!WRITABLE.includes(contentType(call))) throw unsupportedMediaType(WRITABLE)
  try {
    return parseBody(call)
  } catch (error) {
    if (contentType(call) !== 'application/json') throw error
    const why = error instanceof Error ? error.message : ''
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why}`,
    )
  }
}

/** An object; an empty body is an empty one. */
export function parseBody(call: Call): Fields {
  if (call.body.length === 0) return {}
  const value = parseAny(call)
  if (!isFields(value)) throw badRequest('the body of the request is not an object')
  return value
}
