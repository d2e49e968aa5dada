// Which revision a Flux object applied, when that became so, and which one it replaced.
// Histories are summaries: at most five entries, one per digest and status, so a time may be a bound (see below).

import { type Fields, fields, items, known, text, time } from '#cluster/fields.ts'
import type { Condition, FluxRow } from '#model/kube.ts'

type FluxChange = Pick<FluxRow, 'revision' | 'changedAt' | 'changedFrom'>

export function fluxChange(kind: string, status: Fields, conditions: readonly Condition[]): FluxChange {
  if (kind === 'HelmRelease') return releaseChange(status)
  const artifact = fields(status.artifact)
  if (text(artifact.revision) !== undefined) {
    return known({ revision: text(artifact.revision), changedAt: time(artifact.lastUpdateTime) })
  }
  if (kind === 'ImageUpdateAutomation') {
    return known({ revision: text(status.lastPushCommit), changedAt: time(status.lastPushTime) })
  }
  if (kind === 'ImagePolicy') return known({ revision: imageOf(status) })
  const revision = text(status.lastAppliedRevision)
  const history = items(status.history).map(fields)
  if (history.length > 0) return { ...known({ revision }), ...appliedChange(history, revision) }
  if (revision === undefined) return {}
  // Before Flux 2.7 there is no history: the last time it became ready is the nearest thing known.
  const ready = conditions.find((one) => one.type === 'Ready' && one.status === 'True')
  return known({ revision, changedAt: ready?.since })
}

/** HelmRelease: snapshots of releases, the newest has the highest version. */
function releaseChange(status: Fields): FluxChange {
  const [now, before] = items(status.history)
    .map(fields)
    .toSorted((a, b) => Number(b.version ?? 0) - Number(a.version ?? 0))
  if (now === undefined) return known({ revision: text(status.lastAttemptedRevision) })
  const revision = text(now.chartVersion)
  const from = text(before?.chartVersion)
  return known({
    revision,
    changedAt: time(now.lastDeployed) ?? time(now.firstDeployed),
    changedFrom: from === revision ? undefined : from,
  })
}

/**
 * Kustomization, ResourceSet, FluxInstance: the entry reconciled last is what is applied now. It came when it was
 * first reconciled, unless another one was seen since: then it was applied anew, after that one's last time.
 */
function appliedChange(history: readonly Fields[], revision: string | undefined): FluxChange {
  const [now, ...others] = history.toSorted(
    (a, b) => (time(b.lastReconciled) ?? 0) - (time(a.lastReconciled) ?? 0),
  )
  const came = [time(now?.firstReconciled), ...others.map((one) => time(one.lastReconciled))]
  const moments = came.filter((at) => at !== undefined)
  const current = text(fields(now?.metadata).revision) ?? revision
  const from = others.map((one) => text(fields(one.metadata).revision)).find((one) => one !== current)
  return known({
    changedAt: moments.length === 0 ? undefined : Math.max(...moments),
    changedFrom: from,
  })
}

function imageOf(status: Fields): string | undefined {
  const latest = fields(status.latestRef)
  const name = text(latest.name)
  const tag = text(latest.tag)
  if (name === undefined) return text(status.latestImage)
  return tag === undefined ? name : `${name}:${tag}`
}
