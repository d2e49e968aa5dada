// The newest revision of a workload by its pods: which object stands for it, and whether that object tells when it was
// rolled out. Events of a rollout are gone after an hour; its ReplicaSet or ControllerRevision stays.
import { keyOf } from '#model/finding-draft.ts'
import type { ObjectRef, PodRow } from '#model/kube.ts'
import { ownerOf } from '#model/pod-owner.ts'
import type { Candidate } from '#model/triage-change.ts'

export interface Revision {
  readonly workload: ObjectRef
  /** When the oldest of its pods that is still there was made. */
  readonly oldest: number
  /** A Deployment's ReplicaSet, the ControllerRevision of the others. */
  readonly ref: ObjectRef
}

/** `pods` are those of one workload; undefined where they name no revision. */
export function newestRevision(pods: readonly PodRow[]): Revision | undefined {
  const [newest] = pods.toSorted((a, b) => b.createdAt - a.createdAt)
  const label = newest && labelOf(newest)
  if (newest === undefined || label === undefined) return undefined
  const its = pods.filter((pod) => labelOf(pod) === label)
  // Of a ReplicaSet's pods it is the Deployment's: its revisions are called after it.
  const workload = ownerOf(newest)
  const isReplicaSet = newest.labels['pod-template-hash'] !== undefined
  return {
    workload,
    oldest: Math.min(...its.map((pod) => pod.createdAt)),
    ref: {
      group: 'apps',
      kind: isReplicaSet ? 'ReplicaSet' : 'ControllerRevision',
      namespace: newest.namespace,
      name: `${workload.name}-${label.slice(label.lastIndexOf('-') + 1)}`,
    },
  }
}

const labelOf = ({ labels }: PodRow) => labels['pod-template-hash'] ?? labels['controller-revision-hash']

/** `rollout cart-5b7c9`, as its event tells it too. */
export const rolloutWords = ({ ref }: Revision): string => `rollout ${ref.name}`

/** Its first pod comes this soon after the revision, milliseconds. Later ones replace others, or it was rolled back to. */
const soon = 10 * 60_000

/** The rollout of a revision that was made at `createdAt`, where one of its first pods is still there to witness it. */
export function rolloutOf(revision: Revision, createdAt: number): Candidate | undefined {
  const { workload, oldest } = revision
  if (Math.abs(oldest - createdAt) > soon) return undefined
  return {
    ...{ ref: workload, what: rolloutWords(revision), at: createdAt, declared: false },
    objects: new Set([keyOf(workload)]),
    namespaces: new Set(workload.namespace === undefined ? [] : [workload.namespace]),
    nodes: new Set(),
  }
}

/** The rollout among the other changes; what an event tells already is not told twice. */
export function withRollout(
  changes: readonly Candidate[],
  rollout: Candidate | undefined,
): readonly Candidate[] {
  if (rollout === undefined) return changes
  const key = keyOf(rollout.ref)
  const told = changes.some(
    ({ declared, ref, at }) => !declared && keyOf(ref) === key && Math.abs(at - rollout.at) < soon,
  )
  return told ? changes : [...changes, rollout]
}
