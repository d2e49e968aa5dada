// A time range as an operator types it, at the prompt and on the command line.
import { parseSpan } from '#model/duration.ts'
import { parseMoment } from '#model/moment.ts'
import type { TimeRange } from '#model/time.ts'

/** `note`: how a time was understood that could be another. */
export type TypedRange = (TimeRange & { readonly note?: string }) | { readonly why: string }

/**
 * `6h`, or `1h 2026-03-01T03:12` for a range that ends then: by the local clocks unless it has an offset. `now` in
 * milliseconds; what ends later than that is refused, since nothing is known of it.
 */
export function parseRange(text: string, timeZone: string | undefined, now: number): TypedRange {
  const [length = '', ...end] = text.trim().split(/\s+/)
  const span = parseSpan(length)
  if (span === undefined)
    return { why: `${length || 'nothing'} is no duration: write a range as 6h, or 6h 2026-03-01T03:12` }
  if (end.length === 0) return { span }
  const typed = parseMoment(end.join(' '), timeZone)
  if ('why' in typed) return typed
  if (typed.at > now)
    return { why: `${end.join(' ')} is yet to come: a range ends in the past, or follows now` }
  return { span, to: typed.at, ...(typed.note !== undefined && { note: typed.note }) }
}
