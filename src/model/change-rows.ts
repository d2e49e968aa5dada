// Everything that was changed as rows of a table: what Flux applied, what was rolled out, what happened to nodes.
import { keyOf } from '#model/finding-draft.ts'
import type { ObjectRef, PodRow, Row } from '#model/kube.ts'
import { letterOf, touches } from '#model/subject-marks.ts'
import { type Candidate, type ChangeFacts, collectChanges } from '#model/triage-change.ts'

export interface ChangeRow extends Row {
  /** What did it: a Flux object, a Deployment, a Node. */
  readonly ref: ObjectRef
  /** As on the time axes of charts: `F` Flux, `R` rollout, `B` node. */
  readonly letter: 'F' | 'R' | 'B'
  readonly what: string
  /** `Deployment/shop/cart`, where it is known. */
  readonly objects: readonly string[]
  /** Whether it touched what is asked of. */
  readonly own: boolean
}

/** `createdAt` of a row is when it was changed. `subject`: what is asked of. */
export function changeRows(
  facts: ChangeFacts,
  subject: ObjectRef,
  pods: readonly PodRow[],
): readonly ChangeRow[] {
  const isOwn = touches(subject, pods)
  const rows = collectChanges(facts).map((change) => rowOf(change, isOwn(change)))
  // The same change may be told by two events.
  return [...new Map(rows.map((row) => [row.uid, row])).values()]
}

function rowOf(change: Candidate, own: boolean): ChangeRow {
  const { ref, at, what, objects } = change
  return {
    uid: `${keyOf(ref)} ${at} ${what}`,
    ...(ref.namespace !== undefined && { namespace: ref.namespace }),
    ...{ name: ref.name, createdAt: at, labels: {} },
    ...{ ref, letter: letterOf(change), what, objects: [...objects], own },
  }
}
