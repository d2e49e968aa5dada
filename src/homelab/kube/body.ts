// The body of a request, decoded as its content type says.
import { parse } from 'yaml'
import type { Call } from './call.ts'
import { badRequest } from './errors.ts'
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

/** An object; an empty body is an empty one. */
export function parseBody(call: Call): Fields {
  if (call.body.length === 0) return {}
  const value = parseAny(call)
  if (!isFields(value)) throw badRequest('the body of the request is not an object')
  return value
}
