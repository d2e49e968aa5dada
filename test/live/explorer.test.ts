// The explorer's questions: bounded, asked once and kept, nothing while nobody looks, not again at once what is wrong.
import { afterEach, expect, test } from 'vitest'
import { atMost } from '#live/at-most.ts'
import { createCell } from '#live/cell.ts'
import { openExplorer } from '#live/explorer.ts'
import type { Feed } from '#live/feed.ts'
import type { TimeRange } from '#model/time.ts'
import { urlReach } from '#sources/prometheus/reach.ts'
import { says, standIn, success } from '#test/sources/prometheus/stand-in.ts'
import { manualTiming } from './manual-timing.ts'

const now = 1_700_000_000_000
const hour = 3_600_000
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function look<T>(feed: Feed<T>): () => void {
  const stop = feed.subscribe(() => undefined)
  stops.push(stop)
  return stop
}

async function open(answer: Parameters<typeof standIn>[0]) {
  const { url, asked } = await standIn(answer)
  const timing = manualTiming(now)
  const range = createCell<TimeRange>({ span: hour })
  const explorer = openExplorer({ reach: urlReach(url), slots: atMost(8), range, timing })
  return { explorer, asked, timing, range }
}

const matrix = success({
  resultType: 'matrix',
  result: [{ metric: { job: 'a' }, values: [[1_700_000_000, '1']] }],
})

test('a query over the range: no more than two points a column, and bounded', async () => {
  const { explorer, asked } = await open(matrix)
  const feed = explorer.range('up', 100)
  look(feed)
  await expect.poll(() => feed.get().data?.answer.series.length).toBe(1)
  const params = Object.fromEntries(asked[0]?.params ?? [])
  expect(params).toMatchObject({ query: 'up', limit: '501', timeout: '30' })
  const points = (Number(params.end) - Number(params.start)) / Number(params.step) + 1
  expect(points).toBeLessThanOrEqual(200)
  expect(feed.get().data).toMatchObject({ from: now - hour, to: now })
})

test('with another range it is asked anew, and nothing old is shown as new', async () => {
  const { explorer, asked, range } = await open(matrix)
  const feed = explorer.range('up', 100)
  look(feed)
  await expect.poll(() => feed.get().data).toBeDefined()
  range.set({ span: 2 * hour, to: now - hour })
  expect(feed.get().data).toBeUndefined()
  await expect.poll(() => feed.get().data?.to).toBe(now - hour)
  expect(Number(asked[1]?.params.get('end'))).toBeLessThanOrEqual((now - hour) / 1000)
})

test('an answer of a moment is of the end of the range', async () => {
  const { explorer, asked, range } = await open(success({ resultType: 'scalar', result: [1, '7'] }))
  range.set({ span: hour, to: now - hour })
  const feed = explorer.instant('7')
  look(feed)
  await expect.poll(() => feed.get().data?.type).toBe('scalar')
  expect(asked[0]?.params.get('time')).toBe(String((now - hour) / 1000))
})

test('what is wrong stays wrong: it is not asked again at once', async () => {
  const wrong = { status: 'error', errorType: 'bad_data', error: '1:4: parse error: unexpected end of input' }
  const { explorer, asked, timing } = await open(says(wrong, 400))
  const feed = explorer.range('up{', 100)
  look(feed)
  await expect.poll(() => feed.get().gap?.reason).toBe('invalid')
  await timing.advance(29_000)
  expect(asked).toHaveLength(1)
  await timing.advance(5000)
  await expect.poll(() => asked.length).toBe(2)
})

test('names are read once and kept; who does not look asks nothing', async () => {
  const { explorer, asked, timing } = await open(success(['a', 'b']))
  expect(asked).toHaveLength(0)
  const stop = look(explorer.metricNames)
  await expect.poll(() => explorer.metricNames.get().data).toEqual({ names: ['a', 'b'], cut: false })
  stop()
  await timing.advance(5 * 60_000)
  look(explorer.metricNames)
  await timing.advance(1000)
  expect(asked).toHaveLength(1)
  const same = explorer.labels(['up'])
  look(same)
  await expect.poll(() => same.get().data).toBeDefined()
  expect(explorer.labels(['up'])).toBe(same)
  expect(asked[1]?.params.getAll('match[]')).toEqual(['up'])
  // Names of the last hours alone, however long the range is.
  expect(Number(asked[1]?.params.get('start'))).toBeGreaterThanOrEqual((now - 6 * hour) / 1000)
})

test('more names than are kept are said to be cut', async () => {
  const many = Array.from({ length: 5001 }, (_, index) => `v${index}`)
  const { explorer } = await open(success(many))
  const feed = explorer.values('pod', ['up'])
  look(feed)
  await expect.poll(() => feed.get().data?.cut).toBe(true)
  expect(feed.get().data?.names).toHaveLength(5000)
})

test('an answer that takes too long is given up, and said', async () => {
  const { explorer, timing } = await open(() => undefined)
  const feed = explorer.instant('slow')
  look(feed)
  expect(feed.get().pending).toBe(true)
  await timing.advance(30_000)
  expect(feed.get().gap).toMatchObject({ reason: 'timeout', detail: 'no answer within 30 s' })
})
