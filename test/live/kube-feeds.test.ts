import { expect, test } from 'vitest'
import { createCell } from '#live/cell.ts'
import { kubeFeeds } from '#live/kube-feeds.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { fakeCluster, namespaceObject, pod, refused } from './fake-cluster.ts'
import { manualTiming } from './manual-timing.ts'

const resource = (group: string, plural: string, kind: string, version = 'v1'): Resource => ({
  group,
  version,
  plural,
  kind,
  namespaced: true,
})
const kustomizations = resource('kustomize.toolkit.fluxcd.io', 'kustomizations', 'Kustomization')
const helmReleases = resource('helm.toolkit.fluxcd.io', 'helmreleases', 'HelmRelease', 'v2')
const secrets = resource('', 'secrets', 'Secret')

function feeds(served: readonly Resource[] = []) {
  const timing = manualTiming()
  const cluster = fakeCluster()
  const discovery = { served, failing: undefined as Error | undefined, count: 0 }
  cluster.discover = async () => {
    discovery.count += 1
    if (discovery.failing) throw discovery.failing
    return { resources: discovery.served, failed: [] }
  }
  const namespace = createCell<string | undefined>(undefined)
  return { timing, cluster, namespace, discovery, feeds: kubeFeeds({ cluster, namespace, timing }) }
}

const fluxObject = (kind: string, name: string, namespace = 'flux-system'): KubeObject => ({
  apiVersion: 'x/v1',
  kind,
  metadata: { name, namespace, uid: `${kind}-${name}` },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
})

test('Flux rows are of the kinds that the server serves, and of those it serves later', async () => {
  const { timing, cluster, discovery, feeds: kube } = feeds([kustomizations, secrets])
  cluster.put(fluxObject('Kustomization', 'apps'))
  cluster.put(fluxObject('HelmRelease', 'web'))
  kube.flux.subscribe(() => {})
  await timing.advance(1000)
  expect(kube.flux.get().data?.rows.map((row) => row.kind)).toEqual(['Kustomization'])
  await timing.advance(300_000)
  expect(discovery.count).toBe(2)
  expect(cluster.asked.filter((one) => one === 'list kustomizations')).toHaveLength(1)
  discovery.served = [kustomizations, helmReleases]
  await timing.advance(300_000)
  expect(kube.flux.get().data?.rows.map((row) => row.kind)).toEqual(['Kustomization', 'HelmRelease'])
  expect(cluster.asked.filter((one) => one === 'list kustomizations').length).toBeLessThanOrEqual(2)
})

test('a cluster without Flux, or one that cannot be asked, is never an empty list of Flux objects', async () => {
  const without = feeds([secrets])
  without.feeds.flux.subscribe(() => {})
  await without.timing.advance(1000)
  expect(without.feeds.flux.get()).toMatchObject({ gap: { reason: 'not-installed' } })
  expect(without.feeds.flux.get()).not.toHaveProperty('data')

  const lost = feeds()
  lost.discovery.failing = refused('unreachable', 'connection refused')
  lost.feeds.flux.subscribe(() => {})
  await lost.timing.advance(1000)
  expect(lost.feeds.flux.get()).toMatchObject({ gap: { detail: 'connection refused' } })
  lost.discovery.failing = undefined
  lost.discovery.served = [kustomizations]
  lost.cluster.put(fluxObject('Kustomization', 'apps'))
  await lost.timing.advance(10_000)
  expect(lost.feeds.flux.get().data?.rows).toHaveLength(1)
  expect(lost.feeds.flux.get().gap).toBeUndefined()
})

test('a namespace chosen reaches every table that has namespaces', async () => {
  const { timing, cluster, namespace, feeds: kube } = feeds([kustomizations])
  cluster.put(pod('web', { namespace: 'shop' }))
  cluster.put(pod('db', { namespace: 'data' }))
  cluster.put(fluxObject('Kustomization', 'apps'))
  cluster.put(fluxObject('Kustomization', 'shop', 'shop'))
  const stops = [kube.pods, kube.flux, kube.nodes].map((feed) => feed.subscribe(() => {}))
  await timing.advance(1000)
  expect(kube.pods.get().data?.rows).toHaveLength(2)
  namespace.set('shop')
  expect(kube.pods.get().data).toBeUndefined()
  await timing.advance(1000)
  expect(kube.pods.get().data?.rows.map((row) => row.name)).toEqual(['web'])
  expect(kube.flux.get().data?.rows.map((row) => row.name)).toEqual(['shop'])
  expect(cluster.asked.filter((one) => one.startsWith('list nodes'))).toEqual(['list nodes'])
  for (const stop of stops) stop()
  await timing.advance(0)
  expect(cluster.watches).toBe(0)
  expect(timing.waiting).toBe(0)
})

test('namespaces are names in order, the same array until one comes or goes', async () => {
  const { timing, cluster, feeds: kube } = feeds()
  for (const name of ['shop', 'default']) cluster.put(namespaceObject(name))
  kube.namespaces.subscribe(() => {})
  await timing.advance(1000)
  const before = kube.namespaces.get()
  expect(before.data).toEqual(['default', 'shop'])
  cluster.bookmark()
  await timing.advance(1000)
  expect(kube.namespaces.get().data).toBe(before.data)
  cluster.put(namespaceObject('data'))
  await timing.advance(1000)
  expect(kube.namespaces.get().data).toEqual(['data', 'default', 'shop'])
})

test('a kind without a decoder is the table that the server makes, of the namespace chosen', async () => {
  const { timing, cluster, namespace, feeds: kube } = feeds()
  const asked: (string | undefined)[] = []
  cluster.table = async (query) => {
    asked.push(query.namespace)
    const columns = [{ name: 'Name', type: 'string', priority: 0 }]
    const rows = [{ uid: 'u', name: 'a', createdAt: 0, labels: {}, cells: ['a'] }]
    return { columns, rows, resourceVersion: '1' }
  }
  const table = kube.table(secrets)
  table.subscribe(() => {})
  await timing.advance(5000)
  namespace.set('shop')
  await timing.advance(0)
  expect(asked).toEqual([undefined, undefined, 'shop'])
  expect(table.get().data).toMatchObject({ resource: secrets, complete: true, columns: [{ name: 'Name' }] })
})

test('an object is read again and again, its kind looked up once, its secrets never kept', async () => {
  const { timing, cluster, discovery, feeds: kube } = feeds([secrets])
  let reads = 0
  cluster.get = async () => {
    reads += 1
    return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, data: { password: 'aHVudGVyMg==' } }
  }
  const object = kube.object({ group: '', kind: 'Secret', namespace: 'shop', name: 'db' })
  object.subscribe(() => {})
  await timing.advance(15_000)
  expect([reads, discovery.count]).toEqual([4, 1])
  expect(object.get().data).toMatchObject({ data: { password: '<7 bytes>' } })
})

test('an object of a kind that is newer than the last discovery is found', async () => {
  const { timing, cluster, discovery, feeds: kube } = feeds([kustomizations])
  const stop = kube.resources.subscribe(() => {})
  await timing.advance(1000)
  stop()
  discovery.served = [kustomizations, secrets]
  cluster.get = async () => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' } })
  const object = kube.object({ group: '', kind: 'Secret', namespace: 'shop', name: 'db' })
  object.subscribe(() => {})
  await timing.advance(1000)
  expect(object.get()).toMatchObject({ data: { metadata: { name: 'db' } } })
})
