// The times of a dashboard: how far back `now-6h` is, and what `1h` of a panel means.

import { parseSpan } from '#model/duration.ts'
import { fields, text } from '#model/fields.ts'

/** Of `{from: "now-6h", to: "now"}`, milliseconds; undefined where it is fixed or rounded to a calendar's unit. */
export function spanOf(time: unknown): number | undefined {
  const { from, to } = fields(time)
  const [start, end] = [ago(from), ago(to ?? 'now')]
  return start !== undefined && end !== undefined && start > end ? start - end : undefined
}

function ago(word: unknown): number | undefined {
  if (word === 'now') return 0
  return typeof word === 'string' && word.startsWith('now-') ? shortSpan(word.slice(4)) : undefined
}

/** Grafana's spans are of one unit, and a month is `M`. */
export function shortSpan(word: unknown): number | undefined {
  const written = text(word)
  if (written === undefined) return undefined
  const months = /^(\d+)M$/.exec(written)
  return months ? Number(months[1]) * 30 * 86_400_000 : parseSpan(written)
}
