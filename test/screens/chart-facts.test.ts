// The facts above the charts of one object through the whole cockpit: of when they are, and when they are asked for.
import { describe, expect, test } from 'vitest'
import { type FakeDeck, fixedNow, rowsAt } from '#test/ui/fake-deck.ts'
import { expectFrame, sizes } from './frames.ts'
import { failed, hour, known, minute, unreachable } from './rows.ts'
import { run } from './running.ts'
import { figures, fillPodCharts, volumeSeries } from './subject-charts.ts'
import { fillNodeFacts, fillPodFacts, fillWorkloadFacts } from './subject-facts.ts'

const args = ['Pod', 'shop', 'cart-5b7c9-k8s2p']
const ready = 'enter full'
const incident = (deck: FakeDeck) => {
  fillPodCharts(deck)
  fillPodFacts(deck)
}
const pod = (columns = 120, rows = 40) => ({ screen: 'charts', args, columns, rows, ready })

/** Prometheus has been silent for hours, the API server for some minutes. */
function silence(deck: FakeDeck): void {
  fillPodCharts(deck)
  fillWorkloadFacts(deck)
  const volumes = figures(deck, volumeSeries)
  volumes.set({ ...volumes.get(), gap: unreachable, dataAt: fixedNow - 3 * hour })
  const old = { gap: unreachable, dataAt: fixedNow - 10 * minute }
  deck.events.set({ ...deck.events.get(), ...old })
  deck.flux.set({ ...deck.flux.get(), ...old })
  deck.pods.set({ ...deck.pods.get(), ...old })
  deck.workloads.set({ ...deck.workloads.get(), ...old })
}

describe.each(sizes)('at %ix%i', (columns, rows) => {
  test('what is old tells its age', async () => {
    const workload = ['Deployment.apps', 'shop', 'cart']
    const { shows } = await run({ ...pod(columns, rows), args: workload }, silence)
    expectFrame(`charts/stale@${columns}x${rows}`, await shows('cart-cache 91 % full 3h ago'), columns)
  })
})

test('facts of a range that has ended are of now, and say so', async () => {
  const { deck, shows } = await run(pod(), incident)
  await shows('app restarted 3×, last OOMKilled (137) 20m ago')
  deck.range.set({ span: 3_600_000, to: fixedNow - 24 * 3_600_000 })
  await shows('now, not 03:12:   Running, 1/1 ready')
})

test('facts are of now, whatever the charts are of: what was full then, and booted before, is not said', async () => {
  const workload = ['Deployment.apps', 'shop', 'cart']
  const { deck, shows, hides } = await run({ ...pod(), args: workload }, (filled) => {
    fillPodCharts(filled)
    fillWorkloadFacts(filled)
  })
  deck.range.set({ span: 3_600_000, to: fixedNow - 24 * 3_600_000 })
  // The chart ends with 91 % still: the volume was emptied since.
  figures(deck, volumeSeries).set(known(new Map([['cart-cache', 0.12]])))
  expect(await shows('cart-cache 12 % full')).toContain('a cart-cache 91 %')
  await hides('▲ cart-cache')
})

test('a node that was started anew after the range of its charts', async () => {
  const { deck, shows } = await run({ ...pod(), args: ['Node', '-', 'nuc-3'] }, fillNodeFacts)
  await shows('booted 39d ago')
  deck.range.set({ span: 3_600_000, to: fixedNow - 24 * 3_600_000 })
  figures(deck, 'node_boot_time_seconds').set(known(new Map([['', fixedNow / 1000 - 7200]])))
  await shows('booted 2h ago')
})

test('where there is no room for facts, nothing is asked for them', async () => {
  const { deck, shows } = await run(pod(80, 14), incident)
  const text = await shows('cpu')
  expect(text).not.toContain('Running, 1/1 ready')
  expect(deck.objects.get('Pod shop/cart-5b7c9-k8s2p')?.lookers()).toBe(0)
  expect(figures(deck, volumeSeries).lookers()).toBe(0)
})

test('figures of now are asked for only while the charts are shown', async () => {
  const { deck, press, shows } = await run(pod(), incident)
  await shows('app restarted')
  expect(figures(deck, volumeSeries).lookers()).toBe(1)
  press('l')
  await shows('log of')
  expect(figures(deck, volumeSeries).lookers()).toBe(0)
})

test('the lines of facts stay when what they say goes', async () => {
  const { deck, shows, hides } = await run(pod(), incident)
  const before = (await shows('of Deployment cart')).split('\n').findIndex((line) => line.includes('>cpu'))
  deck.pods.set(rowsAt([], fixedNow))
  deck.objects.get('Pod shop/cart-5b7c9-k8s2p')?.set(failed(unreachable))
  const after = await hides('of Deployment cart')
  expect(after).toContain('it is not there now')
  expect(after.split('\n').findIndex((line) => line.includes('>cpu'))).toBe(before)
})

test('the object itself is read only while its charts are shown', async () => {
  const { deck, press, shows } = await run(pod(), incident)
  await shows('app restarted')
  expect(deck.objects.get('Pod shop/cart-5b7c9-k8s2p')?.lookers()).toBe(1)
  press('l')
  await shows('log of')
  expect(deck.objects.get('Pod shop/cart-5b7c9-k8s2p')?.lookers()).toBe(0)
})
