// The nearest change before a trouble began: what Flux applied, what was rolled out, what happened to the node.
// Ranked: the same workload, then its namespace, then its node, then the cluster; within one rank the latest.
import { brief } from '#model/amount-words.ts'
import { keyOf } from '#model/finding-draft.ts'
import { fluxRef } from '#model/judge-flux.ts'
import { nodeRef } from '#model/judge-nodes.ts'
import type { EventRow, FluxRow, ObjectRef, WorkloadRow } from '#model/kube.ts'
import type { Change } from '#model/overview.ts'
import { refOf, workloadRef } from '#model/pod-owner.ts'
import { revisionWords, shortRevision } from '#model/revision-words.ts'

/** One change and what it touched. */
export interface Candidate {
  readonly ref: ObjectRef
  readonly what: string
  readonly at: number
  /** Keys of the objects it changed. */
  readonly objects: ReadonlySet<string>
  readonly namespaces: ReadonlySet<string>
  readonly nodes: ReadonlySet<string>
  /** Declared in Git rather than seen happening: preferred among equals, being the cause of the other. */
  readonly declared: boolean
}

/** A change up to this long before the trouble is a suspect. */
const window = 30 * 60_000
/** Clocks of nodes and controllers differ, and times have whole seconds. */
const slack = 30_000

export interface ChangeFacts {
  readonly flux: readonly FluxRow[]
  readonly workloads: readonly WorkloadRow[]
  readonly events: readonly EventRow[]
}

export function collectChanges(facts: ChangeFacts): readonly Candidate[] {
  const applied = facts.events.flatMap((event) => changeSet(event, facts.flux) ?? [])
  return [
    ...applied,
    ...facts.flux.flatMap((row) => fluxChange(row, facts, applied) ?? []),
    ...facts.flux.flatMap((row) => attempt(row, facts) ?? []),
    ...facts.events.flatMap((event) => rollout(event) ?? nodeEvent(event) ?? []),
  ]
}

export interface ChangeSubject {
  readonly ref: ObjectRef
  readonly nodes: readonly string[]
}

/** A change and how near it is: 0 the workload itself, 1 its namespace, 2 its node, 3 the cluster; halves for what was seen, not declared. */
export interface RankedChange {
  readonly change: Change
  readonly rank: number
}

export function nearestChange(
  subject: ChangeSubject,
  began: number,
  candidates: readonly Candidate[],
): RankedChange | undefined {
  let best: { candidate: Candidate; rank: number } | undefined
  for (const candidate of candidates) {
    if (candidate.at > began + slack || candidate.at < began - window) continue
    const rank = rankOf(subject, candidate)
    if (!best || rank < best.rank || (rank === best.rank && candidate.at > best.candidate.at))
      best = { candidate, rank }
  }
  if (!best) return undefined
  const { ref, what, at } = best.candidate
  return { change: { ref, what, at, before: Math.max(0, began - at) }, rank: best.rank }
}

function rankOf({ ref, nodes }: ChangeSubject, candidate: Candidate): number {
  const seen = candidate.declared ? 0 : 0.5
  const key = keyOf(ref)
  if (candidate.objects.has(key) || keyOf(candidate.ref) === key) return seen
  if (ref.namespace !== undefined && candidate.namespaces.has(ref.namespace)) return 1 + seen
  if (nodes.some((node) => candidate.nodes.has(node))) return 2 + seen
  return 3 + seen
}

/** Only what applies things: a source that fetched something new has changed nothing in the cluster yet. */
const appliers: ReadonlySet<string> = new Set(['Kustomization', 'HelmRelease', 'ResourceSet', 'FluxInstance'])

/** A controller notes its change set when it applied it, its status when it has seen the outcome: up to this much later. */
const outcome = 15 * 60_000

const sameChange = (changedAt: number, applied: number) =>
  changedAt >= applied - slack && changedAt <= applied + outcome

function changeSet(event: EventRow, rows: readonly FluxRow[]): Candidate | undefined {
  if (!appliers.has(event.about.kind)) return undefined
  const touched = namedInChangeSet(event.message)
  if (touched.length === 0) return undefined
  const key = keyOf(event.about)
  const row = rows.find((one) => keyOf(fluxRef(one)) === key)
  const matches = row?.changedAt !== undefined && sameChange(row.changedAt, event.lastAt)
  const count = touched.length === 1 ? '1 object' : `${touched.length} objects`
  return {
    ref: event.about,
    what: row && matches ? `${revisionWords(row)}, ${count}` : count,
    at: event.lastAt,
    ...touching(touched),
  }
}

function touching(refs: readonly ObjectRef[]) {
  return {
    objects: new Set(refs.map(keyOf)),
    namespaces: new Set(refs.flatMap((one) => (one.namespace === '' ? [] : (one.namespace ?? [])))),
    nodes: new Set<string>(),
    declared: true,
  }
}

function fluxChange(row: FluxRow, facts: ChangeFacts, applied: readonly Candidate[]): Candidate | undefined {
  const at = row.changedAt
  if (at === undefined || !appliers.has(row.kind)) return undefined
  const ref = fluxRef(row)
  const key = keyOf(ref)
  if (applied.some((one) => keyOf(one.ref) === key && sameChange(at, one.at))) return undefined
  return { ref, what: revisionWords(row), at, ...touching(owned(row, facts.workloads)) }
}

/**
 * An upgrade that has not succeeded is in no history yet; the chart that it attempts is. Its source is an OCIRepository
 * of the release's own name, or the HelmChart that helm-controller makes for it.
 */
function attempt(row: FluxRow, { flux, workloads }: ChangeFacts): Candidate | undefined {
  if (row.kind !== 'HelmRelease' || row.state === 'ready' || row.state === 'suspended') return undefined
  const source = flux.find(
    (one) =>
      (one.kind === 'OCIRepository' && one.namespace === row.namespace && one.name === row.name) ||
      (one.kind === 'HelmChart' && one.name === `${row.namespace}-${row.name}`),
  )
  if (source?.changedAt === undefined || source.revision === undefined) return undefined
  return {
    ref: fluxRef(row),
    what: `chart ${shortRevision(source.revision)}`,
    at: source.changedAt,
    ...touching(owned(row, workloads)),
  }
}

/** kustomize-controller's events list what it changed: `Deployment/shop/checkout configured`. */
function namedInChangeSet(message: string): readonly ObjectRef[] {
  return [
    ...message.matchAll(
      /\b([A-Z][A-Za-z]+)\/(?:([a-z0-9-]+)\/)?([a-z0-9.-]+) (?:created|configured|deleted)\b/g,
    ),
  ].map((match) => refOf(match[1] ?? '', match[2] ?? '', match[3] ?? ''))
}

/** Without a change set, everything that carries the applier's labels may have changed. */
function owned(row: FluxRow, workloads: readonly WorkloadRow[]): readonly ObjectRef[] {
  const prefix = row.kind === 'HelmRelease' ? 'helm' : 'kustomize'
  const name = `${prefix}.toolkit.fluxcd.io/name`
  const namespace = `${prefix}.toolkit.fluxcd.io/namespace`
  return workloads
    .filter((one) => one.labels[name] === row.name && one.labels[namespace] === row.namespace)
    .map(workloadRef)
}

function rollout(event: EventRow): Candidate | undefined {
  const { about } = event
  const set =
    event.reason === 'ScalingReplicaSet' &&
    /^Scaled up replica set (\S+)(?: from 0)? to/.exec(event.message)?.[1]
  if (!set || about.kind !== 'Deployment') return undefined
  return {
    ref: about,
    what: `rollout ${brief(set, 60)}`,
    at: event.firstAt,
    objects: new Set([keyOf(about)]),
    namespaces: new Set(about.namespace === undefined ? [] : [about.namespace]),
    nodes: new Set(),
    declared: false,
  }
}

const nodeReasons: ReadonlySet<string> = new Set([
  'Rebooted',
  'NodeNotSchedulable',
  'NodeSchedulable',
  'Starting',
])

function nodeEvent(event: EventRow): Candidate | undefined {
  if (event.about.kind !== 'Node' || !nodeReasons.has(event.reason)) return undefined
  return {
    ref: nodeRef(event.about.name),
    what: event.reason === 'Starting' ? 'kubelet started' : event.reason,
    at: event.lastAt,
    objects: new Set(),
    namespaces: new Set(),
    nodes: new Set([event.about.name]),
    declared: false,
  }
}
