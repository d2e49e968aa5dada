// The variables that Grafana itself defines: the range, and the step of a query in the forms that a query may use.
import { formatSpan } from '#model/duration.ts'

export interface MacroInput {
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
  /** Milliseconds between two points of this query. */
  readonly step: number
  /** How often its data is scraped, milliseconds; what the query names as its least step, where it does. */
  readonly scrape: number
  readonly dashboard: string
}

export function macrosOf({
  from,
  to,
  step,
  scrape,
  dashboard,
}: MacroInput): Readonly<Record<string, string>> {
  const span = to - from
  const rate = rateInterval(step, scrape)
  return {
    __interval: formatSpan(step),
    __interval_ms: String(step),
    __rate_interval: formatSpan(rate),
    __rate_interval_ms: String(rate),
    __range: `${Math.round(span / 1000)}s`,
    __range_s: String(Math.round(span / 1000)),
    __range_ms: String(span),
    __from: String(from),
    __to: String(to),
    __dashboard: dashboard,
    timeFilter: `time >= ${from}ms and time <= ${to}ms`,
    __timeFilter: `time >= ${from}ms and time <= ${to}ms`,
  }
}

/** Always at least four scrapes, so that one that fails leaves no hole, and one more than the step, so that no increase is lost. */
export function rateInterval(step: number, scrape: number): number {
  return Math.max(step + scrape, 4 * scrape)
}
