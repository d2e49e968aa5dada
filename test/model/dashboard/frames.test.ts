// Prometheus's answers as frames: series with their legends and gaps, tables, buckets.
import { expect, test } from 'vitest'
import { type Answered, framesOf } from '#model/dashboard/frames.ts'
import { legendName, onlyLabel } from '#model/dashboard/legend-name.ts'
import type { InstantSample, Labels, QueryAnswer, RangeSeries } from '#model/prometheus.ts'
import { config, shape } from './configs.ts'

const matrix = (...series: RangeSeries[]): QueryAnswer => ({ type: 'matrix', series, warnings: [] })
const vector = (...samples: InstantSample[]): QueryAnswer => ({ type: 'vector', samples, warnings: [] })

function answered(
  answer: QueryAnswer,
  more: Partial<Answered['target']> & { legend?: string } = {},
): Answered {
  const { refId = 'A', format = 'series', legend = '__auto' } = more
  return { target: { refId, format }, answer, expr: 'sum(x)', legend, step: 10_000 }
}

const frames = (...all: Answered[]) => shape(framesOf(all, config()))

test.each<[string, string, Labels, readonly Labels[], string]>([
  ['a template', '{{ pod }} of {{node}}', { pod: 'a', node: 'n' }, [], 'a of n'],
  // A label that is not there is nothing.
  ['a label that is missing', '{{pod}}-{{gone}}', { pod: 'a' }, [], 'a-'],
  ['no template', '', { __name__: 'up', job: 'a', x: 'y' }, [], 'up{job="a", x="y"}'],
  ['no template and no labels', '', {}, [{}], 'sum(x)'],
  ['automatic: the value of the one label', '__auto', { job: 'a' }, [{ job: 'a' }, { job: 'b' }], 'a'],
  ['automatic: several labels', '__auto', { job: 'a', x: 'y' }, [{ job: 'a', x: 'y' }], '{job="a", x="y"}'],
  ['automatic without labels', '__auto', {}, [{}], 'sum(x)'],
])('the legend by %s', (_, template, labels, all, name) => {
  const only = onlyLabel(all.map((one) => ({ labels: one })))
  expect(legendName(template, labels, only, 'sum(x)')).toBe(name)
})

test('a series is its times and values; where samples are missing there is a row without a value', () => {
  const series = { labels: { job: 'a' }, times: [0, 10_000, 40_000, 50_000], values: [1, 2, 3, Number.NaN] }
  expect(frames(answered(matrix(series)))).toEqual([
    { Time: [0, 10_000, 20_000, 40_000, 50_000], a: [1, 2, undefined, 3, Number.NaN] },
  ])
})

test('a moment is a series of one point, whatever its type', () => {
  const at = 5000
  expect(frames(answered(vector({ labels: { job: 'a' }, at, value: 7 })))).toEqual([{ Time: [at], a: [7] }])
  expect(frames(answered({ type: 'scalar', at, value: 3, warnings: [] }))).toEqual([
    { Time: [at], 'sum(x)': [3] },
  ])
  expect(frames(answered({ type: 'string', at, text: 'hi', warnings: [] }))).toEqual([
    { Time: [at], 'sum(x)': ['hi'] },
  ])
})

test('a table has a column for each label, in order; a label that a series lacks is empty', () => {
  const answer = vector(
    { labels: { pod: 'a', __name__: 'up' }, at: 5, value: 1 },
    { labels: { pod: 'b', ns: 'shop' }, at: 5, value: 2 },
  )
  const [table] = framesOf([answered(answer, { format: 'table' })], config())
  expect(table?.fields.map(({ name, type }) => `${name}:${type}`)).toEqual([
    'Time:time',
    '__name__:string',
    'ns:string',
    'pod:string',
    'Value:number',
  ])
  expect(shape(table ? [table] : [])[0]).toEqual({
    Time: [5, 5],
    __name__: ['up', undefined],
    ns: [undefined, 'shop'],
    pod: ['a', 'b'],
    Value: [1, 2],
  })
})

test('of a range a table has a row for every sample, by time; several tables are told apart', () => {
  const answer = matrix(
    { labels: { pod: 'a' }, times: [0, 10], values: [1, 2] },
    { labels: { pod: 'b' }, times: [0, 10], values: [3, 4] },
  )
  expect(
    frames(answered(answer, { format: 'table' }), answered(vector(), { format: 'table', refId: 'B' })),
  ).toEqual([
    { Time: [0, 0, 10, 10], pod: ['a', 'b', 'a', 'b'], 'Value #A': [1, 3, 2, 4] },
    { Time: [], 'Value #B': [] },
  ])
})

test('buckets count only what is their own, by rising bound, each series group for itself', () => {
  const bucket = (le: string, values: number[], more: Labels = {}) => ({
    labels: { le, ...more },
    times: [0, 10_000],
    values,
  })
  const answer = matrix(
    bucket('+Inf', [10, 12]),
    bucket('0.5', [4, 4]),
    bucket('10', [8, 7]),
    bucket('2', [7, 9]),
  )
  expect(frames(answered(answer, { format: 'heatmap' }))).toEqual([
    { Time: [0, 10_000], '0.5': [4, 4] },
    { Time: [0, 10_000], '2': [3, 5] },
    // A scrape between two buckets: never less than nothing.
    { Time: [0, 10_000], '10': [1, 0] },
    { Time: [0, 10_000], '+Inf': [2, 5] },
  ])
  const grouped = matrix(
    bucket('1', [1, 1], { p: 'a' }),
    bucket('2', [5, 5], { p: 'a' }),
    bucket('1', [2, 2], { p: 'b' }),
  )
  expect(frames(answered(grouped, { format: 'heatmap', legend: '{{p}} {{le}}' }))).toEqual([
    { Time: [0, 10_000], 'a 1': [1, 1] },
    { Time: [0, 10_000], 'a 2': [4, 4] },
    { Time: [0, 10_000], 'b 1': [2, 2] },
  ])
})

test('what has no bounds is no histogram, whatever the format says', () => {
  expect(frames(answered(matrix({ labels: {}, times: [0], values: [5] }), { format: 'heatmap' }))).toEqual([
    { Time: [0], 'sum(x)': [5] },
  ])
})
