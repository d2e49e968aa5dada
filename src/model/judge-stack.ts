// The health of the stack's own parts: whether they run, and whether Prometheus scrapes them.
import { type Draft, evidenceRank } from '#model/finding-draft.ts'
import type { WorkloadRow } from '#model/kube.ts'
import type { ComponentHealth } from '#model/overview.ts'
import { workloadRef } from '#model/pod-owner.ts'
import type { TargetRow } from '#model/prometheus.ts'
import type { Reading } from '#model/reading.ts'
import { type Component, components } from '#model/stack-components.ts'

const serving: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

function workloadsOf(component: Component, own: readonly WorkloadRow[]): readonly WorkloadRow[] {
  const labelled = own.filter((row) => component.labels.some(([label, value]) => row.labels[label] === value))
  if (labelled.length > 0) return labelled
  const { names } = component
  return names ? own.filter((row) => names.test(row.name)) : []
}

/** `namespace` where only that one is read: a part that is not in it may be in another. */
export function judgeStack(
  workloads: Reading<readonly WorkloadRow[]>,
  targets: Reading<readonly TargetRow[]>,
  namespace?: string,
): readonly ComponentHealth[] {
  const own = workloads.data?.filter((row) => serving.has(row.kind))
  return components.map((component) => {
    const { id, name } = component
    if (own === undefined)
      return {
        id,
        name,
        state: 'unknown',
        note: workloads.gap ? `workloads: ${workloads.gap.detail}` : 'workloads are not read yet',
      }
    const rows = workloadsOf(component, own)
    if (rows.length === 0 && namespace !== undefined)
      return { id, name, state: 'unknown', note: `not in ${namespace}, and no other namespace is read` }
    if (rows.length === 0)
      return workloads.gap
        ? { id, name, state: 'unknown', note: `not all workloads could be read: ${workloads.gap.detail}` }
        : { id, name, state: 'absent', note: 'no workload of it in the cluster' }
    const ready = rows.reduce((sum, row) => sum + row.ready, 0)
    const desired = rows.reduce((sum, row) => sum + row.desired, 0)
    const scraped = targetsOf(component, rows, targets.data ?? [])
    const down = scraped.filter((target) => !target.up)
    const state =
      ready === 0 && desired > 0 ? 'down' : ready < desired || down.length > 0 ? 'degraded' : 'well'
    const note = desired === 0 ? 'scaled to zero' : down[0]?.lastError
    return {
      id,
      name,
      state: desired === 0 ? 'down' : state,
      ...worstOf(rows),
      ready,
      desired,
      ...(scraped.length > 0 && { targets: { up: scraped.length - down.length, total: scraped.length } }),
      ...(note !== undefined && { note }),
    }
  })
}

function worstOf(rows: readonly WorkloadRow[]): Pick<ComponentHealth, 'ref'> {
  const row = rows.find((each) => each.ready < each.desired) ?? rows[0]
  return row === undefined ? {} : { ref: workloadRef(row) }
}

function targetsOf(
  component: Component,
  rows: readonly WorkloadRow[],
  targets: readonly TargetRow[],
): readonly TargetRow[] {
  const { jobs } = component
  if (!jobs) return []
  const namespaces = new Set(rows.map((row) => row.namespace))
  return targets.filter(
    (target) =>
      (target.namespace === undefined || namespaces.has(target.namespace)) &&
      (jobs.test(target.job) || (target.service !== undefined && jobs.test(target.service))),
  )
}

/** Parts that do not run, as findings about their workload, so that they join what its pods say. */
export function stackFindings(health: readonly ComponentHealth[]): readonly Draft[] {
  return health.flatMap((one) => {
    const scraped = one.targets?.up === one.targets?.total
    if ((one.state !== 'down' && scraped) || one.ref === undefined) return []
    const text =
      one.state === 'down'
        ? `${one.name} is down`
        : `${one.name}: ${one.targets?.up ?? 0}/${one.targets?.total ?? 0} targets up`
    return [
      {
        ref: one.ref,
        kind: 'component',
        severity: one.state === 'down' ? 'critical' : 'warning',
        evidence: [{ rank: evidenceRank.replicas, text }],
      } satisfies Draft,
    ]
  })
}
