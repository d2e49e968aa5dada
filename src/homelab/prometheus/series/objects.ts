// The objects' past, by kind: read from the store's history again when an object of the kind has changed.
import type { ObjectHistory, ObjectStore } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'

/** One version of an object and when it was in force, `from` included and `to` not. */
export interface Version {
  readonly object: KubeObject
  readonly from: number
  readonly to: number
}

export interface Objects {
  /** Every object of the kind that is or was; empty where the store does not know the kind. */
  histories(plural: string, group?: string): readonly ObjectHistory[]
  /** The pod's past; undefined for a name that never was. */
  pod(namespace: string, name: string): ObjectHistory | undefined
  /** Rises with each change of the kind. */
  revisionOf(plural: string, group?: string): number
}

export function readObjects(store: ObjectStore): Objects {
  const known = new Map<string, { readonly revision: number; readonly histories: readonly ObjectHistory[] }>()
  const find = (plural: string, group: string) =>
    store.resources.find((entry) => entry.plural === plural && entry.group === group)
  const revisionOf = (plural: string, group = '') => {
    const resource = find(plural, group)
    return resource ? store.revisionOf(resource) : 0
  }
  const histories = (plural: string, group = '') => {
    const id = `${plural}.${group}`
    const revision = revisionOf(plural, group)
    let found = known.get(id)
    if (found?.revision !== revision) {
      const resource = find(plural, group)
      found = { revision, histories: resource ? [...store.history(resource)] : [] }
      known.set(id, found)
    }
    return found.histories
  }
  let named:
    | { readonly of: readonly ObjectHistory[]; readonly byName: Map<string, ObjectHistory> }
    | undefined
  return {
    revisionOf,
    histories,
    pod(namespace, name) {
      const of = histories('pods')
      if (named?.of !== of) {
        named = { of, byName: new Map(of.map((entry) => [`${entry.namespace}/${entry.name}`, entry])) }
      }
      return named.byName.get(`${namespace}/${name}`)
    },
  }
}

/** The versions that were in force at some moment of [from, to], oldest first. */
export function versionsIn(history: ObjectHistory, from: number, to: number): readonly Version[] {
  const found: Version[] = []
  let end = Number.POSITIVE_INFINITY
  for (let index = history.versions.length - 1; index >= 0; index -= 1) {
    const version = history.versions[index]
    if (!version) break
    if (version.object && version.at <= to && version.at < end) {
      found.push({ object: version.object, from: version.at, to: end })
    }
    end = version.at
    if (end <= from) break
  }
  return found.length > 1 ? found.reverse() : found
}
