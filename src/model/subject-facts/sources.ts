// What the facts of an object are made of, and how it is found there.
import { keyOf } from '#model/finding-draft.ts'
import type { EventRow, FluxRow, KubeObject, NodeRow, ObjectRef, PodRow, WorkloadRow } from '#model/kube.ts'
import { workloadRef } from '#model/pod-owner.ts'
import type { Reading } from '#model/reading.ts'
import type { SubjectMark } from '#model/subject-marks.ts'
import type { RowsReading } from './fact.ts'
import type { FiguresNow } from './question.ts'
import type { ContainerRuns } from './restarts.ts'

export interface FactSources {
  readonly pods: RowsReading<PodRow>
  readonly workloads: RowsReading<WorkloadRow>
  readonly nodes: RowsReading<NodeRow>
  readonly events: RowsReading<EventRow>
  readonly flux: RowsReading<FluxRow>
  /** The one namespace that is read; absent: all. */
  readonly namespace: string | undefined
  /** The pod or workload itself. */
  readonly object: Reading<KubeObject>
  /** How a pod's containers ran, where the pod itself could be read. */
  readonly containers: readonly ContainerRuns[] | undefined
  /** How full the claims of a pod or workload are now, 0 to 1 by their names. */
  readonly volumes: Reading<FiguresNow>
  /** When a node booted last, seconds since the epoch: the one figure ''. */
  readonly boot: Reading<FiguresNow>
  /** What happened to the object, the earliest first. */
  readonly marks: readonly SubjectMark[]
}

/** The namespace that is read, where it is not the object's own. */
export const elsewhere = (ref: ObjectRef, { namespace }: FactSources): string | undefined =>
  namespace === ref.namespace ? undefined : namespace

export function workloadOf(ref: ObjectRef, workloads: readonly WorkloadRow[]): WorkloadRow | undefined {
  const key = keyOf(ref)
  return workloads.find((row) => keyOf(workloadRef(row)) === key)
}
