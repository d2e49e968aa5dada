// The objects' past, by kind: read from the store's history once per revision of the store.
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
}

export function readObjects(store: ObjectStore): Objects {
  const known = new Map<string, readonly ObjectHistory[]>()
  let revision = store.revision
  return {
    histories(plural, group = '') {
      if (revision !== store.revision) {
        revision = store.revision
        known.clear()
      }
      const id = `${plural}.${group}`
      let found = known.get(id)
      if (!found) {
        const resource = store.resources.find((entry) => entry.plural === plural && entry.group === group)
        found = resource ? [...store.history(resource)] : []
        known.set(id, found)
      }
      return found
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
