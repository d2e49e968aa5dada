// The Overview as a feed and as one answer: when it is judged anew, what it waits for, what it says of what did not come.
import { afterEach, expect, test } from 'vitest'
import { createCell } from '#live/cell.ts'
import type { Rows } from '#live/deck.ts'
import { type Live, nothingYet } from '#live/live.ts'
import { openOverview } from '#live/overview.ts'
import { overviewOnce } from '#live/overview-once.ts'
import type { OverviewParts } from '#live/overview-parts.ts'
import { systemTiming, type Timing } from '#live/timing.ts'
import type { PodRow, Row } from '#model/kube.ts'
import type { SourceState } from '#model/overview.ts'
import type { UsageByName } from '#model/overview-inputs.ts'
import type { TimeRange } from '#model/time.ts'
import { ago, deployment, minute, now, pod } from '#test/model/judge/rows.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const answered = <T>(data: T): Live<T> => ({ ...nothingYet, phase: 'waiting', data, dataAt: now })
const rows = <T extends Row>(items: readonly T[], more: Partial<Rows<T>> = {}): Live<Rows<T>> =>
  answered({ rows: items, complete: true, ...more })
const failed = (reason: 'forbidden' | 'unreachable', detail: string): Live<never> => ({
  ...nothingYet,
  gap: { reason, detail },
})

/** Everything answered and healthy; what a test changes, it sets. */
function parts(timing: Timing) {
  const cell = <T>(value: Live<T>) => createCell<Live<T>>(value)
  return {
    context: 'home',
    namespace: createCell<string | undefined>(undefined),
    range: createCell<TimeRange>({ span: 60 * minute }),
    pods: cell(rows([pod('shop/checkout-7d9f8c-x2x4z')])),
    nodes: cell(rows([])),
    workloads: cell(rows([deployment('shop/checkout', { desired: 1, ready: 1 })])),
    events: cell(rows([])),
    flux: cell(rows([])),
    metrics: {
      podUsage: cell<UsageByName>(
        answered(new Map([['shop/checkout-7d9f8c-x2x4z', { cpu: 0.5, memory: 1024 }]])),
      ),
      nodeUsage: cell<UsageByName>(answered(new Map())),
      restarts: cell<ReadonlyMap<string, number>>(answered(new Map())),
      services: cell(answered([])),
      disks: cell(answered([])),
      alerts: cell(answered([])),
      targets: cell(answered([])),
      capacity: cell(answered([])),
      source: createCell<SourceState>({ name: 'prometheus', pending: false, route: 'proxy', at: now }),
    },
    timing,
  } satisfies OverviewParts
}

/** Time that moves by hand: what is due runs in order. */
function handTiming() {
  let time = now
  let due: { at: number; run: () => void }[] = []
  return {
    now: () => time,
    random: () => 0,
    after(milliseconds: number, run: () => void) {
      const entry = { at: time + milliseconds, run }
      due.push(entry)
      return () => {
        due = due.filter((other) => other !== entry)
      }
    },
    pass(milliseconds: number) {
      const end = time + milliseconds
      for (;;) {
        const next = due.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        due = due.filter((entry) => entry !== next)
        time = next.at
        next.run()
      }
      time = end
    },
    waiting: () => due.length,
  }
}

const crashing: Partial<PodRow> = { status: 'CrashLoopBackOff', ready: 0, notReadySince: ago(minute) }

test('judged at once, then at most twice a second, and only after a change', () => {
  const timing = handTiming()
  const given = parts(timing)
  const feed = openOverview(given)
  let told = 0
  stops.push(
    feed.subscribe(() => {
      told += 1
    }),
  )
  expect(told).toBe(1)
  for (let change = 0; change < 10; change += 1) {
    given.pods.set(rows([pod('shop/checkout-7d9f8c-x2x4z', { restarts: change })]))
    timing.pass(100)
  }
  expect(told).toBe(3)
  timing.pass(1000)
  const settled = told
  given.pods.set({ ...given.pods.get(), pending: true })
  given.pods.set({ ...given.pods.get(), dataAt: now + 1 })
  timing.pass(2000)
  expect(told).toBe(settled)
  given.pods.set(rows([pod('shop/checkout-7d9f8c-x2x4z', crashing)]))
  timing.pass(500)
  expect(feed.get().wrong.map((one) => one.ref.name)).toEqual(['checkout'])
})

test('a long judgement lets keys in between, and what changes meanwhile is judged in its turn', () => {
  const hand = handTiming()
  let turns = 0
  // Each look at the clock finds it four milliseconds on, as if every step took that long.
  const timing: Timing = {
    ...hand,
    now: () => {
      hand.pass(4)
      return hand.now()
    },
    after: (milliseconds, run) => {
      if (milliseconds === 0) turns += 1
      return hand.after(milliseconds, run)
    },
  }
  const given = parts(timing)
  const feed = openOverview(given)
  stops.push(feed.subscribe(() => {}))
  given.pods.set(rows([pod('shop/checkout-7d9f8c-x2x4z', crashing)]))
  hand.pass(5000)
  expect(turns).toBeGreaterThan(1)
  expect(feed.get().wrong.map((one) => one.ref.name)).toEqual(['checkout'])
})

test('an answer that is there for the first time does not wait for half a second', () => {
  const timing = handTiming()
  const given = parts(timing)
  const { pods, metrics } = given
  const answer = { pods: pods.get(), usage: metrics.podUsage.get() }
  pods.set(nothingYet)
  metrics.podUsage.set(nothingYet)
  const feed = openOverview(given)
  let told = 0
  stops.push(
    feed.subscribe(() => {
      told += 1
    }),
  )
  timing.pass(100)
  const before = told
  pods.set(answer.pods)
  expect(told).toBe(before + 1)
  timing.pass(10)
  metrics.podUsage.set(answer.usage)
  expect(told).toBe(before + 1)
  timing.pass(50)
  expect(told).toBe(before + 2)
})

test('a pod that waits becomes trouble with time alone', () => {
  const timing = handTiming()
  const given = parts(timing)
  const waiting = pod('shop/checkout-7d9f8c-x2x4z', {
    status: 'Pending',
    phase: 'Pending',
    ready: 0,
    createdAt: ago(50_000),
  })
  given.pods.set(rows([waiting]))
  const feed = openOverview(given)
  stops.push(feed.subscribe(() => undefined))
  expect(feed.get().wrong).toEqual([])
  timing.pass(20_000)
  expect(feed.get().wrong.map((one) => one.evidence[0])).toEqual(['not scheduled'])
})

test('nobody looks: nothing is subscribed and nothing waits', () => {
  const timing = handTiming()
  const given = parts(timing)
  let looking = 0
  const pods = {
    get: given.pods.get,
    subscribe(changed: () => void) {
      looking += 1
      const stop = given.pods.subscribe(changed)
      return () => {
        looking -= 1
        stop()
      }
    },
  }
  const feed = openOverview({ ...given, pods })
  expect([looking, timing.waiting()]).toEqual([0, 0])
  const stop = feed.subscribe(() => undefined)
  expect(looking).toBe(1)
  stop()
  expect([looking, timing.waiting()]).toEqual([0, 0])
})

test('what cannot be read is named, and what is there is shown', () => {
  const given = parts(handTiming())
  given.events.set(failed('forbidden', 'events forbidden for ben'))
  given.metrics.alerts.set(
    failed('unreachable', 'no ready pod behind service observability/prometheus-operated'),
  )
  given.pods.set(rows([pod('shop/checkout-7d9f8c-x2x4z', crashing)], { partial: 'pods: 3 of 9 namespaces' }))
  const overview = openOverview(given).get()
  expect(overview.blind).toEqual([
    { what: 'events', gap: { reason: 'forbidden', detail: 'events forbidden for ben' } },
    { what: 'alerts', gap: { reason: 'unreachable', detail: expect.stringContaining('no ready pod') } },
    { what: 'pods', gap: { reason: 'forbidden', detail: '3 of 9 namespaces' } },
  ])
  expect(overview.alerts).toEqual({ pending: false, gap: expect.objectContaining({ reason: 'unreachable' }) })
  expect(overview.wrong).toHaveLength(1)
  expect(overview.topCpu.data).toEqual([{ ref: expect.objectContaining({ name: 'checkout' }), now: 0.5 }])
})

test('a failed refresh keeps the data beside its gap', () => {
  const given = parts(handTiming())
  given.workloads.set({ ...given.workloads.get(), gap: { reason: 'unreachable', detail: 'gone' } })
  const { stack } = openOverview(given).get()
  expect(stack.gap?.detail).toBe('gone')
  expect(new Set(stack.data?.map((one) => one.state))).toEqual(new Set(['unknown']))
})

test('of workloads that could be read in some namespaces only nothing is called absent', () => {
  const given = parts(handTiming())
  given.workloads.set(rows([], { partial: 'deployments, jobs: namespace shop only' }))
  const { stack } = openOverview(given).get()
  expect(new Set(stack.data?.map(({ state, note }) => `${state}: ${note}`))).toEqual(
    new Set(['unknown: not all workloads could be read: deployments, jobs: namespace shop only']),
  )
})

test('sources that are not read are called that, not well', () => {
  const sources = openOverview(parts(handTiming())).get().sources
  expect(sources.map((one) => `${one.name} ${one.gap?.detail ?? one.route}`)).toEqual([
    'kubernetes direct',
    'prometheus proxy',
    ...['clickstack', 'alertmanager', 'ntfy', 'grafana'].map(
      (name) => `${name} not read yet by this version of obsdeck`,
    ),
  ])
})

test('once: waits for every part, a gap counts as an answer', async () => {
  const given = parts(systemTiming(() => now))
  given.pods.set({ ...nothingYet, pending: true })
  given.flux.set(rows([], { complete: false }))
  let done = false
  const work = overviewOnce(given, 20_000, AbortSignal.timeout(20_000)).finally(() => {
    done = true
  })
  given.pods.set(failed('forbidden', 'pods forbidden for ben'))
  await Promise.resolve()
  expect(done).toBe(false)
  given.flux.set(rows([]))
  const overview = await work
  expect(overview.pods).toEqual({
    pending: false,
    gap: { reason: 'forbidden', detail: 'pods forbidden for ben' },
  })
})

test('once: what did not come in time is a gap', async () => {
  const given = parts(systemTiming(() => now))
  given.metrics.targets.set({ ...nothingYet, pending: true })
  const overview = await overviewOnce(given, 20, AbortSignal.timeout(20_000))
  expect(overview.blind).toEqual([
    { what: 'targets', gap: { reason: 'timeout', detail: 'no complete answer within 0.02 s' } },
  ])
})

test('once: the caller may leave', async () => {
  const given = parts(systemTiming(() => now))
  given.pods.set({ ...nothingYet, pending: true })
  const leaving = new AbortController()
  const work = overviewOnce(given, 20_000, leaving.signal)
  leaving.abort(new Error('left'))
  await expect(work).rejects.toThrow('left')
})
