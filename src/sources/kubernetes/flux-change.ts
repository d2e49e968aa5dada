// Which revision a Flux object applied, when that became so, and which one it replaced.
// Histories are summaries: at most five entries, one per digest and status, so a time may be a bound (see below).

import { type Fields, fields, items, known, text, time } from '#cluster/fields.ts'
import type { Condition, FluxRow } from '#model/kube.ts'

type FluxChange = Pick<FluxRow, 'revision' | 'changedAt' | 'changedFrom' | 'changeFailed'>

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
    changeFailed: text(now.status) === 'failed' ? true : undefined,
  })
}

/**
 * Kustomization, ResourceSet, FluxInstance: the entry reconciled last has the revision of now. It came when that
 * revision was first reconciled (with whatever outcome: a retry is no change), unless another revision was seen
 * since: then it was applied anew, after that one's last time.
 */
function appliedChange(history: readonly Fields[], revision: string | undefined): FluxChange {
  const [now, ...others] = history.toSorted(
    (a, b) => (time(b.lastReconciled) ?? 0) - (time(a.lastReconciled) ?? 0),
  )
  const current = revisionOf(now) ?? revision
  const same = history.filter(
    (one) => one === now || (revisionOf(one) !== undefined && revisionOf(one) === current),
  )
  const replaced = others.filter((one) => !same.includes(one))
  const first = timesOf(same, 'firstReconciled')
  const came = first.length === 0 ? [] : [Math.min(...first)]
  const moments = [...came, ...timesOf(replaced, 'lastReconciled')]
  return known({
    changedAt: moments.length === 0 ? undefined : Math.max(...moments),
    changedFrom: replaced.map(revisionOf).find((one) => one !== undefined),
  })
}

const revisionOf = (entry: Fields | undefined) => text(fields(entry?.metadata).revision)

const timesOf = (entries: readonly Fields[], field: string): number[] =>
  entries.map((one) => time(one[field])).filter((at) => at !== undefined)

function imageOf(status: Fields): string | undefined {
  const latest = fields(status.latestRef)
  const name = text(latest.name)
  const tag = text(latest.tag)
  if (name === undefined) return text(status.latestImage)
  return tag === undefined ? name : `${name}:${tag}`
}
