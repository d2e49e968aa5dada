// A finding while it is being put together: several drafts about one subject become one Finding.
import type { ObjectRef } from '#model/kube.ts'
import type { Finding, Severity } from '#model/overview.ts'

/** `rank` orders the words of one finding, the most telling first: see the constants. */
export interface Evidence {
  readonly rank: number
  readonly text: string
}

export const evidenceRank = {
  errors: 0,
  state: 1,
  detail: 2,
  replicas: 3,
  restarts: 4,
  usage: 5,
  flux: 6,
  alert: 7,
  affected: 8,
} as const

export interface Draft {
  readonly ref: ObjectRef
  readonly kind: Finding['kind']
  readonly severity: Severity
  readonly evidence: readonly Evidence[]
  readonly since?: number
  /** The nodes it happens on, where it happens on nodes. */
  readonly nodes?: readonly string[]
  /** True where the trouble is what a sick node does to its pods: evicted, unreachable, not ready. */
  readonly nodeMade?: boolean
}

/** The same object always has the same key; workloads of one name and different kinds stay apart. */
export function keyOf(ref: ObjectRef): string {
  return `${ref.kind}/${ref.namespace ?? ''}/${ref.name}`
}

const severities: readonly Severity[] = ['critical', 'warning', 'info']

export function severityRank(severity: Severity): number {
  return severities.indexOf(severity)
}

export function worse(a: Severity, b: Severity): Severity {
  return severityRank(a) <= severityRank(b) ? a : b
}

export function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** Two drafts about one thing: the worse severity, all evidence, the earlier beginning; `a` stays the subject. */
export function mergeDrafts(a: Draft, b: Draft): Draft {
  const since = earliest(a.since, b.since)
  const nodes = [...new Set([...(a.nodes ?? []), ...(b.nodes ?? [])])]
  return {
    ...a,
    severity: worse(a.severity, b.severity),
    evidence: [...a.evidence, ...b.evidence],
    ...(since !== undefined && { since }),
    ...(nodes.length > 0 && { nodes }),
  }
}

/** The words of a finding in order, each once. */
export function wordsOf(evidence: readonly Evidence[]): readonly string[] {
  const sorted = evidence.toSorted((a, b) => a.rank - b.rank)
  return [...new Set(sorted.map((one) => one.text))]
}
