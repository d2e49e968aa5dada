// Of which kinds there are charts: none of what nobody measures.
import type { ObjectRef, WorkloadKind } from '#model/kube.ts'

const workloads: ReadonlySet<string> = new Set<WorkloadKind>([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicaSet',
])
export const isWorkload = (kind: string): kind is WorkloadKind => workloads.has(kind)

/** CloudNativePG's Clusters own their pods themselves, and number them as a StatefulSet does. */
export const likeStatefulSet = ({ group, kind }: ObjectRef) =>
  kind === 'Cluster' && group === 'postgresql.cnpg.io'

export function hasCharts(ref: ObjectRef): boolean {
  return ref.kind === 'Node' || ref.kind === 'Pod' || isWorkload(ref.kind) || likeStatefulSet(ref)
}
