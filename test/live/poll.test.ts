import { expect, test } from 'vitest'
import { poll } from '#live/poll.ts'
import { SourceError } from '#model/reading.ts'
import { refused } from './fake-cluster.ts'
import { manualTiming, settled } from './manual-timing.ts'

function counter(interval = 10_000) {
  const timing = manualTiming()
  const state: { reads: number; failing: unknown; signal: AbortSignal | undefined } = {
    reads: 0,
    failing: undefined,
    signal: undefined,
  }
  const feed = poll({
    timing,
    interval,
    read: async (signal) => {
      state.reads += 1
      state.signal = signal
      if (state.failing) throw state.failing
      return state.reads
    },
  })
  return { timing, feed, state }
}

test('reads at once, then after each interval, while somebody looks', async () => {
  const { timing, feed, state } = counter()
  await timing.advance(60_000)
  expect(state.reads).toBe(0)
  const stop = feed.subscribe(() => {})
  await timing.advance(25_000)
  expect(state.reads).toBe(3)
  expect(feed.get()).toMatchObject({ data: 3, pending: false, failures: 0, phase: 'waiting' })
  stop()
  await timing.advance(60_000)
  expect(state.reads).toBe(3)
  expect(timing.waiting).toBe(0)
  expect(feed.get()).toMatchObject({ data: 3, phase: 'idle' })
})

test('two who look share one loop', async () => {
  const { timing, feed, state } = counter()
  const stop = feed.subscribe(() => {})
  const stopOther = feed.subscribe(() => {})
  await timing.advance(5000)
  stop()
  await timing.advance(5000)
  expect(state.reads).toBe(2)
  stopOther()
  expect(timing.waiting).toBe(0)
})

test('who comes back does not cause a read before the interval is over', async () => {
  const { timing, feed, state } = counter()
  feed.subscribe(() => {})()
  await settled()
  const stop = feed.subscribe(() => {})
  await settled()
  stop()
  expect(state.reads).toBe(2)
  await timing.advance(4000)
  feed.subscribe(() => {})
  await timing.advance(5999)
  expect(state.reads).toBe(2)
  await timing.advance(1)
  expect(state.reads).toBe(3)
})

test('data stays through failures, which are tried again less and less often', async () => {
  const { timing, feed, state } = counter(5000)
  feed.subscribe(() => {})
  await timing.advance(1000)
  const readAt = feed.get().dataAt
  state.failing = refused('server-error')
  await timing.advance(600_000)
  expect(feed.get()).toMatchObject({ data: 1, dataAt: readAt, gap: { reason: 'server-error' } })
  expect(state.reads).toBeGreaterThan(10)
  expect(state.reads).toBeLessThan(25)
  state.failing = undefined
  await timing.advance(60_000)
  expect(feed.get().gap).toBeUndefined()
  expect(feed.get().failures).toBe(0)
})

test('a server that comes back after an hour is seen within ten seconds', async () => {
  const { timing, feed, state } = counter(30_000)
  feed.subscribe(() => {})
  await timing.advance(1000)
  state.failing = refused('unreachable')
  await timing.advance(3_600_000)
  state.failing = undefined
  await timing.advance(10_000)
  expect(feed.get().gap).toBeUndefined()
})

test("the server's Retry-After is kept", async () => {
  const { timing, feed, state } = counter(1000)
  state.failing = new SourceError({ reason: 'too-many', detail: 'slow down' }, { retryAfter: 30_000 })
  feed.subscribe(() => {})
  await timing.advance(29_000)
  expect(state.reads).toBe(1)
  await timing.advance(4000)
  expect(state.reads).toBe(2)
})

test('refresh reads now, and not twice at once', async () => {
  const { timing, feed, state } = counter()
  feed.refresh()
  expect(state.reads).toBe(0)
  feed.subscribe(() => {})
  feed.refresh()
  await settled()
  expect(state.reads).toBe(1)
  await timing.advance(2000)
  feed.refresh()
  await timing.advance(9000)
  expect(state.reads).toBe(2)
  await timing.advance(1000)
  expect(state.reads).toBe(3)
})

test('a read that takes too long is given up and said', async () => {
  const timing = manualTiming()
  const feed = poll({
    timing,
    interval: 60_000,
    timeout: 5000,
    read: (signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  })
  feed.subscribe(() => {})
  await timing.advance(4999)
  expect(feed.get()).toMatchObject({ pending: true, phase: 'fetching' })
  await timing.advance(1)
  expect(feed.get()).toMatchObject({
    pending: false,
    gap: { reason: 'timeout', detail: 'no answer within 5 s' },
  })
})

test('a read under way is aborted with the last who looks, and its end changes nothing', async () => {
  const { feed, state } = counter()
  const stop = feed.subscribe(() => {})
  stop()
  await settled()
  expect(state.signal?.aborted).toBe(true)
  expect(feed.get()).toEqual({ pending: false, failures: 0, phase: 'idle' })
})
