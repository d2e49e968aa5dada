// The detail of a workload that is broken: its pods and their events say so, and what is not read says why.
import { describe, expect, test } from 'vitest'
import type { FakeDeck } from '#test/ui/fake-deck.ts'
import * as broken from './broken-workloads.ts'
import { expectFrame, sizes } from './frames.ts'
import { cronJob } from './objects.ts'
import { open, section } from './open-detail.ts'
import * as rows from './rows.ts'
import { keys } from './running.ts'

const states: Readonly<
  Record<string, readonly [broken.Broken, shows: string, set?: (deck: FakeDeck) => void]>
> = {
  'detail/crash-loop': [broken.crashLoop, 'crashes again and again'],
  'detail/image-pull': [broken.imagePull, 'ErrImagePull'],
  'detail/out-of-memory': [broken.outOfMemory, 'OOMKilled (137)'],
  'detail/many-pods': [broken.manyPods, 'and 22 more'],
  'detail/pods-forbidden': [
    broken.crashLoop,
    'no pods: pods is forbidden',
    (deck) => deck.pods.set(rows.failed(rows.forbidden)),
  ],
  'detail/pods-elsewhere': [
    broken.crashLoop,
    'not read: only those in media are',
    (deck) => {
      deck.namespace.set('media')
      deck.namespaces.set({ ...deck.namespaces.get(), data: ['media', 'shop'] })
      deck.pods.set(rows.rowsOf(broken.imagePull.pods))
      deck.events.set(rows.rowsOf(broken.imagePull.events))
    },
  ],
}

describe.each(Object.entries(states))('%s', (name, [one, shows, set]) => {
  test.each(sizes)('at %ix%i', async (columns, height) => {
    const running = await open(one, set, { columns, rows: height })
    expectFrame(`${name}@${columns}x${height}`, await running.shows(shows, 'w wrap'), columns)
  })
})

test('in ASCII', async () => {
  const running = await open(broken.crashLoop, () => {}, { columns: 80, rows: 24, ascii: true })
  const text = await running.shows('crashes again and again')
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  expectFrame('detail/crash-loop-ascii@80x24', text, 80)
})

describe('the pods of a workload', () => {
  test('lead on to the list of them, and to the one that is broken', async () => {
    const running = await open(broken.crashLoop, () => {}, { rows: 50 })
    running.press('o')
    await running.shows('pods of deployment/checkout', 'enter open')
    running.press(keys.enter)
    await running.shows(' Pod shop/checkout-7d9f8c-x2x4z')
  })

  test('are followed while it is shown, and by nobody after it is left', async () => {
    const running = await open(broken.imagePull)
    await running.shows('ImagePullBackOff')
    expect(running.deck.pods.lookers()).toBe(1)
    expect(running.deck.events.lookers()).toBe(1)
    const [first] = broken.imagePull.pods
    if (first === undefined) throw new Error('no pod')
    running.deck.pods.set(rows.rowsOf([{ ...first, status: 'Error', ready: 0 }]))
    await running.shows('pods (1)', 'Error')
    running.press('y')
    await running.shows('yaml · Deployment media/photos')
    expect(running.deck.pods.lookers()).toBe(0)
    expect(running.deck.events.lookers()).toBe(0)
  })

  test.each([
    [
      'still come',
      rows.rowsOf(broken.imagePull.pods.slice(0, 1), { complete: false }),
      'waiting for more pods',
    ],
    [
      'were read a while ago',
      rows.stale({ rows: broken.imagePull.pods, complete: true }, 5 * rows.minute, rows.unreachable),
      'pods 5m old: connect ECONNREFUSED',
    ],
    [
      'are not read in all namespaces',
      rows.rowsOf<never>([], { partial: 'pods: no list in media' }),
      'not known: pods: no list in media',
    ],
    ['are none', rows.rowsOf<never>([]), 'none'],
  ] as const)('that %s say so', async (_, pods, says) => {
    const running = await open(broken.imagePull, (deck) => deck.pods.set(pods))
    const text = await running.shows(says)
    expect(section(text, 'pods')).toContain(says)
  })

  test('that are over for good stand behind those that are broken now', async () => {
    const [well, pulls] = broken.imagePull.pods
    if (well === undefined || pulls === undefined) throw new Error('no pods')
    const evicted = {
      ...well,
      uid: 'evicted',
      name: 'photos-b05e9bc261-aaaaa',
      status: 'Evicted',
      phase: 'Failed',
    }
    const running = await open({ ...broken.imagePull, pods: [well, evicted, pulls] })
    const said = section(await running.shows('Evicted'), 'pods')
    expect(said.match(/photos-\w+-\w+ /g)).toEqual([
      'photos-0123d0c325-zprgk ',
      'photos-b05e9bc261-aaaaa ',
      'photos-b05e9bc261-d9mwd ',
    ])
  })

  test('a workload without pods has no events of them either', async () => {
    const running = await open(broken.imagePull, (deck) => deck.pods.set(rows.rowsOf([])))
    expect(section(await running.shows('events'), 'events')).toContain('none: the API server keeps events')
  })
})

describe('the events of a workload', () => {
  test('are its own and those of its pods, newest first, and of no other pod', async () => {
    const running = await open(broken.crashLoop, () => {}, { columns: 200, rows: 50 })
    const said = section(await running.shows('BackOff'), 'events').split('\n')
    expect(said.map((line) => /ago +(.{20})/.exec(line)?.[1])).toEqual([
      '7d9f8c-b7f2q  Unheal',
      '7d9f8c-x2x4z  BackOf',
      '7d9f8c-b7f2q  Create',
      'ScalingReplicaSet  S',
    ])
  })

  test('that are many are bounded, and a warning is not among those left out', async () => {
    const running = await open(broken.manyPods, () => {}, { columns: 200, rows: 70 })
    const said = section(await running.shows('and 10 more of its pods'), 'events').split('\n')
    expect(said).toHaveLength(21)
    expect(said.at(-2)).toContain('exporter-29  Evicted  low on memory')
  })

  test.each([
    [
      'refused',
      (deck: FakeDeck) =>
        deck.events.set(rows.failed({ reason: 'forbidden', detail: 'events is forbidden for ben' })),
      'no events of its pods: events is forbidden for ben',
    ],
    [
      'still to come',
      (deck: FakeDeck) => deck.events.set(rows.rowsOf([], { complete: false })),
      'waiting for events of its pods',
    ],
    [
      'of pods that are not known',
      (deck: FakeDeck) => deck.pods.set(rows.failed(rows.forbidden)),
      'events of its pods not known: its pods are not read',
    ],
    [
      'of another namespace than is read',
      (deck: FakeDeck) => {
        deck.namespace.set('media')
        deck.namespaces.set({ ...deck.namespaces.get(), data: ['media', 'shop'] })
      },
      'events of its pods not read: only those in media are',
    ],
  ] as const)('%s are not said to be none', async (_, set, says) => {
    const running = await open({ ...broken.crashLoop, own: [] }, set)
    const said = section(await running.shows(says), 'events')
    expect(said).toContain(says)
    expect(said).not.toContain('none')
  })
})

test.each(['CronJob', 'Node', 'Service'])('of a %s no pods are read', async (kind) => {
  const object = kind === 'CronJob' ? cronJob : rows.object(kind, kind === 'Node' ? undefined : 'shop', 'one')
  const running = await open({ object, own: [], pods: [], events: [] })
  const text = await running.shows('events')
  expect(text).not.toMatch(/^ pods/m)
  expect(running.deck.pods.lookers()).toBe(0)
  expect(running.deck.events.lookers()).toBe(0)
})
