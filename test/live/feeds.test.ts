import { expect, test } from 'vitest'
import { createCell } from '#live/cell.ts'
import type { Rows } from '#live/deck.ts'
import { combine, mapFeed, switchFeed } from '#live/derive.ts'
import { gather } from '#live/gather.ts'
import { lazyFeed } from '#live/lazy-feed.ts'
import type { Live } from '#live/live.ts'
import { mergeLives, mergeRows } from '#live/merge-rows.ts'
import { nowFeed } from '#live/now.ts'
import { createRing } from '#live/ring.ts'
import { backOff } from '#live/timing.ts'
import type { Row } from '#model/kube.ts'
import { manualTiming } from './manual-timing.ts'

test('changes are told at once, then at most once an interval, and the last one is never lost', async () => {
  const timing = manualTiming()
  const times: number[] = []
  const begun = timing.now()
  const gathered = gather(() => times.push(timing.now() - begun), timing)
  for (let step = 0; step < 24; step += 1) {
    gathered.changed()
    await timing.advance(50)
  }
  await timing.advance(10_000)
  expect(times).toEqual([0, 500, 1000, 1500])
  gathered.changed()
  expect(times).toHaveLength(5)
  gathered.changed()
  gathered.stop()
  await timing.advance(10_000)
  expect(times).toHaveLength(5)
})

test('the clock steps on the second, only for who looks', async () => {
  const timing = manualTiming(1_000_300)
  const now = nowFeed(timing)
  expect(now.get()).toBe(1_000_000)
  const steps: number[] = []
  const stop = now.subscribe(() => steps.push(now.get()))
  await timing.advance(2000)
  expect(steps).toEqual([1_001_000, 1_002_000])
  stop()
  expect(timing.waiting).toBe(0)
  await timing.advance(60_000)
  expect(now.get()).toBe(1_062_000)
})

test('a feed starts with the first who looks and stops with the last, keeping its value', () => {
  const log: string[] = []
  const feed = lazyFeed(0, (emit, get) => {
    log.push('start')
    emit(get() + 1)
    return () => log.push('stop')
  })
  const changed = () => {}
  const stops = [feed.subscribe(changed), feed.subscribe(changed)]
  stops[0]?.()
  stops[0]?.()
  expect(log).toEqual(['start'])
  stops[1]?.()
  expect(log).toEqual(['start', 'stop'])
  expect(feed.get()).toBe(1)
  feed.subscribe(changed)()
  expect(feed.get()).toBe(2)
})

test('a derived feed is made anew only when a part changed, and is silent when it came out the same', () => {
  const a = createCell(1)
  const b = createCell(10)
  let made = 0
  const sum = combine([a, b], (x, y) => {
    made += 1
    return x + y
  })
  expect([sum.get(), sum.get(), made]).toEqual([11, 11, 1])
  let told = 0
  const stop = sum.subscribe(() => {
    told += 1
  })
  a.set(2)
  expect([sum.get(), told]).toEqual([12, 1])
  b.set(10)
  expect(told).toBe(1)
  stop()
  a.set(5)
  expect([sum.get(), told]).toEqual([15, 1])
  const even = mapFeed(a, (value) => value % 2 === 0)
  let flips = 0
  even.subscribe(() => {
    flips += 1
  })
  a.set(7)
  expect(flips).toBe(0)
  a.set(8)
  expect(flips).toBe(1)
})

test('a switched feed lets the old one go before it shows the new one', () => {
  const key = createCell('a')
  const looked = new Map<string, number>()
  const feed = switchFeed(key, (name) =>
    lazyFeed(`${name}:old`, (emit) => {
      looked.set(name, (looked.get(name) ?? 0) + 1)
      emit(`${name}:new`)
      return () => looked.set(name, (looked.get(name) ?? 0) - 1)
    }),
  )
  expect(feed.get()).toBe('a:old')
  expect(looked.size).toBe(0)
  const seen: string[] = []
  const stop = feed.subscribe(() => seen.push(feed.get()))
  key.set('b')
  expect([...looked]).toEqual([
    ['a', 0],
    ['b', 1],
  ])
  expect(seen.at(-1)).toBe('b:new')
  stop()
  expect(looked.get('b')).toBe(0)
})

test('a ring keeps the newest in order and counts the rest', () => {
  const ring = createRing<number>(3)
  for (let item = 1; item <= 8; item += 1) ring.push(item)
  expect(ring.items()).toEqual([6, 7, 8])
  expect(ring.dropped).toBe(5)
})

test('waiting doubles up to its bound, half of it by chance, and never below what was asked', () => {
  const bounds = { first: 1000, most: 8000 }
  expect([1, 2, 3, 4, 5, 400].map((failures) => backOff(failures, bounds, 1))).toEqual([
    1000, 2000, 4000, 8000, 8000, 8000,
  ])
  expect(backOff(4, bounds, 0)).toBe(4000)
  expect(backOff(1, bounds, 0, 20_000)).toBe(20_000)
})

test('a Retry-After is spread by chance, and none stops us for longer than five minutes', () => {
  const bounds = { first: 1000, most: 8000 }
  expect(backOff(1, bounds, 0.5, 20_000)).toBe(21_000)
  expect(backOff(1, bounds, 0, 1e12)).toBe(300_000)
})

const row = (name: string) => ({ uid: name, name, createdAt: 0, labels: {} })
const read = (...names: string[]) =>
  ({
    data: { rows: names.map(row), complete: true },
    dataAt: 50,
    pending: false,
    failures: 0,
    phase: 'waiting',
  }) as const
const failed = {
  gap: { reason: 'forbidden', detail: 'jobs are forbidden' },
  pending: false,
  failures: 1,
  phase: 'waiting',
} as const

test('kinds merged into one table name the kind that is missing', () => {
  const merged = mergeLives(['deployments', 'jobs'], [read('a', 'b'), failed])
  expect(merged.data).toEqual({
    rows: [row('a'), row('b')],
    complete: true,
    partial: 'jobs: jobs are forbidden',
  })
  expect(merged.gap).toBeUndefined()
})

test('kinds that lack the same for the same reason are named together', () => {
  const part = (partial: string) => ({ ...read('a'), data: { ...read('a').data, partial } })
  const names = ['deployments', 'jobs', 'cronjobs']
  const only = 'namespace shop only, ben may not list namespaces'
  const merged = mergeLives(names, [part(`deployments: ${only}`), part(`jobs: ${only}`), failed])
  expect(merged.data?.partial).toBe(`deployments, jobs: ${only}; cronjobs: jobs are forbidden`)
})

test('kinds merged into one table are missing when all are, and as old as the oldest', () => {
  expect(mergeLives(['a', 'b'], [failed, failed])).toMatchObject({ gap: { reason: 'forbidden' } })
  expect(mergeLives(['a', 'b'], [failed, failed])).not.toHaveProperty('data')
  const stale = { ...read('x'), dataAt: 20, gap: { reason: 'unreachable', detail: 'gone' } } as const
  expect(mergeLives(['a', 'b'], [read('y'), stale])).toMatchObject({
    dataAt: 20,
    gap: { reason: 'unreachable' },
  })
  const coming = { pending: true, failures: 0, phase: 'fetching' } as const
  expect(mergeLives(['a', 'b'], [read('y'), coming]).data?.complete).toBe(false)
})

test('kinds merged into one table keep their array while only their age changes', () => {
  const part = createCell<Live<Rows<Row>>>(read('a'))
  const merged = mergeRows([{ name: 'jobs', feed: part }])
  const { data } = merged.get()
  part.set({ ...part.get(), dataAt: 90 })
  expect(merged.get()).toMatchObject({ dataAt: 90 })
  expect(merged.get().data).toBe(data)
  part.set(read('a', 'b'))
  expect(merged.get().data?.rows).toHaveLength(2)
})
