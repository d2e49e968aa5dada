// /api/v1/query and /api/v1/query_range.

import { QueryError } from '#homelab/prometheus/promql/errors.ts'
import {
  answerInstant,
  answerRange,
  type QueryAnswer,
  type QueryOptions,
  type QueryResult,
} from '#homelab/prometheus/promql/query.ts'
import type { Storage } from '#homelab/prometheus/storage.ts'
import type { UpstreamAnswer } from '#homelab/upstream.ts'
import { success, writeResult } from './answer.ts'
import { invalid, named, type Params } from './params.ts'

const twoMinutes = 120_000
const fiveMinutes = 300_000
const maxPoints = 11_000
const tooManyPoints =
  'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)'

function optionsOf(params: Params, storage: Storage, signal: AbortSignal): QueryOptions {
  return {
    storage,
    signal,
    timeout: Math.min(twoMinutes, params.duration('timeout', twoMinutes)),
    lookback: lookbackOf(params),
  }
}

function lookbackOf(params: Params): number {
  try {
    return params.duration('lookback_delta', fiveMinutes)
  } catch {
    const text = params.text('lookback_delta')
    throw new QueryError(
      'bad_data',
      `error parsing lookback delta duration: cannot parse "${text}" to a valid duration`,
    )
  }
}

function limited(answer: QueryAnswer, limit: number): QueryAnswer {
  const { result } = answer
  const cut: QueryResult =
    result.type === 'vector'
      ? { ...result, samples: result.samples.slice(0, limit) }
      : result.type === 'matrix'
        ? { ...result, series: result.series.slice(0, limit) }
        : result
  const size =
    result.type === 'vector' ? result.samples.length : result.type === 'matrix' ? result.series.length : 0
  if (limit === 0 || size <= limit) return answer
  return { ...answer, result: cut, warnings: [...answer.warnings, 'results truncated due to limit'] }
}

export async function answerQuery(
  params: Params,
  storage: Storage,
  now: number,
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  const limit = params.limit()
  const time = params.timeOr('time', now)
  const options = optionsOf(params, storage, signal)
  const answer = limited(
    await named('query', () => answerInstant(params.text('query'), time, options)),
    limit,
  )
  return success(writeResult(answer.result, time), answer)
}

export async function answerQueryRange(
  params: Params,
  storage: Storage,
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  const limit = params.limit()
  const start = params.time('start')
  const end = params.time('end')
  if (end < start) throw invalid('end', 'end timestamp must not be before start time')
  const step = params.duration('step')
  if (step <= 0) {
    throw invalid(
      'step',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    )
  }
  const options = optionsOf(params, storage, signal)
  if ((end - start) / step > maxPoints) throw new QueryError('bad_data', tooManyPoints)
  const query = params.text('query')
  const answer = limited(await named('query', () => answerRange(query, { start, end, step }, options)), limit)
  return success(writeResult(answer.result, end), answer)
}
