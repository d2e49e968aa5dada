// Server-side apply: an object is created or merged, and no one's field is taken without force.
import type { KubeObject } from '#model/kube.ts'
import { parseAny } from './body.ts'
import type { Answer, KindCall } from './call.ts'
import { createObject } from './create.ts'
import { badRequest, invalidOption, StatusError } from './errors.ts'
import { type Fields, isFields } from './json.ts'
import { elementKey, isKeyed, sameKey } from './listkeys.ts'
import { leavesOf, type Owner, ownersOf, type Path, pathText } from './ownership.ts'
import { isTrue } from './target.ts'
import { asObject, checkVersion, commit, objectAnswer, settle, writerOf } from './write.ts'

/** Answers 201 where the object is new, 409 with a cause for each field that another manager holds. */
export function applyAnswer(call: KindCall): Answer {
  if (!call.params.get('fieldManager')) {
    throw invalidOption('PatchOptions', 'fieldManager', 'Required value: is required for apply patch')
  }
  const body = parseAny(call)
  if (!isFields(body)) throw badRequest('the body of the request is not an object')
  const wanted = asObject(call, body)
  if (wanted.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil')
  const leaves = leavesOf(wanted)
  const mine: Owner = { ...writerOf(call), operation: 'Apply', paths: new Set(leaves.keys()) }
  const live = call.served.get(wanted.metadata.namespace, wanted.metadata.name)
  if (!live) return objectAnswer(call, createObject(call, wanted, [mine]), 201)
  checkVersion(call, live, wanted.metadata.resourceVersion)

  const owners = ownersOf(live).length > 0 ? ownersOf(live) : [unowned(live, mine)]
  const others = owners.filter((owner) => !(owner.manager === mine.manager && owner.operation === 'Apply'))
  const before = owners.find((owner) => !others.includes(owner))
  const contested = conflictsOf(others, leaves, leavesOf(live))
  if (contested.size > 0 && !isTrue(call.params.get('force'))) throw conflictError(contested)

  const left = others.map((owner) => ({
    ...owner,
    paths: new Set([...owner.paths].filter((path) => !contested.get(owner)?.includes(path))),
  }))
  const given = [...(before?.paths ?? [])].filter(
    (path) => !mine.paths.has(path) && !left.some((owner) => owner.paths.has(path)),
  )
  const merged = mergeApplied(dropLeaves(live, new Set(given)), wanted)
  const settled = settle(call, live, asObject(call, isFields(merged) ? merged : {}))
  return objectAnswer(call, commit(call, live, settled, [...left, mine]))
}

/** An object that was never tracked: all of it belongs to whatever wrote it before. */
function unowned(live: KubeObject, like: Owner): Owner {
  return {
    ...like,
    manager: 'before-first-apply',
    operation: 'Update',
    paths: new Set(leavesOf(live).keys()),
  }
}

function conflictsOf(
  others: readonly Owner[],
  wanted: ReadonlyMap<Path, string>,
  live: ReadonlyMap<Path, string>,
): ReadonlyMap<Owner, readonly Path[]> {
  const found = new Map<Owner, readonly Path[]>()
  for (const owner of others) {
    const paths = [...wanted]
      .filter(([path, value]) => owner.paths.has(path) && live.has(path) && live.get(path) !== value)
      .map(([path]) => path)
    if (paths.length > 0) found.set(owner, paths)
  }
  return found
}

function conflictError(contested: ReadonlyMap<Owner, readonly Path[]>): StatusError {
  const causes = [...contested].flatMap(([owner, paths]) =>
    paths.map((path) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${ownerText(owner)}`,
      field: pathText(path),
    })),
  )
  const parts = [...contested].map(([owner, paths]) =>
    paths.length === 1
      ? `conflict with ${ownerText(owner)}: ${pathText(paths[0] ?? '')}`
      : `conflicts with ${ownerText(owner)}:\n${paths.map((path) => `- ${pathText(path)}`).join('\n')}`,
  )
  const count = causes.length === 1 ? '1 conflict' : `${causes.length} conflicts`
  return new StatusError(409, 'Conflict', `Apply failed with ${count}: ${parts.join('\n')}`, { causes })
}

const ownerText = ({ manager, subresource, apiVersion }: Owner) =>
  `"${manager}"${subresource ? ` with subresource "${subresource}"` : ''} using ${apiVersion}`

/** Objects merge, keyed lists merge by key, anything else is replaced. */
function mergeApplied(live: unknown, wanted: unknown, field = ''): unknown {
  if (isFields(live) && isFields(wanted)) {
    const result: Fields = { ...live }
    for (const [name, value] of Object.entries(wanted)) result[name] = mergeApplied(live[name], value, name)
    return result
  }
  if (Array.isArray(live) && Array.isArray(wanted) && isKeyed(field, [...live, ...wanted])) {
    const kept = live.map((old) => {
      const match = wanted.find((item) => sameKey(field, item, old))
      return match === undefined ? old : mergeApplied(old, match)
    })
    return [...kept, ...wanted.filter((item) => !live.some((old) => sameKey(field, old, item)))]
  }
  return wanted
}

/** The object without some leaves, and without what is empty for it. */
function dropLeaves(object: KubeObject, gone: ReadonlySet<Path>): unknown {
  if (gone.size === 0) return object
  const walk = (value: unknown, path: Path, field: string): unknown => {
    if (gone.has(path)) return undefined
    if (isFields(value) && Object.keys(value).length > 0) {
      const entries = Object.entries(value)
        .map(([name, inner]): [string, unknown] => [
          name,
          walk(inner, path ? `${path}\nf:${name}` : `f:${name}`, name),
        ])
        .filter(([, inner]) => inner !== undefined)
      return entries.length > 0 ? Object.fromEntries(entries) : undefined
    }
    if (Array.isArray(value) && value.length > 0 && isKeyed(field, value)) {
      const items = value
        .map((item) => walk(item, `${path}\nk:${JSON.stringify(elementKey(field, item))}`, ''))
        .filter((item) => item !== undefined)
      return items.length > 0 ? items : undefined
    }
    return value
  }
  return walk(object, '', '')
}
