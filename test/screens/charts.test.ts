// The charts of one object through the whole cockpit: frames, and what the keys do.
import { describe, expect, test } from 'vitest'
import { type FakeDeck, fixedNow, rowsAt } from '#test/ui/fake-deck.ts'
import { expectFrame, sizes } from './frames.ts'
import { known, object, podRow } from './rows.ts'
import { keys, run } from './running.ts'
import { fillPodCharts, fillTemperature, refusePodCharts } from './subject-charts.ts'
import { fillNodeFacts, fillPodFacts, fillWorkloadFacts, refuseFacts } from './subject-facts.ts'

const args = ['Pod', 'shop', 'cart-5b7c9-k8s2p']
const ready = 'enter full'
const incident = (deck: FakeDeck) => {
  fillPodCharts(deck)
  fillPodFacts(deck)
}
const pod = (columns = 120, rows = 40) => ({ screen: 'charts', args, columns, rows, ready })

describe.each(sizes)('at %ix%i', (columns, rows) => {
  test('an incident', async () => {
    const { shows } = await run(pod(columns, rows), incident)
    expectFrame(`charts/incident@${columns}x${rows}`, await shows('cpu'), columns)
  })

  test('nothing may be read', async () => {
    const { shows } = await run(pod(columns, rows), (deck) => {
      refusePodCharts(deck)
      refuseFacts(deck)
    })
    expectFrame(`charts/forbidden@${columns}x${rows}`, await shows('forbidden'), columns)
  })

  test('a workload', async () => {
    const workload = ['Deployment.apps', 'shop', 'cart']
    const { shows } = await run({ ...pod(columns, rows), args: workload }, (deck) => {
      fillPodCharts(deck)
      fillWorkloadFacts(deck)
    })
    expectFrame(`charts/workload@${columns}x${rows}`, await shows('cpu'), columns)
  })

  test('a node', async () => {
    const { shows } = await run({ ...pod(columns, rows), args: ['Node', '-', 'nuc-3'] }, fillNodeFacts)
    expectFrame(`charts/node@${columns}x${rows}`, await shows('cpu'), columns)
  })
})

test('in ASCII', async () => {
  const { shows } = await run({ ...pod(80, 24), ascii: true }, incident)
  const text = await shows('cpu')
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  expectFrame('charts/incident-ascii@80x24', text, 80)
})

test('degrees are written in letters that every terminal has', async () => {
  const node = { ...pod(200, 50), args: ['Node', '-', 'nuc-3'], ascii: true }
  const { shows } = await run(node, fillTemperature)
  expect(await shows('61C of 100C critical')).toMatch(/^[\x20-\x7e\n]*$/)
})

test('what has not answered is named, each in its place', async () => {
  const { shows } = await run(pod(), () => {})
  const text = await shows('waiting for cpu')
  expect(text).toContain('waiting for memory')
})

test('the reading line reads every chart out at one moment', async () => {
  const { press, shows, hides } = await run(pod(), fillPodCharts)
  const far = '\u001b[1;5D'
  press('\u001b[D')
  // Near now: each figure is the moment's, and has no greatest beside it.
  const near = await shows('03:10:48', 'b sent')
  for (const figure of [/a app +0\.49/, /b proxy +0\.05/, /a received +1 Mb\/s/, /b sent +2 Mb\/s/])
    expect(near).toMatch(figure)
  // Between the kill and the new start memory was not there.
  press(far, far, far)
  expect(await shows('02:52:48')).toMatch(/─ app +–/)
  press(' ')
  await hides('02:52:48')
})

test('one chart alone, one line alone', async () => {
  const { press, shows, hides } = await run(pod(), fillPodCharts)
  press(keys.enter)
  await hides('memory')
  press('s')
  await shows('─ app', '1 hidden')
  await hides('proxy')
  press('s')
  await shows('─ proxy', '1 hidden')
  press('s', keys.enter)
  await shows('a app', 'b proxy', 'memory')
})

test('what happened to the pod stands on the time axis', async () => {
  const { shows } = await run(pod(), (deck) => {
    fillPodCharts(deck)
    const [, namespace = '', name = ''] = args
    const killed = { lastReason: 'OOMKilled', lastRestartAt: fixedNow - 20 * 60_000 }
    deck.pods.set(rowsAt([{ ...podRow(namespace, name), ...killed }], fixedNow))
  })
  const text = await shows('K')
  // Five charts have data, and each has it.
  expect(text.match(/K/g)).toHaveLength(5)
})

test('from a list, and on to the logs', async () => {
  const { press, shows } = await run({ screen: 'pods' }, (deck) => {
    fillPodCharts(deck)
    deck.pods.set(rowsAt([podRow('shop', 'cart-5b7c9-k8s2p')], fixedNow))
  })
  press('m')
  await shows('Pod shop/cart-5b7c9-k8s2p', 'throttled periods')
  press('l')
  await shows('log of')
})

/** The charts with later bounds, as they are after a while. */
function goOn(deck: FakeDeck, by: number): void {
  for (const cell of deck.charts.values()) {
    const live = cell.get()
    const { data } = live
    if (data !== undefined) cell.set({ ...live, data: { ...data, from: data.from + by, to: data.to + by } })
  }
}

describe('what is read out is carried on', () => {
  const far = '\u001b[1;5D'

  test('the moment stays while the charts go on, past their left edge too, and is what is carried', async () => {
    const { deck, press, shows } = await run(pod(), incident)
    press(far, far)
    await shows('03:00:00: l logs, h changes')
    goOn(deck, 12 * 60_000)
    await shows('03:15 ', '03:00:00: l logs, h changes')
    press('l')
    await shows('from 03:00:00')
    goOn(deck, 12 * 60_000)
    press(keys.esc)
    await shows('03:00:00: l logs, h changes', '─ app')
    goOn(deck, 60 * 60_000)
    await shows('←03:00:00', '03:00:00, earlier: l logs, h changes')
    press('h')
    await shows('changes around 03:00')
    press(keys.esc)
    await shows('03:00:00, earlier: l logs, h changes')
    // A key takes it to the edge, which it then leaves as the charts go on.
    press('\u001b[C')
    await shows('03:36:00: l logs, h changes')
  })

  test('to the logs of that moment', async () => {
    const { deck, press, shows } = await run(pod(), incident)
    const asked: unknown[] = []
    const { logs } = deck
    Object.assign(deck, {
      logs: (wanted: Parameters<typeof logs>[0]) => {
        asked.push(wanted)
        return logs(wanted)
      },
    })
    press(far, far)
    await shows('03:00:00: l logs, h changes')
    press('l')
    await shows('logs · shop/cart-5b7c9-k8s2p · from 03:00:00')
    const from = fixedNow - 13 * 60_000
    expect(asked).toEqual([{ namespace: 'shop', pod: 'cart-5b7c9-k8s2p', previous: false, from }])
  })

  test('to what was changed around that moment, the nearest first, and on to what did it', async () => {
    const { deck, press, shows, cursor } = await run(pod(), incident)
    press(far, far, far, far, far)
    await shows('02:42:00: l logs, h changes')
    press('h')
    await shows('changes around 02:42 · all namespaces (2)')
    expect(cursor()).toMatch(/02:46:00 +4m after +Flux +kustomization\/apps +this pod +b679d7c → 9f3c2e1/)
    press('j')
    await shows('>· 02:47:00')
    expect(cursor()).toMatch(/02:47:00 +5m after +rollout +deployment\/cart +this pod/)
    press('k')
    await shows('>· 02:46:00')
    press(keys.enter)
    await shows('Kustomization flux-system/apps')
    expect(deck.objects.has('Kustomization flux-system/apps')).toBe(true)
  })

  test('nothing is read out: the logs of now, the newest changes', async () => {
    const { press, shows, hides } = await run(pod(), incident)
    press('h')
    const text = await shows('changes · all namespaces (2)')
    expect(text).not.toContain('away')
    press(keys.esc)
    await hides('changes')
    press('l')
    expect(await shows('log of')).not.toContain('from 0')
  })
})

/** The rollout of the cart by its ReplicaSet alone: no event of it is kept any more. */
function withoutEvents(filled: FakeDeck): void {
  incident(filled)
  filled.events.set(rowsAt([], fixedNow))
  filled.object({ group: 'apps', kind: 'ReplicaSet', namespace: 'shop', name: 'cart-5b7c9' })
  const creationTimestamp = new Date(fixedNow - 45 * 60_000).toISOString()
  const metadata = { name: 'cart-5b7c9', creationTimestamp }
  filled.objects
    .get('ReplicaSet shop/cart-5b7c9')
    ?.set(known(object('ReplicaSet', 'shop', 'cart-5b7c9', { metadata })))
}

test('a rollout whose events are gone is marked by the revision that it made, and is among the changes', async () => {
  const { deck, press, shows } = await run(pod(200, 50), withoutEvents)
  // No pod of it was made when it was: nothing tells when it came to run.
  await shows('rollout cart-5b7c9 at least')
  const rows = deck.pods.get().data?.rows.map((row) => ({ ...row, createdAt: fixedNow - 44 * 60_000 }))
  deck.pods.set(rowsAt(rows ?? [], fixedNow))
  const text = await shows('rollout cart-5b7c9 45m ago')
  // Each of the five charts that have data has it on its axis.
  expect(text.match(/(?<![A-Za-z])R(?![a-z])/g)).toHaveLength(5)
  press('h')
  expect(await shows('changes · all namespaces (2)')).toMatch(
    /· 02:27:00 +45m +rollout +deployment\/cart +this pod/,
  )
})
