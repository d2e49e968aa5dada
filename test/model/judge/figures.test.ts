// Figures: error shares, fullness, summaries, consumers, steps, words.
import { expect, test } from 'vitest'
import { brief, ofLimit, percent } from '#model/amount-words.ts'
import { fillState } from '#model/fill-state.ts'
import { judgeCapacity } from '#model/judge-capacity.ts'
import type { RangeSeries } from '#model/prometheus.ts'
import { quote, quoteRegex, selector } from '#model/promql-text.ts'
import { alignRange, rateWindow, stepFor } from '#model/query-step.ts'
import { serviceErrors } from '#model/service-errors.ts'
import { summarizeFlux, summarizeNodes, summarizePods } from '#model/summaries.ts'
import { topConsumers } from '#model/top-consumers.ts'
import { ago, flux, hour, minute, node, pod } from './rows.ts'

const labels = { service_name: 'checkout' }
const series = (values: readonly number[], first = 0): RangeSeries => ({
  labels,
  times: values.map((_, index) => (first + index) * minute),
  values,
})

const shares: readonly [string, readonly number[], readonly number[], object][] = [
  ['risen', [10, 10, 10, 10], [0, 0, 1, 1.2], { errors: 0.12, before: 0, since: 2 * minute }],
  ['high all the time', [10, 10], [1, 1], { errors: 0.1 }],
  ['low all the time', [10, 10], [0.05, 0.05], { errors: 0.005, before: 0.005 }],
  ['over again', [10, 10, 10], [0, 3, 0.01], { errors: 0.001 }],
]
test.each(shares)('errors %s', (_, calls, errors, expected) => {
  const [found] = serviceErrors([series(calls)], [series(errors)])
  expect(found).toMatchObject({ service: 'checkout', rate: 10, ...expected })
  expect(found?.since).toBe((expected as { since?: number }).since)
})

test('no error series is no errors; no calls is nothing to say', () => {
  expect(serviceErrors([series([4])], [])).toEqual([{ service: 'checkout', rate: 4, errors: 0, before: 0 }])
  expect(serviceErrors([series([4, 0])], [])).toEqual([])
})

const fills: readonly [number, 'warning' | 'critical' | undefined][] = [
  [0.89, undefined],
  [0.9, 'warning'],
  [0.969, 'warning'],
  [0.97, 'critical'],
  [Number.NaN, undefined],
]
test.each(fills)('a disk at %d', (ratio, severity) => {
  const [disk] = judgeCapacity([{ node: 'nuc-3', mountpoint: '/var', ratio }])
  const [claim] = judgeCapacity([{ namespace: 'db', claim: 'pg-1', ratio }])
  expect([disk?.severity, claim?.severity]).toEqual([severity, severity])
  // What the charts and tables say of it is the same.
  expect(fillState(ratio)).toBe(severity && { warning: 'warn', critical: 'bad' }[severity])
  if (severity) expect(disk?.evidence[0]?.text).toBe(`disk /var ${Math.round(ratio * 100)} % full`)
})

test('nodes in numbers, the worst first', () => {
  const nodes = [
    node('a'),
    node('b', { conditions: [{ type: 'DiskPressure', status: 'True' }] }),
    node('c', {
      ready: 'Unknown',
      cordoned: true,
      conditions: [{ type: 'Ready', status: 'Unknown', since: ago(minute) }],
    }),
  ]
  expect(summarizeNodes(nodes)).toEqual({
    total: 3,
    ready: 2,
    cordoned: 1,
    troubled: [
      { name: 'c', what: 'NotReady, not heard of', since: ago(minute) },
      { name: 'b', what: 'DiskPressure' },
    ],
  })
})

test('pods in numbers: reasons most first, no restarts where nobody counts them', () => {
  const crashed = { status: 'CrashLoopBackOff', ready: 0 }
  const pods = [
    pod('a/x-1-1'),
    pod('a/x-1-2', { status: 'Completed', phase: 'Succeeded', ready: 0 }),
    pod('a/x-1-3', { ready: 0 }),
    pod('a/x-1-4', crashed),
    pod('a/x-1-5', crashed),
  ]
  const summary = {
    total: 5,
    well: 2,
    troubled: 3,
    reasons: [
      { reason: 'CrashLoopBackOff', count: 2 },
      { reason: 'NotReady', count: 1 },
    ],
  }
  expect(summarizePods(pods, undefined)).toEqual(summary)
  expect(summarizePods(pods, new Map([['a/x', 2.01]]))).toEqual({ ...summary, restartsLastHour: 2 })
})

test('Flux in numbers, its changes newest first', () => {
  const rows = [
    flux('Kustomization/f/a', { changedAt: ago(hour) }),
    flux('Kustomization/f/b', { changedAt: ago(minute), state: 'stalled' }),
    flux('Kustomization/f/c', { state: 'suspended' }),
    flux('Kustomization/f/d', { state: 'waiting' }),
  ]
  const summary = summarizeFlux(rows)
  expect(summary).toMatchObject({ total: 4, failed: 1, waiting: 1, suspended: 1 })
  expect(summary.changes.map((row) => row.name)).toEqual(['b', 'a'])
  expect(summary.troubled.map((row) => row.name)).toEqual(['b'])
})

test('consumers: summed over the workload; a limit only where every pod has one', () => {
  const pods = [
    pod('shop/cart-7d9f8c-a', { requests: { cpu: 1 }, limits: { cpu: 2 } }),
    pod('shop/cart-7d9f8c-b', { requests: { cpu: 1 } }),
    pod('shop/web-7d9f8c-a'),
    pod('shop/idle-7d9f8c-a'),
  ]
  const usage = new Map([
    ['shop/cart-7d9f8c-a', { cpu: 0.5 }],
    ['shop/cart-7d9f8c-b', { cpu: 0.25 }],
    ['shop/web-7d9f8c-a', { cpu: 0.9, memory: 5 }],
  ])
  const top = topConsumers(pods, usage)
  expect(top.cpu.map(({ ref, ...rest }) => ({ name: ref.name, ...rest }))).toEqual([
    { name: 'web', now: 0.9 },
    { name: 'cart', now: 0.75, request: 2 },
  ])
  expect(top.memory.map(({ ref }) => ref.name)).toEqual(['web'])
})

const steps: readonly [number, number][] = [
  [minute, 5],
  [hour, 30],
  [6 * hour, 180],
  [24 * hour, 600],
  [14 * 24 * hour, 10_800],
]
test.each(steps)(
  'a range of %d ms on 80 columns has steps of %d s: at most two points a column',
  (span, seconds) => {
    const step = stepFor({ span }, 80)
    expect(step / 1000).toBe(seconds)
    const now = 1_700_000_012_345
    const { from, to } = alignRange({ from: now - span, to: now }, step)
    expect((to - from) / step + 1).toBeLessThanOrEqual(160)
    expect((to - from) % step).toBe(0)
    // The present is not missing for longer than a tenth of a step, or a minute.
    expect(now - to).toBeLessThan(Math.max(step / 10, minute))
    expect(now - to).toBeGreaterThanOrEqual(0)
  },
)

test('a chart that is asked for again within a step, or a tenth of a long one, asks for the same instants', () => {
  const at = (now: number, step: number) => alignRange({ from: now - hour, to: now }, step)
  expect(at(1_700_000_010_000, 30_000)).toEqual(at(1_700_000_019_999, 30_000))
  expect(at(1_699_999_200_000, 43_200_000)).toEqual(at(1_700_002_799_999, 43_200_000))
  expect(at(1_700_002_800_000, 43_200_000)).not.toEqual(at(1_700_002_799_999, 43_200_000))
  expect(rateWindow(30_000)).toBe('300s')
  expect(rateWindow(7_200_000)).toBe('7200s')
})

test('words', () => {
  const gi = 2 ** 30
  expect([ofLimit(7.9 * gi, 8 * gi), ofLimit(118 * 2 ** 20, 256 * 2 ** 20), ofLimit(gi, 1.5 * gi)]).toEqual([
    '7.9/8Gi',
    '118/256Mi',
    '1/1.5Gi',
  ])
  expect([0.12, 0.003, 0, 0.0999, 1].map(percent)).toEqual(['12 %', '0.3 %', '0 %', '10 %', '100 %'])
  expect(brief('a\n b  c', 10)).toBe('a b c')
  expect(brief('abcdefghij', 5)).toBe('abcd…')
})

test('text in queries is always escaped', () => {
  expect(quote('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"')
  expect(quoteRegex('a.b|c')).toBe('a\\.b\\|c')
  expect(selector({ namespace: 'x"}', pod: undefined }, 'a!=""')).toBe('{namespace="x\\"}",a!=""}')
  expect(selector({})).toBe('')
})
