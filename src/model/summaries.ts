// The one-line summaries of the Overview: nodes, pods, Flux. Counts of what was read, nothing judged twice.

import { nodeWords } from '#model/judge-nodes.ts'
import type { FluxRow, NodeRow, PodRow } from '#model/kube.ts'
import { troubledConditions } from '#model/node-status.ts'
import type { FluxSummary, NodesSummary, PodsSummary } from '#model/overview.ts'

export function summarizeNodes(nodes: readonly NodeRow[]): NodesSummary {
  const troubled = nodes.flatMap((node) =>
    troubledConditions(node).map((condition) => ({
      name: node.name,
      what: nodeWords(condition),
      down: condition.type === 'Ready',
      ...(condition.since !== undefined && { since: condition.since }),
    })),
  )
  return {
    total: nodes.length,
    ready: nodes.filter((node) => node.ready === 'True').length,
    cordoned: nodes.filter((node) => node.cordoned).length,
    troubled: troubled
      .toSorted((a, b) => Number(b.down) - Number(a.down))
      .map(({ down: _, ...rest }) => rest),
  }
}

const isWell = (pod: PodRow) =>
  pod.phase === 'Succeeded' || (pod.status === 'Running' && pod.ready >= pod.containers)

export function summarizePods(
  pods: readonly PodRow[],
  restarts: ReadonlyMap<string, number> | undefined,
): PodsSummary {
  const reasons = new Map<string, number>()
  let well = 0
  for (const pod of pods) {
    if (isWell(pod)) {
      well += 1
      continue
    }
    const reason = pod.status === 'Running' ? 'NotReady' : pod.status
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  return {
    total: pods.length,
    well,
    troubled: pods.length - well,
    reasons: [...reasons]
      .map(([reason, count]) => ({ reason, count }))
      .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    ...(restarts && {
      restartsLastHour: Math.round([...restarts.values()].reduce((sum, count) => sum + count, 0)),
    }),
  }
}

/** Changes shown at most. */
const recent = 10

export function summarizeFlux(rows: readonly FluxRow[]): FluxSummary {
  const count = (...states: FluxRow['state'][]) => rows.filter((row) => states.includes(row.state)).length
  return {
    total: rows.length,
    failed: count('failed', 'stalled'),
    waiting: count('waiting', 'reconciling'),
    suspended: count('suspended'),
    changes: rows
      .filter((row) => row.changedAt !== undefined)
      .toSorted((a, b) => (b.changedAt ?? 0) - (a.changedAt ?? 0))
      .slice(0, recent),
    troubled: rows.filter((row) => row.state === 'failed' || row.state === 'stalled'),
  }
}
