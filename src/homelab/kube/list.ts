// GET of a collection: pages, selectors, versions.
import type { KubeObject } from '#model/kube.ts'
import { type Answer, JSON_TYPE, type KindCall } from './call.ts'
import { badRequest, expiredContinue, expiredList, futureVersion } from './errors.ts'
import { checkListOptions, limitOf, listVersion } from './list-options.ts'
import { selectorTest } from './selectors.ts'
import { decodeContinue, encodeContinue, INCONSISTENT } from './snapshots.ts'
import { apiVersion, itemText } from './wire.ts'

/** One page of a list. */
export interface ListPage {
  readonly items: readonly KubeObject[]
  readonly revision: number
  readonly next?: string
  readonly remaining?: number
}

const keyOf = ({ metadata }: KubeObject) =>
  metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name

/** Reads a page. Throws 400, 410 and 504 as the API server does. */
export function readPage(call: KindCall): ListPage {
  const { api, served, params, target } = call
  checkListOptions(params)
  const test = selectorTest(served, params)
  const token = params.get('continue') ? decodeContinue(params.get('continue') ?? '') : undefined
  const limit = limitOf(params)
  const id = `${served.resource.group}/${served.resource.plural}/${target.namespace ?? ''}`
  if (token && !['', '0', null].includes(params.get('resourceVersion'))) {
    throw badRequest('specifying resource version is not allowed when using continue')
  }
  const { store } = api.world
  const revision = token && token.revision !== INCONSISTENT ? token.revision : store.revision
  if (!token) checkVersion(call, revision)
  const all =
    token && token.revision !== INCONSISTENT
      ? api.snapshots.recall(id, served.stored ?? served.resource, revision)
      : served.list(target.namespace)
  if (!all) throw expiredContinue(encodeContinue({ revision: INCONSISTENT, after: token?.after ?? '' }))
  const start = token ? firstAfter(all, token.after) : 0
  if (!(limit > 0) && start === 0) return { items: test ? all.filter(test) : all, revision }
  const items: KubeObject[] = []
  let index = start
  for (; index < all.length && (limit <= 0 || items.length < limit); index += 1) {
    const object = all[index]
    if (object && (!test || test(object))) items.push(object)
  }
  const last = all[index - 1]
  if (index >= all.length || !last) return { items, revision }
  api.snapshots.keep(id, revision, all)
  return {
    items,
    revision,
    next: encodeContinue({ revision, after: keyOf(last) }),
    // The API server cannot count what a selector would leave, so it does not say.
    ...(!test && { remaining: all.length - index }),
  }
}

/** The version of a first page: Exact must still be known, none may be ahead. */
function checkVersion({ params, api, served }: KindCall, revision: number): void {
  const version = listVersion(params)
  if (version === 0) return
  if (version > revision) throw futureVersion(version, revision)
  if (params.get('resourceVersionMatch') !== 'Exact' || version === revision) return
  const since = api.world.store.changesSince(served.stored ?? served.resource, version)
  if (since === 'expired' || since.length > 0) throw expiredList()
}

/** Index of the first object whose key is beyond `after`; the objects are sorted by key. */
function firstAfter(objects: readonly KubeObject[], after: string): number {
  let low = 0
  let high = objects.length
  while (low < high) {
    const middle = (low + high) >> 1
    const object = objects[middle]
    if (object && keyOf(object) <= after) low = middle + 1
    else high = middle
  }
  return low
}

/** A page as plain JSON, put together from the texts of its objects. */
export function listJson(call: KindCall): Answer {
  const { served } = call
  const page = readPage(call)
  const head = `{"kind":"${served.resource.kind}List","apiVersion":"${apiVersion(served)}","metadata":${JSON.stringify(listMeta(page))},"items":[`
  return {
    status: 200,
    headers: { 'content-type': JSON_TYPE },
    body: `${head}${page.items.map((object) => itemText(served, object)).join(',')}]}\n`,
  }
}

/** The metadata of a list, in any form. */
export function listMeta(page: ListPage) {
  return {
    resourceVersion: String(page.revision),
    ...(page.next !== undefined && { continue: page.next }),
    ...(page.remaining !== undefined && { remainingItemCount: page.remaining }),
  }
}
