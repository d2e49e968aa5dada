// What Prometheus can be asked, bound to one route and to no more than so many at once.
import type { AlertRow, Labels, QueryAnswer } from '#model/prometheus.ts'
import { labels, labelValues, type NamesQuery, series } from '#sources/prometheus/names.ts'
import { queryInstant, queryRange, type RangeQuery } from '#sources/prometheus/query.ts'
import type { Reach } from '#sources/prometheus/reach.ts'
import { alerts } from '#sources/prometheus/state.ts'
import type { Slots } from './at-most.ts'

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
  return {
    instant: (expr, at, signal) => slots(() => queryInstant(reach, expr, at, signal), signal),
    range: (query, signal) => slots(() => queryRange(reach, query, signal), signal),
    labelNames: (query, signal) => slots(() => labels(reach, query, signal), signal),
    labelValues: (label, query, signal) =>
      slots(() => labelValues(reach, { ...query, label }, signal), signal),
    series: (query, signal) => slots(() => series(reach, query, signal), signal),
    alerts: (signal) => slots(() => alerts(reach, signal), signal),
  }
}
