// The pod or workload itself, and what only it tells of its containers: one reading, decoded once.
import type { KubeObject, ObjectRef } from '#model/kube.ts'
import type { ContainerRuns } from '#model/subject-facts/restarts.ts'
import { containerRuns } from '#sources/kubernetes/container-runs.ts'
import type { Deck } from './deck.ts'
import { mapFeed } from './derive.ts'
import type { Feed } from './feed.ts'
import { type Live, nothingYet } from './live.ts'
import { constantFeed } from './no-feed.ts'

export interface SubjectObject {
  readonly object: Live<KubeObject>
  /** A pod's, where the pod itself could be read. */
  readonly containers: readonly ContainerRuns[] | undefined
}

/** Of a node there is nothing to read that its row does not tell. */
export function subjectObject(deck: Deck, ref: ObjectRef): Feed<SubjectObject> {
  if (ref.kind === 'Node') return constantFeed({ object: nothingYet, containers: undefined })
  return mapFeed(deck.object(ref), (object) => ({
    object,
    containers: ref.kind === 'Pod' && object.data !== undefined ? containerRuns(object.data) : undefined,
  }))
}
