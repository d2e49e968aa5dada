// The moment that is read out, as fine as its chart shows times.
import type { Bounds } from '#model/time.ts'
import { datedLabel, momentLabel } from './axis.ts'

/** Out of the chart with its day, where that is not the one on which the chart ends. */
export function cursorLabel(at: number, { from, to }: Bounds, timeZone: string | undefined): string {
  return at < from || at > to ? datedLabel(at, to, timeZone, to - from) : momentLabel(at, to - from, timeZone)
}
