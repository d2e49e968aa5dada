// Server-side apply: an object is created or merged, and no one's field is taken without force.
import type { KubeObject } from '#model/kube.ts'
import { parseApplied } from './body.ts'
import type { Answer, KindCall } from './call.ts'
import { createObject } from './create.ts'
import { badRequest, StatusError } from './errors.ts'
import { type Fields, isFields } from './json.ts'
import { appliedLeaves, dropLeaves, ITSELF, leavesOf, type Path, pathText } from './leaves.ts'
import { isKeyed, sameKey } from './listkeys.ts'
import { type Owner, ownersOf } from './ownership.ts'
import type { Shape } from './shape.ts'
import { isTrue } from './target.ts'
import { checkApplied } from './types.ts'
import { asObject, checkVersion, commit, objectAnswer, settle, writerOf } from './write.ts'

/** Answers 201 where the object is new, 409 with a cause for each field that another manager holds. */
export function applyAnswer(call: KindCall): Answer {
  const { params, served } = call
  const { shape } = served
  const body = parseApplied(call)
  const wanted = asObject(call, body)
  checkApplied(call, body)
  if (wanted.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil')
  const leaves = appliedLeaves(wanted, shape)
  const mine: Owner = { ...writerOf(call), operation: 'Apply', paths: new Set(leaves.keys()) }
  const live = served.get(wanted.metadata.namespace, wanted.metadata.name)
  if (!live) return objectAnswer(call, createObject(call, wanted, [mine]), 201)
  checkVersion(call, live, wanted.metadata.resourceVersion)

  const owners = ownersOf(live).length > 0 ? ownersOf(live) : [unowned(call, live, mine)]
  const isMine = ({ manager, operation, subresource }: Owner) =>
    manager === mine.manager && operation === 'Apply' && subresource === mine.subresource
  const others = owners.filter((owner) => !isMine(owner))
  const before = owners.find(isMine)
  const contested = conflictsOf(others, leaves, leavesOf(live, shape))
  if (contested.size > 0 && !isTrue(params.get('force'))) throw conflictError(contested)

  const left = others.map((owner) => ({
    ...owner,
    paths: new Set([...owner.paths].filter((path) => !contested.get(owner)?.includes(path))),
  }))
  const given = [...(before?.paths ?? [])].filter(
    (path) => !mine.paths.has(path) && !left.some((owner) => owner.paths.has(path)),
  )
  const merged = mergeApplied(dropLeaves(live, new Set(given), shape), wanted, shape)
  const settled = settle(call, live, asObject(call, isFields(merged) ? merged : {}))
  return objectAnswer(call, commit(call, live, settled, [...left, mine]))
}

/** An object that was never tracked: all of it belongs to whatever wrote it before. */
function unowned(call: KindCall, live: KubeObject, like: Owner): Owner {
  return {
    ...like,
    manager: 'before-first-apply',
    operation: 'Update',
    paths: new Set(leavesOf(live, call.served.shape).keys()),
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
      .filter(
        ([path, value]) => owner.paths.has(path) && live.get(path) !== ITSELF && live.get(path) !== value,
      )
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
  const [only] = causes
  const text =
    only && causes.length === 1
      ? `1 conflict: ${only.message}: ${only.field}`
      : `${causes.length} conflicts: ${byManager(contested).join('\n')}`
  return new StatusError(409, 'Conflict', `Apply failed with ${text}`, { causes })
}

const byManager = (contested: ReadonlyMap<Owner, readonly Path[]>) =>
  [...contested]
    .map(([owner, paths]) => ({
      name: ownerText(owner),
      fields: paths.map((path) => `\n- ${pathText(path)}`),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, fields }) => `conflicts with ${name}:${fields.join('')}`)

/** The version is told only of who updates: who applies owns a field in every version. */
const ownerText = ({ manager, subresource, operation, apiVersion }: Owner) =>
  `"${manager}"${subresource ? ` with subresource "${subresource}"` : ''}${operation === 'Update' ? ` using ${apiVersion}` : ''}`

/** Objects merge, map lists merge by key, sets are joined, anything else is replaced. */
function mergeApplied(live: unknown, wanted: unknown, shape: Shape): unknown {
  if (isFields(live) && isFields(wanted) && !shape.atomic) {
    const result: Fields = { ...live }
    for (const [name, value] of Object.entries(wanted))
      result[name] = mergeApplied(live[name], value, shape.field(name))
    return result
  }
  if (!Array.isArray(live) || !Array.isArray(wanted)) return wanted
  if (shape.set) return [...live, ...wanted.filter((item) => !live.includes(item))]
  if (!isKeyed(shape.keys, [...live, ...wanted])) return wanted
  const kept = live.map((old) => {
    const match = wanted.find((item) => sameKey(shape.keys, item, old))
    return match === undefined ? old : mergeApplied(old, match, shape.element())
  })
  return [...kept, ...wanted.filter((item) => !live.some((old) => sameKey(shape.keys, old, item)))]
}
