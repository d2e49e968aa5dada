// Single values: reducers, mappings, thresholds, colours. Expectations follow Grafana's documentation of each.
import { expect, test } from 'vitest'
import { seriesColour } from '#model/dashboard/colour-of.ts'
import type { FieldConfig, Mapping, Reducer, Value } from '#model/dashboard/field.ts'
import { reducerOf, reduceValues } from '#model/dashboard/reduce.ts'
import { gaugeBounds, shownText, showValue } from '#model/dashboard/show-value.ts'
import { config } from './configs.ts'

const gap = undefined

test.each<[Reducer, readonly Value[], Value]>([
  ['last', [1, 2, gap], gap],
  ['lastNotNull', [1, 2, gap], 2],
  ['first', [gap, 2, 3], gap],
  ['firstNotNull', [gap, 2, 3], 2],
  ['min', [3, gap, -1], -1],
  ['max', [3, gap, -1], 3],
  ['mean', [1, gap, 3], 2],
  // One division by zero does not spoil a mean, nor a sum.
  ['mean', [1, Number.NaN, 3], 2],
  ['sum', [1, Number.NaN, 3], 4],
  ['median', [9, 1, 5], 5],
  ['median', [1, 2, 3, 10], 2.5],
  ['count', [1, gap, 'a'], 2],
  ['range', [3, 10, 4], 7],
  ['delta', [1, 5, 2, 4], 8],
  ['diff', [10, 50, 15], 5],
  ['diffperc', [10, 50, 15], 0.5],
  ['logmin', [0, -3, 0.5, 2], 0.5],
  ['allIsNull', [gap, gap], 1],
  ['allIsNull', [gap, 0], 0],
  ['allIsZero', [0, gap, 0], 1],
  ['allIsZero', [gap], 0],
  ['changeCount', [1, 1, 2, 2, 1], 2],
  ['distinctCount', ['a', 'b', 'a', gap], 2],
  ['variance', [2, 4, 4, 4, 5, 5, 7, 9], 4],
  ['stdDev', [2, 4, 4, 4, 5, 5, 7, 9], 2],
  ['mean', [], gap],
  ['sum', [], 0],
])('%s of %j is %s', (reducer, values, result) => {
  expect(reduceValues(values, reducer)).toBe(result)
})

test('old names of reducers are understood, unknown ones are not', () => {
  expect(['current', 'avg', 'total', 'max', 'p99', 'constructor', 7].map(reducerOf)).toEqual([
    'lastNotNull',
    'mean',
    'sum',
    'max',
    undefined,
    undefined,
    undefined,
  ])
})

const mappings: readonly Mapping[] = [
  { type: 'value', value: '0', result: { text: 'down', colour: 'red' } },
  { type: 'value', value: '5', result: { colour: 'transparent' } },
  { type: 'range', from: 10, to: 20, result: { text: 'busy' } },
  { type: 'regex', pattern: '/^pod-(.*)$/', result: { text: 'pod $1' } },
  { type: 'special', match: 'null+nan', result: { text: 'none' } },
  { type: 'special', match: 'empty', result: { text: 'blank' } },
  { type: 'special', match: 'true', result: { text: 'on' } },
]

test.each<[Value, string, string | undefined]>([
  [0, 'down', 'red'],
  // A colour alone leaves the number as it is.
  [5, '5', 'transparent'],
  [10, 'busy', undefined],
  [20, 'busy', undefined],
  [21, '21', undefined],
  ['pod-a', 'pod a', undefined],
  ['node-a', 'node-a', undefined],
  [gap, 'none', undefined],
  [Number.NaN, 'none', undefined],
  ['', 'blank', undefined],
  ['true', 'on', undefined],
])('the value %s is mapped to %j', (value, text, colour) => {
  const shown = showValue(value, { type: 'number', config: config({ mappings }) }, { now: 0 })
  expect(shownText(shown)).toBe(text)
  expect(shown.colour).toBe(colour)
})

const steps = [
  { from: Number.NEGATIVE_INFINITY, colour: 'green' },
  { from: 80, colour: 'red' },
]

test.each<[string, Partial<FieldConfig>, Value, string | undefined]>([
  ['below the step', { thresholds: { percent: false, steps } }, 79.9, 'green'],
  ['at the step', { thresholds: { percent: false, steps } }, 80, 'red'],
  ['of a text: the base', { thresholds: { percent: false, steps } }, 'x', 'green'],
  ['percent of min to max', { min: 0, max: 1000, thresholds: { percent: true, steps } }, 800, 'red'],
  ['percent below', { min: 0, max: 1000, thresholds: { percent: true, steps } }, 100, 'green'],
  ['fixed', { colour: { mode: 'fixed', fixed: 'blue' } }, 1, 'blue'],
  ['the low end of a scale', { colour: { mode: 'continuous-GrYlRd' }, min: 0, max: 100 }, 1, 'green'],
  ['the middle of a scale', { colour: { mode: 'continuous-GrYlRd' }, min: 0, max: 100 }, 50, 'yellow'],
  ['the top of a scale', { colour: { mode: 'continuous-GrYlRd' }, min: 0, max: 100 }, 100, 'red'],
  ['the palette', { colour: { mode: 'palette-classic' } }, 1, 'yellow'],
])('the colour %s', (_, more, value, colour) => {
  expect(showValue(value, { type: 'number', config: config(more) }, { now: 0, index: 1 }).colour).toBe(colour)
})

test('the share is measured by the field, else by the panel, and is unknown without bounds', () => {
  const share = (more: Partial<FieldConfig>, bounds?: { min: number; max: number }) =>
    showValue(50, { type: 'number', config: config(more) }, { now: 0, ...(bounds && { bounds }) }).share
  expect(share({ min: 0, max: 200 })).toBe(0.25)
  expect(share({ min: 0, max: 200 }, { min: 0, max: 50 })).toBe(0.25)
  expect(share({}, { min: 0, max: 100 })).toBe(0.5)
  expect(share({ max: 10 }, { min: 0, max: 100 })).toBe(1)
  expect(share({})).toBeUndefined()
})

test('a gauge without bounds is one of percent', () => {
  expect(gaugeBounds(config({ unit: 'percentunit' }))).toEqual({ min: 0, max: 1 })
  expect(gaugeBounds(config({ unit: 'percent' }))).toEqual({ min: 0, max: 100 })
  expect(gaugeBounds(config({ min: 10, max: 20 }))).toEqual({ min: 10, max: 20 })
})

test('what is missing has no text unless the field has one for it; a time is a date', () => {
  const text = (value: Value, type: 'number' | 'time', more: Partial<FieldConfig> = {}) =>
    shownText(showValue(value, { type, config: config(more) }, { now: 0, zone: 'UTC' }))
  expect(text(gap, 'number')).toBe('')
  expect(text(gap, 'number', { noValue: 'No data' })).toBe('No data')
  expect(text(0, 'time', { unit: 'bytes' })).toBe('1970-01-01 00:00:00')
})

test('a series has the colour that is fixed, or one of the palette, which begins again; values alone give it none', () => {
  expect(seriesColour({ mode: 'fixed', fixed: 'red' }, 3)).toBe('red')
  const palette = Array.from({ length: 26 }, (_, index) => seriesColour({ mode: 'palette-classic' }, index))
  expect(palette.slice(0, 3)).toEqual(['green', 'yellow', 'light-blue'])
  expect(palette.every((colour) => colour !== undefined)).toBe(true)
  expect(palette.slice(1).filter((colour, index) => colour === palette[index])).toEqual([])
  expect(seriesColour({ mode: 'thresholds' }, 0)).toBeUndefined()
})
