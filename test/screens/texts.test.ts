// What the screens of text do with keys and with changes: detail, YAML and logs.
import { describe, expect, test } from 'vitest'
import type { LogTail } from '#live/deck.ts'
import type { KubeObject } from '#model/kube.ts'
import type { LogLine } from '#model/log.ts'
import { detailOf } from '#screens/places.ts'
import type { FakeDeck } from '#test/ui/fake-deck.ts'
import { fixedNow } from '#test/ui/fake-deck.ts'
import * as objects from './objects.ts'
import * as rows from './rows.ts'
import { keys, type Run, run } from './running.ts'

const { refOf } = objects

function put(deck: FakeDeck, ...all: readonly KubeObject[]): void {
  for (const object of all) {
    const ref = refOf(object)
    deck.object(ref)
    deck.objects.get(`${ref.kind} ${ref.namespace ?? ''}/${ref.name}`)?.set(rows.known(object))
  }
}

const openObject = (screen: 'detail' | 'yaml', object: KubeObject) =>
  run({ screen, args: detailOf(refOf(object)).args }, (deck) => {
    const { brokenPod, replicaSet, deployment, kustomization, helmRelease, fullNode, secret } = objects
    put(deck, brokenPod, replicaSet, deployment, kustomization, helmRelease, fullNode, secret)
    deck.pods.set(rows.rowsOf(rows.pods))
  })

describe('detail', () => {
  test('J goes from owner to owner, up to what Flux applied it, and esc all the way back', async () => {
    const running = await openObject('detail', objects.brokenPod)
    for (const owner of [
      'ReplicaSet shop/checkout-7d9f8c',
      'Deployment shop/checkout',
      'Kustomization flux-system/apps',
    ]) {
      running.press('J')
      await running.terminal.until((text) => text.split('\n')[2]?.startsWith(` ${owner}`) === true)
    }
    for (const owner of [
      'Deployment shop/checkout',
      'ReplicaSet shop/checkout-7d9f8c',
      'Pod shop/checkout',
    ]) {
      running.press(keys.esc)
      await running.terminal.until((text) => text.split('\n')[2]?.startsWith(` ${owner}`) === true)
    }
  })

  test.each([
    [objects.brokenPod, 'o', ' Node nuc-3'],
    [objects.brokenPod, 'l', 'logs · shop/checkout-7d9f8c-x2x4z'],
    [objects.brokenPod, 'p', 'before the last restart'],
    [objects.fullNode, 'o', 'pods on nuc-3'],
    [objects.deployment, 'o', 'pods of deployment/checkout'],
    [objects.deployment, 'y', 'yaml · Deployment shop/checkout'],
    [objects.helmRelease, 'J', 'nothing owns it'],
  ] as const)('%#: %s leads on by %s', async (object, key, leadsTo) => {
    const running = await openObject('detail', object)
    running.press(key)
    await running.shows(leadsTo)
  })

  test('offers logs only of what has them', async () => {
    const running = await openObject('detail', objects.kustomization)
    expect(running.terminal.text()).not.toContain('l logs')
  })

  test('follows the object while it changes, and holds the place', async () => {
    const running = await openObject('detail', objects.brokenPod)
    const status = { ...(objects.brokenPod.status as object), phase: 'Failed', reason: 'Evicted' }
    put(running.deck, { ...objects.brokenPod, status })
    await running.shows('Evicted')
  })
})

test('the YAML of a Secret has sizes and no values, and c copies what is shown', async () => {
  const running = await openObject('yaml', objects.secret)
  await running.shows('password: <22 bytes>')
  running.press('c')
  await running.shows('clipboard')
  const copied = /\]52;c;([\w+/=]+)/.exec(running.terminal.written())?.[1] ?? ''
  expect(Buffer.from(copied, 'base64').toString()).toContain('password: <22 bytes>')
})

const subject = 'shop/checkout-7d9f8c-x2x4z'
const tailOf = (lines: readonly LogLine[], more: Partial<LogTail> = {}) =>
  rows.known<LogTail>({ lines, dropped: 0, following: true, notes: [], ...more })
const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    rows.logLine(`line ${from + index};${(from + index) % 50 === 7 ? ' level=error' : ''}`, {
      at: fixedNow - rows.hour + (from + index) * 10,
    }),
  )

async function openLogs(lines: readonly LogLine[], more: Partial<LogTail> = {}): Promise<Run> {
  const running = await run(
    { screen: 'logs', args: ['Pod', 'shop', 'checkout-7d9f8c-x2x4z'], rows: 30 },
    (deck) => {
      deck.logs({ namespace: 'shop', pod: 'checkout-7d9f8c-x2x4z' })
      deck.tails.get(subject)?.set(tailOf(lines, more))
    },
  )
  return running
}

const lastLine = (running: Run) => running.terminal.text().split('\n').at(-2) ?? ''
const firstLine = (running: Run) => running.terminal.text().split('\n')[3] ?? ''

describe('logs', () => {
  test('stay at the end, are let go by scrolling up, and taken again by G', async () => {
    const lines = numbered(100)
    const running = await openLogs(lines)
    await running.shows('line 99;', 'live')
    const more = [...lines, ...numbered(20, 100)]
    running.deck.tails.get(subject)?.set(tailOf(more))
    await running.shows('line 119;')
    running.press('k')
    await running.shows('held')
    const top = firstLine(running)
    const most = [...more, ...numbered(50, 120)]
    running.deck.tails.get(subject)?.set(tailOf(most))
    await running.shows('of 170')
    expect(firstLine(running)).toBe(top)
    running.press('G')
    await running.shows('line 169;', 'live')
    running.press('s')
    await running.shows('held')
    running.press('F')
    await running.shows('live')
  })

  test('a held place stays while older lines fall out of the buffer', async () => {
    const lines = numbered(200)
    const running = await openLogs(lines)
    running.press('k', 'k')
    await running.shows('held')
    const top = firstLine(running)
    running.deck.tails
      .get(subject)
      ?.set(tailOf([...lines.slice(100), ...numbered(100, 200)], { dropped: 100 }))
    await running.shows('100 older lines not kept')
    expect(firstLine(running)).toBe(top)
  })

  test('e and E go from error to error, also where all of them are in view', async () => {
    const running = await openLogs(numbered(300))
    running.press('E')
    await running.shows('>', 'line 257;')
    expect(running.cursor()).toContain('line 257;')
    running.press('E')
    await running.terminal.until(() => running.cursor().includes('line 207;'))
    running.press('e')
    await running.terminal.until(() => running.cursor().includes('line 257;'))
    running.press('e')
    await running.terminal.until(() => running.cursor().includes('line 7;'))
    const few = await openLogs([
      rows.logLine('level=error one'),
      rows.logLine('fine'),
      rows.logLine('level=error two'),
    ])
    few.press('e')
    await few.terminal.until(() => few.cursor().includes('one'))
    few.press('e')
    await few.terminal.until(() => few.cursor().includes('two'))
  })

  test('a search comes into view while it is typed; n and N go on, round the ends', async () => {
    const running = await openLogs(numbered(300))
    running.press('/', ...'level=error', keys.enter)
    await running.shows('/level=error 6 lines', 'w wrap')
    expect(running.cursor()).toContain('line 257;')
    running.press('N')
    await running.terminal.until(() => running.cursor().includes('line 207;'))
    running.press('n', 'n')
    await running.terminal.until(() => running.cursor().includes('line 7;'))
    running.press(keys.esc)
    await running.hides('/level=error')
    running.press('n')
    await running.shows('nothing is searched')
    running.press('/', ...'no such text', keys.enter, 'n')
    await running.shows('no line has no such text')
  })

  test('w breaks long lines and keeps the line at the top', async () => {
    const long = numbered(60).map((line) => ({ ...line, text: `${line.text} ${'word '.repeat(40)}` }))
    const running = await openLogs(long)
    running.press('g')
    for (const _ of [1, 2, 3, 4, 5]) running.press('j')
    await running.terminal.until(() => firstLine(running).includes('line 5;'))
    running.press('w')
    // Broken, the sixty lines take more than sixty rows.
    await running.terminal.until((text) => Number(/ of (\d+)/.exec(text)?.[1] ?? 0) > 60)
    expect(firstLine(running)).toContain('line 5;')
    running.press('w')
    await running.shows('of 60')
    expect(firstLine(running)).toContain('line 5;')
  })

  test('t hides the times, tab goes through the containers and back to all', async () => {
    const lines = numbered(10).map((line, index) => (index % 2 ? { ...line, container: 'proxy' } : line))
    const running = await openLogs(lines)
    running.press('t')
    await running.hides('02:12:00')
    running.press('\t')
    await running.shows('only checkout')
    await running.hides('line 1;')
    running.press('\t')
    await running.shows('only proxy', 'line 1;')
    running.press('\t')
    await running.hides('only')
    await running.shows('line 0;', 'line 1;')
  })

  test('one container alone is not stepped through', async () => {
    const running = await openLogs(numbered(3))
    running.press('\t')
    await running.shows('only one container has written')
  })

  test('the numbers choose how far back, p the run before', async () => {
    const running = await openLogs(numbered(3))
    const asked: unknown[] = []
    const { logs } = running.deck
    Object.assign(running.deck, {
      logs: (wanted: Parameters<typeof logs>[0]) => {
        asked.push(wanted)
        return logs(wanted)
      },
    })
    running.press('3')
    await running.shows('last 5m')
    running.press('p')
    await running.shows('before the last restart')
    running.press('1')
    await running.hides('last 5m')
    expect(asked).toEqual([
      { namespace: 'shop', pod: 'checkout-7d9f8c-x2x4z', previous: false, sinceSeconds: 300 },
      { namespace: 'shop', pod: 'checkout-7d9f8c-x2x4z', previous: true, sinceSeconds: 300 },
      { namespace: 'shop', pod: 'checkout-7d9f8c-x2x4z', previous: true },
    ])
  })

  test('lines of several pods and containers say whose they are', async () => {
    const line = (pod: string, container: string, text: string) => rows.logLine(text, { pod, container })
    const running = await openLogs([
      line('cart-5b7c9-k8s2p', 'cart', 'from the first'),
      line('cart-5b7c9-x2x4z', 'proxy', 'from the second'),
    ])
    const text = await running.shows('from the second')
    expect(text).toMatch(/5b7c9-k8s2p\/cart +from the first/)
    expect(text).toMatch(/5b7c9-x2x4z\/proxy +from the second/)
  })

  test('ten thousand wrapped lines: a hundred keys and ten refreshes within two seconds', async () => {
    const lines = numbered(10_000).map((line) => ({ ...line, text: `${line.text} ${'word '.repeat(30)}` }))
    const running = await openLogs(lines)
    running.press('w')
    await running.shows('of 20000')
    const start = performance.now()
    for (let step = 1; step <= 10; step++) {
      for (let key = 0; key < 10; key++) running.press('k')
      running.deck.tails.get(subject)?.set(tailOf([...lines, ...numbered(step, 10_000)]))
      const all = 20_000 + step
      await running.shows(`of ${all}`)
    }
    await running.terminal.until(() => lastLine(running) !== '')
    expect(performance.now() - start).toBeLessThan(2000)
  })

  test('a pod whose containers cannot start says why it has no log', async () => {
    const running = await run(
      { screen: 'logs', args: ['Pod', 'media', 'photos-0123d0c325-zprgk'] },
      (deck) => {
        const message = 'Back-off pulling image "immich:v2.5.0"'
        deck.pods.set(rows.rowsOf(rows.pods.map((pod) => ({ ...pod, message }))))
      },
    )
    await running.shows('waiting for the log', 'it is ImagePullBackOff: Back-off pulling image')
  })

  test('stale lines stay, and a tail that ended says so', async () => {
    const running = await openLogs(numbered(3), {
      following: false,
      notes: ['x/checkout: connection refused'],
    })
    await running.shows('ended', '· x/checkout: connection refused')
  })
})
