// Everything that was changed as rows of a table: what Flux applied, what was rolled out, what happened to nodes.
import { keyOf } from '#model/finding-draft.ts'
import type { ObjectRef, PodRow, Row } from '#model/kube.ts'
import { isPodOf } from '#model/pod-owner.ts'
import type { RowsReading } from '#model/subject-facts/fact.ts'
import { withRollout } from '#model/subject-facts/revision.ts'
import { letterOf, type SubjectChangeFacts, touches } from '#model/subject-marks.ts'
import { type Candidate, collectChanges } from '#model/triage-change.ts'

export interface ChangeRow extends Row {
  /** What did it: a Flux object, a Deployment, a Node. */
  readonly ref: ObjectRef
  /** As on the time axes of charts: `F` Flux, `R` rollout, `B` node. */
  readonly letter: 'F' | 'R' | 'B'
  readonly what: string
  /** `Deployment/shop/cart`, where it is known. */
  readonly objects: readonly string[]
  /** Whether it touched what is asked of; undefined: nothing tells. */
  readonly own: boolean | undefined
}

/** `createdAt` of a row is when it was changed. */
export function changeRows(
  facts: SubjectChangeFacts,
  isOwn: (change: Candidate) => boolean | undefined,
): readonly ChangeRow[] {
  const rows = withRollout(collectChanges(facts), facts.rollout).map((change) => rowOf(change, isOwn(change)))
  // The same change may be told by two events.
  return [...new Map(rows.map((row) => [row.uid, row])).values()]
}

/** Known by itself, and not by way of its pods. */
const knownAlone: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'])

/** Whether a change touched what is asked of: not known where the pods are not all there, or the pod itself is gone. */
export function touchedBy(
  subject: ObjectRef,
  { data }: RowsReading<PodRow>,
): (change: Candidate) => boolean | undefined {
  const pods = data?.rows ?? []
  const isTouched = touches(subject, pods)
  const isWhole = data?.complete === true && data.partial === undefined
  const isKnown =
    subject.kind === 'Pod' ? pods.some(isPodOf(subject)) : isWhole || knownAlone.has(subject.kind)
  return (change) => isTouched(change) || (isKnown ? false : undefined)
}

/** Whether it is of the namespace, or changed something there. */
export const isChangeIn = ({ namespace, objects }: ChangeRow, name: string): boolean =>
  namespace === name || objects.some((key) => key.split('/')[1] === name)

function rowOf(change: Candidate, own: boolean | undefined): ChangeRow {
  const { ref, at, what, objects } = change
  return {
    uid: `${keyOf(ref)} ${at} ${what}`,
    ...(ref.namespace !== undefined && { namespace: ref.namespace }),
    ...{ name: ref.name, createdAt: at, labels: {} },
    ...{ ref, letter: letterOf(change), what, objects: [...objects], own },
  }
}
