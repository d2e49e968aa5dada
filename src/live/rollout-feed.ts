// When what runs of a workload was rolled out, from the object that stands for its revision: read only while somebody looks.
import { time } from '#cluster/fields.ts'
import { keyOf } from '#model/finding-draft.ts'
import type { KubeObject, ObjectRef, PodRow } from '#model/kube.ts'
import { isPodOf, ownerOf } from '#model/pod-owner.ts'
import { newestRevision, type Revision, rolloutOf } from '#model/subject-facts/revision.ts'
import type { Candidate } from '#model/triage-change.ts'
import type { Deck } from './deck.ts'
import { combine, mapFeed, switchFeed } from './derive.ts'
import type { Feed } from './feed.ts'
import type { Live } from './live.ts'
import { noFeed } from './no-feed.ts'

/** Of a pod it is its owner's; undefined where nothing tells. */
export function rolloutFeed(deck: Deck, ref: ObjectRef): Feed<Candidate | undefined> {
  const revision = mapFeed(deck.pods, ({ data }) => revisionOf(ref, data?.rows ?? []))
  // Pods come and go; the revision is another only with another name.
  const key = mapFeed(revision, (found) => found && keyOf(found.ref))
  const object = switchFeed(key, (): Feed<Live<KubeObject>> => {
    const found = revision.get()
    return found === undefined ? noFeed : deck.object(found.ref)
  })
  return combine([revision, object], (found, { data }) => {
    const createdAt = time(data?.metadata.creationTimestamp)
    return found && createdAt !== undefined ? rolloutOf(found, createdAt) : undefined
  })
}

/** A node has no rollout. */
function revisionOf(ref: ObjectRef, pods: readonly PodRow[]): Revision | undefined {
  if (ref.kind === 'Node') return undefined
  const pod = ref.kind === 'Pod' ? pods.find(isPodOf(ref)) : undefined
  const owner = ref.kind === 'Pod' ? pod && ownerOf(pod) : ref
  return owner && newestRevision(pods.filter(isPodOf(owner)))
}
