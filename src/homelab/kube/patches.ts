// The patch formats: JSON merge patch (RFC 7386), JSON patch (RFC 6902), Kubernetes' strategic merge patch.
import { isDeepStrictEqual } from 'node:util'
import { badRequest, StatusError } from './errors.ts'
import { type Fields, isFields } from './json.ts'
import { isKeyed, KEYS, sameKey } from './listkeys.ts'

/** RFC 7386: null takes away, objects merge, anything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch
  const result: Fields = isFields(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name]
    else result[name] = mergePatch(result[name], value)
  }
  return result
}

/** As a merge patch, but keyed lists merge by key, and `$patch` deletes or replaces. */
export function strategicPatch(target: unknown, patch: unknown, field = ''): unknown {
  if (Array.isArray(patch)) return strategicList(Array.isArray(target) ? target : [], patch, field)
  if (!isFields(patch)) return patch
  if (patch.$patch === 'replace') return without(patch)
  const result: Fields = isFields(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('$setElementOrder/') || name === '$retainKeys') continue
    if (name.startsWith('$deleteFromPrimitiveList/')) {
      const list = name.slice(name.indexOf('/') + 1)
      const gone = Array.isArray(value) ? value : []
      const old = result[list]
      if (Array.isArray(old)) result[list] = old.filter((item) => !gone.includes(item))
    } else if (value === null) delete result[name]
    else result[name] = strategicPatch(result[name], value, name)
  }
  return result
}

function strategicList(target: readonly unknown[], patch: readonly unknown[], field: string): unknown {
  if (field === 'finalizers') return [...new Set([...target, ...patch])]
  const real = patch.filter((item) => !(isFields(item) && item.$patch === 'replace'))
  if (real.length < patch.length || !isKeyed(KEYS[field], real)) return real
  let result = [...target]
  for (const item of real) {
    const index = result.findIndex((old) => sameKey(KEYS[field], old, item))
    if (isFields(item) && item.$patch === 'delete') result = result.filter((_old, at) => at !== index)
    else if (index < 0) result.push(item)
    else result[index] = strategicPatch(result[index], item)
  }
  return result
}

function without({ $patch: _directive, ...rest }: Fields): Fields {
  return rest
}

/** What does not fit the object, whatever it is: the API server does not say more. */
const refuse = () =>
  new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})

/** RFC 6902. Throws 422 where a path is not there or a test fails. */
export function jsonPatch(target: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) {
    const why = 'json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp'
    throw badRequest(`error decoding patch: ${why}`)
  }
  let document = structuredClone(target)
  for (const operation of operations) {
    const path = pointer(operation?.path)
    switch (operation?.op) {
      case 'add':
      case 'replace':
        document = put(document, path, operation.value, operation.op === 'add')
        break
      case 'remove':
        document = take(document, path)
        break
      case 'test':
        if (!isDeepStrictEqual(read(document, path), operation.value)) throw refuse()
        break
      case 'copy':
        document = put(document, path, structuredClone(read(document, pointer(operation.from))), true)
        break
      case 'move': {
        const from = pointer(operation.from)
        const moved = read(document, from)
        document = put(take(document, from), path, moved, true)
        break
      }
      default:
        throw refuse()
    }
  }
  return document
}

function pointer(path: unknown): readonly string[] {
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/'))) throw refuse()
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function read(document: unknown, path: readonly string[]): unknown {
  let here = document
  for (const step of path) {
    const next: unknown = Array.isArray(here) ? here[Number(step)] : isFields(here) ? here[step] : undefined
    if (next === undefined) throw refuse()
    here = next
  }
  return here
}

function put(document: unknown, path: readonly string[], value: unknown, adding: boolean): unknown {
  const last = path.at(-1)
  if (last === undefined) return value
  const parent = read(document, path.slice(0, -1))
  // A field that is not there is replaced all the same; an element is not.
  if (!adding && Array.isArray(parent)) read(document, path)
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last)
    if (!(index >= 0 && index <= parent.length)) throw refuse()
    parent.splice(index, adding ? 0 : 1, value)
  } else if (isFields(parent)) parent[last] = value
  else throw refuse()
  return document
}

function take(document: unknown, path: readonly string[]): unknown {
  const last = path.at(-1) ?? ''
  read(document, path)
  const parent = read(document, path.slice(0, -1))
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else if (isFields(parent)) delete parent[last]
  return document
}
