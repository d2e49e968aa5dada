import { expect, test } from 'vitest'
import type { Feed } from '#live/feed.ts'
import { rowsFeed } from '#live/rows.ts'
import type { PodRow } from '#model/kube.ts'
import { podDecoder, podResource } from '#sources/kubernetes/pods.ts'
import { type FakeCluster, fakeCluster, namespaceObject, pod, refused } from './fake-cluster.ts'
import { manualTiming, settled } from './manual-timing.ts'

function podsOf(cluster: FakeCluster, timing = manualTiming(), namespace?: string) {
  const query = { resource: podResource, ...(namespace !== undefined && { namespace }) }
  const feed = rowsFeed<PodRow>({ cluster, timing, query, decoder: podDecoder() })
  const names = () => feed.get().data?.rows.map((row) => row.name)
  return { feed, timing, names }
}

function countChanges(feed: Feed<unknown>) {
  const counted = { changes: 0, stop: () => {} }
  counted.stop = feed.subscribe(() => {
    counted.changes += 1
  })
  return counted
}

test('asks for nothing until somebody looks, and stops when nobody does', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('web'))
  const { feed, timing, names } = podsOf(cluster)
  await timing.advance(60_000)
  expect(cluster.asked).toEqual([])
  const stop = feed.subscribe(() => {})
  await settled()
  expect(names()).toEqual(['web'])
  expect(cluster.watches).toBe(1)
  stop()
  await settled()
  expect(cluster.watches).toBe(0)
  expect(timing.waiting).toBe(0)
  expect(feed.get()).toMatchObject({ phase: 'idle', pending: false })
  expect(names()).toEqual(['web'])
})

test('shows the first page at once and says what is still to come', async () => {
  const cluster = fakeCluster({ page: 2 })
  for (const name of ['a', 'b', 'c', 'd', 'e']) cluster.put(pod(name))
  const { feed } = podsOf(cluster)
  const seen: unknown[] = []
  feed.subscribe(() => {
    const { data } = feed.get()
    if (data) seen.push([data.rows.length, data.complete, data.remaining])
  })
  await settled()
  expect(seen).toEqual([
    [2, false, 3],
    [5, true, undefined],
  ])
})

test('adds, changes and removes rows as the watch says, at most twice a second', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('a'))
  const { feed, timing, names } = podsOf(cluster)
  const counted = countChanges(feed)
  await timing.advance(1000)
  counted.changes = 0
  for (let step = 0; step < 100; step += 1) {
    cluster.put(pod(`new-${step}`))
    await timing.advance(20)
  }
  expect(names()).toHaveLength(101)
  expect(counted.changes).toBeLessThanOrEqual(5)
  cluster.put(pod('a', { phase: 'Failed' }))
  cluster.remove('shop', 'new-0')
  await timing.advance(500)
  expect(feed.get().data?.rows.find((row) => row.name === 'a')?.status).toBe('Failed')
  expect(names()).not.toContain('new-0')
})

test('keeps the same array while nothing changed, though bookmarks keep it fresh', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('a'))
  const { feed, timing } = podsOf(cluster)
  feed.subscribe(() => {})
  await timing.advance(60_000)
  const before = feed.get()
  cluster.bookmark()
  await timing.advance(1000)
  expect(feed.get().data).toBe(before.data)
  expect(feed.get().dataAt).toBeGreaterThan(before.dataAt ?? 0)
})

test('a closed watch goes on from its last version, without a list', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('a'))
  const { feed, timing } = podsOf(cluster)
  feed.subscribe(() => {})
  await timing.advance(5000)
  cluster.put(pod('b'))
  await timing.advance(5000)
  cluster.endWatches({ reason: 'closed' })
  await timing.advance(1000)
  expect(cluster.asked).toEqual(['list pods', 'watch pods from 101', 'first of pods', 'watch pods from 102'])
  expect(feed.get().gap).toBeUndefined()
})

test('an expired watch lists again and drops what was deleted meanwhile', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('a'))
  cluster.put(pod('b'))
  const { feed, timing, names } = podsOf(cluster)
  feed.subscribe(() => {})
  await timing.advance(5000)
  cluster.removeUnheard('shop', 'b')
  cluster.putUnheard(pod('c'))
  cluster.compact()
  cluster.endWatches({ reason: 'closed' })
  await timing.advance(2000)
  expect(names()).toEqual(['a', 'c'])
  expect(cluster.asked.filter((one) => one === 'list pods')).toHaveLength(2)
})

test('an outage keeps the rows with their age and its reason, and ends within ten seconds of the return', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('a'))
  cluster.put(pod('b'))
  const { feed, timing, names } = podsOf(cluster)
  feed.subscribe(() => {})
  await timing.advance(5000)
  const lostAt = timing.now()
  cluster.failing = refused('unreachable', 'connection refused')
  cluster.endWatches({ reason: 'failed', error: cluster.failing })
  await timing.advance(300_000)
  expect(feed.get()).toMatchObject({ gap: { reason: 'unreachable', detail: 'connection refused' } })
  expect(feed.get().failures).toBeGreaterThan(3)
  expect(feed.get().dataAt).toBeLessThanOrEqual(lostAt)
  expect(names()).toEqual(['a', 'b'])
  const attempts = cluster.asked.length
  expect(attempts).toBeLessThan(120)

  cluster.removeUnheard('shop', 'a')
  cluster.putUnheard(pod('c'))
  cluster.failing = undefined
  await timing.advance(10_000)
  expect(names()).toEqual(['b', 'c'])
  expect(feed.get().gap).toBeUndefined()
  expect(feed.get().failures).toBe(0)
})

test('what changed just before an outage is shown with it', async () => {
  const cluster = fakeCluster()
  const { feed, timing, names } = podsOf(cluster)
  feed.subscribe(() => {})
  await timing.advance(5000)
  cluster.put(pod('a'))
  await timing.advance(100)
  cluster.put(pod('b'))
  await timing.advance(50)
  expect(names()).toEqual(['a'])
  cluster.failing = refused('unreachable')
  cluster.endWatches({ reason: 'failed', error: cluster.failing })
  await settled()
  expect(names()).toEqual(['a', 'b'])
  expect(feed.get().dataAt).toBe(timing.now() - 50)
  await timing.advance(600)
  expect(feed.get().failures).toBe(2)
})

test('an ERROR in the stream is a reason to list again', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('a'))
  const { feed, timing, names } = podsOf(cluster)
  feed.subscribe(() => {})
  await timing.advance(5000)
  cluster.removeUnheard('shop', 'a')
  cluster.endWatches({ reason: 'failed', error: refused('server-error', 'etcd leader changed') })
  await timing.advance(2000)
  expect(names()).toEqual([])
  expect(feed.get().gap).toBeUndefined()
})

test('a server whose history went back is listed again', async () => {
  const cluster = fakeCluster()
  cluster.head = 5000
  cluster.put(pod('a'))
  const { feed, timing, names } = podsOf(cluster)
  feed.subscribe(() => {})
  await timing.advance(5000)
  cluster.removeUnheard('shop', 'a')
  cluster.head = 900
  cluster.put(pod('restored'))
  await timing.advance(2000)
  expect(names()).toEqual(['restored'])
})

test.each([
  { what: 'is behind what was seen', head: 900 },
  { what: 'has grown beyond what was seen', head: 9000 },
])('a watch is not resumed in another history, which $what', async ({ head }) => {
  const cluster = fakeCluster()
  cluster.head = 5000
  cluster.put(pod('a'))
  cluster.put(pod('b'))
  const { feed, timing, names } = podsOf(cluster)
  feed.subscribe(() => {})()
  await settled()
  const stop = feed.subscribe(() => {})
  await settled()
  stop()
  // Emptied and filled anew while nobody looked.
  cluster.removeUnheard('shop', 'b')
  cluster.putUnheard(pod('a', { uid: 'another' }))
  cluster.head = head
  feed.subscribe(() => {})
  await timing.advance(2000)
  cluster.put(pod('c'))
  await timing.advance(2000)
  expect(names()).toEqual(['a', 'c'])
  expect(feed.get().data?.rows[0]?.uid).toBe('another')
})

test('a watch is not resumed where nothing is left of what was seen', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('a'))
  const { feed, timing, names } = podsOf(cluster)
  feed.subscribe(() => {})
  await timing.advance(5000)
  cluster.removeUnheard('shop', 'a')
  cluster.endWatches({ reason: 'closed' })
  await timing.advance(2000)
  expect(names()).toEqual([])
})

test('a server that closes every watch at once is not asked in a busy loop', async () => {
  const cluster = fakeCluster()
  const { feed, timing } = podsOf(cluster)
  feed.subscribe(() => {})
  await settled()
  for (let step = 0; step < 100; step += 1) {
    cluster.endWatches({ reason: 'closed' })
    await timing.advance(100)
  }
  expect(cluster.asked.length).toBeLessThan(20)
})

test('a list that succeeds is not read again and again where its watch always fails', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('a'))
  const { list } = cluster
  cluster.list = async function* (...asked) {
    cluster.failing = undefined
    yield* list(...asked)
    cluster.failing = refused('server-error', 'no watch cache')
  }
  const { feed, timing, names } = podsOf(cluster)
  feed.subscribe(() => {})
  await timing.advance(60_000)
  expect(cluster.asked.length).toBeLessThan(50)
  expect(names()).toEqual(['a'])
})

test('what may not be listed everywhere is read where it may be, and says so', async () => {
  const cluster = fakeCluster()
  for (const name of ['default', 'shop', 'kube-system']) {
    cluster.put(namespaceObject(name))
    cluster.put(pod('web', { namespace: name }))
  }
  cluster.allowed = ['shop', 'default']
  const { feed, timing } = podsOf(cluster)
  const gaps: unknown[] = []
  feed.subscribe(() => {
    gaps.push(feed.get().gap)
  })
  await settled()
  const { data } = feed.get()
  expect(data?.rows.map((row) => row.namespace)).toEqual(['default', 'shop'])
  expect(data).toMatchObject({
    complete: true,
    partial: 'pods: 2 of 3 namespaces, the others are forbidden for ben',
  })
  expect(gaps.filter(Boolean)).toEqual([])
  cluster.put(pod('new', { namespace: 'shop' }))
  await timing.advance(1000)
  expect(feed.get().data?.rows).toHaveLength(3)
})

test('where things may be read is asked again of who comes back late', async () => {
  const cluster = fakeCluster()
  for (const name of ['default', 'shop', 'data']) {
    cluster.put(namespaceObject(name))
    cluster.put(pod('web', { namespace: name }))
  }
  cluster.allowed = ['shop']
  const { feed, timing } = podsOf(cluster)
  const stop = feed.subscribe(() => {})
  await settled()
  stop()
  await timing.advance(60_000)
  cluster.allowed = ['shop', 'data']
  feed.subscribe(() => {})
  expect(feed.get().data?.rows).toHaveLength(1)
  await timing.advance(1000)
  expect(feed.get().data).toMatchObject({
    complete: true,
    rows: [{ namespace: 'data' }, { namespace: 'shop' }],
    partial: expect.stringContaining('2 of 3 namespaces'),
  })
})

test('what may be listed nowhere is a gap, not an empty table', async () => {
  const cluster = fakeCluster()
  cluster.put(namespaceObject('default'))
  cluster.allowed = []
  const { feed, timing } = podsOf(cluster)
  feed.subscribe(() => {})
  await settled()
  expect(feed.get().data).toBeUndefined()
  expect(feed.get().gap).toMatchObject({ reason: 'forbidden' })
  cluster.allowed = undefined
  await timing.advance(61_000)
  expect(feed.get().data?.complete).toBe(true)
  expect(feed.get().gap).toBeUndefined()
})

test('who comes back soon goes on watching, who comes back late lists again with the old rows in sight', async () => {
  const cluster = fakeCluster()
  cluster.put(pod('a'))
  const { feed, timing, names } = podsOf(cluster)
  feed.subscribe(() => {})()
  await settled()
  let stop = feed.subscribe(() => {})
  await settled()
  stop()
  await timing.advance(2000)
  stop = feed.subscribe(() => {})
  await settled()
  expect(cluster.asked.at(-1)).toBe('watch pods from 101')
  expect(feed.get()).toMatchObject({ phase: 'waiting', pending: false })
  stop()
  await timing.advance(60_000)
  cluster.removeUnheard('shop', 'a')
  feed.subscribe(() => {})
  expect(names()).toEqual(['a'])
  expect(feed.get().pending).toBe(true)
  await settled()
  expect(names()).toEqual([])
  expect(feed.get().pending).toBe(false)
})
