import { describe, expect, test } from 'vitest'
import { zoneOffset } from '#model/time-zone.ts'
import { timeTicks, valueTicks } from '#ui/charts/axis.ts'
import type { LineChart } from '#ui/charts/chart.ts'
import { lineChart } from '#ui/charts/line.ts'
import { bar, sparkline } from '#ui/charts/small.ts'
import { scales } from '#ui/format.ts'
import { width } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'

const plain = createTheme({ level: 0, ascii: false })
const ascii = createTheme({ level: 0, ascii: true })
const minute = 60_000
// 2024-03-10 08:17 UTC
const from = 1_710_058_620_000
const to = from + 60 * minute

function samples(value: (index: number) => number | undefined, step = 30_000) {
  const times: number[] = []
  const values: number[] = []
  for (let index = 0; from + index * step <= to; index++) {
    const found = value(index)
    if (found === undefined) continue
    times.push(from + index * step)
    values.push(found)
  }
  return { times, values }
}

function chart(more: Partial<LineChart>): LineChart {
  const flat = { name: 'cpu', ...samples(() => 10) }
  return { series: [flat], from, to, left: { scale: scales.cores }, timeZone: 'UTC', ...more }
}

describe('ticks', () => {
  test.each([
    [0, 10.5, 5, [0, 2.5, 5, 7.5, 10]],
    [0, 42, 5, [0, 10, 20, 30, 40]],
    [0, 1, 4, [0, 0.5, 1]],
    [95, 105, 3, [95, 100, 105]],
  ])('%d to %d, %i at most', (low, high, most, expected) => {
    expect(valueTicks(low, high, most, scales.cores)).toEqual(expected)
  })

  test('bytes tick in their own unit', () => {
    expect(valueTicks(0, 8.4 * 1024 ** 3, 5, scales.bytes).map(scales.bytes.format)).toEqual([
      '0',
      '2Gi',
      '4Gi',
      '6Gi',
      '8Gi',
    ])
  })

  test('and so they do where zero is far', () => {
    const gibi = 1024 ** 3
    expect(valueTicks(1.05 * gibi, 1.38 * gibi, 4, scales.bytes).map(scales.bytes.format)).toEqual([
      '1.1Gi',
      '1.2Gi',
      '1.3Gi',
    ])
  })

  test.each([
    [0, 110, 4, [0, 30, 60, 90]],
    [0, 700, 4, [0, 300, 600]],
    [0, 40_000, 5, [0, 10_800, 21_600, 32_400]],
    [0, 1.2, 4, [0, 0.5, 1]],
  ])('spans of time from %d to %d s tick as clocks do', (low, high, most, expected) => {
    expect(valueTicks(low, high, most, { format: String, second: 1 })).toEqual(expected)
  })

  test('times are round in the zone, not in UTC', () => {
    expect(timeTicks(from, to, 4, 'UTC').map((tick) => tick.label)).toEqual([
      '08:30',
      '08:45',
      '09:00',
      '09:15',
    ])
    expect(timeTicks(from, to, 2, 'Asia/Kolkata').map((tick) => tick.label)).toEqual(['14:00', '14:30'])
    expect(zoneOffset(from, 'Europe/Berlin')).toBe(60 * minute)
    expect(zoneOffset(from, 'America/New_York')).toBe(-4 * 60 * minute)
  })

  test('a week has days', () => {
    const labels = timeTicks(from, from + 7 * 24 * 60 * minute, 8, 'UTC').map((tick) => tick.label)
    expect(labels).toEqual(['11 Mar', '12 Mar', '13 Mar', '14 Mar', '15 Mar', '16 Mar', '17 Mar'])
  })
})

describe('lineChart', () => {
  test.each([
    [80, 12, plain],
    [30, 5, plain],
    [80, 12, ascii],
    [200, 20, createTheme({ level: 3, ascii: false })],
  ])('is exactly %i by %i', (cells, rows, theme) => {
    const series = [
      { name: 'a', ...samples((index) => index) },
      { name: 'b', ...samples((index) => 100 - index) },
    ]
    const lines = lineChart(chart({ series, limits: [{ value: 150, name: 'limit' }] }), cells, rows, theme)
    expect(lines).toHaveLength(rows)
    expect(lines.map(width)).toEqual(lines.map(() => cells))
  })

  test('a spike of one sample in a day survives 60 columns', () => {
    const series = [{ name: 'errors', ...samples((index) => (index === 61 ? 50 : 1)) }]
    const lines = lineChart(chart({ series }), 60, 10, plain)
    expect(lines[0]).toMatch(/[\u2801-\u28ff]/)
  })

  test.each([
    ['braille', plain],
    ['ascii', ascii],
  ])('a gap stays a gap in %s', (_, theme) => {
    const series = [{ name: 'cpu', ...samples((index) => (index > 40 && index < 80 ? undefined : 10)) }]
    const lines = lineChart(chart({ series, left: { scale: scales.cores, min: 5 } }), 84, 8, theme)
    const drawn = lines.find((line) => /[\u2801-\u28ff]{4}|-{6}/.test(line)) ?? ''
    const [, before, hole, after] = /([^ .·]+)([ .·]+)([^ .·]+)[ .·]*$/.exec(drawn.slice(4)) ?? []
    expect(before?.length).toBeGreaterThan(20)
    expect(hole?.length).toBeGreaterThan(20)
    expect(after?.length).toBeGreaterThan(20)
  })

  test('the limit is dashed, named at its end, and within the axis', () => {
    const lines = lineChart(chart({ limits: [{ value: 40, name: 'limit 40' }] }), 60, 10, plain)
    expect(lines[0]).toMatch(/╌{20,} limit 40$/)
  })

  test('a mark stands on the axis at its time', () => {
    const lines = lineChart(chart({ marks: [{ at: from + 30 * minute, letter: 'F' }] }), 62, 8, plain)
    const axis = lines.at(-2) ?? ''
    expect(axis.indexOf('F')).toBe('10 '.length + Math.floor((62 - 3) / 2))
  })

  test('several lines have letters at their ends and a legend with last and max', () => {
    const series = [
      { name: 'checkout', ...samples((index) => (index === 3 ? 9 : 2)) },
      { name: 'cart', ...samples(() => 5) },
    ]
    const lines = lineChart(chart({ series }), 70, 10, plain)
    expect(lines.at(-1)?.trimEnd()).toBe('a checkout 2 max 9  b cart 5 max 5')
    expect(lines.filter((line) => line.endsWith('a'))).toHaveLength(1)
    expect(lines.filter((line) => line.endsWith('b'))).toHaveLength(1)
  })

  test('nothing measured draws the axes alone', () => {
    const lines = lineChart(chart({ series: [{ name: 'cpu', times: [], values: [] }] }), 40, 6, plain)
    expect(lines.join('')).not.toMatch(/[\u2801-\u28ff]/)
    expect(lines).toHaveLength(6)
  })
})

describe('sparkline', () => {
  test('is as wide as asked, keeps a spike, leaves a gap blank', () => {
    const spark = { samples: samples((i) => (i === 60 ? 100 : i > 80 ? undefined : 1)), from, to, min: 0 }
    const line = sparkline(spark, 20, plain)
    expect(line).toHaveLength(20)
    expect(line.slice(14)).toBe('      ')
    expect([...line].filter((cell) => cell > '\u28c0')).toHaveLength(1)
    expect(sparkline(spark, 20, ascii)).toMatch(/^_{10}#_{3} {6}$/)
  })

  test('few samples hold until the next one', () => {
    const spark = { samples: samples((index) => index, 10 * minute), from, to, min: 0, max: 6 }
    expect(sparkline(spark, 14, ascii)).not.toContain(' ')
  })

  test.each([30, 36, 40, 60, 100])('%i samples a line leave no stripes in it', (count) => {
    const spark = { samples: samples(() => 5, (60 * minute) / count), from, to }
    const inside = sparkline(spark, 48, plain).slice(1, -2)
    expect(new Set(inside).size).toBe(1)
  })

  test('nothing measured is blank', () => {
    expect(sparkline({ samples: { times: [], values: [] }, from, to }, 5, plain)).toBe('     ')
  })
})

test('a bar is of fixed width, a little is more than nothing', () => {
  expect(bar(0.5, 8, plain)).toBe('████····')
  expect(bar(0, 8, plain)).toBe('········')
  expect(bar(0.001, 8, plain)).toBe('▏·······')
  expect(bar(7, 8, ascii)).toBe('########')
})
