// The one time range that all screens share.

/** `to` is absent while the range follows now; `span` is in milliseconds. */
export interface TimeRange {
  readonly span: number
  readonly to?: number
}

/** The range's bounds at `now`, in milliseconds since the epoch. */
export function boundsOf(range: TimeRange, now: number): { from: number; to: number } {
  const to = range.to ?? now
  return { from: to - range.span, to }
}
