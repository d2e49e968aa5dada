// The newest revision of a workload by its pods: which object stands for it, and whether that object tells when it was
// rolled out. Events of a rollout are gone after an hour; its ReplicaSet or ControllerRevision stays.
import type { ObjectRef, PodRow } from '#model/kube.ts'
import type { SubjectMark } from '#model/subject-marks.ts'

export interface Revision {
  readonly workload: string
  /** As its pods name it: `5b7c9`. */
  readonly hash: string
  /** When the oldest of its pods that is still there was made. */
  readonly oldest: number
  /** A Deployment's ReplicaSet, the ControllerRevision of the others. */
  readonly ref: ObjectRef
}

/** `pods` are those of `owner`; undefined where they name no revision. */
export function newestRevision(owner: ObjectRef, pods: readonly PodRow[]): Revision | undefined {
  const [newest] = pods.toSorted((a, b) => b.createdAt - a.createdAt)
  const label = newest && labelOf(newest)
  if (newest === undefined || label === undefined) return undefined
  const its = pods.filter((pod) => labelOf(pod) === label)
  const hash = label.slice(label.lastIndexOf('-') + 1)
  const isReplicaSet = newest.labels['pod-template-hash'] !== undefined
  return {
    workload: owner.name,
    hash,
    oldest: Math.min(...its.map((pod) => pod.createdAt)),
    ref: {
      group: 'apps',
      kind: isReplicaSet ? 'ReplicaSet' : 'ControllerRevision',
      namespace: newest.namespace,
      name: `${owner.name}-${hash}`,
    },
  }
}

const labelOf = ({ labels }: PodRow) => labels['pod-template-hash'] ?? labels['controller-revision-hash']

/** Its first pod comes this soon after the revision, milliseconds. Later ones replace others, or it was rolled back to. */
const soon = 10 * 60_000

/** The rollout of a revision that was made at `createdAt`, where one of its first pods is still there to witness it. */
export function rolloutMark(
  { workload, hash, oldest }: Revision,
  createdAt: number,
): SubjectMark | undefined {
  if (Math.abs(oldest - createdAt) > soon) return undefined
  return { at: createdAt, letter: 'R', text: `${workload} rollout ${workload}-${hash}` }
}

/** The mark among the others, the earliest first; what an event tells already is not told twice. */
export function withRollout(
  marks: readonly SubjectMark[],
  rollout: SubjectMark | undefined,
): readonly SubjectMark[] {
  if (rollout === undefined) return marks
  const told = marks.some(({ letter, at }) => letter === 'R' && Math.abs(at - rollout.at) < soon)
  return told ? marks : [...marks, rollout].sort((a, b) => a.at - b.at)
}
