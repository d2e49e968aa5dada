// Applications that fail because one of them does: without a service graph nobody can say who calls whom, but the same
// minutes of one namespace are one trouble, told once.
import { type Draft, evidenceRank, keyOf, severityRank } from '#model/finding-draft.ts'

/** Span metrics have steps of a minute, and callers notice at once. */
const together = 3 * 60_000
const shown = 3

/** Whoever has nothing but failing calls joins who is broken itself, where both began at the same time. */
export function foldCallers(byKey: Map<string, Draft>): void {
  for (const [hostKey, host] of [...byKey]) {
    if (!isBroken(host)) continue
    const callers = [...byKey.values()].filter((draft) => onlyFails(draft) && isBeside(draft, host))
    if (callers.length === 0) continue
    for (const caller of callers) byKey.delete(keyOf(caller.ref))
    const names = callers.slice(0, shown).map(({ ref, evidence }) => {
      const errors = evidence.find((one) => one.rank === evidenceRank.errors)?.text.replace(/ \(.*/, '')
      return `${ref.name}${errors === undefined ? '' : ` ${errors}`}`
    })
    const more = callers.length > shown ? ` and ${callers.length - shown} more` : ''
    const text = `since then too: ${names.join(', ')}${more}`
    byKey.set(hostKey, { ...host, evidence: [...host.evidence, { rank: evidenceRank.affected, text }] })
  }
}

const own: ReadonlySet<number> = new Set([evidenceRank.state, evidenceRank.replicas])

/** It fails calls, and its pods say why. */
function isBroken(draft: Draft): boolean {
  const ranks = draft.evidence.map((one) => one.rank)
  return ranks.includes(evidenceRank.errors) && ranks.some((rank) => own.has(rank))
}

function onlyFails(draft: Draft): boolean {
  const ranks = draft.evidence.map((one) => one.rank)
  return (
    ranks.includes(evidenceRank.errors) &&
    ranks.every((rank) => rank === evidenceRank.errors || rank >= evidenceRank.alert)
  )
}

function isBeside(draft: Draft, host: Draft): boolean {
  return (
    draft.ref.namespace === host.ref.namespace &&
    severityRank(draft.severity) >= severityRank(host.severity) &&
    draft.since !== undefined &&
    host.since !== undefined &&
    Math.abs(draft.since - host.since) <= together
  )
}
