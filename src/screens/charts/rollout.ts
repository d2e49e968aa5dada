// When what runs of a workload was rolled out, from the object that stands for its revision: read only while it is shown.
import { useMemo } from 'react'
import type { Deck } from '#live/deck.ts'
import { mapFeed } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import { type Live, nothingYet } from '#live/live.ts'
import type { ObjectRef, PodRow } from '#model/kube.ts'
import { ownerOf } from '#model/pod-owner.ts'
import { newestRevision, type Revision, rolloutMark } from '#model/subject-facts/revision.ts'
import { podsOf } from '#model/subject-facts/sources.ts'
import type { SubjectMark } from '#model/subject-marks.ts'
import { time } from '#screens/detail/fields.ts'
import { useFeed } from '#ui/useFeed.ts'

export function useRollout(deck: Deck, ref: ObjectRef): SubjectMark | undefined {
  const revisions = useMemo(
    () => mapFeed(deck.pods, ({ data }) => revisionOf(ref, data?.rows ?? [])),
    [deck, ref],
  )
  const revision = useFeed(revisions)
  const { kind, namespace = '', name } = revision?.ref ?? none
  const object = useMemo(
    () => (name === '' ? nothing : deck.object({ group: 'apps', kind, namespace, name })),
    [deck, kind, namespace, name],
  )
  const createdAt = time(useFeed(object).data?.metadata.creationTimestamp)
  return useMemo(
    () => (revision === undefined || createdAt === undefined ? undefined : rolloutMark(revision, createdAt)),
    [revision, createdAt],
  )
}

/** Of a pod it is its owner's. What runs and ends has no rollout, and a node none either. */
function revisionOf(ref: ObjectRef, pods: readonly PodRow[]): Revision | undefined {
  if (ref.kind === 'Node') return undefined
  const pod = pods.find(({ namespace, name }) => namespace === ref.namespace && name === ref.name)
  const owner = ref.kind !== 'Pod' ? ref : pod && ownerOf(pod)
  return owner && newestRevision(owner, podsOf(owner, pods))
}

const none: ObjectRef = { group: '', kind: '', name: '' }
const nothing: Feed<Live<never>> = { get: () => nothingYet, subscribe: () => () => {} }
