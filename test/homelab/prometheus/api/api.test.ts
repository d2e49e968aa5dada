// The HTTP API's answers as Prometheus's documentation has them: https://prometheus.io/docs/prometheus/latest/querying/api/
import { expect, test } from 'vitest'
import type { Target } from '#homelab/prometheus/target.ts'
import { written } from '../memory-storage.ts'
import { server } from '../server.ts'

const up = [
  written({ __name__: 'up', job: 'prometheus', instance: 'localhost:9090' }, '1x20'),
  written({ __name__: 'up', job: 'node', instance: 'localhost:9100' }, '0x20'),
]

test('an instant query', async () => {
  const { status, body } = await server(up, 10).get('/api/v1/query', { query: 'up', time: '300.781' })
  expect(status).toBe(200)
  expect(body).toEqual({
    status: 'success',
    data: {
      resultType: 'vector',
      result: [
        { metric: { __name__: 'up', job: 'prometheus', instance: 'localhost:9090' }, value: [300.781, '1'] },
        { metric: { __name__: 'up', job: 'node', instance: 'localhost:9100' }, value: [300.781, '0'] },
      ],
    },
  })
})

test('an instant query without a time is for now', async () => {
  const { body } = await server(up, 10).get('/api/v1/query', { query: 'time()' })
  expect(body.data).toEqual({ resultType: 'scalar', result: [600, '600'] })
})

test('a range query by POST', async () => {
  const { body } = await server(up, 10).post('/api/v1/query_range', {
    query: 'up{job="node"}',
    start: '1970-01-01T00:01:00Z',
    end: '1970-01-01T00:02:00Z',
    step: '30s',
  })
  expect(body.data).toEqual({
    resultType: 'matrix',
    result: [
      {
        metric: { __name__: 'up', job: 'node', instance: 'localhost:9100' },
        values: [
          [60, '0'],
          [90, '0'],
          [120, '0'],
        ],
      },
    ],
  })
})

test('values that are no numbers, and notes', async () => {
  const prometheus = server(up, 10)
  const { body } = await prometheus.get('/api/v1/query', { query: 'rate(up{job="node"}[5m]) / 0' })
  expect(body).toMatchObject({
    data: { result: [{ value: [600, 'NaN'] }] },
    infos: [
      'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "up" (1:6)',
    ],
  })
})

test.each([
  ['/api/v1/query', { query: 'sum(' }, 400, 'bad_data'],
  ['/api/v1/query', { query: 'up + on() up' }, 422, 'execution'],
  ['/api/v1/query', { query: 'up', timeout: '-1s' }, 400, 'bad_data'],
  ['/api/v1/query_range', { query: 'up', start: '0', end: '660060', step: '60' }, 400, 'bad_data'],
  ['/api/v1/series', {}, 400, 'bad_data'],
])('%s %j fails with %d %s', async (path, params, status, errorType) => {
  const answer = await server(up, 10).get(path, params)
  expect(answer).toMatchObject({ status, body: { status: 'error', errorType } })
})

test('targets', async () => {
  const target: Target = {
    scrapePool: 'serviceMonitor/observability/node-exporter/0',
    scrapeUrl: 'http://10.0.0.1:9100/metrics',
    labels: { job: 'node', instance: '10.0.0.1:9100' },
    discoveredLabels: { __address__: '10.0.0.1:9100' },
    health: 'down',
    lastError: 'connection refused',
    lastScrape: 90_000,
    lastScrapeDuration: 0.25,
    scrapeInterval: 90,
    scrapeTimeout: 10,
  }
  const { body } = await server(up, 10, { targets: [target] }).get('/api/v1/targets')
  expect(body.data).toEqual({
    activeTargets: [
      {
        discoveredLabels: { __address__: '10.0.0.1:9100' },
        labels: { job: 'node', instance: '10.0.0.1:9100' },
        scrapePool: 'serviceMonitor/observability/node-exporter/0',
        scrapeUrl: 'http://10.0.0.1:9100/metrics',
        globalUrl: 'http://10.0.0.1:9100/metrics',
        lastError: 'connection refused',
        lastScrape: '1970-01-01T00:01:30.000Z',
        lastScrapeDuration: 0.25,
        health: 'down',
        scrapeInterval: '1m30s',
        scrapeTimeout: '10s',
      },
    ],
    droppedTargets: [],
    droppedTargetCounts: {},
  })
})

test('metadata', async () => {
  const metadata = new Map([
    ['up', { type: 'gauge', help: 'Whether the scrape succeeded.', unit: '' }],
    ['x_total', { type: 'counter', help: 'X.', unit: '' }],
  ] as const)
  const prometheus = server(up, 10, { metadata })
  expect((await prometheus.get('/api/v1/metadata', { metric: 'up' })).body.data).toEqual({
    up: [{ type: 'gauge', help: 'Whether the scrape succeeded.', unit: '' }],
  })
  expect(Object.keys((await prometheus.get('/api/v1/metadata', { limit: '1' })).body.data as object)).toEqual(
    ['up'],
  )
})

test('the store’s status counts what is scraped', async () => {
  const { body } = await server(up, 10).get('/api/v1/status/tsdb')
  expect(body.data).toMatchObject({
    headStats: { numSeries: 2, numLabelPairs: 5 },
    seriesCountByMetricName: [{ name: 'up', value: 2 }],
  })
})

test('methods that it does not know are refused', async () => {
  expect(await server(up, 10).raw('DELETE', '/api/v1/query')).toMatchObject({ status: 405 })
})
