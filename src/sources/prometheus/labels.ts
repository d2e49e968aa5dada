// What there is to choose from: label names, label values, the labels of series.
// https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metadata
import { texts, textsByName } from '#cluster/fields.ts'
import type { Labels } from '#model/prometheus.ts'
import type { Reach } from './reach.ts'
import { ask, garbage } from './wire.ts'

export interface LabelQuery {
  /** Series selectors; none: all series. */
  readonly matchers: readonly string[]
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
  /** The most that is of use; Prometheus may give fewer. */
  readonly limit: number
}

export async function labelNames(
  reach: Reach,
  query: LabelQuery,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return listOf((await ask(reach, '/api/v1/labels', paramsOf(query), signal)).data, query.limit)
}

export async function labelValues(
  reach: Reach,
  label: string,
  query: LabelQuery,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = `/api/v1/label/${encodeURIComponent(label)}/values`
  return listOf((await ask(reach, path, paramsOf(query), signal)).data, query.limit)
}

/** `matchers` must not be empty here. */
export async function seriesLabels(
  reach: Reach,
  query: LabelQuery,
  signal: AbortSignal,
): Promise<readonly Labels[]> {
  const { data } = await ask(reach, '/api/v1/series', paramsOf(query), signal)
  if (!Array.isArray(data)) throw garbage('series that are no list')
  return data.slice(0, query.limit).map(textsByName)
}

function listOf(data: unknown, limit: number): readonly string[] {
  if (!Array.isArray(data)) throw garbage('names that are no list')
  return texts(data).slice(0, limit)
}

function paramsOf({ matchers, from, to, limit }: LabelQuery): [string, string][] {
  return [
    ...matchers.map((matcher): [string, string] => ['match[]', matcher]),
    ['start', String(Math.floor(from / 1000))],
    ['end', String(Math.ceil(to / 1000))],
    ['limit', String(limit)],
  ]
}
