// The display state of a Flux object, in the order that its own tools use:
// deleting, suspended, stalled, not ready, reconciling, a generation not yet looked at, ready.
import type { Condition, FluxRow } from '#model/kube.ts'

export interface FluxFacts {
  /** Absent where the kind has no status by design (Alert, Provider, an OCI HelmRepository). */
  readonly conditions: readonly Condition[]
  readonly withoutStatus: boolean
  readonly deletedAt?: number
  readonly suspended: boolean
  readonly generation?: number
  readonly observedGeneration?: number
}

export interface FluxState {
  readonly state: FluxRow['state']
  readonly reason?: string
  readonly message?: string
  readonly since?: number
}

export function fluxState(facts: FluxFacts): FluxState {
  const condition = (type: string) => facts.conditions.find((one) => one.type === type)
  const ready = condition('Ready')
  const stalled = condition('Stalled')
  const reconciling = condition('Reconciling')
  if (facts.deletedAt !== undefined) return { ...told(ready), state: 'deleting', since: facts.deletedAt }
  if (facts.suspended) return { ...words(ready), state: 'suspended' }
  if (stalled?.status === 'True') return { ...told(stalled), state: 'stalled' }
  if (ready?.status === 'False') {
    return { ...told(ready), state: ready.reason === 'DependencyNotReady' ? 'waiting' : 'failed' }
  }
  if (reconciling?.status === 'True') return { ...told(reconciling), state: 'reconciling' }
  if (ready?.status === 'Unknown') return { ...told(ready), state: 'reconciling' }
  if (!ready) return { state: facts.withoutStatus ? 'ready' : 'unknown' }
  const { generation, observedGeneration } = facts
  // -1 and absence are how controllers say "never looked"; an absent field on a kind that has none is no news.
  const stale =
    generation !== undefined && observedGeneration !== undefined && observedGeneration < generation
  return { ...told(ready), state: stale ? 'reconciling' : 'ready' }
}

function words(condition: Condition | undefined): { reason?: string; message?: string } {
  return {
    ...(condition?.reason !== undefined && { reason: condition.reason }),
    ...(condition?.message !== undefined && { message: condition.message }),
  }
}

function told(condition: Condition | undefined): { reason?: string; message?: string; since?: number } {
  return { ...words(condition), ...(condition?.since !== undefined && { since: condition.since }) }
}
