// The figures of all nodes: how often they are asked for, for how many points, and whose they are.
import { afterEach, expect, test } from 'vitest'
import { createCell } from '#live/cell.ts'
import type { Feed } from '#live/feed.ts'
import type { Ask } from '#live/metrics-read.ts'
import { openNodeFigures } from '#live/node-figures.ts'
import { poll } from '#live/poll.ts'
import { nodeFigureNames } from '#model/node-figures.ts'
import type { InstantSample, RangeSeries } from '#model/prometheus.ts'
import type { TimeRange } from '#model/time.ts'
import { manualTiming } from './manual-timing.ts'

const minute = 60_000
const hour = 60 * minute
const interval = 30_000
const start = Date.UTC(2026, 10, 22, 3, 2)

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})
function look<T>(feed: Feed<T>): Feed<T> {
  stops.push(feed.subscribe(() => undefined))
  return feed
}

function open(samples: Readonly<Record<string, number>> = { '10.0.0.1:9100': 0.5 }) {
  const timing = manualTiming(start)
  const range = createCell<TimeRange>({ span: hour })
  const ranges: { expr: string; from: number; to: number; step: number }[] = []
  const instants: string[] = []
  const entries = Object.entries(samples)
  const ask: Ask = {
    async vector(expr) {
      instants.push(expr)
      return entries.map(
        ([instance, value]): InstantSample => ({ labels: { instance }, at: timing.now(), value }),
      )
    },
    async range(expr, bounds) {
      ranges.push({ expr, ...bounds })
      return entries.map(
        ([instance, value]): RangeSeries => ({
          labels: { instance },
          times: [bounds.from, bounds.to],
          values: [value, value],
        }),
      )
    },
  }
  const figures = openNodeFigures({
    ask,
    range,
    every: (read) => poll({ read, interval, timing }),
    now: () => timing.now(),
  })
  return { figures, timing, range, ranges, instants }
}

test.each([5 * minute, hour, 24 * hour, 14 * 24 * hour])(
  'over a span of %i ms no query asks for more points than twice the columns',
  async (span) => {
    const { figures, timing, range, ranges } = open()
    range.set({ span })
    for (const figure of nodeFigureNames) look(figures.nodeLines(figure, 8))
    await timing.advance(1)
    expect(ranges).toHaveLength(nodeFigureNames.length)
    for (const { from, to, step } of ranges) {
      expect((to - from) / step + 1).toBeLessThanOrEqual(16)
      expect((to - from) / step + 1).toBeGreaterThan(5)
      expect((to - from) % step).toBe(0)
    }
  },
)

test('one query a line and one a number, for all nodes at once', async () => {
  const { figures, timing, ranges, instants } = open({ '10.0.0.1:9100': 0.5, '[fd00::2]:9100': 0.7 })
  const lines = look(figures.nodeLines('disk', 8))
  const now = look(figures.nodeFigure('disk'))
  await timing.advance(1)
  expect([ranges.length, instants.length]).toEqual([1, 1])
  expect([...(now.get().data ?? [])]).toEqual([
    ['10.0.0.1', 0.5],
    ['fd00::2', 0.7],
  ])
  expect([...(lines.get().data?.lines.keys() ?? [])]).toEqual(['10.0.0.1', 'fd00::2'])
})

test('a line is asked for anew when its end has moved, its number with every poll', async () => {
  const { figures, timing, ranges, instants } = open()
  look(figures.nodeLines('disk', 8))
  look(figures.nodeFigure('disk'))
  await timing.advance(2 * minute)
  expect(instants).toHaveLength(5)
  // Steps of five minutes end at whole ones.
  expect(ranges[0]?.step).toBe(5 * minute)
  expect(ranges.map(({ to }) => to - (ranges[0]?.to ?? 0))).toEqual([0, minute, 2 * minute])
})

test('another range is another line, and the same number', async () => {
  const { figures, timing, range, ranges } = open()
  const feed = look(figures.nodeLines('load', 8))
  const number = look(figures.nodeFigure('load'))
  await timing.advance(1)
  const to = Date.UTC(2026, 10, 20)
  range.set({ span: 6 * hour, to })
  expect(feed.get().data).toBeUndefined()
  expect(number.get().data?.size).toBe(1)
  await timing.advance(1)
  expect(ranges.at(-1)?.to).toBe(to)
  expect(feed.get().data?.to).toBe(to)
})

test('nobody looks, nothing is asked', async () => {
  const { figures, timing, ranges, instants } = open()
  const stops = [figures.nodeLines('disk', 8), figures.nodeFigure('disk')].map((feed) =>
    feed.subscribe(() => undefined),
  )
  await timing.advance(1)
  for (const stop of stops) stop()
  await timing.advance(hour)
  expect([ranges.length, instants.length]).toEqual([1, 1])
  expect(figures.nodeLines('disk', 8)).toBe(figures.nodeLines('disk', 8))
})

test('what no node has is a reason, and is looked for again', async () => {
  const { figures, timing, ranges } = open({})
  const feed = look(figures.nodeLines('temperature', 8))
  const now = look(figures.nodeFigure('temperature'))
  await timing.advance(1)
  const gap = { reason: 'no-series', detail: 'Prometheus has no node_hwmon_temp_celsius' }
  expect(feed.get()).toMatchObject({ gap })
  expect(now.get()).toMatchObject({ gap })
  expect(feed.get().data).toBeUndefined()
  await timing.advance(5 * minute)
  expect(ranges.length).toBeGreaterThan(1)
})

test('what is no number is unknown', async () => {
  const { figures, timing } = open({ '10.0.0.1:9100': Number.NaN, '10.0.0.2:9100': 0 })
  const feed = look(figures.nodeFigure('disk'))
  await timing.advance(1)
  expect([...(feed.get().data ?? [])]).toEqual([['10.0.0.2', 0]])
})
