// Which moment is read out of a chart: it is chosen by keys and stays that moment while the chart goes on.
import { describe, expect, test } from 'vitest'
import type { Bounds } from '#model/time.ts'
import { lineChart } from '#ui/charts/line.ts'
import { type ReadingEvent, reduceReading, startReading } from '#ui/charts/reading.ts'
import { readingRun } from '#ui/charts/reading-keys.ts'
import { scales } from '#ui/format.ts'
import { createTheme } from '#ui/theme.ts'

const minute = 60_000
const noon = Date.UTC(2024, 2, 10, 12)
const hour: Bounds = { from: noon - 60 * minute, to: noon }
const later = (by: number): Bounds => ({ from: hour.from + by, to: hour.to + by })
const move = (by: number, within = hour): ReadingEvent => ({ type: 'move', by, within })
const reached = (...events: readonly ReadingEvent[]) => events.reduce(reduceReading, startReading)

describe('the moment', () => {
  test('is reached from now, and put away', () => {
    expect(reached(move(-0.25)).at).toBe(noon - 15 * minute)
    expect(reached(move(-0.25), { type: 'release' })).toEqual(startReading)
  })

  test('stays while the chart goes on: a step is taken from where it stands', () => {
    const within = later(20 * minute)
    expect(reached(move(-0.5), move(-0.1, within)).at).toBe(noon - 36 * minute)
    expect(reached(move(-0.5), move(0.1, within)).at).toBe(noon - 24 * minute)
    // A chart of six hours has longer steps, and the same moment.
    const wide = { from: noon - 360 * minute, to: noon }
    expect(reached(move(-0.5), move(-0.1, wide)).at).toBe(noon - 66 * minute)
  })

  test('does not leave the chart by a key, and one that the chart has left comes back to its edge', () => {
    expect(reached(move(-0.9), move(-0.9)).at).toBe(hour.from)
    expect(reached(move(0.1)).at).toBe(hour.to)
    const { from, to } = later(120 * minute)
    for (const by of [-0.1, 0.1]) expect(reached(move(-0.5), move(by, { from, to })).at).toBe(from)
  })

  test('moves by a column, or by a tenth', () => {
    const moves: ReadingEvent[] = []
    const run = readingRun({
      ...{ columns: 60, lines: 1, within: hour },
      dispatch: (event) => moves.push(event),
    })
    run['far-left']()
    run.left()
    run.right()
    run.left()
    expect(reached(...moves).at).toBe(noon - 7 * minute)
  })
})

describe('a moment out of the chart', () => {
  const times = Array.from({ length: 61 }, (_, index) => hour.from + index * minute)
  const drawn = (cursor: number, ascii = false) => {
    const series = [{ name: 'a', times, values: times.map(() => 1) }]
    const chart = { ...hour, series, timeZone: 'UTC', left: { scale: scales.number }, cursor }
    return lineChart(chart, 60, 10, createTheme({ level: 0, ascii })).map((line) => line.trimEnd())
  }

  test('is said at the end beyond which it is, and nothing is read out there', () => {
    const [, axis = '', head = '', row = ''] = drawn(hour.from - 10 * minute).slice(-4)
    expect(axis).toMatch(/^ +←10:50:00 +11:15 /)
    expect(head).toMatch(/^10:50:00 +value$/)
    expect(row).toMatch(/^─ a +–$/)
    expect(drawn(hour.to + 10 * minute).at(-3)).toMatch(/11:30 +12:10:00→$/)
    expect(drawn(hour.from - 10 * minute).join('')).not.toContain('│')
  })

  test('has its day where that is another one', () => {
    expect(drawn(hour.from - 24 * 60 * minute).at(-3)).toMatch(/^ +←9 Mar 11:00 /)
  })

  test('has its arrow in ASCII too', () => {
    expect(drawn(hour.from - minute, true).at(-3)).toMatch(/^ +<10:59:00 /)
  })
})
