// The rows of one list + watch, and what each event does to them. Nothing here waits or talks.
import type { WatchEvent } from '#cluster/cluster.ts'
import type { Row } from '#model/kube.ts'

/** By uid. Changed in place: 10,000 rows are copied when they are published, not with every event. */
export type Held<T extends Row> = Map<string, T>

/**
 * Takes one event in. `relist` says that the server's history is not the one we followed: its version is behind
 * ours, as after a restored backup.
 */
export function applyEvent<T extends Row>(
  held: Held<T>,
  version: string,
  event: WatchEvent<T>,
): 'changed' | 'same' | 'relist' {
  if (isOlder(event.resourceVersion, version)) return 'relist'
  switch (event.type) {
    case 'added':
    case 'modified':
      held.set(event.item.uid, event.item)
      return 'changed'
    case 'deleted':
      return held.delete(event.item.uid) ? 'changed' : 'same'
    case 'bookmark':
      return 'same'
  }
}

/** Versions of one kind are numbers that grow (KEP-5504); a server that numbers otherwise is never called older. */
export function isOlder(version: string, than: string): boolean {
  if (!/^\d+$/.test(version) || !/^\d+$/.test(than)) return false
  return version.length === than.length ? version < than : version.length < than.length
}
