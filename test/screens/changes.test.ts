// The changes through the whole cockpit: around a moment, of the whole cluster, and what is said of what is missing.
import { describe, expect, test } from 'vitest'
import { nothingYet } from '#live/live.ts'
import { aroundOf } from '#screens/places.ts'
import { type FakeDeck, fixedNow, rowsAt } from '#test/ui/fake-deck.ts'
import { expectFrame, sizes } from './frames.ts'
import { failed } from './rows.ts'
import { keys, run } from './running.ts'
import { fillPodCharts } from './subject-charts.ts'
import { fillPodFacts, refuseFacts } from './subject-facts.ts'

const args = ['Pod', 'shop', 'cart-5b7c9-k8s2p']
const incident = (deck: FakeDeck) => {
  fillPodCharts(deck)
  fillPodFacts(deck)
}

describe.each(sizes)('changes at %ix%i', (columns, rows) => {
  const at = (moment: number) => ({
    screen: 'changes',
    args: [...args, aroundOf(moment)],
    ...{ columns, rows },
  })

  test('around a moment', async () => {
    const { shows } = await run(at(fixedNow - 30 * 60_000), incident)
    expectFrame(`changes/around@${columns}x${rows}`, await shows('4m after'), columns)
  })

  test('what is not read is named', async () => {
    const { shows } = await run(at(fixedNow - 30 * 60_000), (deck) => {
      incident(deck)
      deck.events.set(failed({ reason: 'forbidden', detail: 'events is forbidden for ben' }))
    })
    expectFrame(`changes/partial@${columns}x${rows}`, await shows('4m after'), columns)
  })
})

test('at 80 columns every column of a workload’s changes has room', async () => {
  const args = ['Deployment.apps', 'shop', 'cart', aroundOf(fixedNow + 90 * 60_000)]
  const { shows } = await run({ screen: 'changes', args, columns: 80, rows: 24 }, incident)
  const text = await shows('this workload')
  expect(text).toMatch(/· 02:46:00 +116m before +kustom\S+ +this workload +b679d7c/)
  expect(text).toContain('rest: 1h   sort: away')
})

test('where no source of changes can be read, that stands in their place', async () => {
  const { shows } = await run({ screen: 'changes', args, columns: 80, rows: 24 }, refuseFacts)
  expectFrame('changes/forbidden@80x24', await shows('forbidden'), 80)
})

describe('changes, what is said of what is missing', () => {
  const changes = (columns = 120) => ({ screen: 'changes', args, columns, rows: 24 })
  const forbiddenPods = failed({ reason: 'forbidden', detail: 'pods is forbidden for ben' })

  test('without the pods nothing tells what touched the pod', async () => {
    const { deck, shows, cursor } = await run(changes(), incident)
    await shows('this pod')
    deck.pods.set(forbiddenPods)
    await shows('pods is forbidden for ben   Flux: last change only; others: 1h   sort: when')
    expect(cursor()).toMatch(/deployment\/cart +– +rollout cart-5b7c9/)
    deck.pods.set(nothingYet)
    await shows('more to come')
  })

  test('a pod that is gone', async () => {
    const { deck, shows } = await run(changes(), incident)
    await shows('this pod')
    deck.pods.set(rowsAt([], fixedNow))
    await shows('the pod is gone: what owned it is not known')
  })

  test('namespaces that could not be read, and those that nobody asked for', async () => {
    const { deck, shows } = await run(changes(), incident)
    await shows('this pod')
    const { data } = deck.events.get()
    if (data === undefined) throw new Error('no events')
    deck.events.set({ ...deck.events.get(), data: { ...data, partial: 'events not in db' } })
    await shows('events not in db   Flux:')
    deck.namespace.set('shop')
    await shows('events not in db   only shop is read   Flux:')
  })
})

describe('changes of the whole cluster', () => {
  test.each(sizes)('at %ix%i', async (columns, rows) => {
    const { shows } = await run({ screen: 'changes', columns, rows }, incident)
    expectFrame(`changes/all@${columns}x${rows}`, await shows('9f3c2e1'), columns)
  })

  test('by name, of one namespace what was changed in it, and the pods are not read for it', async () => {
    const { deck, press, shows, hides } = await run({ screen: 'pods' }, (filled) => {
      incident(filled)
      const about = { group: 'apps', kind: 'Deployment', namespace: 'db', name: 'pg' }
      const [cart] = filled.events.get().data?.rows ?? []
      if (cart === undefined) throw new Error('no event')
      const other = { ...cart, about, namespace: 'db', uid: 'pg', message: 'Scaled up replica set pg-1 to 1' }
      filled.events.set(rowsAt([cart, other], fixedNow))
    })
    for (const key of ':changes') press(key)
    press(keys.enter)
    await shows('changes · all namespaces (3)', 'deployment/pg')
    expect(deck.pods.lookers()).toBe(0)
    for (const key of ':ch shop') press(key)
    press(keys.enter)
    await shows('changes · shop (2 of 3)', 'kustomization/apps', 'deployment/cart')
    await hides('deployment/pg')
  })
})
