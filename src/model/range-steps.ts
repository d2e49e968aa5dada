// The shared range moved by keys: shorter and longer by the usual steps, earlier and later by half of itself.
import type { TimeRange } from './time.ts'

const minute = 60_000
const hour = 60 * minute
const spans = [5 * minute, 15 * minute, ...[1, 3, 6, 12, 24, 48, 168, 336].map((hours) => hours * hour)]

/** The next shorter or longer of the usual ranges; the same at either end. */
export function steppedRange(range: TimeRange, by: 'shorter' | 'longer'): TimeRange {
  const next =
    by === 'longer' ? spans.find((span) => span > range.span) : spans.findLast((span) => span < range.span)
  return { ...range, span: next ?? range.span }
}

/** Half the span earlier or later, at whole minutes; what would end after now follows now again. */
export function movedRange(range: TimeRange, by: 'earlier' | 'later', now: number): TimeRange {
  const { span, to = now } = range
  const end = Math.round((to + (by === 'later' ? span / 2 : -span / 2)) / minute) * minute
  return end >= now ? { span } : { span, to: end }
}
