// What the facts of an object are made of, and how it is found there.
import { keyOf } from '#model/finding-draft.ts'
import type { KubeObject, NodeRow, ObjectRef, PodRow, WorkloadRow } from '#model/kube.ts'
import { linkOf, workloadRef } from '#model/pod-owner.ts'
import type { Reading } from '#model/reading.ts'
import type { ChartData } from '#model/subject-charts/lines.ts'
import type { ChangeSources } from './changes.ts'
import type { RowsReading } from './fact.ts'
import type { ContainerRuns } from './restarts.ts'

export interface FactSources extends ChangeSources {
  readonly pods: RowsReading<PodRow>
  readonly nodes: RowsReading<NodeRow>
  /** The one namespace that is read; absent: all. */
  readonly namespace: string | undefined
  /** The pod or workload itself. */
  readonly object: Reading<KubeObject>
  /** A pod's, where the pod itself could be read. */
  readonly containers: readonly ContainerRuns[] | undefined
  /** How full its claims are, a line each; of a node its line `boot`, seconds since the epoch. */
  readonly measured: Reading<ChartData>
}

/** The namespace that is read, where it is not the object's own. */
export const elsewhere = (ref: ObjectRef, { namespace }: FactSources): string | undefined =>
  namespace === ref.namespace ? undefined : namespace

/** The pods of a workload; those of a Deployment by way of its ReplicaSets. */
export function podsOf(owner: ObjectRef, pods: readonly PodRow[]): readonly PodRow[] {
  const key = keyOf(owner)
  return pods.filter((pod) => linkOf(pod).key === key || isOwnedBy(pod, owner))
}

/** A ReplicaSet or a Job of a CronJob is not what its pods are known by. */
const isOwnedBy = ({ namespace, owner }: PodRow, { kind, name, namespace: its }: ObjectRef): boolean =>
  namespace === its && owner?.kind === kind && owner.name === name

export function workloadOf(ref: ObjectRef, workloads: readonly WorkloadRow[]): WorkloadRow | undefined {
  const key = keyOf(ref)
  return workloads.find((row) => keyOf(workloadRef(row)) === key)
}
