// What `top` says of figures that nobody gives.
import { expect, test } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { readTop } from '#live/top-once.ts'
import { SourceError } from '#model/reading.ts'
import { listing, standInCluster } from './stand-in-cluster.ts'
import { standInPrometheus } from './stand-in-prometheus.ts'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'cart-0', namespace: 'shop', uid: 'u' },
  spec: { containers: [{ name: 'app', resources: { requests: { cpu: '50m' } } }] },
  status: { phase: 'Running' },
}

const request = {
  figures: [],
  namespace: 'shop',
  prometheusUrl: 'http://127.0.0.1:1',
  timeout: 5000,
  clock: Date.now,
  signal: new AbortController().signal,
} as const

const refusal = new SourceError({ reason: 'unreachable', detail: 'connection refused' })
const refused: Cluster['list'] = async function* () {
  yield await Promise.reject(refusal)
}

test('usage that neither Prometheus nor metrics.k8s.io has is a gap, not a zero', async () => {
  const objects = listing({ pods: [pod] })
  const list: Cluster['list'] = (query, decoder, signal) =>
    (query.resource.group === '' ? objects : refused)(query, decoder, signal)
  const { rows, gaps } = await readTop({ ...request, cluster: standInCluster({ list }), kind: 'pods' })
  expect(rows).toMatchObject([{ name: 'cart-0', requests: { cpu: 0.05 } }])
  expect(rows[0]?.used).toEqual({})
  expect(gaps).toMatchObject([{ of: 'usage', gap: { reason: 'unreachable' } }])
})

test('objects that cannot be listed are no empty table', async () => {
  const cluster = standInCluster({ list: refused })
  await expect(readTop({ ...request, cluster, kind: 'nodes' })).rejects.toMatchObject(refusal)
})

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'nuc-1', uid: 'n' },
  status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] },
}

test('the other figures of a node are asked for by name; a kernel without stalls is no gap, a missing disk is', async () => {
  const load = [[{ instance: '10.0.0.1:9100' }, 2.5]] as const
  const { url, asked } = await standInPrometheus(() => ({ instant: { node_load1: load } }), Date.now)
  const cluster = standInCluster({ list: listing({ nodes: [node], pods: [] }) })
  const figures = ['disk', 'load', 'stall'] as const
  const { rows, gaps } = await readTop({ ...request, cluster, prometheusUrl: url, kind: 'nodes', figures })
  expect(rows[0]?.figures).toEqual({ load: 2.5 })
  expect(gaps.map(({ of, gap }) => `${of} ${gap.reason}`)).toEqual(expect.arrayContaining(['disk no-series']))
  expect(gaps.map(({ of }) => of)).not.toContain('stall')
  expect(asked.some(({ params }) => params.get('query')?.includes('hwmon'))).toBe(false)
})
