// What a body says that it is, and the types of the fields that are known here: each kind of write refuses it in
// words of its own.
import type { KindCall } from './call.ts'
import { badRequest, StatusError } from './errors.ts'
import { invalid, invalidValue } from './invalid.ts'
import { at, type Fields, fieldsAt, isFields, textAt } from './json.ts'
import { apiVersion } from './wire.ts'

/** Maps whose values are strings, by kind; those of the metadata are of every kind. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['data'],
  Secret: ['data', 'stringData'],
}

interface Mistyped {
  readonly path: readonly string[]
  readonly value: unknown
}

function mistyped({ served }: KindCall, body: Fields): Mistyped | undefined {
  const own = served.custom ? [] : (TEXTS[served.resource.kind] ?? []).map((field) => [field])
  for (const path of [['metadata', 'labels'], ['metadata', 'annotations'], ...own]) {
    const found = at(body, ...path)
    if (found !== undefined && found !== null && !isFields(found))
      return { path: [...path, ''], value: found }
    for (const [name, value] of Object.entries(fieldsAt(body, ...path)))
      if (typeof value !== 'string' && value !== null) return { path: [...path, name], value }
  }
  return undefined
}

/** The error for a body of another kind, version or type than the path is of; undefined where it fits. */
function misfit(call: KindCall, body: Fields): string | undefined {
  const { resource } = call.served
  const version = textAt(body, 'apiVersion') || apiVersion(call.served)
  const kind = textAt(body, 'kind') || resource.kind
  if (version !== apiVersion(call.served))
    return `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(version)}`
  if (kind !== resource.kind) return `converting (${kind}) to (${resource.kind}): unknown conversion`
  const wrong = mistyped(call, body)
  if (!wrong) return undefined
  const field = wrong.path.slice(0, -1).join('.')
  return `json: cannot unmarshal ${typeof wrong.value} into Go struct field ${resource.kind}.${field} of type string`
}

/** Throws 400 for a body that is sent whole. */
export function checkSent(call: KindCall, body: Fields): void {
  const why = misfit(call, body)
  if (why === undefined) return
  const { resource } = call.served
  const kind = textAt(body, 'kind') || resource.kind
  const version = textAt(body, 'apiVersion') || apiVersion(call.served)
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${resource.kind}: ${why}`)
}

/** Throws 422 for what a patch has made of the object. */
export function checkPatched(call: KindCall, patched: Fields): void {
  const why = misfit(call, patched)
  if (why !== undefined)
    throw invalid({ kind: '', group: '' }, '', [invalidValue('patch', JSON.stringify(patched), why)])
}

/** Throws 500, as the API server does, for what an applied configuration may not hold. */
export function checkApplied(call: KindCall, body: Fields): void {
  const wrong = mistyped(call, body)
  if (!wrong) return
  const { group, version, kind } = call.served.resource
  const about = `/${textAt(body, 'metadata', 'name')}; ${group}/${version}, Kind=${kind}`
  const got = `&value.valueUnstructured{Value:${JSON.stringify(wrong.value)}}`
  throw new StatusError(
    500,
    '',
    `failed to create typed patch object (${about}): .${wrong.path.join('.')}: expected string, got ${got}`,
  )
}
