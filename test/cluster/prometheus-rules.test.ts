// Recording and alerting rules against a real Prometheus 3: both evaluate each second of the same half minute.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '#homelab/clock.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import { memoryStorage } from '#test/homelab/prometheus/memory-storage.ts'
import {
  findPrometheus,
  type RealPrometheus,
  startPrometheus,
} from '#test/homelab/prometheus/real/real-prometheus.ts'
import { remoteWrite } from '#test/homelab/prometheus/real/remote-write.ts'
import { ruledSamples, rules, seconds } from '#test/homelab/prometheus/real/ruled.ts'

const binary = findPrometheus()
if (!binary) console.warn('skipped: no Prometheus 3 by PROMETHEUS_BIN, in ~/.cache/obsdeck/bin or on PATH')

interface Series {
  readonly metric: Readonly<Record<string, string>>
  readonly values: readonly (readonly [number, string])[]
}

type Ask = (path: string, params?: Readonly<Record<string, string>>) => Promise<{ readonly data: unknown }>

/** Seconds after the last sample until nothing changes any more. */
const settled = 3
/** A series that each evaluation of a group writes. */
const beats = [
  ['recording', 'heartbeat'],
  ['alerting', 'ALERTS{alertname="Always"}'],
] as const

describe.skipIf(!binary)('rules run as in a real Prometheus 3', () => {
  let real: RealPrometheus | undefined
  const phases = new Map<string, number>()
  let start = 0

  const askReal: Ask = async (path, params = {}) => {
    const answer = await fetch(`${real?.url}${path}?${new URLSearchParams(params)}`)
    return (await answer.json()) as { data: unknown }
  }

  /** Ours evaluates at whole seconds, the real one so much later: ours gets its samples so much earlier. */
  const ours = (phase: number): Ask => {
    const prometheus = createPrometheus({
      storage: memoryStorage(ruledSamples(start - phase)),
      clock: manualClock(start + (seconds + settled - 1) * 1000),
      rules,
      targets: () => [],
      namespace: 'observability',
      service: 'prometheus-operated',
      port: 9090,
    })
    return async (path, params = {}) => {
      const request = { method: 'GET', path, params: new URLSearchParams(params), headers: {}, body: '' }
      const answer = await prometheus.answer(request, new AbortController().signal)
      return JSON.parse(String(answer.body)) as { data: unknown }
    }
  }

  const bySecond = (all: readonly Series[], shift: number) =>
    Object.fromEntries(
      all.map(({ metric, values }) => [
        JSON.stringify(Object.entries(metric).sort()),
        values.map(([at, value]) => {
          const second = Math.round((at * 1000 - shift - start) / 1000)
          if (metric.__name__ !== 'ALERTS_FOR_STATE') return `${second} ${value}`
          return `${second} ${sinceOf(Number(value) * 1000 - start)}`
        }),
      ]),
    )

  const seriesOf = async (ask: Ask, query: string, time: number): Promise<readonly Series[]> => {
    const { data } = await ask('/api/v1/query', { query, time: String(time / 1000) })
    return (data as { result: readonly Series[] }).result
  }

  /** False where the machine was too busy to evaluate each second: then nothing can be said. */
  async function run(): Promise<boolean> {
    real = await startPrometheus(binary ?? '', JSON.stringify({ groups: rules }))
    start = Math.ceil(Date.now() / 1000) * 1000 + 2000
    await remoteWrite(real.url, ruledSamples(start))
    await new Promise((later) => setTimeout(later, start + (seconds + settled) * 1000 - Date.now()))
    for (const [group, name] of beats) {
      const [beat] = await seriesOf(askReal, `${name}[${seconds}s]`, start + (seconds + 1) * 1000)
      if ((beat?.values.length ?? 0) < seconds) return false
      phases.set(group, Math.round(Number(beat?.values[0]?.[0]) * 1000) % 1000)
    }
    return true
  }

  beforeAll(async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      if (await run()) return
      await real?.stop()
    }
    throw new Error('the real Prometheus did not evaluate each second of half a minute, three times over')
  }, 180_000)
  afterAll(() => real?.stop())

  test.each([
    ['recording', '{__name__=~"busy|clash|fails|job:.*"}'],
    ['alerting', 'ALERTS'],
  ])('%s: %s over time, with what ended', async (group, query) => {
    const phase = phases.get(group) ?? 0
    const over = (shift: number) => ({
      query,
      start: String((start + 1000 + shift) / 1000),
      end: String((start + seconds * 1000 + shift) / 1000),
      step: '1',
    })
    const matrix = (answer: { readonly data: unknown }, shift: number) =>
      bySecond((answer.data as { result: readonly Series[] }).result, shift)
    const theirs = await askReal('/api/v1/query_range', over(phase))
    const mine = await ours(phase)('/api/v1/query_range', over(0))
    expect(matrix(mine, 0)).toEqual(matrix(theirs, phase))
  })

  test.each([
    ['recording', '{__name__=~"heartbeat|job:.*|busy|twice|clash|fails|scalars"}'],
    ['alerting', 'ALERTS'],
    ['alerting', 'ALERTS_FOR_STATE'],
  ])('%s: what is written of %s', async (group, query) => {
    const phase = phases.get(group) ?? 0
    const end = start + seconds * 1000
    const theirs = await seriesOf(askReal, `${query}[${seconds}s]`, end + phase)
    const mine = await seriesOf(ours(phase), `${query}[${seconds}s]`, end)
    expect(theirs.length).toBeGreaterThan(5)
    expect(bySecond(mine, 0)).toEqual(bySecond(theirs, phase))
  })

  test.each(['/api/v1/rules', '/api/v1/alerts'])('%s', async (path) => {
    const alerting = phases.get('alerting') ?? 0
    const theirs = await askReal(path)
    const mine = await ours(alerting)(path)
    expect(steady(mine.data, start - alerting)).toEqual(steady(theirs.data, start))
  })
})

/** What does not hang on when it was asked and on which machine; times from `start`. */
function steady(part: unknown, start: number): unknown {
  if (Array.isArray(part)) {
    const all = part.map((item) => steady(item, start))
    // Alerts of one rule come in no order.
    const isAlert = (item: unknown) => typeof item === 'object' && item !== null && 'activeAt' in item
    return all.every(isAlert) ? all.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) : all
  }
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part).flatMap(([name, item]) => {
    if (['evaluationTime', 'lastEvaluation', 'file', 'groupNextToken'].includes(name)) return []
    if (name === 'activeAt' || name === 'keepFiringSince') {
      return [[name, sinceOf(Date.parse(String(item)) - start)]]
    }
    // Where in a template a fault was found is not told by ours.
    if (String(item).startsWith('<error expanding template')) return [[name, 'error']]
    return [[name, steady(item, start)]]
  })
  return Object.fromEntries(entries)
}

const nameOf = (alert: unknown) =>
  JSON.stringify(Object.entries((alert as { labels: Record<string, string> }).labels).sort())

/** What is active since before the samples begin is so since each server did. */
const sinceOf = (elapsed: number) => (elapsed <= 1000 ? 'before' : Math.round(elapsed / 1000))
