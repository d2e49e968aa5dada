// The names that Prometheus knows: metrics with their help, series, labels and label values. For completion and browsing.
// https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metadata

import { isFields, texts, textsByName } from '#cluster/fields.ts'
import type { Labels, MetricHelp } from '#model/prometheus.ts'
import type { Reach } from './reach.ts'
import { ask, garbage } from './wire.ts'

/** `matchers` are selectors such as `up{job="x"}`; times are milliseconds since the epoch. */
export interface NamesQuery {
  readonly matchers?: readonly string[]
  readonly from?: number
  readonly to?: number
  /** The most that is of use; older servers do not know it and give all. */
  readonly limit?: number
}

/** Of at most `limit` metrics, by name; where targets disagree about one metric, the first word counts. */
export async function metadata(
  reach: Reach,
  limit: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, MetricHelp>> {
  const params = [
    ['limit', String(limit)],
    ['limit_per_metric', '1'],
  ] as const
  const { data } = await ask(reach, '/api/v1/metadata', params, signal)
  if (!isFields(data)) throw garbage('no metadata')
  const byName = new Map<string, MetricHelp>()
  for (const [name, entries] of Object.entries(data)) {
    const first: unknown = Array.isArray(entries) ? entries[0] : undefined
    if (!isFields(first)) throw garbage(`metadata of ${name}`)
    byName.set(name, {
      type: String(first.type ?? 'unknown'),
      help: String(first.help ?? ''),
      unit: String(first.unit ?? ''),
    })
  }
  return byName
}

export async function series(
  reach: Reach,
  query: NamesQuery & { readonly matchers: readonly string[] },
  signal: AbortSignal,
): Promise<readonly Labels[]> {
  const { data } = await ask(reach, '/api/v1/series', paramsOf(query), signal)
  if (!Array.isArray(data)) throw garbage('no list of series')
  return data.slice(0, query.limit).map(textsByName)
}

export async function labels(
  reach: Reach,
  query: NamesQuery,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { data } = await ask(reach, '/api/v1/labels', paramsOf(query), signal)
  if (!Array.isArray(data)) throw garbage('no list of labels')
  return texts(data).slice(0, query.limit)
}

export async function labelValues(
  reach: Reach,
  query: NamesQuery & { readonly label: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = `/api/v1/label/${encodeURIComponent(query.label)}/values`
  const { data } = await ask(reach, path, paramsOf(query), signal)
  if (!Array.isArray(data)) throw garbage('no list of values')
  return texts(data).slice(0, query.limit)
}

function paramsOf(query: NamesQuery): readonly (readonly [string, string])[] {
  const params: [string, string][] = (query.matchers ?? []).map((matcher) => ['match[]', matcher])
  if (query.from !== undefined) params.push(['start', String(query.from / 1000)])
  if (query.to !== undefined) params.push(['end', String(query.to / 1000)])
  if (query.limit !== undefined) params.push(['limit', String(query.limit)])
  return params
}
