// Instant and range queries, decoded once: seconds become milliseconds, `NaN` and `±Inf` become numbers.
// https://prometheus.io/docs/prometheus/latest/querying/api/#expression-queries

import { setImmediate as breathe } from 'node:timers/promises'
import { isFields, textsByName } from '#cluster/fields.ts'
import type { InstantSample, QueryAnswer, RangeSeries } from '#model/prometheus.ts'
import type { Reach } from './reach.ts'
import { ask, garbage, type Payload } from './wire.ts'

type Matrix = Extract<QueryAnswer, { type: 'matrix' }>

export interface RangeQuery {
  readonly expr: string
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
  /** Milliseconds. */
  readonly step: number
}

/** How much one answer may be: told to Prometheus, and held to where it does not heed it. */
export interface AnswerBounds {
  /** Series; what is more is left out, and a warning says so. */
  readonly series?: number
  /** Milliseconds of its own work. */
  readonly timeout?: number
  /** Bytes of the answer; more is refused. */
  readonly bytes?: number
}

/** `at` in milliseconds since the epoch; undefined: the server's now. */
export async function queryInstant(
  reach: Reach,
  expr: string,
  at: number | undefined,
  signal: AbortSignal,
  bounds: AnswerBounds = {},
): Promise<QueryAnswer> {
  const params: [string, string][] = [['query', expr], ...paramsOf(bounds)]
  if (at !== undefined) params.push(['time', seconds(at)])
  const payload = await ask(reach, '/api/v1/query', params, signal, bounds.bytes)
  return answerOf(payload, bounds)
}

/** One series more than wanted is asked for: so it is known that there are more. */
function paramsOf({ series, timeout }: AnswerBounds): [string, string][] {
  return [
    ...(series === undefined ? [] : [['limit', String(series + 1)] satisfies [string, string]]),
    ...(timeout === undefined ? [] : [['timeout', seconds(timeout)] satisfies [string, string]]),
  ]
}

/** The samples of a query that must give a vector; any other type is garbage. */
export async function queryVector(
  reach: Reach,
  expr: string,
  at: number | undefined,
  signal: AbortSignal,
): Promise<readonly InstantSample[]> {
  const answer = await queryInstant(reach, expr, at, signal)
  if (answer.type === 'vector') return answer.samples
  throw garbage(`a ${answer.type} where a vector was asked for`)
}

export async function queryRange(
  reach: Reach,
  query: RangeQuery,
  signal: AbortSignal,
  bounds: AnswerBounds = {},
): Promise<Matrix> {
  const payload = await ask(
    reach,
    '/api/v1/query_range',
    [
      ['query', query.expr],
      ['start', seconds(query.from)],
      ['end', seconds(query.to)],
      ['step', seconds(query.step)],
      ...paramsOf(bounds),
    ],
    signal,
    bounds.bytes,
  )
  const answer = await answerOf(payload, bounds)
  if (answer.type === 'matrix') return answer
  throw garbage(`a ${answer.type} where a range was asked for`)
}

const seconds = (milliseconds: number) => String(milliseconds / 1000)

async function answerOf(
  { data, warnings: said, infos }: Payload,
  bounds: AnswerBounds,
): Promise<QueryAnswer> {
  if (!isFields(data)) throw garbage('no data')
  const { resultType, result } = data
  if (!Array.isArray(result)) throw garbage('no result')
  const most = resultType === 'vector' || resultType === 'matrix' ? bounds.series : undefined
  const kept = most === undefined ? result : result.slice(0, most)
  const plain = kept.filter((entry) => !isHistogram(entry))
  const warnings = [
    ...(kept.length < result.length ? [moreThan(kept.length), ...said.filter(isNotOfLimit)] : said),
    ...leftOut(kept.length - plain.length),
  ]
  const notes = { warnings, ...(infos.length > 0 && { infos }) }
  switch (resultType) {
    case 'vector':
      return { type: 'vector', samples: await inSlices(plain, sampleOf), ...notes }
    case 'matrix':
      return { type: 'matrix', series: await inSlices(plain, seriesOf), ...notes }
    case 'scalar': {
      const [at, value] = pairOf(result)
      return { type: 'scalar', at, value: numberOf(value), ...notes }
    }
    case 'string': {
      const [at, text] = pairOf(result)
      if (typeof text !== 'string') throw garbage('a string that is none')
      return { type: 'string', at, text, ...notes }
    }
    default:
      throw garbage(`result type ${String(resultType)}`)
  }
}

/** Decoded in one slice of work: about two milliseconds of samples. */
const slice = 500

/** Ten thousand samples take twenty milliseconds to decode: between the slices keys have their turn. */
async function inSlices<T>(entries: readonly unknown[], decode: (entry: unknown) => T): Promise<T[]> {
  const decoded: T[] = []
  for (let first = 0; first < entries.length; first += slice) {
    if (first > 0) await breathe()
    for (const entry of entries.slice(first, first + slice)) decoded.push(decode(entry))
  }
  return decoded
}

const moreThan = (most: number) =>
  `more than ${most} series: only the first ${most} are here; narrow it, for example with topk(10, …)`
/** Prometheus's own word for the limit that it was given. */
const isNotOfLimit = (warning: string) => !/truncated due to limit/.test(warning)

function leftOut(histograms: number): string[] {
  if (histograms === 0) return []
  return [
    histograms === 1 ? '1 native histogram is left out' : `${histograms} native histograms are left out`,
  ]
}

/** A series or sample without floats. */
function isHistogram(entry: unknown): boolean {
  if (!isFields(entry) || entry.value || entry.values) return false
  return entry.histogram !== undefined || entry.histograms !== undefined
}

function sampleOf(entry: unknown): InstantSample {
  if (!isFields(entry)) throw garbage('a sample that is no object')
  const [at, value] = pairOf(entry.value)
  return { labels: textsByName(entry.metric), at, value: numberOf(value) }
}

function seriesOf(entry: unknown): RangeSeries {
  if (!isFields(entry) || !Array.isArray(entry.values)) throw garbage('a series without values')
  const times: number[] = []
  const values: number[] = []
  for (const pair of entry.values) {
    const [at, value] = pairOf(pair)
    times.push(at)
    values.push(numberOf(value))
  }
  return { labels: textsByName(entry.metric), times, values }
}

function pairOf(pair: unknown): [number, unknown] {
  if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'number')
    throw garbage('a sample that is no [time, value] pair')
  return [Math.round(pair[0] * 1000), pair[1]]
}

function numberOf(text: unknown): number {
  if (text === 'NaN') return Number.NaN
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  if (text === '-Inf') return Number.NEGATIVE_INFINITY
  const value = typeof text === 'string' && text !== '' ? Number(text) : Number.NaN
  if (Number.isNaN(value)) throw garbage(`the value ${JSON.stringify(text)}`)
  return value
}
