// What is polled from Prometheus: joined into usage, capacity and error shares; nothing while nobody looks.
import { afterEach, describe, expect, test } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { atMost } from '#live/at-most.ts'
import { createCell } from '#live/cell.ts'
import type { Feed } from '#live/feed.ts'
import { openMetrics } from '#live/metrics.ts'
import { type Ask, readDisks } from '#live/metrics-read.ts'
import { systemTiming } from '#live/timing.ts'
import type { KubeObject } from '#model/kube.ts'
import type { InstantSample } from '#model/prometheus.ts'
import { SourceError } from '#model/reading.ts'
import { type ChartSpec, gauge, type Query, rate } from '#model/subject-charts/spec.ts'
import type { TimeRange } from '#model/time.ts'
import { says, standIn } from '#test/sources/prometheus/stand-in.ts'
import { listing, standInCluster } from './stand-in-cluster.ts'
import { type Fixed, standInPrometheus } from './stand-in-prometheus.ts'

const hour = 3_600_000
const minute = 60_000
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function look<T>(feed: Feed<T>): Feed<T> {
  stops.push(feed.subscribe(() => undefined))
  return feed
}

function metricsAt(prometheusUrl: string, cluster: Cluster = standInCluster({ list: listing({}) })) {
  const namespace = createCell<string | undefined>(undefined)
  const range = createCell<TimeRange>({ span: hour })
  const metrics = openMetrics({ cluster, prometheusUrl, namespace, range, timing: systemTiming(Date.now) })
  stops.push(() => void metrics.close())
  return { metrics, namespace, range }
}

async function open(fixed: Fixed) {
  const { url, asked } = await standInPrometheus(() => fixed, Date.now)
  return { ...metricsAt(url), asked }
}

test('usage of pods joins processors and memory; one of them may be missing', async () => {
  const { metrics } = await open({
    instant: {
      container_cpu_usage: [[{ namespace: 'shop', pod: 'cart' }, 0.25]],
      container_memory: [
        [{ namespace: 'shop', pod: 'cart' }, 1024],
        [{ namespace: 'db', pod: 'pg' }, 2048],
        [{ namespace: 'db' }, 4096],
      ],
    },
  })
  const feed = look(metrics.podUsage)
  await expect.poll(() => feed.get().data).toBeDefined()
  expect(feed.get().data).toEqual(
    new Map([
      ['shop/cart', { cpu: 0.25, memory: 1024 }],
      ['db/pg', { memory: 2048 }],
    ]),
  )
})

test('pods that crash as they start have no series, and that is an answer', async () => {
  const { metrics, asked } = await open({
    instant: { 'count(container_memory': [[{}, 400]] },
  })
  const feed = look(metrics.podUsageOf(createCell(['shop/cart'])))
  await expect.poll(() => feed.get().dataAt).toBeDefined()
  expect(feed.get()).toMatchObject({ data: new Map(), pending: false })
  expect(feed.get().gap).toBeUndefined()
  expect(asked.length).toBe(3)
})

test('where no container has series, usage of the pods in view comes from metrics.k8s.io, of their namespace', async () => {
  const usage = (namespace: string, name: string): KubeObject => ({
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata: { name, namespace },
    containers: [{ usage: { cpu: '250m', memory: '1Ki' } }],
  })
  const all = listing({ pods: [usage('shop', 'cart'), usage('db', 'pg')], nodes: [] })
  const { url } = await standInPrometheus(() => ({}), Date.now)
  const namespaces: (string | undefined)[] = []
  const list: Cluster['list'] = (query, ...rest) => {
    namespaces.push(query.namespace)
    return all(query, ...rest)
  }
  const { metrics } = metricsAt(url, standInCluster({ list }))
  const feed = look(metrics.podUsageOf(createCell(['shop/cart'])))
  await expect.poll(() => feed.get().data?.get('shop/cart')).toEqual({ cpu: 0.25, memory: 1024 })
  expect(namespaces).toEqual(['shop'])
  expect(metrics.source.get().why).toContain('usage from metrics.k8s.io instead')
})

test('usage of nodes is by the host of the exporter: no kube-state-metrics is asked for names', async () => {
  const { metrics, asked } = await open({
    instant: {
      node_cpu: [
        [{ instance: '10.0.0.1:9100' }, 3],
        [{ instance: 'nas-1:9100' }, 1],
      ],
      node_memory: [[{ instance: '10.0.0.1:9100' }, 4096]],
    },
  })
  const feed = look(metrics.nodeUsage)
  await expect.poll(() => feed.get().data).toBeDefined()
  expect([...(feed.get().data ?? [])]).toEqual([
    ['10.0.0.1', { cpu: 3, memory: 4096 }],
    ['nas-1', { cpu: 1 }],
  ])
  expect(asked).toHaveLength(2)
})

describe('disks', () => {
  const disk = [[{ instance: '10.0.0.1:9100', mountpoint: '/var' }, 0.5]] as const

  test('have their node’s name from kube-state-metrics', async () => {
    const { metrics } = await open({
      instant: {
        node_filesystem: disk,
        kube_node_info: [[{ node: 'nuc-1', internal_ip: '10.0.0.1' }, 1]],
      },
    })
    const feed = look(metrics.disks)
    await expect.poll(() => feed.get().data).toEqual([{ node: 'nuc-1', mountpoint: '/var', ratio: 0.5 }])
  })

  test.each<[string, () => Promise<InstantSample[]>]>([
    ['does not know them', async () => []],
    [
      'cannot be asked',
      async () => {
        throw new SourceError({ reason: 'timeout', detail: 'no answer' })
      },
    ],
  ])('are by the address where Prometheus %s', async (_, names) => {
    const ask: Ask = {
      vector: async (expr) => {
        if (expr === 'kube_node_info') return names()
        const samples = expr.includes('node_filesystem') ? disk : []
        return samples.map(([labels, value]) => ({ labels, value, at: 0 }))
      },
      range: async () => [],
    }
    const read = await readDisks(ask, undefined, new AbortController().signal)
    expect(read).toEqual([{ node: '10.0.0.1', mountpoint: '/var', ratio: 0.5 }])
  })
})

test('without Prometheus, usage comes from metrics.k8s.io; with neither, the reason is Prometheus’s', async () => {
  const { url } = await standIn(says('<html>no</html>', 502))
  const usage: KubeObject = {
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata: { name: 'cart', namespace: 'shop' },
    containers: [{ usage: { cpu: '250m', memory: '1Ki' } }, { usage: { cpu: '1500000n', memory: '1Ki' } }],
  }
  const cluster = standInCluster({ list: listing({ pods: [usage], nodes: [] }) })
  const { metrics } = metricsAt(url, cluster)
  const feed = look(metrics.podUsage)
  await expect.poll(() => feed.get().data?.get('shop/cart')).toEqual({ cpu: 0.2515, memory: 2048 })
  expect(metrics.source.get().why).toBe('the settings name its URL; usage from metrics.k8s.io instead')
  const neither = look(metricsAt(url).metrics.podUsage)
  await expect.poll(() => neither.get().gap).toMatchObject({ reason: 'unreachable' })
})

test('no series is a reason, not an empty answer', async () => {
  const { metrics } = await open({})
  const feed = look(metrics.services)
  await expect
    .poll(() => feed.get().gap)
    .toEqual({
      reason: 'no-series',
      detail: 'Prometheus has no traces_span_metrics_calls_total',
    })
})

test('error shares: how much now, how much before, since when', async () => {
  const broke = Math.floor(Date.now() / minute) * minute - 10 * minute
  const { metrics } = await open({
    range: { status_code: (at) => (at >= broke ? 1 : 0.01), calls_total: () => 10 },
  })
  const feed = look(metrics.services)
  await expect.poll(() => feed.get().data).toBeDefined()
  expect(feed.get().data).toEqual([
    { service: 'checkout', rate: 10, errors: 0.1, before: 0.001, since: broke },
  ])
})

describe('a chart', () => {
  const spec = (query: Query): ChartSpec => ({
    ...{ id: 'x', title: 'x', unit: 'number', metric: 'up', limits: [{ name: 'limit', expr: 'most' }] },
    lines: [{ name: { label: 'service_name' }, query }],
  })

  test('asks for round instants of the shared range, and follows it', async () => {
    const { metrics, range, asked } = await open({ range: { up: () => 1 }, instant: { most: [[{}, 7]] } })
    const chart = spec(rate(() => 'up'))
    const feed = look(metrics.chart(chart, 60))
    await expect.poll(() => feed.get().data?.lines[0]?.values.length).toBeGreaterThanOrEqual(60)
    expect(feed.get().data).toMatchObject({
      lines: [{ name: 'checkout' }],
      limits: [{ name: 'limit', value: 7 }],
    })
    const first = asked.find(({ path }) => path === '/api/v1/query_range')?.params
    const step = Number(first?.get('step'))
    expect(Number(first?.get('end')) % step).toBe(0)
    const to = Date.UTC(2026, 0, 2)
    range.set({ span: 24 * hour, to })
    await expect
      .poll(() => asked.filter(({ params }) => params.get('end') === String(to / 1000)).length)
      .toBeGreaterThan(0)
    expect(metrics.chart(spec(rate(() => 'up')), 60)).toBe(feed)
  })

  test('of a gauge asks for the least and the greatest of each step that is longer than a scrape', async () => {
    const { metrics, asked } = await open({ range: { min_over_time: () => 1, max_over_time: () => 9 } })
    const feed = look(metrics.chart(spec(gauge('temperature')), 60))
    await expect.poll(() => feed.get().data).toBeDefined()
    const ranges = asked.filter(({ path }) => path === '/api/v1/query_range')
    expect(ranges.map(({ params }) => params.get('query')).sort()).toEqual([
      'max_over_time((temperature)[120s:30s])',
      'min_over_time((temperature)[120s:30s])',
    ])
    const [line] = feed.get().data?.lines ?? []
    expect(line?.values.slice(0, 4)).toEqual([1, 9, 1, 9])
    expect((line?.times[1] ?? 0) - (line?.times[0] ?? 0)).toBe(minute)
    // Never more points than twice the columns, both questions together.
    expect(line?.values.length).toBeLessThanOrEqual(120)
  })

  test('of a rate asks with a window that leaves nothing out', async () => {
    const { metrics, range, asked } = await open({ range: { rate: () => 1 } })
    range.set({ span: 14 * 24 * hour })
    const feed = look(metrics.chart(spec(rate((window) => `rate(x[${window}])`)), 60))
    await expect.poll(() => feed.get().data).toBeDefined()
    const asking = asked.find(({ path }) => path === '/api/v1/query_range')?.params
    expect(asking?.get('query')).toBe(`rate(x[${asking?.get('step')}s])`)
  })

  test('without any series is a reason', async () => {
    const { metrics } = await open({})
    const feed = look(metrics.chart(spec(gauge('up')), 60))
    await expect
      .poll(() => feed.get().gap)
      .toMatchObject({ reason: 'no-series', detail: 'Prometheus has no up of it' })
  })
})

test('the namespace narrows what is asked for', async () => {
  const { metrics, namespace, asked } = await open({
    instant: { container_: [[{ namespace: 'shop', pod: 'cart' }, 1]] },
  })
  look(metrics.podUsage)
  await expect.poll(() => asked.length).toBe(2)
  namespace.set('a"b')
  await expect.poll(() => asked.length).toBe(4)
  expect(asked.at(-1)?.params.get('query')).toContain('namespace="a\\"b"')
})

test('nobody looks, nothing is asked; the source says how it is reached', async () => {
  const { metrics, asked } = await open({})
  expect(metrics.source.get()).toEqual({ name: 'prometheus', pending: true })
  expect(asked).toHaveLength(0)
  const source = look(metrics.source)
  await expect
    .poll(() => source.get())
    .toMatchObject({ route: 'direct', pending: false, at: expect.any(Number) })
  expect(asked).toHaveLength(2)
})

test('a ninth task waits, in order, and one that gives up leaves the queue', async () => {
  const slots = atMost(2)
  const signal = new AbortController().signal
  const gates = [1, 2, 3, 4].map(() => Promise.withResolvers<void>())
  const begun: number[] = []
  const run = (index: number, end = signal) =>
    slots(async () => {
      begun.push(index)
      await gates[index]?.promise
      return index
    }, end)
  const leaving = new AbortController()
  const work = [run(0), run(1)]
  const left = run(2, leaving.signal)
  work.push(run(3))
  expect(begun).toEqual([0, 1])
  leaving.abort(new Error('left'))
  await expect(left).rejects.toThrow('left')
  gates[1]?.resolve()
  await expect.poll(() => begun).toEqual([0, 1, 3])
  gates[0]?.resolve()
  gates[3]?.resolve()
  expect(await Promise.all(work)).toEqual([0, 1, 3])
})
