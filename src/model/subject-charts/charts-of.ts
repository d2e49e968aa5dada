// Which charts belong to which kind of object.
import type { ObjectRef, WorkloadKind } from '#model/kube.ts'
import { quote, quoteRegex } from '#model/promql-text.ts'
import { callCharts } from './calls.ts'
import { containerCharts } from './containers.ts'
import { isWorkload, likeStatefulSet } from './has-charts.ts'
import { nodeCharts } from './node.ts'
import { podNamesOf } from './pod-names.ts'
import type { ChartSpec } from './spec.ts'

const serves: ReadonlySet<string> = new Set<WorkloadKind>(['Deployment', 'StatefulSet', 'DaemonSet'])

/** `address` is a node's, where it is known. */
export function chartsOf(ref: ObjectRef, address?: string): readonly ChartSpec[] {
  if (ref.kind === 'Node') return nodeCharts(ref.name, address)
  const pods = podMatchers(ref)
  if (pods === undefined) return []
  const charts = containerCharts({ pods, by: ref.kind === 'Pod' ? 'container' : 'pod' })
  // What it was called stands beside what it used; what runs and ends is not called.
  const calls = serves.has(ref.kind) ? callCharts(ref.name, ref.namespace ?? '') : []
  return [...charts.slice(0, 2), ...calls, ...charts.slice(2)]
}

/** The matchers of the series of its pods; undefined where nobody knows which these are. */
export function podMatchers(ref: ObjectRef): string | undefined {
  const within = `namespace=${quote(ref.namespace ?? '')}`
  if (ref.kind === 'Pod') return `${within},pod=${quote(ref.name)}`
  const names = podNamesIn(ref)
  return names === undefined ? undefined : `${within},pod=~${quote(names)}`
}

/** A regular expression (RE2) that matches the whole names of a pod or of a workload's pods; undefined of other kinds. */
export function podNamesIn(ref: ObjectRef): string | undefined {
  const { kind, name } = ref
  if (kind === 'Pod') return quoteRegex(name)
  const owner = isWorkload(kind) ? kind : likeStatefulSet(ref) ? 'StatefulSet' : undefined
  return owner && podNamesOf(owner, name)
}
