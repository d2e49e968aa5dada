// An open dashboard: its panels are asked for while they are looked at, and only anew when what they ask has changed.
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { SourceError } from '#model/reading.ts'
import { variable } from '#test/model/dashboard/configs.ts'
import { type Asked, standIn } from '#test/sources/prometheus/stand-in.ts'
import { boardOf, look, opened, panelsOf } from './board.ts'
import { settled } from './manual-timing.ts'

const minute = 60_000
const queries = (asked: readonly Asked[]) =>
  asked.flatMap(({ path, params }) => (path === '/api/v1/query_range' ? [params.get('query')] : []))

function answer({ path, params }: Asked, response: ServerResponse, value = '1'): void {
  const query = params.get('query') ?? ''
  const values = [params.get('start'), params.get('end')].map((at) => [Number(at), value])
  const matrix = { resultType: 'matrix', result: [{ metric: { job: 'node' }, values }] }
  const data = path.startsWith('/api/v1/label') ? ['a', 'b'] : matrix
  const body = query.startsWith('broken')
    ? { status: 'error', errorType: 'bad_data', error: 'it is broken' }
    : { status: 'success', data }
  response.writeHead(body.status === 'error' ? 400 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

test('nobody looks at a panel, nothing is asked; nor when nobody does any more', async () => {
  const { url, asked } = await standIn(answer)
  const { open, timing } = opened(url, () => boardOf(['one', 'two']))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(2)
  const [first] = panelsOf(open)
  const feed = open.panels(first ? [first] : [])
  expect(queries(asked)).toEqual([])
  const leave = feed.subscribe(() => undefined)
  await expect.poll(() => feed.get()[0]?.data?.frames.length).toBe(1)
  expect(queries(asked)).toEqual(['one'])
  leave()
  await timing.advance(5 * minute)
  expect(queries(asked)).toEqual(['one'])
})

test('no more than eight questions are on their way at once, and all are answered', async () => {
  const held: (() => void)[] = []
  let most = 0
  const { url } = await standIn((one, response) => {
    if (one.path !== '/api/v1/query_range') return answer(one, response)
    held.push(() => answer(one, response))
    most = Math.max(most, held.length)
  })
  const { open } = opened(url, () => boardOf(Array.from({ length: 20 }, (_, index) => `q${index}`)))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(20)
  const feed = look(open.panels(panelsOf(open)))
  await expect.poll(() => held.length).toBe(8)
  await settled()
  while (feed.get().some(({ data }) => data === undefined)) {
    held.shift()?.()
    await settled()
  }
  expect(most).toBe(8)
})

test('the same panels are the same feed', async () => {
  const { url } = await standIn(answer)
  const { open } = opened(url, () => boardOf(['one', 'two']))
  look(open.content)
  look(open.variables)
  expect(open.panels([]).get()).toEqual([])
  await expect.poll(() => panelsOf(open).length).toBe(2)
  expect(open.panels(panelsOf(open))).toBe(open.panels(panelsOf(open)))
  expect(open.panels(panelsOf(open))).not.toBe(open.panels(panelsOf(open).slice(1)))
})

const jobs = variable('job', {
  ...{ kind: 'query', query: 'label_values(up, job)', current: ['a'], includeAll: true, multi: true },
})

test('another value asks anew; until it is known what was known stands', async () => {
  const held: (() => void)[] = []
  let holding = false
  const { url, asked } = await standIn((one, response) => {
    if (holding && one.path.startsWith('/api/v1/label')) held.push(() => answer(one, response))
    else answer(one, response)
  })
  const { open } = opened(url, () => boardOf(['up{job=~"$job"}'], { variables: [jobs] }))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(1)
  const before = look(open.panels(panelsOf(open)))
  await expect.poll(() => before.get()[0]?.data).toBeDefined()
  holding = true
  open.choose('job', ['b'])
  await expect.poll(() => held.length).toBe(1)
  expect(open.variables.get().data?.state.chosen).toEqual({ job: ['a'] })
  expect(open.panels(panelsOf(open))).toBe(before)
  held.shift()?.()
  await expect.poll(() => open.variables.get().data?.state.chosen).toEqual({ job: ['b'] })
  const after = look(open.panels(panelsOf(open)))
  await expect.poll(() => after.get()[0]?.data).toBeDefined()
  expect(queries(asked)).toEqual(['up{job=~"a"}', 'up{job=~"b"}'])
})

test('a look at other panels leaves those under way that are still looked at', async () => {
  const held: (() => void)[] = []
  const { url, asked } = await standIn((one, response) => {
    if (one.path === '/api/v1/query_range') held.push(() => answer(one, response))
    else answer(one, response)
  })
  const { open } = opened(url, () => boardOf(['one', 'two', 'three']))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(3)
  const leave = open.panels(panelsOf(open).slice(0, 2)).subscribe(() => undefined)
  await expect.poll(() => held.length).toBe(2)
  leave()
  const feed = look(open.panels(panelsOf(open).slice(1)))
  await expect.poll(() => held.length).toBe(3)
  expect(queries(asked)).toEqual(['one', 'two', 'three'])
  for (const reply of held) reply()
  await expect.poll(() => feed.get().every(({ data }) => data !== undefined)).toBe(true)
  expect(queries(asked)).toEqual(['one', 'two', 'three'])
})

test('what is under way says since when it is, and how much of it has come', async () => {
  const held = new Map<string | null, () => void>()
  const { url } = await standIn((one, response) => {
    held.set(one.params.get('query'), () => answer(one, response))
    if (one.path !== '/api/v1/query_range') answer(one, response)
  })
  const { open, timing } = opened(url, () => boardOf([['one', 'two', 'three']]))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(1)
  const feed = look(open.panels(panelsOf(open)))
  await expect.poll(() => held.size).toBe(3)
  const since = timing.now()
  await timing.advance(7000)
  expect(feed.get()[0]).toMatchObject({ pending: true, loading: { since, answered: 0, of: 3 } })
  held.get('two')?.()
  await expect.poll(() => feed.get()[0]?.loading).toEqual({ since, answered: 1, of: 3 })
  held.get('one')?.()
  held.get('three')?.()
  await expect.poll(() => feed.get()[0]?.data).toBeDefined()
  expect(feed.get()[0]?.loading).toBeUndefined()
})

test('those that wait for their turn for longer than one answer may take are answered in the end', async () => {
  const held: (() => void)[] = []
  const { url } = await standIn((one, response) => {
    if (one.path === '/api/v1/query_range') held.push(() => answer(one, response))
    else answer(one, response)
  })
  const { open, timing } = opened(url, () => boardOf(Array.from({ length: 20 }, (_, index) => `q${index}`)))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(20)
  const feed = look(open.panels(panelsOf(open)))
  for (const round of [8, 8, 4]) {
    await expect.poll(() => held.length).toBe(round)
    await timing.advance(25_000)
    for (const reply of held.splice(0)) reply()
  }
  await expect.poll(() => feed.get().filter(({ data }) => data !== undefined).length).toBe(20)
  expect(feed.get().flatMap(({ gap }) => gap ?? [])).toEqual([])
})

test('a query that fails leaves the others their data', async () => {
  const { url } = await standIn(answer)
  const { open } = opened(url, () => boardOf([['one', 'broken']]))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(1)
  const feed = look(open.panels(panelsOf(open)))
  await expect.poll(() => feed.get()[0]?.data).toBeDefined()
  expect(feed.get()[0]?.data?.frames.map(({ refId }) => refId)).toEqual(['A'])
  expect(feed.get()[0]?.data?.gaps).toMatchObject([
    { refId: 'B', gap: { detail: expect.stringContaining('it is broken') } },
  ])
  expect(feed.get()[0]?.gap).toBeUndefined()
})

test('asked again after half a minute; what stands stays until the answer', async () => {
  const held: (() => void)[] = []
  let value = '1'
  const { url } = await standIn((one, response) => {
    if (value === '1') answer(one, response)
    else held.push(() => answer(one, response, value))
  })
  const { open, timing } = opened(url, () => boardOf(['one']))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(1)
  const feed = look(open.panels(panelsOf(open)))
  const shown = () => feed.get()[0]?.data?.frames[0]?.fields[1]?.values[0]
  await expect.poll(shown).toBe(1)
  value = '2'
  await timing.advance(30_000)
  await expect.poll(() => held.length).toBe(1)
  expect(shown()).toBe(1)
  held.shift()?.()
  await expect.poll(shown).toBe(2)
})

test('another range is asked for at once', async () => {
  const { url, asked } = await standIn(answer)
  const { open, range } = opened(url, () => boardOf(['one']))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(1)
  const feed = look(open.panels(panelsOf(open)))
  await expect.poll(() => feed.get()[0]?.data).toBeDefined()
  const to = Date.UTC(2026, 0, 2)
  range.set({ span: 24 * 60 * minute, to })
  await expect.poll(() => feed.get()[0]?.data?.to).toBe(to)
  expect(asked.at(-1)?.params.get('end')).toBe(String(to / 1000))
})

test.each([
  [15 * minute, 30],
  [60 * minute, 60],
  [24 * 60 * minute, 900],
  [14 * 24 * 60 * minute, 10_800],
])('of %i ms it asks for no more than two points a column, never finer than a scrape', async (span, step) => {
  const { url, asked } = await standIn(answer)
  const { open, range } = opened(url, () => boardOf(['one']))
  range.set({ span })
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(1)
  const feed = look(open.panels(panelsOf(open)))
  await expect.poll(() => feed.get()[0]?.data).toBeDefined()
  const params = asked.at(-1)?.params
  const [start = 0, end = 0] = ['start', 'end'].map((name) => Number(params?.get(name)))
  expect(Number(params?.get('step'))).toBe(step)
  expect((end - start) / step + 1).toBeLessThanOrEqual(2 * 60)
})

test('a dashboard that was changed asks what it asks now', async () => {
  const { url, asked } = await standIn(answer)
  let exprs = ['one']
  const { open, timing } = opened(url, () => boardOf(exprs))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(1)
  const before = open.panels(panelsOf(open))
  const leave = before.subscribe(() => undefined)
  await expect.poll(() => queries(asked)).toEqual(['one'])
  leave()
  exprs = ['another']
  await timing.advance(10 * minute)
  await expect.poll(() => open.content.get().data?.rows[0]?.panels[0]?.title).toBe('another')
  look(open.panels(panelsOf(open)))
  await expect.poll(() => queries(asked)).toEqual(['one', 'another'])
})

test('All is what there is to choose now', async () => {
  let names = ['a']
  const { url, asked } = await standIn((one, response) => {
    if (!one.path.startsWith('/api/v1/label')) return answer(one, response)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ status: 'success', data: names }))
  })
  const all = { ...jobs, current: ['$__all'] }
  const { open, timing } = opened(url, () => boardOf(['up{job=~"$job"}'], { variables: [all] }))
  look(open.content)
  look(open.variables)
  await expect.poll(() => panelsOf(open).length).toBe(1)
  const leave = open.panels(panelsOf(open)).subscribe(() => undefined)
  await expect.poll(() => queries(asked)).toEqual(['up{job=~"a"}'])
  leave()
  names = ['a', 'b']
  await timing.advance(5 * minute)
  await expect.poll(() => open.variables.get().data?.state.options.job?.length).toBe(3)
  look(open.panels(panelsOf(open)))
  await expect.poll(() => queries(asked)).toEqual(['up{job=~"a"}', 'up{job=~"(a|b)"}'])
})

test('a dashboard that cannot be read is a reason, for its variables too', async () => {
  const { url, asked } = await standIn(answer)
  const { open } = opened(url, () => {
    throw new SourceError({ reason: 'garbage', detail: 'it is no JSON' })
  })
  look(open.content)
  look(open.variables)
  await expect.poll(() => open.content.get().gap?.detail).toBe('it is no JSON')
  expect(open.variables.get().gap?.detail).toBe('it is no JSON')
  expect(open.panels([]).get()).toEqual([])
  expect(asked).toEqual([])
})
