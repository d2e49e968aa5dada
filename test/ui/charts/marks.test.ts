// The letters of what happened, on the plot's last row: beside each other, and beside the name of a limit.
import { describe, expect, test } from 'vitest'
import type { ChartLimit, ChartMark } from '#ui/charts/chart.ts'
import { lineChart } from '#ui/charts/line.ts'
import { scales } from '#ui/format.ts'
import { createTheme } from '#ui/theme.ts'

const minute = 60_000
const from = Date.UTC(2024, 2, 10, 8)
const to = from + 60 * minute
const times = Array.from({ length: 61 }, (_, index) => from + index * minute)

/** The last row of a plot of 60 columns, one a minute; the line is far above it. */
function foot(marks: readonly ChartMark[], limits: readonly ChartLimit[] = [], ascii = false): string {
  const series = [{ name: 'a', times, values: times.map(() => 4) }]
  const left = { scale: scales.number, min: 0, max: 4 }
  const chart = { series, from, to, timeZone: 'UTC', left, marks, limits }
  // Two cells are the axis's labels.
  return (lineChart(chart, 62, 9, createTheme({ level: 0, ascii })).at(-2) ?? '').slice(2)
}

/** `F@30.5`: at half past the thirtieth minute. */
const marks = (text: string): ChartMark[] =>
  text.split(' ').map((one) => ({ letter: one.slice(0, 1), at: from + Number(one.slice(2)) * minute }))

/** The letters with their columns. */
const placed = (row: string) => [...row.matchAll(/[A-Z]/g)].map((found) => `${found[0]}${found.index}`)

describe('letters', () => {
  test.each([
    ['each in its minute, also side by side', 'F@30 R@31 K@40', 'F30 R31 K40'],
    ['two in one cell stand beside each other, as they happened', 'F@30.1 R@30.6', 'F29 R30'],
    ['behind it what came later', 'R@30.1 F@30.6', 'R30 F31'],
    ['on the other side where another mark is', 'F@30.1 R@30.6 K@29', 'K29 R30 F31'],
    ['the less grave gives way where both sides are taken', 'F@30 R@30 K@29 B@31', 'K29 R30 B31'],
    ['a cell that has a mark of its own is never taken', 'F@30 R@30 F@31 R@31', 'F29 R30 R31 F32'],
    ['three in one cell', 'F@30.1 R@30.5 K@30.9', 'R29 K30 F31'],
    ['the same letter once', 'F@30.1 F@30.5 F@30.9', 'F30'],
    ['at the edges', 'F@0.1 R@0.5 F@59.5 R@60', 'R0 F1 F58 R59'],
  ])('%s', (_what, given, expected) => {
    expect(placed(foot(marks(given))).join(' ')).toBe(expected)
  })
})

describe('the name of a limit in their row', () => {
  const request = [{ name: 'request', value: 0.1 }]
  const ends = (given: string, ascii = false) => foot(marks(given), request, ascii).slice(36)

  test.each([
    ['at the end where no letter is', 'R@40', '╌╌╌╌R╌╌╌╌╌╌╌╌╌╌╌ request'],
    ['left of the letter', 'R@56', '╌╌╌╌╌╌╌╌╌╌╌ request R╌╌╌'],
    ['also of one that stands at its first cell, or before the end', 'R@52', '╌╌╌╌╌╌╌ request R╌╌╌╌╌╌╌'],
    ['left of all of several', 'F@55 R@56 K@59', '╌╌╌╌╌╌╌╌╌╌ request FR╌╌K'],
    ['between two that leave it room', 'F@44 R@55', '╌╌╌╌╌╌╌╌F╌ request R╌╌╌╌'],
    ['and not where they do not', 'F@47 R@55', '╌╌ request F╌╌╌╌╌╌╌R╌╌╌╌'],
  ])('%s', (_what, given, expected) => {
    expect(ends(given)).toBe(expected)
  })

  test('in ASCII too', () => {
    expect(ends('R@56', true)).toBe('=========== request R===')
  })

  test('is left out where the letters leave it no room at all', () => {
    const all = Array.from({ length: 10 }, (_, index) => `R@${index * 6}`).join(' ')
    expect(foot(marks(all), request)).toBe('R╌╌╌╌╌'.repeat(10))
  })

  test('stays at the end of another row', () => {
    const series = [{ name: 'a', times, values: times.map(() => 4) }]
    const limits = [{ name: 'request', value: 2 }]
    const chart = { series, from, to, timeZone: 'UTC', left: { scale: scales.number }, limits }
    const rows = lineChart({ ...chart, marks: marks('R@56') }, 62, 9, createTheme({ level: 0, ascii: false }))
    expect(rows.find((row) => row.includes('request'))).toMatch(/╌ request$/)
    expect(rows.at(-2)).toMatch(/R/)
  })
})
