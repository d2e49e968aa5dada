// From drafts of all judges to the list an operator reads: one trouble is one row, the worst and likeliest cause first.

import { type Draft, evidenceRank, keyOf, mergeDrafts, severityRank, wordsOf } from '#model/finding-draft.ts'
import { foldCallers } from '#model/fold-callers.ts'
import { namedInMessage } from '#model/judge-flux.ts'
import type { ObjectRef } from '#model/kube.ts'
import type { Finding } from '#model/overview.ts'
import { type Candidate, nearestChange, type RankedChange } from '#model/triage-change.ts'

/** What pods do because of their node shows up to this long before the node itself says so. */
const ahead = 5 * 60_000

export function rankFindings(drafts: readonly Draft[], changes: readonly Candidate[]): readonly Finding[] {
  const merged = [...foldAll(mergeSame(drafts)).values()]
  const ranked = merged.map((draft) => rankedOf(draft, changes))
  return ranked.toSorted(compare).map(toFinding)
}

/** By the subject's key; what describes the object better (its own state) leads, an alert about it follows. */
function mergeSame(drafts: readonly Draft[]): Map<string, Draft> {
  const byKey = new Map<string, Draft>()
  for (const draft of drafts.toSorted((a, b) => kindRank(a) - kindRank(b))) {
    // A suspended object is no trouble of its own; what else is wrong with it must not be drawn as off.
    const key = draft.kind === 'suspended' ? `suspended ${keyOf(draft.ref)}` : keyOf(draft.ref)
    const other = byKey.get(key)
    byKey.set(key, other ? mergeDrafts(other, beside(other, draft)) : draft)
  }
  return byKey
}

const hour = 3_600_000

/**
 * An alert beside what is known of the object itself: its name is evidence, its sentence would repeat it. One that has
 * stood for long before is another matter, and must not move the beginning.
 */
function beside(host: Draft, draft: Draft): Draft {
  if (draft.kind !== 'alert' || host.kind === 'alert') return draft
  const { since, ...rest } = draft
  const standing = since !== undefined && host.since !== undefined && since < host.since - hour
  return {
    ...rest,
    evidence: draft.evidence.filter((one) => one.rank === evidenceRank.alert),
    ...(since !== undefined && !standing && { since }),
  }
}

const kindOrder: readonly Draft['kind'][] = [
  'node',
  'workload',
  'pod',
  'flux',
  'component',
  'capacity',
  'alert',
  'suspended',
]
const kindRank = (draft: Draft) => kindOrder.indexOf(draft.kind)

/** Troubles that are but the shadow of another one join it, the farthest shadow first. */
function foldAll(byKey: Map<string, Draft>): Map<string, Draft> {
  foldWaiting(byKey)
  foldDelivery(byKey)
  foldNodes(byKey)
  foldNamespaces(byKey)
  foldCallers(byKey)
  return byKey
}

const isFlux = (draft: Draft) => draft.kind === 'flux'
const label = (ref: ObjectRef) => (ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`)

/** What waits for a failed Flux object is one trouble with it. */
function foldWaiting(byKey: Map<string, Draft>): void {
  for (const [key, draft] of byKey) {
    if (!isFlux(draft)) continue
    const message = draft.evidence.map((one) => one.text).join(' ')
    const needed = /dependency '(?:([a-z0-9-]+)\/)?([a-z0-9.-]+)'/.exec(message)
    if (!needed) continue
    const ref = { ...draft.ref, namespace: needed[1] ?? draft.ref.namespace ?? '', name: needed[2] ?? '' }
    const other = byKey.get(keyOf(ref))
    if (!other || other === draft) continue
    absorb(byKey, keyOf(ref), other, key, `${fluxLabel(draft.ref)} waits for it`)
  }
}

/** A failed health check says which workload is not well: the workload's own finding says why. */
function foldDelivery(byKey: Map<string, Draft>): void {
  for (const [key, draft] of byKey) {
    if (!isFlux(draft)) continue
    const message = draft.evidence.map((one) => one.text).join(' ')
    const host = namedInMessage(message)
      .map((named) => keyOf({ group: '', ...named }))
      .find((named) => named !== key && byKey.has(named))
    const other = host === undefined ? undefined : byKey.get(host)
    if (host === undefined || !other) continue
    const words = /health check/i.test(message) ? 'health check failed' : 'failed'
    absorb(byKey, host, other, key, `${fluxLabel(draft.ref)} ${words}`, carried(draft))
  }
}

/** What was folded into a draft before travels on with it. */
function carried(draft: Draft) {
  return draft.evidence.filter((one) => one.rank === evidenceRank.affected)
}

/** Pods evicted from a sick node, or unreachable on it, are that node's trouble. */
function foldNodes(byKey: Map<string, Draft>): void {
  const affected = new Map<string, { host: Draft; names: string[] }>()
  for (const [key, draft] of byKey) {
    const [node, ...others] = draft.nodes ?? []
    if (draft.nodeMade !== true || node === undefined || others.length > 0) continue
    const hostKey = keyOf({ group: '', kind: 'Node', name: node })
    const host = byKey.get(hostKey)
    if (!host || severityRank(host.severity) > severityRank('warning')) continue
    if (host.since !== undefined && draft.since !== undefined && draft.since < host.since - ahead) continue
    byKey.delete(key)
    const entry = affected.get(hostKey) ?? { host, names: [] }
    entry.names.push(label(draft.ref))
    affected.set(hostKey, entry)
  }
  for (const [hostKey, { host, names }] of affected) {
    const shown = names.slice(0, 3).join(', ')
    const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
    byKey.set(hostKey, {
      ...host,
      evidence: [...host.evidence, { rank: evidenceRank.affected, text: `lost pods of ${shown}${more}` }],
    })
  }
}

/** An alert about a namespace as a whole says little beside a finding inside it. */
function foldNamespaces(byKey: Map<string, Draft>): void {
  for (const [key, draft] of byKey) {
    if (draft.kind !== 'alert' || draft.ref.kind !== 'Namespace') continue
    const inside = [...byKey].filter(
      ([, other]) => other.ref.namespace === draft.ref.name && other.kind !== 'suspended',
    )
    const [first] = inside.toSorted(([, a], [, b]) => severityRank(a.severity) - severityRank(b.severity))
    if (!first) continue
    byKey.set(first[0], mergeDrafts(first[1], { ...beside(first[1], draft), severity: first[1].severity }))
    byKey.delete(key)
  }
}

function absorb(
  byKey: Map<string, Draft>,
  hostKey: string,
  host: Draft,
  key: string,
  text: string,
  more: Draft['evidence'] = [],
): void {
  byKey.delete(key)
  byKey.set(hostKey, {
    ...host,
    evidence: [...host.evidence, { rank: evidenceRank.affected, text }, ...more],
  })
}

/** `ks/apps`, as Flux's own short names. */
function fluxLabel(ref: ObjectRef): string {
  const short: Readonly<Record<string, string>> = { Kustomization: 'ks', HelmRelease: 'hr' }
  return `${short[ref.kind] ?? ref.kind.toLowerCase()}/${ref.name}`
}

interface Ranked {
  readonly draft: Draft
  readonly nearest: RankedChange | undefined
}

function rankedOf(draft: Draft, changes: readonly Candidate[]): Ranked {
  if (draft.since === undefined || draft.kind === 'suspended') return { draft, nearest: undefined }
  const subject = { ref: draft.ref, nodes: draft.nodes ?? [] }
  return { draft, nearest: nearestChange(subject, draft.since, changes) }
}

function toFinding({ draft, nearest }: Ranked): Finding {
  return {
    id: `${draft.kind === 'suspended' ? 'suspended' : 'trouble'}:${keyOf(draft.ref)}`,
    severity: draft.severity,
    ref: draft.ref,
    kind: draft.kind,
    evidence: wordsOf(draft.evidence),
    ...(draft.since !== undefined && { since: draft.since }),
    ...(nearest && { change: nearest.change }),
  }
}

/** Suspended last; then by severity; a sick node before what runs on it; the nearer a change the likelier the cause; older first. */
function compare(a: Ranked, b: Ranked): number {
  const infinity = Number.POSITIVE_INFINITY
  return (
    Number(a.draft.kind === 'suspended') - Number(b.draft.kind === 'suspended') ||
    severityRank(a.draft.severity) - severityRank(b.draft.severity) ||
    Number(b.draft.ref.kind === 'Node') - Number(a.draft.ref.kind === 'Node') ||
    (a.nearest?.rank ?? 9) - (b.nearest?.rank ?? 9) ||
    order(a.draft.since ?? infinity, b.draft.since ?? infinity) ||
    order(keyOf(a.draft.ref), keyOf(b.draft.ref))
  )
}

function order<T extends string | number>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1
}
