// A cluster made by hand at the Cluster interface: objects, versions, watches, and the faults that a test asks for.
import type { Cluster, Decoder, ListQuery, Page, WatchEnd, WatchEvent, WatchQuery } from '#cluster/cluster.ts'
import type { KubeObject } from '#model/kube.ts'
import { type GapReason, SourceError } from '#model/reading.ts'

type Change =
  | { readonly type: 'added' | 'modified' | 'deleted'; readonly object: KubeObject; readonly version: number }
  | { readonly type: 'bookmark'; readonly version: number }
  | { readonly type: 'end'; readonly end: WatchEnd }

export interface FakeCluster extends Cluster {
  /** `list pods`, `list pods in shop`, `first of pods` (a list that stops after one), `watch pods from 12`, in order. */
  readonly asked: string[]
  put(object: KubeObject): void
  remove(namespace: string | undefined, name: string): void
  /** Changes without telling those who watch, as while a connection was lost. */
  putUnheard(object: KubeObject): void
  removeUnheard(namespace: string | undefined, name: string): void
  bookmark(): void
  /** Ends every watch this way. */
  endWatches(end: WatchEnd): void
  readonly watches: number
  /** Every list and watch fails with this until it is undefined again. */
  failing: SourceError | undefined
  /** Where pods may be listed; undefined: everywhere. */
  allowed: readonly string[] | undefined
  /** Forgets history: watches from before get `expired`. */
  compact(): void
  head: number
}

export const refused = (reason: GapReason, detail: string = reason) => new SourceError({ reason, detail })

const nameOf = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`

export function fakeCluster(options: { readonly page?: number } = {}): FakeCluster {
  const objects = new Map<string, KubeObject>()
  const listeners = new Set<(change: Change) => void>()
  const asked: string[] = []
  let compactedAt = 0

  const tell = (change: Change) => {
    for (const listener of [...listeners]) listener(change)
  }
  const forbids = (query: ListQuery) =>
    cluster.allowed !== undefined &&
    query.resource.namespaced &&
    (query.namespace === undefined || !cluster.allowed.includes(query.namespace))

  const check = (query: ListQuery) => {
    if (cluster.failing) throw cluster.failing
    if (forbids(query)) throw refused('forbidden', `${query.resource.plural} is forbidden for ben`)
  }
  const scopeOf = (query: ListQuery) =>
    [...objects.values()].filter(
      (one) =>
        one.kind === query.resource.kind &&
        (query.namespace === undefined || one.metadata.namespace === query.namespace),
    )

  const cluster: FakeCluster = {
    context: 'home',
    contexts: ['home'],
    server: 'https://127.0.0.1:1',
    user: 'ben',
    namespace: 'default',
    asked,
    failing: undefined,
    allowed: undefined,
    head: 100,
    get watches() {
      return listeners.size
    },
    putUnheard(object) {
      cluster.head += 1
      objects.set(nameOf(object.metadata.namespace, object.metadata.name), object)
    },
    removeUnheard(namespace, name) {
      cluster.head += 1
      objects.delete(nameOf(namespace, name))
    },
    put(object) {
      const known = objects.has(nameOf(object.metadata.namespace, object.metadata.name))
      cluster.putUnheard(object)
      tell({ type: known ? 'modified' : 'added', object, version: cluster.head })
    },
    remove(namespace, name) {
      const object = objects.get(nameOf(namespace, name))
      cluster.removeUnheard(namespace, name)
      if (object) tell({ type: 'deleted', object, version: cluster.head })
    },
    bookmark: () => tell({ type: 'bookmark', version: cluster.head }),
    endWatches: (end) => tell({ type: 'end', end }),
    compact() {
      compactedAt = cluster.head
    },

    async *list<T>(query: ListQuery, decoder: Decoder<T>): AsyncGenerator<Page<T>> {
      const what = query.firstPage === 1 ? 'first of' : 'list'
      asked.push(`${what} ${query.resource.plural}${query.namespace ? ` in ${query.namespace}` : ''}`)
      check(query)
      const all = scopeOf(query)
      const size = options.page ?? 1000
      const resourceVersion = String(cluster.head)
      for (let from = 0; from === 0 || from < all.length; from += size) {
        await Promise.resolve()
        check(query)
        const items = all.slice(from, from + size).map((object) => decoder.json(object))
        const remaining = Math.max(0, all.length - from - size)
        yield { items, resourceVersion, ...(remaining > 0 && { remaining }) }
      }
    },

    async *watch<T>(
      query: WatchQuery,
      decoder: Decoder<T>,
      signal: AbortSignal,
    ): AsyncGenerator<WatchEvent<T>, WatchEnd> {
      const { resource, namespace, resourceVersion } = query
      asked.push(`watch ${resource.plural} from ${resourceVersion}`)
      if (cluster.failing) return { reason: 'failed', error: cluster.failing }
      if (Number(resourceVersion) < compactedAt) {
        return { reason: 'expired', error: refused('expired', 'too old resource version') }
      }
      const changes: Change[] = []
      let wake = () => {}
      // As the real one: to who has seen more than there is, nothing is told until there is more.
      const ahead = Number(resourceVersion) > cluster.head
      const listener = (change: Change) => {
        if (ahead && change.type !== 'end' && change.version <= Number(resourceVersion)) return
        const about = change.type === 'bookmark' || change.type === 'end' ? undefined : change.object
        if (about && about.kind !== resource.kind) return
        if (about && namespace !== undefined && about.metadata.namespace !== namespace) return
        changes.push(change)
        wake()
      }
      const abort = () => wake()
      listeners.add(listener)
      signal.addEventListener('abort', abort)
      try {
        while (!signal.aborted) {
          const change = changes.shift()
          if (!change) {
            await new Promise<void>((resolve) => {
              wake = resolve
              if (changes.length > 0 || signal.aborted) resolve()
            })
          } else if (change.type === 'end') return change.end
          else if (change.type === 'bookmark') {
            yield { type: 'bookmark', resourceVersion: String(change.version) }
          } else {
            const item = decoder.json(change.object)
            yield { type: change.type, item, resourceVersion: String(change.version) }
          }
        }
        return { reason: 'aborted' }
      } finally {
        listeners.delete(listener)
        signal.removeEventListener('abort', abort)
      }
    },

    async can({ namespace }) {
      return { allowed: cluster.allowed === undefined || cluster.allowed.includes(namespace ?? '') }
    },
    async close() {},
    version: unused,
    discover: unused,
    table: unused,
    get: unused,
    patch: unused,
    apply: unused,
    delete: unused,
    async *logs() {
      yield await unused()
    },
    exec: unused,
    serviceFetch: unused,
    forward: unused,
  }
  return cluster
}

async function unused(): Promise<never> {
  throw new Error('this test does not need it')
}

/** A pod with as little as a row needs. */
export function pod(
  name: string,
  more: { namespace?: string; uid?: string; phase?: string } = {},
): KubeObject {
  const namespace = more.namespace ?? 'shop'
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid: more.uid ?? `uid-${namespace}-${name}` },
    spec: { containers: [{ name: 'app' }] },
    status: { phase: more.phase ?? 'Running' },
  }
}

export function namespaceObject(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, uid: `uid-${name}` } }
}
