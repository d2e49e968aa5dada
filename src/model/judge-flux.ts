// What is wrong with delivery: failed and stalled Flux objects, long waits, and what is suspended by whom.
import { brief } from '#model/amount-words.ts'
import { type Draft, evidenceRank } from '#model/finding-draft.ts'
import type { FluxRow, ObjectRef } from '#model/kube.ts'

const minute = 60_000
/** Reconciling or waiting for longer than this is not normal progress. */
const patience = 15 * minute

const groups: readonly (readonly [RegExp, string])[] = [
  [/^Kustomization$/, 'kustomize.toolkit.fluxcd.io'],
  [/^HelmRelease$/, 'helm.toolkit.fluxcd.io'],
  [/^(Alert|Provider|Receiver)$/, 'notification.toolkit.fluxcd.io'],
  [/^Image/, 'image.toolkit.fluxcd.io'],
  [/^(FluxInstance|FluxReport|ResourceSet)/, 'fluxcd.controlplane.io'],
  [/^ArtifactGenerator$/, 'source.extensions.fluxcd.io'],
]

export function fluxRef(row: { kind: string; namespace: string; name: string }): ObjectRef {
  const group = groups.find(([kind]) => kind.test(row.kind))?.[1] ?? 'source.toolkit.fluxcd.io'
  return { group, kind: row.kind, namespace: row.namespace, name: row.name }
}

export function judgeFlux(rows: readonly FluxRow[], now: number): readonly Draft[] {
  return rows.flatMap((row) => {
    const draft = judge(row, now)
    if (!draft) return []
    const since = row.since
    return [{ ...draft, ref: fluxRef(row), ...(since !== undefined && { since }) }]
  })
}

function judge(row: FluxRow, now: number): Omit<Draft, 'ref'> | undefined {
  const long = row.since !== undefined && now - row.since > patience
  const words = (text: string) => [{ rank: evidenceRank.flux, text: brief(text, 120) }]
  switch (row.state) {
    case 'failed':
    case 'stalled':
      return { kind: 'flux', severity: 'warning', evidence: words(row.message ?? row.reason ?? row.state) }
    case 'waiting':
      return { kind: 'flux', severity: long ? 'warning' : 'info', evidence: words(row.message ?? 'waiting') }
    case 'reconciling':
      return long
        ? { kind: 'flux', severity: 'warning', evidence: words(`still reconciling: ${row.message ?? ''}`) }
        : undefined
    case 'deleting':
      return long ? { kind: 'flux', severity: 'warning', evidence: words('does not get deleted') } : undefined
    case 'suspended':
      return {
        kind: 'suspended',
        severity: 'info',
        evidence: words(row.suspendedBy === undefined ? 'suspended' : `suspended by ${row.suspendedBy}`),
      }
    case 'ready':
    case 'unknown':
      return undefined
  }
}

/** `Deployment/shop/checkout` in a health check's message, `ks/flux-system/apps` in a dependency's. */
export function namedInMessage(
  message: string,
): readonly { kind: string; namespace: string; name: string }[] {
  return [...message.matchAll(/\b([A-Z][A-Za-z]+)\/([a-z0-9-]+)\/([a-z0-9.-]*[a-z0-9])/g)].map((match) => ({
    kind: match[1] ?? '',
    namespace: match[2] ?? '',
    name: match[3] ?? '',
  }))
}
