// Requests beside queries, and parameters that are wrong: a real Prometheus 3 and ours must answer alike.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPrometheus, type RealPrometheus, startPrometheus } from '../real/real-prometheus.ts'
import { remoteWrite } from '../real/remote-write.ts'
import { base, minutes, samples } from '../real/samples.ts'
import { server } from '../server.ts'

const binary = findPrometheus()
if (!binary) console.warn('skipped: no Prometheus 3 by PROMETHEUS_BIN, in ~/.cache/obsdeck/bin or on PATH')

const ours = server(samples, base / minutes + 90)
const start = String(base / 1000)
const end = String(base / 1000 + 5400)
const at = String(base / 1000 + 1800)
const days = '2026-01-05T00:30:00Z'

const requests: readonly (readonly [string, Readonly<Record<string, string | readonly string[]>>])[] = [
  ['/api/v1/series', { 'match[]': 'up', start, end }],
  ['/api/v1/series', { 'match[]': ['up', 'owner{job="a"}', 'up{job="b"}'], start, end }],
  ['/api/v1/series', { 'match[]': '{job="a",__name__=~"up|info"}', start, end }],
  ['/api/v1/series', { 'match[]': 'nosuch', start, end }],
  ['/api/v1/series', {}],
  ['/api/v1/series', { 'match[]': '{}' }],
  ['/api/v1/series', { 'match[]': 'up{' }],
  ['/api/v1/series', { 'match[]': 'up[5m]' }],
  ['/api/v1/series', { 'match[]': 'up', start: 'x' }],
  ['/api/v1/labels', { start, end }],
  ['/api/v1/labels', { start, end, 'match[]': 'up' }],
  ['/api/v1/labels', { start, end, 'match[]': ['up', 'info'] }],
  ['/api/v1/labels', { start, end, limit: '2' }],
  ['/api/v1/labels', { start, end, limit: '-2' }],
  ['/api/v1/labels', { start, end, limit: 'two' }],
  ['/api/v1/label/job/values', { start, end }],
  ['/api/v1/label/__name__/values', { start, end }],
  ['/api/v1/label/job/values', { start, end, 'match[]': 'owner' }],
  ['/api/v1/label/nosuch/values', { start, end }],
  ['/api/v1/label/job/values', { start, end, 'match[]': '{a=""}' }],
  ['/api/v1/metadata', {}],
  ['/api/v1/targets', { state: 'active' }],
  ['/api/v1/targets', {}],
  ['/api/v1/rules', {}],
  ['/api/v1/alerts', {}],
  ['/api/v1/rules', { type: 'other' }],
  ['/api/v1/query', {}],
  ['/api/v1/query', { query: 'up', time: 'yesterday' }],
  ['/api/v1/query', { query: 'up', time: days }],
  ['/api/v1/query', { query: 'up', time: '2026-01-05T01:30:00.250+01:00' }],
  ['/api/v1/query', { query: 'time()', time: `${at}.1234` }],
  ['/api/v1/query', { query: 'up', time: at, timeout: 'x' }],
  ['/api/v1/query', { query: 'up', time: at, limit: '1' }],
  ['/api/v1/query', { query: 'up', time: at, limit: 'x' }],
  ['/api/v1/query', { query: 'up', time: at, lookback_delta: 'x' }],
  ['/api/v1/query', { query: 'gone', time: String(base / 1000 + 1180), lookback_delta: '30s' }],
  ['/api/v1/query', { query: '"text"', time: at }],
  ['/api/v1/query', { query: 'up[2m]', time: at }],
  ['/api/v1/query', { query: 'avg_over_time(memory_bytes[5m])[10m:3m]', time: at }],
  ['/api/v1/query', { query: '1e22', time: at }],
  ['/api/v1/query', { query: '1.5e-9', time: at }],
  ['/api/v1/query', { query: '123456789012345678', time: at }],
  ['/api/v1/query', { query: 'vector(1e22)', time: at }],
  ['/api/v1/query', { query: 'vector(1.5e-9)', time: at }],
  ['/api/v1/query', { query: 'vector(-0)', time: at }],
  ['/api/v1/query', { query: ' # nothing', time: at }],
  ['/api/v1/query', { query: '  ', time: at }],
  ['/api/v1/query', { query: '# so\nup # what', time: at }],
  ['/api/v1/query_range', { query: 'up', start, end }],
  ['/api/v1/query_range', { query: 'up', start, end, step: '0' }],
  ['/api/v1/query_range', { query: 'up', start, end, step: '-5' }],
  ['/api/v1/query_range', { query: 'up', start, end, step: 'x' }],
  ['/api/v1/query_range', { query: 'up', start, end, step: '0.1' }],
  ['/api/v1/query_range', { query: 'up', start: end, end: start, step: '60' }],
  ['/api/v1/query_range', { query: 'up', start: '', end, step: '60' }],
  ['/api/v1/query_range', { query: 'up[5m]', start, end, step: '60' }],
  ['/api/v1/query_range', { query: '"text"', start, end, step: '60' }],
  ['/api/v1/query_range', { query: 'up', start, end, step: '1h' }],
  ['/api/v1/query_range', { query: 'time()', start, end: String(base / 1000 + 1), step: '250ms' }],
  ['/api/v1/query_range', { query: 'up', start, end, step: '20m', limit: '1' }],
  ['/api/v1/query_range', { query: 'vector(1)', start: days, end: '2026-01-05T00:31:00Z', step: '30s' }],
]

describe.skipIf(!binary)('our API is a real Prometheus 3 server’s', () => {
  let real: RealPrometheus | undefined

  beforeAll(async () => {
    real = await startPrometheus(binary ?? '')
    await remoteWrite(real.url, samples)
  })
  afterAll(() => real?.stop())

  test.each(requests)('%s %j', async (path, params) => {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(params)) {
      for (const item of typeof value === 'string' ? [value] : value) search.append(name, item)
    }
    const response = await fetch(`${real?.url}${path}?${search}`)
    const theirs = { status: response.status, body: await response.json() }
    const mine = await ours.get(path, params)
    expect({ status: mine.status, body: sortedSeries(mine.body) }).toEqual({
      status: theirs.status,
      body: sortedSeries(theirs.body),
    })
  })

  test.each(['buildinfo', 'runtimeinfo', 'flags', 'config', 'tsdb'])(
    'status/%s has the same fields',
    async (name) => {
      const response = await fetch(`${real?.url}/api/v1/status/${name}`)
      const theirs = (await response.json()) as { data: Record<string, unknown> }
      const mine = (await ours.get(`/api/v1/status/${name}`)).body.data as Record<string, unknown>
      const fields = Object.keys(mine)
      if (name === 'flags') expect(Object.keys(theirs.data)).toEqual(expect.arrayContaining(fields))
      else expect(fields.sort()).toEqual(Object.keys(theirs.data).sort())
      for (const field of fields) expect(typeof mine[field]).toBe(typeof theirs.data[field])
    },
  )

  test.each(['/-/ready', '/-/healthy', '/api/v1/nosuch', '/nosuch'])('%s', async (path) => {
    const response = await fetch(`${real?.url}${path}`)
    const mine = await ours.raw('GET', path)
    expect({ status: mine.status, body: mine.body }).toEqual({
      status: response.status,
      body: await response.text(),
    })
  })
})

/** A store's own order of series means nothing. */
function sortedSeries(body: unknown): unknown {
  const { data } = body as { data?: unknown }
  const key = (item: unknown) =>
    JSON.stringify(item, (_, value) => (isRecord(value) ? Object.entries(value).sort() : value))
  if (Array.isArray(data))
    return { ...(body as object), data: data.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) }
  const result = isRecord(data) ? data.result : undefined
  if (!isRecord(data) || data.resultType !== 'vector' || !Array.isArray(result)) return body
  return {
    ...(body as object),
    data: { ...data, result: result.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
