// The whole way: feeds over the real client, against the homelab's API server on loopback.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { connect } from '#cluster/connect.ts'
import { createCertificates } from '#homelab/certificates.ts'
import { playingClock } from '#homelab/clock.ts'
import { createFaults } from '#homelab/kube/faults.ts'
import { kubeconfigText } from '#homelab/kube/kubeconfig.ts'
import { createRegistry } from '#homelab/kube/registry.ts'
import { type KubeServer, startServer } from '#homelab/kube/server.ts'
import { createSnapshots } from '#homelab/kube/snapshots.ts'
import { createUsers } from '#homelab/kube/users.ts'
import { createWorld } from '#homelab/world/create.ts'
import type { World } from '#homelab/world.ts'
import type { Deck, Rows } from '#live/deck.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import { openDeck } from '#live/open-deck.ts'
import type { PodRow, Row } from '#model/kube.ts'
import { podDecoder, podResource } from '#sources/kubernetes/pods.ts'

const certificates = await createCertificates()
const users = createUsers()
let world: World
let server: KubeServer
let folder: string
let kubeconfig: string
const endings: (() => void | Promise<void>)[] = []

const start = (port: number) =>
  startServer({
    api: {
      world,
      registry: createRegistry(world),
      upstreams: [],
      snapshots: createSnapshots(world.store),
      bookmarkEvery: 1000,
    },
    certificates,
    users,
    faults: createFaults(),
    port,
  })

beforeAll(async () => {
  world = createWorld({ seed: 7, clock: playingClock(Date.now(), 1) })
  server = await start(0)
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-live-'))
  kubeconfig = join(folder, 'config')
  await writeFile(kubeconfig, kubeconfigText(`https://127.0.0.1:${server.port}`, certificates, users))
})

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

afterAll(async () => {
  await server.close()
  world.stop()
  await rm(folder, { recursive: true, force: true })
})

async function deckOf(context?: string): Promise<{ deck: Deck; cluster: Cluster }> {
  const place = { kubeconfig, env: {}, home: folder, timeout: 10_000 }
  const open = (name?: string) => connect({ ...place, ...(name !== undefined && { context: name }) })
  const cluster = await open(context)
  const deck = openDeck({
    cluster,
    clusterFor: open,
    settings: { range: { span: 3_600_000 } },
    clock: Date.now,
  })
  endings.push(() => deck.close())
  return { deck, cluster }
}

/** Looks at the feed until the test ends, and waits until it is as it should be. */
function until<T>(feed: Feed<T>, holds: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      if (holds(feed.get())) resolve(feed.get())
    }
    endings.push(feed.subscribe(look))
    look()
  })
}

const whole = <T extends Row>(live: Live<Rows<T>>) => live.data?.complete === true && !live.gap

async function freshPods(cluster: Cluster): Promise<Map<string, PodRow>> {
  const rows = new Map<string, PodRow>()
  for await (const page of cluster.list(
    { resource: podResource },
    podDecoder(),
    AbortSignal.timeout(10_000),
  )) {
    for (const row of page.items) rows.set(row.uid, row)
  }
  return rows
}

const byUid = (live: Live<Rows<PodRow>>) => new Map(live.data?.rows.map((row) => [row.uid, row]))

/** Waits until the feed's rows are those of a list made at the same time. */
async function untilFresh(deck: Deck, cluster: Cluster): Promise<void> {
  await expect
    .poll(async () => [byUid(deck.pods.get()), await freshPods(cluster)], { timeout: 10_000, interval: 200 })
    .toSatisfy(([shown, fresh]) => {
      expect(shown).toEqual(fresh)
      return true
    })
}

test('every table fills from the homelab', async () => {
  const { deck } = await deckOf()
  const pods = await until(deck.pods, whole)
  expect(pods.data?.rows.length).toBe(world.store.list(podResource).length)
  const nodes = await until(deck.nodes, whole)
  expect(nodes.data?.rows.map((row) => row.name).sort()).toEqual([...world.nodes.keys()].sort())
  const workloads = await until(deck.workloads, whole)
  expect(new Set(workloads.data?.rows.map((row) => row.kind))).toContain('DaemonSet')
  const flux = await until(deck.flux, whole)
  expect(new Set(flux.data?.rows.map((row) => row.kind))).toContain('HelmRelease')
  expect(flux.data?.rows.filter((row) => row.state === 'unknown')).toEqual([])
  await until(deck.events, whole)
  const names = await until(deck.namespaces, (live) => live.data !== undefined)
  expect(names.data).toContain('flux-system')
})

test('a namespace chosen is the only one read, and none of the last one stays', async () => {
  const { deck } = await deckOf()
  await until(deck.pods, whole)
  deck.namespace.set('flux-system')
  expect(deck.pods.get().data).toBeUndefined()
  const live = await until(deck.pods, whole)
  expect(new Set(live.data?.rows.map((row) => row.namespace))).toEqual(new Set(['flux-system']))
})

test('rows equal a fresh list within ten seconds of a restart of the server', async () => {
  const { deck, cluster } = await deckOf()
  const before = await until(deck.pods, whole)
  const { port } = server
  await server.close()
  const lost = await until(deck.pods, (live) => live.gap !== undefined)
  expect(lost.gap?.reason).toBe('unreachable')
  expect(lost.data?.rows).toHaveLength(before.data?.rows.length ?? -1)
  const [gone, changed] = world.store.list(podResource)
  if (!gone || !changed) throw new Error('the homelab has no pods')
  world.store.remove(podResource, gone.metadata.namespace, gone.metadata.name)
  world.store.put(podResource, { ...changed, status: { ...(changed.status as object), phase: 'Failed' } })
  server = await start(port)
  await untilFresh(deck, cluster)
  expect(deck.pods.get().gap).toBeUndefined()
  expect(byUid(deck.pods.get()).has(gone.metadata.uid ?? '')).toBe(false)
})

test('a compaction during a lost connection leads to a new list', async () => {
  const { deck, cluster } = await deckOf()
  await until(deck.pods, whole)
  server.dropConnections()
  const [gone] = world.store.list(podResource)
  if (!gone) throw new Error('the homelab has no pods')
  world.store.remove(podResource, gone.metadata.namespace, gone.metadata.name)
  world.store.compact()
  await untilFresh(deck, cluster)
  expect(byUid(deck.pods.get()).has(gone.metadata.uid ?? '')).toBe(false)
})

test('the log of a selector is one tail in the order of its stamps', async () => {
  const { deck } = await deckOf()
  const workloads = await until(deck.workloads, whole)
  const several = workloads.data?.rows.find((row) => row.kind === 'DaemonSet' && row.ready > 1)
  if (!several) throw new Error('the homelab has no DaemonSet of several pods')
  const { namespace, selector } = several
  const tail = deck.logs({ namespace, selector, tailLines: 5 })
  const live = await until(tail, ({ data }) => new Set(data?.lines.map((line) => line.pod)).size > 1)
  const times = live.data?.lines.flatMap((line) => line.at ?? []) ?? []
  expect(times).toHaveLength(live.data?.lines.length ?? -1)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(live.data?.lines.every((line) => !line.text.startsWith('20'))).toBe(true)
})

test('an object is shown as the server has it, or why it is not', async () => {
  const { deck } = await deckOf()
  const nodes = await until(deck.nodes, whole)
  const name = nodes.data?.rows[0]?.name ?? ''
  const live = await until(deck.object({ group: '', kind: 'Node', name }), ({ data }) => data !== undefined)
  expect(live.data?.metadata.name).toBe(name)
  const missing = await until(
    deck.object({ group: 'no.such', kind: 'Thing', name }),
    ({ gap }) => gap !== undefined,
  )
  expect(missing.gap).toMatchObject({ reason: 'not-found', detail: 'the server serves no Thing of no.such' })
})

test('who may read one namespace sees why the others are missing, and that one when it is chosen', async () => {
  const { deck } = await deckOf('one-namespace')
  const everywhere = await until(deck.pods, ({ gap }) => gap !== undefined)
  expect(everywhere).toMatchObject({ gap: { reason: 'forbidden' } })
  expect(everywhere.data).toBeUndefined()
  deck.namespace.set('shop')
  const shop = await until(deck.pods, whole)
  expect(new Set(shop.data?.rows.map((row) => row.namespace))).toEqual(new Set(['shop']))
})

test('another context is another deck, with the same range', async () => {
  const { deck } = await deckOf()
  deck.range.set({ span: 900_000 })
  const other = await deck.open('no-nodes')
  endings.push(() => other.close())
  expect(other.context).toBe('no-nodes')
  expect(other.range.get()).toEqual({ span: 900_000 })
  const nodes = await until(other.nodes, ({ gap }) => gap !== undefined)
  expect(nodes).toMatchObject({ gap: { reason: 'forbidden' } })
  expect(nodes).not.toHaveProperty('data')
})
