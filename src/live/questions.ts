// What Prometheus can be asked, bound to one route and to no more than so many at once.
import type { AlertRow, Labels, QueryAnswer } from '#model/prometheus.ts'
import { labels, labelValues, type NamesQuery, series } from '#sources/prometheus/names.ts'
import { queryInstant, queryRange, type RangeQuery } from '#sources/prometheus/query.ts'
import type { Reach } from '#sources/prometheus/reach.ts'
import { alerts } from '#sources/prometheus/state.ts'
import type { Slots } from './at-most.ts'

/**
 * Milliseconds for one question, from when it is sent: where many wait for their turn at a slow Prometheus, the wait is
 * no fault of theirs.
 */
const patience = 30_000

type SeriesQuery = NamesQuery & { readonly matchers: readonly string[] }

export interface Questions {
  /** `at` in milliseconds since the epoch. */
  instant(expr: string, at: number, signal: AbortSignal): Promise<QueryAnswer>
  range(query: RangeQuery, signal: AbortSignal): Promise<QueryAnswer>
  labelNames(query: NamesQuery, signal: AbortSignal): Promise<readonly string[]>
  labelValues(label: string, query: NamesQuery, signal: AbortSignal): Promise<readonly string[]>
  series(query: SeriesQuery, signal: AbortSignal): Promise<readonly Labels[]>
  alerts(signal: AbortSignal): Promise<readonly AlertRow[]>
}

export function questions(reach: Reach, slots: Slots): Questions {
  const sent = <T>(ask: (until: AbortSignal) => Promise<T>, signal: AbortSignal) =>
    slots(() => ask(AbortSignal.any([signal, AbortSignal.timeout(patience)])), signal)
  return {
    instant: (expr, at, signal) => sent((until) => queryInstant(reach, expr, at, until), signal),
    range: (query, signal) => sent((until) => queryRange(reach, query, until), signal),
    labelNames: (query, signal) => sent((until) => labels(reach, query, until), signal),
    labelValues: (label, query, signal) =>
      sent((until) => labelValues(reach, { ...query, label }, until), signal),
    series: (query, signal) => sent((until) => series(reach, query, until), signal),
    alerts: (signal) => sent((until) => alerts(reach, until), signal),
  }
}
