// What is wrong with nodes: not ready, under pressure, nearly full. A cordoned node is meant to be so.
import { percent } from '#model/amount-words.ts'
import { type Draft, type Evidence, earliest, evidenceRank, worse } from '#model/finding-draft.ts'
import type { Amounts, Condition, EventRow, NodeRow, ObjectRef } from '#model/kube.ts'
import { type ByHost, ofNode } from '#model/node-hosts.ts'
import { troubledConditions } from '#model/node-status.ts'
import type { Severity } from '#model/overview.ts'

/** Memory use of a whole node from which the kernel is close to killing. */
const memoryFull = 0.95

export function nodeRef(name: string): ObjectRef {
  return { group: '', kind: 'Node', name }
}

const halfHour = 1_800_000

export function judgeNodes(
  nodes: readonly NodeRow[],
  usage: ByHost<Amounts>,
  events: readonly EventRow[],
  now: number,
): readonly Draft[] {
  const evicting = new Set(
    events
      .filter((event) => event.reason === 'EvictionThresholdMet' && now - event.lastAt < halfHour)
      .map((event) => event.about.name),
  )
  return nodes.flatMap((node) => {
    const conditions = troubledConditions(node)
    const evidence: Evidence[] = conditions.map((condition) => ({
      rank: evidenceRank.state,
      text: nodeWords(condition),
    }))
    let severity: Severity = conditions.length > 0 ? 'warning' : 'info'
    if (conditions.some((condition) => condition.type === 'Ready')) severity = 'critical'
    if (conditions.length > 0 && evicting.has(node.name)) {
      evidence.push({ rank: evidenceRank.detail, text: 'evicts pods' })
      severity = 'critical'
    }
    const { memory } = ofNode(usage, node) ?? {}
    const { memory: limit } = node.allocatable
    if (memory !== undefined && limit !== undefined && memory > memoryFull * limit) {
      evidence.push({ rank: evidenceRank.usage, text: `memory ${percent(memory / limit)} of allocatable` })
      severity = worse(severity, 'warning')
    }
    if (evidence.length === 0) return []
    const since = earliest(...conditions.map((condition) => condition.since))
    return [
      {
        ref: nodeRef(node.name),
        kind: 'node',
        severity,
        evidence,
        nodes: [node.name],
        ...(since !== undefined && { since }),
      } satisfies Draft,
    ]
  })
}

/** `NotReady`, `not heard of` (the node controller's Unknown), `DiskPressure`. */
export function nodeWords(condition: Condition): string {
  if (condition.type !== 'Ready') return condition.type
  return condition.status === 'Unknown' ? 'NotReady, not heard of' : 'NotReady'
}
