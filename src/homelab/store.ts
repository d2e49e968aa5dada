// The homelab's etcd: objects by kind and key, one revision counter, a bounded log of changes for watches,
// and every version that an object had, so that series can be told of the past.
import { createHash } from 'node:crypto'
import type { Clock } from '#homelab/clock.ts'
import type { KubeObject, Resource } from '#model/kube.ts'

export interface StoreChange {
  readonly revision: number
  readonly type: 'added' | 'modified' | 'deleted'
  readonly resource: Resource
  readonly object: KubeObject
  /** The version before, for watches whose selector an object leaves. */
  readonly before?: KubeObject
}

/** Every version of one object, oldest first; `object` is absent from the moment it was deleted. */
export interface ObjectHistory {
  readonly resource: Resource
  readonly namespace?: string
  readonly name: string
  readonly versions: readonly { readonly at: number; readonly object?: KubeObject }[]
}

export interface ObjectStore {
  readonly revision: number
  readonly resources: readonly Resource[]
  register(resource: Resource): void
  /** Forgets a kind; its objects are deleted. */
  unregister(group: string, plural: string): void
  /** Adds or replaces; gives uid, creationTimestamp and resourceVersion where absent. Returns what is stored. */
  put(resource: Resource, object: KubeObject): KubeObject
  remove(resource: Resource, namespace: string | undefined, name: string): KubeObject | undefined
  get(resource: Resource, namespace: string | undefined, name: string): KubeObject | undefined
  /** By key, `namespace/name`, as etcd sorts. */
  list(resource: Resource, namespace?: string): readonly KubeObject[]
  /** Changes after `revision`, oldest first; `expired` where they are no longer kept. */
  changesSince(resource: Resource, revision: number): readonly StoreChange[] | 'expired'
  /** Forgets all changes up to now, as etcd's compaction does: watches and continue tokens before it get 410. */
  compact(): void
  onChange(listener: (change: StoreChange) => void): () => void
  history(resource: Resource): Iterable<ObjectHistory>
  /** The revision of the kind's last change; 0 where it never had one. */
  revisionOf(resource: Resource): number
}

const keyOf = (namespace: string | undefined, name: string) => (namespace ? `${namespace}/${name}` : name)
const idOf = (resource: Pick<Resource, 'group' | 'plural'>) => `${resource.plural}.${resource.group}`

/** Milliseconds: what no series tells of any more. */
const RETENTION = 14 * 86_400_000
/** Versions kept of one object: leases and heartbeats make a new one every minute, for as long as the homelab runs. */
const MOST_VERSIONS = 1200
const SWEEP_EVERY = 5000

interface Version {
  readonly at: number
  readonly object?: KubeObject
}

/** The first version that counts and the newer half: what was in between is taken to have been as the first. */
function thinned(versions: readonly Version[], horizon: number): Version[] {
  const first = Math.max(
    0,
    versions.findLastIndex(({ at }) => at <= horizon),
  )
  return [...versions.slice(first, first + 1), ...versions.slice(Math.max(first + 1, versions.length / 2))]
}

/** Forgets objects that were deleted before anything that is told of. */
function sweep(kind: Kind, horizon: number): void {
  for (const [key, versions] of kind.histories) {
    const last = versions.at(-1)
    if (last && !last.object && last.at < horizon) kind.histories.delete(key)
  }
}

interface Kind {
  readonly objects: Map<string, KubeObject>
  readonly histories: Map<string, { at: number; object?: KubeObject }[]>
  sorted: KubeObject[] | undefined
  changedAt: number
  records: number
}

export function createStore(clock: Clock, options: { keepChanges?: number } = {}): ObjectStore {
  const keep = options.keepChanges ?? 5000
  const kinds = new Map<string, Kind>()
  const resources = new Map<string, Resource>()
  const listeners = new Set<(change: StoreChange) => void>()
  let log: StoreChange[] = []
  let revision = 1000
  let compactedAt = revision

  const kindOf = (resource: Resource): Kind => {
    const id = idOf(resource)
    let kind = kinds.get(id)
    if (!kind) {
      kind = { objects: new Map(), histories: new Map(), sorted: undefined, changedAt: 0, records: 0 }
      kinds.set(id, kind)
      resources.set(id, resource)
    }
    return kind
  }

  const record = (kind: Kind, key: string, object: KubeObject | undefined) => {
    const versions = kind.histories.get(key)
    const entry = object ? { at: clock.now(), object } : { at: clock.now() }
    if (versions) versions.push(entry)
    else kind.histories.set(key, [entry])
    kind.changedAt = revision
    const horizon = clock.now() - RETENTION
    if (versions && versions.length > MOST_VERSIONS) kind.histories.set(key, thinned(versions, horizon))
    kind.records += 1
    if (kind.records % SWEEP_EVERY === 0) sweep(kind, horizon)
  }

  const tell = (change: StoreChange) => {
    log.push(change)
    if (log.length > keep * 2) {
      const dropped = log.length - keep
      compactedAt = log[dropped - 1]?.revision ?? compactedAt
      log = log.slice(dropped)
    }
    for (const listener of listeners) listener(change)
  }

  return {
    get revision() {
      return revision
    },
    get resources() {
      return [...resources.values()]
    },
    register(resource) {
      kindOf(resource)
    },
    unregister(group, plural) {
      const resource = resources.get(idOf({ group, plural }))
      if (!resource) return
      for (const { metadata } of [...kindOf(resource).objects.values()])
        this.remove(resource, metadata.namespace, metadata.name)
      kinds.delete(idOf(resource))
      resources.delete(idOf(resource))
    },
    put(resource, object) {
      const kind = kindOf(resource)
      const key = keyOf(object.metadata.namespace, object.metadata.name)
      const before = kind.objects.get(key)
      revision += 1
      const stored: KubeObject = {
        ...object,
        metadata: {
          ...object.metadata,
          uid: before?.metadata.uid ?? object.metadata.uid ?? uidOf(`${idOf(resource)}/${key}/${revision}`),
          creationTimestamp:
            before?.metadata.creationTimestamp ?? object.metadata.creationTimestamp ?? stamp(clock.now()),
          resourceVersion: String(revision),
        },
      }
      kind.objects.set(key, stored)
      kind.sorted = undefined
      record(kind, key, stored)
      tell({
        revision,
        type: before ? 'modified' : 'added',
        resource,
        object: stored,
        ...(before && { before }),
      })
      return stored
    },
    remove(resource, namespace, name) {
      const kind = kindOf(resource)
      const key = keyOf(namespace, name)
      const before = kind.objects.get(key)
      if (!before) return undefined
      revision += 1
      kind.objects.delete(key)
      kind.sorted = undefined
      record(kind, key, undefined)
      const object = { ...before, metadata: { ...before.metadata, resourceVersion: String(revision) } }
      tell({ revision, type: 'deleted', resource, object, before })
      return object
    },
    get(resource, namespace, name) {
      return kindOf(resource).objects.get(keyOf(namespace, name))
    },
    list(resource, namespace) {
      const kind = kindOf(resource)
      kind.sorted ??= [...kind.objects.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, object]) => object)
      return namespace ? kind.sorted.filter((object) => object.metadata.namespace === namespace) : kind.sorted
    },
    changesSince(resource, since) {
      if (since < compactedAt) return 'expired'
      const id = idOf(resource)
      return log.filter((change) => change.revision > since && idOf(change.resource) === id)
    },
    compact() {
      compactedAt = revision
      log = []
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    revisionOf: (resource) => kindOf(resource).changedAt,
    *history(resource) {
      for (const [key, versions] of kindOf(resource).histories) {
        const slash = key.indexOf('/')
        const name = slash < 0 ? key : key.slice(slash + 1)
        yield { resource, name, versions, ...(slash >= 0 && { namespace: key.slice(0, slash) }) }
      }
    },
  }
}

/** Kubernetes times have whole seconds. */
export function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** The same key gives the same uid, so that two homelabs of one seed are equal. */
export function uidOf(key: string): string {
  const hex = createHash('sha1').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
