// What there is: /api/v1/series, /labels, /label/NAME/values, /metadata and /targets.

import { QueryError } from '#homelab/prometheus/promql/errors.ts'
import { keyOf, type Labels, sortByLabels } from '#homelab/prometheus/promql/labels.ts'
import { compileMatcher } from '#homelab/prometheus/promql/matching.ts'
import { parseSelector } from '#homelab/prometheus/promql/parse.ts'
import type { Matcher, Storage } from '#homelab/prometheus/storage.ts'
import type { Target } from '#homelab/prometheus/target.ts'
import { nextTurn, turnIsOver } from '#homelab/prometheus/turns.ts'
import type { UpstreamAnswer } from '#homelab/upstream.ts'
import { success, writeLabels } from './answer.ts'
import { invalid, named, type Params } from './params.ts'
import { wireTarget } from './target.ts'

interface Range {
  readonly from: number
  readonly to: number
}

/** The wanted range; all of the past where none is named. */
function rangeOf(params: Params, now: number): Range {
  return { from: params.timeOr('start', 0) - 1, to: Math.min(now, params.timeOr('end', now)) }
}

/** Throws QueryError where a `match[]` is no selector, or one that takes everything. */
function matchersOf(params: Params): readonly (readonly Matcher[])[] {
  const sets = params.all('match[]').map(parseSelector)
  if (sets.some((matchers) => matchers.every((matcher) => compileMatcher(matcher)('')))) {
    throw new QueryError('bad_data', 'match[] must contain at least one non-empty matcher')
  }
  return sets
}

function truncated<T>(
  items: readonly T[],
  limit: number,
): { kept: readonly T[]; warnings: readonly string[] } {
  if (limit === 0 || items.length <= limit) return { kept: items, warnings: [] }
  return { kept: items.slice(0, limit), warnings: ['results truncated due to limit'] }
}

function names(items: readonly string[], limit: number): UpstreamAnswer {
  const { kept, warnings } = truncated(items, limit)
  return success(JSON.stringify(kept), { warnings, infos: [] })
}

export async function answerSeries(params: Params, storage: Storage, now: number): Promise<UpstreamAnswer> {
  if (params.all('match[]').length === 0) throw new QueryError('bad_data', 'no match[] parameter provided')
  const limit = params.limit()
  const { from, to } = rangeOf(params, now)
  const found = new Map<string, Labels>()
  for (const matchers of await named('match[]', async () => matchersOf(params))) {
    await storage.prepare?.(matchers, from, to)
    for (const { labels, times } of storage.select(matchers, from, to)) {
      if (times.length > 0) found.set(keyOf(labels), labels)
      if (turnIsOver()) await nextTurn()
    }
  }
  const { kept, warnings } = truncated(sortByLabels([...found.values()].map((labels) => ({ labels }))), limit)
  return success(`[${kept.map(({ labels }) => writeLabels(labels)).join(',')}]`, { warnings, infos: [] })
}

export function answerLabels(params: Params, storage: Storage, now: number): UpstreamAnswer {
  const limit = params.limit()
  const { from, to } = rangeOf(params, now)
  return names([...storage.labelNames(matchersOf(params), from, to)].sort(), limit)
}

export function answerLabelValues(
  label: string,
  params: Params,
  storage: Storage,
  now: number,
): UpstreamAnswer {
  if (label === '') throw new QueryError('bad_data', `invalid label name: "${label}"`)
  const limit = params.limit()
  const { from, to } = rangeOf(params, now)
  return names([...storage.labelValues(label, matchersOf(params), from, to)].sort(), limit)
}

export function answerMetadata(params: Params, storage: Storage): UpstreamAnswer {
  const limit = params.text('limit')
  if (limit !== '' && !/^-?\d+$/.test(limit)) throw new QueryError('bad_data', 'limit must be a number')
  const metric = params.text('metric')
  const entries = [...storage.metadata()].filter(([name]) => metric === '' || name === metric)
  const most = limit === '' || Number(limit) < 0 ? entries.length : Number(limit)
  const shown = entries.slice(0, most).map(([name, { type, help, unit }]) => [name, [{ type, help, unit }]])
  return success(JSON.stringify(Object.fromEntries(shown)))
}

export function answerTargets(params: Params, targets: readonly Target[]): UpstreamAnswer {
  const state = params.text('state').toLowerCase()
  if (!['', 'any', 'active', 'dropped'].includes(state))
    throw invalid('state', `not supported value "${state}"`)
  const pool = params.text('scrapePool')
  const active =
    state === 'dropped' ? [] : targets.filter((target) => pool === '' || target.scrapePool === pool)
  return success(
    JSON.stringify({
      activeTargets: active.map(wireTarget),
      droppedTargets: [],
      droppedTargetCounts: state === 'active' ? null : {},
    }),
  )
}
