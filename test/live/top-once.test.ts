// What `top` says of figures that nobody gives.
import { expect, test } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { readTop } from '#live/top-once.ts'
import { SourceError } from '#model/reading.ts'
import { listing, standInCluster } from './stand-in-cluster.ts'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'cart-0', namespace: 'shop', uid: 'u' },
  spec: { containers: [{ name: 'app', resources: { requests: { cpu: '50m' } } }] },
  status: { phase: 'Running' },
}

const request = {
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
