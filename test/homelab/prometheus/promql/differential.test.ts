// The same samples and the same requests to a real Prometheus 3 and to ours: the answers must be equal.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '#homelab/clock.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import { memoryStorage } from '../memory-storage.ts'
import { expressions, faults } from '../real/expressions.ts'
import { findPrometheus, type RealPrometheus, startPrometheus } from '../real/real-prometheus.ts'
import { remoteWrite } from '../real/remote-write.ts'
import { base, minutes, samples } from '../real/samples.ts'

const binary = findPrometheus()
if (!binary) console.warn('skipped: no Prometheus 3 by PROMETHEUS_BIN, in ~/.cache/obsdeck/bin or on PATH')

interface Entry {
  readonly metric: Readonly<Record<string, string>>
  readonly value?: readonly [number, string]
  readonly values?: readonly (readonly [number, string])[]
}

interface Answer {
  readonly status: string
  readonly errorType?: string
  readonly error?: string
  readonly warnings?: readonly string[]
  readonly infos?: readonly string[]
  readonly data?: {
    readonly resultType: string
    readonly result: readonly Entry[] | readonly [number, string]
  }
}

const ours = createPrometheus({
  storage: memoryStorage(samples),
  clock: manualClock(base + 90 * minutes),
  rules: [],
  targets: () => [],
  namespace: 'observability',
  service: 'prometheus-operated',
  port: 9090,
})

async function ourAnswer(path: string, params: Record<string, string>): Promise<Answer> {
  const request = { method: 'GET', path, params: new URLSearchParams(params), headers: {}, body: '' }
  const answer = await ours.answer(request, new AbortController().signal)
  return JSON.parse(String(answer.body)) as Answer
}

const moments = [0, 7.5, 20, 33.25, 52, 89].map((minute) => String((base + minute * minutes) / 1000))
const range = { start: String(base / 1000 + 600), end: String(base / 1000 + 5100), step: '150' }
const keepsOrder = /^(?:sort|sort_desc|topk|bottomk)\b/

function same(a: string, b: string): boolean {
  if (a === b) return true
  const [x, y] = [Number(a), Number(b)]
  return Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y))
}

/** The other's number where ours is as good as equal, so that what differs stands out in the report. */
function levelled(mine: Answer, theirs: Answer): Answer {
  const result = mine.data?.result
  const other = theirs.data?.result
  if (!mine.data || !Array.isArray(result) || !Array.isArray(other)) return mine
  const level = (a: unknown, b: unknown): unknown => {
    if (typeof a === 'string' && typeof b === 'string') return same(a, b) ? b : a
    if (Array.isArray(a) && Array.isArray(b)) return a.map((item, index) => level(item, b[index]))
    return a
  }
  if (mine.data.resultType === 'scalar')
    return { ...mine, data: { ...mine.data, result: level(result, other) as [number, string] } }
  const entries = (result as Entry[]).map((entry, index) => {
    const their = (other as Entry[])[index]
    return {
      metric: entry.metric,
      ...(entry.value && { value: level(entry.value, their?.value) as [number, string] }),
      ...(entry.values && { values: level(entry.values, their?.values) as [number, string][] }),
    }
  })
  return { ...mine, data: { ...mine.data, result: entries } }
}

/** An instant vector has no order but where a function gives it one. */
function ordered(answer: Answer, expression: string): Answer {
  const { data } = answer
  if (data?.resultType !== 'vector' || keepsOrder.test(expression)) return answer
  const key = (entry: Entry) => JSON.stringify(Object.entries(entry.metric).sort())
  const result = (data.result as Entry[]).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  return { ...answer, data: { ...data, result } }
}

describe.skipIf(!binary)('our answers are a real Prometheus 3 server’s', () => {
  let real: RealPrometheus | undefined

  beforeAll(async () => {
    real = await startPrometheus(binary ?? '')
    await remoteWrite(real.url, samples)
  })
  afterAll(() => real?.stop())

  async function realAnswer(path: string, params: Record<string, string>): Promise<Answer> {
    const response = await fetch(`${real?.url}${path}?${new URLSearchParams(params)}`)
    return (await response.json()) as Answer
  }

  async function compare(path: string, params: Record<string, string>): Promise<void> {
    const { query = '' } = params
    const theirs = ordered(await realAnswer(path, params), query)
    const mine = ordered(await ourAnswer(path, params), query)
    const notes = (answer: Answer) => ({
      warnings: (answer.warnings ?? []).toSorted(),
      // The repair of a histogram is made alike, but not told of.
      infos: (answer.infos ?? []).filter((text) => !text.includes('fixed for monotonicity')).toSorted(),
    })
    expect({ ...levelled(mine, theirs), ...notes(mine) }).toEqual({ ...theirs, ...notes(theirs) })
  }

  test.each(expressions)('%s', async (query) => {
    for (const time of moments) await compare('/api/v1/query', { query, time })
    await compare('/api/v1/query_range', { query, ...range })
  })

  test.each(faults)('refuses or fails alike: %s', async (query) => {
    await compare('/api/v1/query', { query, time: moments[3] ?? '' })
  })
})
