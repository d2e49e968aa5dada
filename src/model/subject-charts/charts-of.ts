// Which charts belong to which kind of object; none to what nobody measures.
import type { ObjectRef, WorkloadKind } from '#model/kube.ts'
import { quote } from '#model/promql-text.ts'
import { callCharts } from './calls.ts'
import { containerCharts } from './containers.ts'
import { nodeCharts } from './node.ts'
import { podNamesOf } from './pod-names.ts'
import type { ChartSpec } from './spec.ts'

const workloads: ReadonlySet<string> = new Set<WorkloadKind>([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicaSet',
])
const isWorkload = (kind: string): kind is WorkloadKind => workloads.has(kind)

const serves: ReadonlySet<string> = new Set<WorkloadKind>(['Deployment', 'StatefulSet', 'DaemonSet'])

/** CloudNativePG's Clusters own their pods themselves, and number them as a StatefulSet does. */
const likeStatefulSet = ({ group, kind }: ObjectRef) => kind === 'Cluster' && group === 'postgresql.cnpg.io'

export function hasCharts(ref: ObjectRef): boolean {
  return ref.kind === 'Node' || ref.kind === 'Pod' || isWorkload(ref.kind) || likeStatefulSet(ref)
}

/** `address` is a node's, where it is known. */
export function chartsOf(ref: ObjectRef, address?: string): readonly ChartSpec[] {
  const { kind, name, namespace = '' } = ref
  if (kind === 'Node') return nodeCharts(name, address)
  const within = `namespace=${quote(namespace)}`
  if (kind === 'Pod') return containerCharts({ pods: `${within},pod=${quote(name)}`, by: 'container' })
  const owner = isWorkload(kind) ? kind : likeStatefulSet(ref) ? 'StatefulSet' : undefined
  if (owner === undefined) return []
  const charts = containerCharts({ pods: `${within},pod=~${quote(podNamesOf(owner, name))}`, by: 'pod' })
  // What it was called stands beside what it used; what runs and ends is not called.
  const calls = serves.has(kind) ? callCharts(name, namespace) : []
  return [...charts.slice(0, 2), ...calls, ...charts.slice(2)]
}
