// Golden frames of the screens that show text: an object's detail, its YAML, and logs.
import { describe, expect, test } from 'vitest'
import type { LogTail } from '#live/deck.ts'
import type { KubeObject } from '#model/kube.ts'
import { aroundOf, detailOf } from '#screens/places.ts'
import { type FakeDeck, fixedNow } from '#test/ui/fake-deck.ts'
import { expectFrame, sizes } from './frames.ts'
import * as objects from './objects.ts'
import * as rows from './rows.ts'
import { keys, type Place, run } from './running.ts'

interface State {
  readonly place: Place
  readonly set: (deck: FakeDeck) => void
  readonly press?: readonly string[]
  readonly shows: readonly string[]
}

const { refOf } = objects
const pod = objects.brokenPod

function of(
  screen: 'detail' | 'yaml',
  object: KubeObject,
  shows: string,
  press: readonly string[] = [],
): State {
  const ref = refOf(object)
  return {
    place: { screen, args: detailOf(ref).args },
    set(deck) {
      deck.object(ref)
      deck.objects.get(`${ref.kind} ${ref.namespace ?? ''}/${ref.name}`)?.set(rows.known(object))
      deck.pods.set(rows.rowsOf(rows.pods))
      deck.events.set(rows.rowsOf(rows.eventRows))
      deck.viewedUsage.set(rows.known(rows.usage))
      deck.nodeUsage.set(rows.known(rows.nodeUsage))
      deck.eventsAbout(ref)
      deck.abouts
        .get(`${ref.kind} ${ref.namespace ?? ''}/${ref.name}`)
        ?.set(rows.rowsOf(ref.kind === 'Pod' ? rows.eventRows.slice(0, 1) : []))
    },
    press,
    shows: [shows, 'w wrap'],
  }
}

const podArgs = ['Pod', 'shop', 'checkout-7d9f8c-x2x4z']
const logs = (tail: Partial<LogTail>, shows: string, press: readonly string[] = []): State => ({
  place: { screen: 'logs', args: podArgs },
  set(deck) {
    deck.logs({ namespace: 'shop', pod: 'checkout-7d9f8c-x2x4z' })
    deck.tails
      .get('shop/checkout-7d9f8c-x2x4z')
      ?.set(rows.known({ lines: [], dropped: 0, following: true, notes: [], ...tail }))
  },
  press,
  shows: [shows, 'w wrap'],
})

const said = [
  'level=info msg="starting checkout" version=3.2.0',
  'level=warn msg="retrying" op=insert_order err="pq: sorry, too many clients already"',
  'level=error msg="place order failed" err="pq: sorry, too many clients already" trace_id=4bf92f3577b34da6a3ce929d0e0e4736 order=397075 took=404ms',
  '\u001b[32mINFO\u001b[0m coloured by the program \u001b[2Jitself',
  '日本語のログ 🚀 '.repeat(20),
  `    at Object.<anonymous> ${'/very/long/path'.repeat(20)}`,
]
const lines = said.map((text, index) => rows.logLine(text, { at: 1_795_317_000_000 + index * 1234 }))
const twoContainers = lines.map((line, index) =>
  index % 2 === 0 ? line : { ...line, container: 'istio-proxy' },
)
/** Twenty hours from one to the next, the last one of today. */
const overDays = lines.map((line, index) => ({ ...line, at: (line.at ?? 0) - (5 - index) * 20 * rows.hour }))
const many = Array.from({ length: 300 }, (_, index) =>
  rows.logLine(`line ${index} of many${index % 50 === 7 ? ' level=error msg="broken"' : ''}`),
)

const spread = many.map((line, index) => ({ ...line, at: fixedNow - rows.hour + index * 1000 }))
const at = (state: State, moment: number): State => ({
  ...state,
  place: { ...state.place, args: [...podArgs, aroundOf(moment)] },
})

const states: Readonly<Record<string, State>> = {
  'detail/pod': of('detail', pod, 'CrashLoopBackOff'),
  'detail/node': of('detail', objects.fullNode, 'DiskPressure'),
  'detail/deployment': of('detail', objects.deployment, 'ProgressDeadlineExceeded'),
  'detail/kustomization': of('detail', objects.kustomization, 'DependencyNotReady'),
  'detail/helmrelease': of('detail', objects.helmRelease, 'UpgradeFailed'),
  'detail/secret': of('detail', objects.secret, '<22 bytes>'),
  'detail/strange': of('detail', objects.strange, 'app.yaml'),
  'detail/loading': {
    place: of('detail', pod, '').place,
    set: () => {},
    shows: ['waiting for Pod', 'w wrap'],
  },
  'detail/not-found': {
    place: of('detail', pod, '').place,
    set(deck) {
      deck.object(refOf(pod))
      const gap = { reason: 'not-found', detail: 'pods "checkout-7d9f8c-x2x4z" not found' } as const
      deck.objects.get('Pod shop/checkout-7d9f8c-x2x4z')?.set(rows.failed(gap))
    },
    shows: ['not found', 'w wrap'],
  },
  'detail/stale': {
    ...of('detail', pod, '5m old'),
    set(deck) {
      of('detail', pod, '').set(deck)
      deck.objects
        .get('Pod shop/checkout-7d9f8c-x2x4z')
        ?.set(rows.stale(pod, 5 * rows.minute, rows.unreachable))
    },
  },
  'yaml/pod': of('yaml', pod, 'apiVersion'),
  'yaml/strange': of('yaml', objects.strange, 'banner', ['G']),
  'logs/lines': logs({ lines }, 'place order failed'),
  'logs/wrapped': logs({ lines }, 'took=404ms', ['w']),
  'logs/containers': logs({ lines: twoContainers, notes: ['checkout-7d9f8c-x2x4z/checkout ended'] }, 'istio'),
  'logs/search': logs({ lines: many }, '/level=error 6 lines', ['/', 'level=error', keys.enter]),
  'logs/held': logs({ lines: many, dropped: 12_345 }, 'held', ['k']),
  'logs/moment': at(logs({ lines: spread }, 'line 101'), fixedNow - rows.hour + 100_500),
  'logs/moment-before': at(logs({ lines }, 'first line'), fixedNow - 3 * rows.hour),
  'logs/moment-capped': at(
    logs(
      { lines: spread.slice(0, 12), capped: true, notes: ['a/b is read no further than its first 12 lines'] },
      'read no further',
    ),
    fixedNow - rows.hour + 3500,
  ),
  'logs/days': logs({ lines: overDays }, '17 Nov 23:10:00.000'),
  'logs/nothing': logs({ following: false }, 'nothing was written'),
  'logs/loading': {
    place: { screen: 'logs', args: podArgs },
    set: () => {},
    shows: ['waiting for the log', 'w wrap'],
  },
  'logs/forbidden': {
    place: { screen: 'logs', args: podArgs },
    set(deck) {
      deck.logs({ namespace: 'shop', pod: 'checkout-7d9f8c-x2x4z' })
      deck.tails.get('shop/checkout-7d9f8c-x2x4z')?.set({
        ...rows.failed({ reason: 'forbidden', detail: 'pods/log is forbidden for ben in shop' }),
        data: { lines: [], dropped: 0, following: false, notes: [] },
      })
    },
    shows: ['pods/log is forbidden', 'w wrap'],
  },
}

async function frame(state: State, place: Partial<Place>): Promise<string> {
  const running = await run({ ...state.place, ...place }, state.set)
  running.press(...(state.press ?? []))
  return running.shows(...state.shows)
}

const wide = new Set([
  'detail/pod',
  'detail/node',
  'detail/kustomization',
  'logs/lines',
  'logs/moment',
  'yaml/strange',
])

describe.each(Object.entries(states))('%s', (name, state) => {
  test.each(wide.has(name) ? sizes : sizes.slice(0, 1))('at %ix%i', async (columns, height) => {
    expectFrame(`${name}@${columns}x${height}`, await frame(state, { columns, rows: height }), columns)
  })
})

test.each(['detail/pod', 'logs/lines'])('%s in ASCII', async (name) => {
  const state = states[name]
  if (state === undefined) throw new Error(name)
  const text = await frame(state, { columns: 80, rows: 24, ascii: true })
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  expectFrame(`${name}-ascii@80x24`, text, 80)
})

test.each(['detail/strange', 'yaml/strange', 'logs/lines'])(
  '%s writes no control sequence of its text',
  async (name) => {
    const state = states[name]
    if (state === undefined) throw new Error(name)
    const running = await run({ ...state.place, rows: 50 }, state.set)
    await running.shows(...state.shows)
    for (const sent of ['\u001b[2J\u001b]0;', '\u001b[2Jitself', '\u001b[32mINFO', '\u001b[31mkey'])
      expect(running.terminal.written()).not.toContain(sent)
  },
)
