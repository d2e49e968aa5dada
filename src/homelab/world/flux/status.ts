// The status that Flux's controllers write: conditions that keep their times, and the short history.
import { stamp } from '#homelab/store.ts'
import type { FluxRelease } from '#homelab/world/catalogue/shapes.ts'
import { chance, hex } from '#homelab/world/random.ts'
import { condition, type FluxCondition, type FluxObject, type FluxStatus, snapshot } from './objects.ts'

export interface FluxTrouble {
  readonly reason: string
  readonly message: string
  readonly revision?: string
  readonly is: 'failed' | 'progressing' | 'waiting'
}

/** New conditions keep the time of the last change of status. */
export function settle(object: FluxObject, conditions: readonly FluxCondition[]): FluxCondition[] {
  return conditions.map((next) => {
    const before = object.status?.conditions?.find(({ type }) => type === next.type)
    return before?.status === next.status ? { ...next, lastTransitionTime: before.lastTransitionTime } : next
  })
}

/** A Kustomization's history: at most five entries, one for each digest and status. */
export function historyWith(
  object: FluxObject,
  revision: string,
  status: string,
  at: number,
): Record<string, unknown>[] {
  const now = stamp(at)
  const digest = `sha256:${hex(`${object.metadata.name}/${revision.slice(-40)}`, 64)}`
  const before = object.status?.history ?? []
  const same = before.find((item) => item.digest === digest && item.lastReconciledStatus === status)
  const made = {
    digest,
    firstReconciled: same?.firstReconciled ?? now,
    lastReconciled: now,
    lastReconciledDuration: `${(0.2 + chance(`${object.metadata.name}/${revision}`) * 3).toFixed(3)}s`,
    lastReconciledStatus: status,
    metadata: { revision },
    totalReconciliations: ((same?.totalReconciliations as number | undefined) ?? 0) + 1,
  }
  return [made, ...before.filter((item) => item !== same)].slice(0, 5)
}

/** A failed upgrade is a release of its own, until another replaces it. */
function failedReleases(object: FluxObject, release: FluxRelease, version: string, at: number) {
  const before = object.status?.history ?? []
  if (before[0]?.chartVersion === version) return before
  const number = ((before[0]?.version as number | undefined) ?? 0) + 1
  return [snapshot(release, version, '', number, 'failed', 'upgrade', at), ...before].slice(0, 5)
}

const count = (object: FluxObject, field: string) => ((object.status?.[field] as number | undefined) ?? 0) + 1

export function troubledStatus(
  object: FluxObject,
  trouble: FluxTrouble,
  revision: string | undefined,
  release: FluxRelease | undefined,
  at: number,
): FluxStatus {
  const { is, reason, message } = trouble
  const helm = object.kind === 'HelmRelease'
  const conditions = [
    ...(is === 'failed' && !helm ? [condition('Reconciling', 'ProgressingWithRetry', message, at)] : []),
    ...(is === 'progressing' ? [condition('Reconciling', 'Progressing', message, at)] : []),
    condition('Ready', reason, message, at, is === 'progressing' ? 'Unknown' : 'False'),
    ...(reason === 'HealthCheckFailed' ? [condition('Healthy', reason, message, at, 'False')] : []),
    ...(helm && is === 'failed' ? [condition('Released', reason, message, at, 'False')] : []),
  ]
  const common = {
    conditions: settle(object, conditions),
    ...(revision && { lastAttemptedRevision: revision }),
  }
  if (is !== 'failed' || !revision) return common
  if (!helm || !release) return { ...common, history: historyWith(object, revision, reason, at) }
  return {
    ...common,
    failures: count(object, 'failures'),
    upgradeFailures: count(object, 'upgradeFailures'),
    history: failedReleases(object, release, revision, at),
  }
}
