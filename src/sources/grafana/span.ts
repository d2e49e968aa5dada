// The times of a dashboard: how far back `now-6h` is, and what `1h` of a panel means.

import type { Panel } from '#model/dashboard/dashboard.ts'
import { parseSpan } from '#model/duration.ts'
import { type Fields, fields, known, text } from '#model/fields.ts'

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
function shortSpan(word: unknown): number | undefined {
  const written = text(word)
  if (written === undefined) return undefined
  const months = /^(\d+)M$/.exec(written)
  return months ? Number(months[1]) * 30 * 86_400_000 : parseSpan(written)
}

/** The range of a panel's own, and the words for it: Grafana's `timeFrom` and `timeShift`. */
export function ownRange(panel: Fields): Pick<Panel, 'span' | 'shift' | 'rangeNote'> {
  const [last, earlier] = [sinceNow(panel.timeFrom), text(panel.timeShift)?.trim()]
  const span = shortSpan(last)
  const shift = shortSpan(earlier)
  const isQuiet = panel.hideTimeOverride === true
  const notes = [
    ...(last === undefined ? [] : noteOf(last, span, `last ${last}`, isQuiet)),
    ...(earlier === undefined ? [] : noteOf(earlier, shift, `${earlier} earlier`, isQuiet)),
  ]
  return known({ span, shift, rangeNote: notes.length === 0 ? undefined : notes.join(', ') })
}

/** Grafana takes `now-1h` for `1h`. */
const sinceNow = (word: unknown) => text(word)?.trim().replace(/^now-/, '')

/** A panel may keep quiet about its range, but what is not understood, `now/d` say, changes nothing and is said. */
function noteOf(
  written: string,
  found: number | undefined,
  words: string,
  isQuiet: boolean,
): readonly string[] {
  if (found === undefined) return [`range ${written} not understood`]
  return isQuiet ? [] : [words]
}
