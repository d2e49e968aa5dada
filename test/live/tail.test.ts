import { expect, test } from 'vitest'
import type { LogNews } from '#live/kubelet-logs.ts'
import { tailFeed } from '#live/tail.ts'
import { refused } from './fake-cluster.ts'
import { manualTiming } from './manual-timing.ts'

const line = (text: string, at?: number, pod = 'web'): LogNews => ({
  type: 'line',
  line: { pod, container: 'app', text, ...(at !== undefined && { at }) },
})

function tail(bound = 100) {
  const timing = manualTiming()
  const source = Promise.withResolvers<void>()
  const state: { tell: (news: LogNews) => void; signal: AbortSignal | undefined } = {
    tell: () => {},
    signal: undefined,
  }
  const feed = tailFeed({
    bound,
    timing,
    read: (tell, signal) => {
      state.tell = tell
      state.signal = signal
      return source.promise
    },
  })
  const texts = () => feed.get().data?.lines.map((one) => one.text)
  return { feed, timing, source, state, texts }
}

test('the first line is shown at once, a burst at most twice a second', async () => {
  const { feed, timing, state, texts } = tail()
  let changes = 0
  feed.subscribe(() => {
    changes += 1
  })
  state.tell(line('a', 1))
  expect(texts()).toEqual(['a'])
  changes = 0
  for (let step = 0; step < 50; step += 1) {
    state.tell(line(`b${step}`, 2 + step))
    await timing.advance(20)
  }
  expect(changes).toBeLessThanOrEqual(3)
  await timing.advance(500)
  expect(texts()).toHaveLength(51)
})

test('lines of several pods stand in the order of their stamps, one without a stamp behind its own', async () => {
  const { feed, timing, state, texts } = tail()
  feed.subscribe(() => {})
  state.tell(line('10', 10))
  state.tell(line('30', 30))
  state.tell(line('trace of 30'))
  state.tell(line('20', 20, 'other'))
  await timing.advance(1000)
  state.tell(line('25', 25, 'other'))
  await timing.advance(1000)
  expect(texts()).toEqual(['10', '20', '25', '30', 'trace of 30'])
})

test('what falls out of the buffer is counted, in a burst as well', async () => {
  const { feed, timing, state, texts } = tail(3)
  feed.subscribe(() => {})
  for (let at = 1; at <= 20; at += 1) state.tell(line(String(at), at))
  await timing.advance(1000)
  expect(texts()).toEqual(['18', '19', '20'])
  expect(feed.get().data?.dropped).toBe(17)
})

test('an end, with or without a reason, keeps the lines', async () => {
  const { feed, timing, source, state, texts } = tail()
  feed.subscribe(() => {})
  state.tell(line('a', 1))
  state.tell({ type: 'note', text: 'web/app ended' })
  source.reject(refused('unreachable', 'connection refused'))
  await timing.advance(0)
  expect(texts()).toEqual(['a'])
  expect(feed.get()).toMatchObject({
    data: { following: false, notes: ['web/app ended'] },
    gap: { reason: 'unreachable' },
  })
})

test('that it is read no further is told, also at the end, and taken back', async () => {
  const { feed, timing, source, state } = tail()
  feed.subscribe(() => {})
  state.tell(line('a', 1))
  state.tell({ type: 'capped', capped: true })
  await timing.advance(1000)
  expect(feed.get().data).toMatchObject({ following: true, capped: true })
  state.tell({ type: 'capped', capped: false })
  await timing.advance(1000)
  expect(feed.get().data).toMatchObject({ following: true, capped: false })
  state.tell({ type: 'capped', capped: true })
  source.resolve()
  await timing.advance(0)
  expect(feed.get().data).toMatchObject({ following: false, capped: true })
})

test('reading stops with the last who looks', async () => {
  const { feed, timing, state } = tail()
  const stop = feed.subscribe(() => {})
  state.tell(line('a', 1))
  state.tell(line('b', 2))
  stop()
  expect(state.signal?.aborted).toBe(true)
  expect(timing.waiting).toBe(0)
  expect(feed.get().phase).toBe('idle')
})
