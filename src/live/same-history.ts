// Whether a watch may go on from where it was. A server whose store was emptied or restored since then neither refuses
// a version of the other history nor sends anything for it, not even bookmarks: it waits, silently, until its own
// versions have grown beyond ours. So one object is asked for first.
import type { Cluster, Decoder, ListQuery } from '#cluster/cluster.ts'
import type { Row } from '#model/kube.ts'
import { type Held, isOlder } from './held.ts'

export interface Followed<T extends Row> {
  readonly query: ListQuery
  readonly held: Held<T>
  /** What the watch would go on from. */
  readonly version: string
}

/**
 * False where the server is behind our version, or where the first object there is none of ours: then it is either new,
 * or everything is. @throws SourceError
 */
export async function sameHistory<T extends Row>(
  { query, held, version }: Followed<T>,
  cluster: Cluster,
  decoder: Decoder<T>,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const { items, resourceVersion } of cluster.list(
    { ...query, firstPage: 1, page: 1 },
    decoder,
    signal,
  )) {
    if (isOlder(resourceVersion, version)) return false
    const [first] = items
    return first ? held.has(first.uid) : held.size === 0
  }
  return false
}
