// The one time range that all screens share.

/** `to` is absent while the range follows now; `span` is in milliseconds. */
export interface TimeRange {
  readonly span: number
  readonly to?: number
}

/** What a chart or a question is of: milliseconds since the epoch. */
export interface Bounds {
  readonly from: number
  readonly to: number
}

/** The range's bounds at `now`, in milliseconds since the epoch. */
export function boundsOf(range: TimeRange, now: number): Bounds {
  const to = range.to ?? now
  return { from: to - range.span, to }
}
