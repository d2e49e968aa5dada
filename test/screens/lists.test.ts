// What the lists do with keys and with changes: the selection is an object's, and every row leads somewhere.
import { describe, expect, test } from 'vitest'
import { nothingYet } from '#live/live.ts'
import type { PodRow } from '#model/kube.ts'
import type { FakeDeck } from '#test/ui/fake-deck.ts'
import { fixedNow } from '#test/ui/fake-deck.ts'
import * as rows from './rows.ts'
import { keys, type Place, type Run, run } from './running.ts'

const lists = (deck: FakeDeck) => {
  deck.pods.set(rows.rowsOf(rows.pods))
  deck.podUsage.set(rows.known(rows.usage))
  deck.nodes.set(rows.rowsOf(rows.nodes))
  deck.workloads.set(rows.rowsOf(rows.workloads))
  deck.events.set(rows.rowsOf(rows.eventRows))
}
const open = (screen: string, more: Partial<Place> = {}) => run({ screen, ...more }, lists)

/** The names of the table's rows from top to bottom, by the words that are looked for. */
const order = (text: string, ...words: readonly string[]) =>
  words
    .map((word) => [text.split('\n').findIndex((line) => line.includes(word)), word] as const)
    .filter(([line]) => line >= 0)
    .sort(([a], [b]) => a - b)
    .map(([, word]) => word)

/** Goes down until the cursor is on the row with the text. */
async function select(running: Run, text: string): Promise<void> {
  for (let step = 0; step < 20 && !running.cursor().includes(text); step++) {
    const before = running.cursor()
    running.press('j')
    await running.terminal.until(() => running.cursor() !== before)
  }
  expect(running.cursor()).toContain(text)
}

describe('the selection', () => {
  test('stays on its object while rows come, change, move and go', async () => {
    const running = await open('pods')
    await select(running, 'llm-serving-0')
    const fresh = Array.from({ length: 5 }, (_, index) => rows.podRow('aaa', `new-${index}`))
    running.deck.pods.set(rows.rowsOf([...fresh, ...rows.pods]))
    await running.shows('new-4')
    expect(running.cursor()).toContain('llm-serving-0')
    const broken = rows.pods.map(
      (pod): PodRow => (pod.name === 'llm-serving-0' ? { ...pod, status: 'OOMKilled', ready: 0 } : pod),
    )
    running.deck.pods.set(rows.rowsOf(broken))
    running.deck.now.set(fixedNow + 5000)
    await running.terminal.until((text) => order(text, 'llm-serving-0', 'etcd-nuc-1')[0] === 'llm-serving-0')
    expect(running.cursor()).toContain('OOMKilled')
    running.deck.pods.set(rows.rowsOf(broken.filter((pod) => pod.name !== 'llm-serving-0')))
    await running.hides('llm-serving-0')
    expect(running.cursor()).not.toBe('')
  })

  test('is the same row after enter and esc, with the sort and the filter as they were', async () => {
    const running = await open('pods')
    running.press('N', '/', 'e', keys.enter)
    await running.shows('sort: name', '/e', 'enter open')
    await select(running, 'llm-serving-0')
    running.press(keys.enter)
    await running.shows('Pod ml/llm-serving-0')
    running.press(keys.esc)
    await running.shows('sort: name', '/e')
    expect(running.cursor()).toContain('llm-serving-0')
  })

  test('marks are kept by object, counted, copied together and taken away', async () => {
    const running = await open('pods')
    running.press(' ', ' ')
    await running.shows('2 marked')
    running.press('c')
    await running.shows('clipboard')
    const copied = /\]52;c;([\w+/=]+)/.exec(running.terminal.written())?.[1] ?? ''
    expect(Buffer.from(copied, 'base64').toString()).toBe('photos-0123d0c325-zprgk\ncheckout-7d9f8c-x2x4z')
    // Opening is of the row under the cursor, whatever is marked.
    running.press(keys.enter)
    await running.shows('Pod dev/evil')
    running.press(keys.esc)
    await running.shows('2 marked')
    running.press(keys.ctrlBackslash)
    await running.hides('2 marked')
  })
})

describe('sorting', () => {
  test('what is broken is first, then what is on its way; a finished pod is last', async () => {
    const text = await (await open('pods')).shows('sort: status')
    const names = ['power-readings', 'cart-', 'evil', 'checkout']
    expect(order(text, ...names)).toEqual(['checkout', 'evil', 'cart-', 'power-readings'])
  })

  test.each([
    ['R', 'sort: restarts', ['checkout', 'llm-serving', 'cart-']],
    ['C', 'sort: cpu', ['llm-serving', 'cart-', 'checkout', 'etcd']],
    ['M', 'sort: memory', ['llm-serving', 'checkout', 'cart-', 'etcd']],
    ['N', 'sort: name', ['cart-', 'checkout', 'etcd', 'llm-serving']],
    ['P', 'sort: namespace', ['etcd', 'llm-serving', 'cart-']],
    ['A', 'sort: age', ['cart-', 'checkout']],
  ])('%s sorts, again turns round', async (key, title, names) => {
    const running = await open('pods')
    running.press(key)
    const expected = key === 'A' ? ['checkout', 'cart-'] : names
    expect(order(await running.shows(title), ...names)).toEqual(expected)
    running.press(key)
    // What is not known stays last either way.
    const known = key === 'C' || key === 'M' ? expected.filter((name) => name !== 'etcd') : expected
    await running.terminal.until((text) => String(order(text, ...known)) === String(known.toReversed()))
  })
})

describe('a row leads on', () => {
  test.each([
    ['pods', 'cart-', 'd', 'Pod shop/cart-5b7c9-k8s2p'],
    ['pods', 'cart-', 'l', 'logs · shop/cart-5b7c9-k8s2p'],
    ['pods', 'checkout', 'p', 'before the last restart'],
    ['pods', 'checkout', 'J', 'Deployment shop/checkout'],
    ['pods', 'checkout', 'o', 'Node nuc-3'],
    ['pods', 'checkout', 'y', 'yaml · Pod shop/checkout'],
    ['nodes', 'nuc-3', 'p', 'pods on nuc-3'],
    ['nodes', 'nuc-3', '\r', 'Node nuc-3'],
    ['workloads', 'cart', 'o', 'pods of deployment/cart'],
    ['workloads', 'cart', 'l', 'logs · shop/deployment/cart'],
    ['workloads', 'CronJob', 'l', 'its last run power-readings-29923065'],
    ['events', 'NodeHasDiskPressure', '\r', 'Node nuc-3'],
    ['events', 'BackOff', '\r', 'Pod shop/checkout-7d9f8c-x2x4z'],
  ])('%s: %s, %s', async (screen, row, key, leadsTo) => {
    const running = await open(screen)
    await select(running, row)
    running.press(key)
    await running.shows(leadsTo)
  })

  test('to the pods of a workload and of a CronJob alone', async () => {
    const running = await open('workloads')
    await select(running, 'CronJob')
    running.press('o')
    const text = await running.shows('pods of cronjob/power-readings', '(1 of 9)')
    expect(text).not.toContain('checkout')
  })

  test.each([
    ['p', 'cart-', 'no container of it was restarted'],
    ['J', 'etcd-nuc-1', 'no workload owns it'],
  ])('%s on %s says why not', async (key, row, why) => {
    const running = await open('pods')
    await select(running, row)
    running.press(key)
    await running.shows(why)
  })
})

describe('what is shown', () => {
  test('a namespace changed while the list is open changes the list and its columns', async () => {
    const running = await open('pods')
    running.press(':', 'n', 's', ' ', 's', 'h', 'o', 'p', keys.enter)
    running.deck.pods.set(rows.rowsOf(rows.pods.filter((pod) => pod.namespace === 'shop')))
    const text = await running.shows('pods · shop (2)')
    expect(text).not.toContain('namespace  ')
    running.press('0')
    await running.shows('pods · all namespaces')
  })

  test(':pods NAMESPACE shows that one and leaves the others as they are', async () => {
    const running = await open('nodes')
    running.press(':', ...'pods shop', keys.enter)
    await running.shows('pods · shop (2 of 9)')
    expect(running.deck.namespace.get()).toBeUndefined()
  })

  test.each([
    ['checkout', ['checkout']],
    ['!shop', ['photos', 'llm-serving', 'etcd']],
    ['-l app=cart', ['cart-']],
    ['^llm.* ml', ['llm-serving']],
  ])('/%s', async (filter, names) => {
    const running = await open('pods')
    running.press('/', ...filter, keys.enter)
    const text = await running.shows('of 9)', 'enter open')
    const all = ['checkout', 'photos', 'cart-', 'llm-serving', 'etcd']
    expect(order(text, ...all).sort()).toEqual([...names].sort())
  })

  test('a usage that comes later fills its cells and moves nothing', async () => {
    const running = await run({ screen: 'pods' }, (deck) => deck.pods.set(rows.rowsOf(rows.pods)))
    const before = await running.shows('checkout')
    expect(before).not.toContain('11.8')
    running.deck.podUsage.set(rows.known(rows.usage))
    const after = await running.shows('11.8')
    const names = (text: string) => order(text, 'photos', 'checkout', 'etcd', 'llm', 'cart-')
    expect(names(after)).toEqual(names(before))
  })

  test('why there is no usage stands in the title', async () => {
    const running = await run({ screen: 'pods' }, (deck) => {
      deck.pods.set(rows.rowsOf(rows.pods))
      deck.podUsage.set({ ...nothingYet, gap: { reason: 'forbidden', detail: 'may not proxy' } })
    })
    await running.shows('no usage: prometheus forbidden')
    running.deck.podUsage.set(rows.known(rows.usage))
    await running.hides('no usage')
  })

  test.each(['pods', 'nodes', 'workloads', 'events'])(
    '%s are of now, and say so where the range ended in the past',
    async (screen) => {
      const running = await open(screen)
      await running.hides('now, not')
      running.deck.range.set({ span: rows.hour, to: fixedNow - rows.hour })
      await running.shows('now, not 02:12')
    },
  )

  test('of many pods only those in view are asked for, and all while they stand in that order', async () => {
    const many = Array.from({ length: 600 }, (_, index) =>
      rows.podRow('shop', `web-${String(index).padStart(3, '0')}`),
    )
    const running = await run({ screen: 'pods', rows: 24 }, (deck) => deck.pods.set(rows.rowsOf(many)))
    const { deck } = running
    await expect.poll(() => deck.viewed?.get().slice(0, 2)).toEqual(['shop/web-000', 'shop/web-001'])
    expect(deck.viewed?.get().length).toBeLessThan(24)
    expect([deck.viewedUsage.lookers(), deck.podUsage.lookers()]).toEqual([1, 0])
    running.press('G')
    await expect.poll(() => deck.viewed?.get().at(-1)).toBe('shop/web-599')
    running.press('C')
    await running.shows('sort: cpu')
    await expect.poll(() => [deck.viewedUsage.lookers(), deck.podUsage.lookers()]).toEqual([0, 1])
    running.press('N')
    await running.shows('sort: name')
    await expect.poll(() => [deck.viewedUsage.lookers(), deck.podUsage.lookers()]).toEqual([1, 0])
  })

  test('nothing off-screen is asked for', async () => {
    const running = await open('nodes')
    expect(running.deck.events.lookers()).toBe(0)
    running.press(':', ...'events', keys.enter)
    await running.shows('events · all namespaces')
    await expect
      .poll(() => [
        running.deck.nodes.lookers(),
        running.deck.pods.lookers(),
        running.deck.podUsage.lookers(),
      ])
      .toEqual([0, 0, 0])
  })
})
