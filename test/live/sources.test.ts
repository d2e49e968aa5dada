// What the header says of the sources: told by the requests of what is shown, without one of its own.
import { afterEach, expect, test } from 'vitest'
import type { Cluster, WatchEnd } from '#cluster/cluster.ts'
import type { Deck } from '#live/deck.ts'
import { openDeck } from '#live/open-deck.ts'
import { SourceError } from '#model/reading.ts'
import { type ManualTiming, manualTiming, settled } from './manual-timing.ts'
import { standInCluster } from './stand-in-cluster.ts'

const decks: Deck[] = []
afterEach(async () => {
  for (const deck of decks.splice(0)) await deck.close()
})

function deckOn(parts: Partial<Cluster>, timing: ManualTiming, other: Partial<Cluster> = {}): Deck {
  const deck = openDeck({
    cluster: standInCluster(parts),
    clusterFor: async (context) => standInCluster({ context, ...other }),
    settings: { range: { span: 3_600_000 } },
    clock: timing.now,
    timing,
  })
  decks.push(deck)
  return deck
}

const refused = () =>
  new SourceError({ reason: 'unreachable', detail: 'connection refused by 127.0.0.1:6443' })

test('an API server that dies while pods are shown is said with the age of its last answer', async () => {
  const timing = manualTiming()
  let alive = true
  let die = (_: WatchEnd) => {}
  const deck = deckOn(
    {
      async *list() {
        if (!alive) throw refused()
        yield { items: [], resourceVersion: '1' }
      },
      async *watch() {
        yield* []
        return await new Promise<WatchEnd>((resolve) => {
          die = resolve
        })
      },
    },
    timing,
  )
  const kubernetes = () => deck.sources.get()[0]
  expect(kubernetes()).toMatchObject({ pending: true })
  deck.sources.subscribe(() => {})
  const stop = deck.pods.subscribe(() => {})
  await settled()
  const answeredAt = timing.now()
  expect(kubernetes()).toMatchObject({ name: 'kubernetes', at: answeredAt, pending: false })

  await timing.advance(60_000)
  alive = false
  die({ reason: 'failed', error: refused() })
  await settled()
  expect(kubernetes()).toMatchObject({ at: answeredAt, gap: { reason: 'unreachable' } })

  alive = true
  await timing.advance(10_000)
  expect(kubernetes()?.gap).toBeUndefined()
  expect(kubernetes()?.at).toBeGreaterThan(answeredAt)
  stop()
})

test('a refusal is an answer', async () => {
  const timing = manualTiming()
  const deck = deckOn(
    {
      async *list() {
        yield* []
        throw new SourceError({ reason: 'forbidden', detail: 'nodes forbidden for ben' })
      },
    },
    timing,
  )
  const stop = deck.nodes.subscribe(() => {})
  await settled()
  expect(deck.sources.get()[0]).toMatchObject({ at: timing.now(), pending: false })
  expect(deck.sources.get()[0]?.gap).toBeUndefined()
  stop()
})

test('another context opens only when its server answers', async () => {
  let closed = 0
  const gone: Partial<Cluster> = {
    version: async () => {
      throw refused()
    },
    close: async () => {
      closed += 1
    },
  }
  const deck = deckOn({}, manualTiming(), gone)
  await expect(deck.open('lab')).rejects.toThrow('connection refused')
  expect(closed).toBe(1)
  const well = deckOn({}, manualTiming(), { version: async () => ({ gitVersion: 'v1.34.1' }) })
  const lab = await well.open('lab')
  expect(lab.context).toBe('lab')
})

test('time elapses only from the first look on', async () => {
  const timing = manualTiming()
  const late = deckOn({}, timing).elapsed(300)
  await timing.advance(1000)
  expect(late.get()).toBe(false)
  let told = 0
  const stop = late.subscribe(() => {
    told += 1
  })
  await timing.advance(299)
  expect([late.get(), told]).toEqual([false, 0])
  await timing.advance(1)
  expect([late.get(), told]).toEqual([true, 1])
  stop()
})
