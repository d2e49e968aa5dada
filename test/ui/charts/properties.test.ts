// What holds for every chart: a gap is never joined, a spike never lost, what is read out is what was measured.
import { describe, expect, test } from 'vitest'
import { oneOf, randomOf } from '#test/ui/panels/random.ts'
import type { ChartSeries, Draw, LineChart } from '#ui/charts/chart.ts'
import { lineChart } from '#ui/charts/line.ts'
import { readout } from '#ui/charts/readout.ts'
import { scales } from '#ui/format.ts'
import { createTheme } from '#ui/theme.ts'

const minute = 60_000
const from = 1_710_058_620_000
const to = from + 60 * minute
const plain = createTheme({ level: 0, ascii: false })
const ascii = createTheme({ level: 0, ascii: true })
const looks: readonly Partial<ChartSeries>[] = [
  ...(['line', 'step', 'bars', 'points'] as const satisfies readonly Draw[]).map((draw) => ({ draw })),
  { stack: { group: 'A', percent: false } },
  { draw: 'bars', stack: { group: 'A', percent: true } },
  { negative: true },
  { axis: 'right' },
]

/** No labels and no letters, so that a chart's column is a column of its lines. */
function bare(series: ChartSeries, more: Partial<LineChart> = {}): LineChart {
  return { series: [series], from, to, timeZone: 'UTC', left: { scale: { format: () => '' } }, ...more }
}

/** The plot alone: without the blank that an empty label has, and without the time axis. */
const plotOf = (lines: readonly string[], right = 0) =>
  lines.slice(0, -1).map((line) => line.slice(1, right === 0 ? undefined : -right))

describe.each([
  ['braille', plain, /[\u2801-\u28ff]/],
  ['ascii', ascii, /[^ .]/],
] as const)('in %s', (_, theme, drawn) => {
  test.each(looks)('a gap is never joined: %o', (look) => {
    for (let seed = 0; seed < 60; seed++) {
      const random = randomOf(seed)
      const count = 20 + Math.floor(random() * 400)
      const step = (to - from) / count
      const hole = Math.floor(count * (0.2 + random() * 0.4))
      const long = 2 + Math.floor(random() * count * 0.3)
      const times: number[] = []
      for (let index = 0; index <= count; index++) {
        if (index <= hole || index >= hole + long) times.push(from + index * step)
      }
      const values = times.map(() => 1 + random())
      const columns = 20 + Math.floor(random() * 150)
      const right = look.axis === 'right' ? 1 : 0
      const chart = bare({ name: 'x', times, values, ...look })
      const lines = plotOf(lineChart(chart, columns + 1 + right, 8, theme), right)
      const columnAt = (at: number) => Math.floor(((at - from) / (to - from)) * columns)
      // A bar is as wide as its step, so that of it one step of the gap is taken.
      const first = columnAt(from + (hole + (look.draw === 'bars' ? 1 : 0)) * step) + 1
      const last = columnAt(from + (hole + long) * step)
      const inside = lines.map((line) => line.slice(first, Math.max(first, last)))
      expect([seed, inside.filter((part) => drawn.test(part))]).toEqual([seed, []])
    }
  })

  test.each(looks.filter(({ stack }) => stack?.percent !== true))('a spike is never lost: %o', (look) => {
    for (let seed = 0; seed < 40; seed++) {
      const random = randomOf(seed)
      const count = 50 + Math.floor(random() * 5000)
      const spike = Math.floor(random() * count)
      const columns = 10 + Math.floor(random() * 150)
      const series = { ...spiked(count, spike, random), ...look }
      const right = look.axis === 'right' ? 1 : 0
      const lines = plotOf(lineChart(bare(series), columns + 1 + right, 21, theme), right)
      // The spike stands in the second row from the edge, where no tick and so no grid is: anything there is it.
      const edge = (look.negative === true ? lines.at(-2) : lines[1]) ?? ''
      const at = Math.floor((spike / count) * columns)
      expect([seed, edge.slice(Math.max(0, at - 1), at + 2)]).toEqual([seed, expect.stringMatching(/\S/)])
    }
  })
})

test.each(looks.filter(({ stack, negative }) => stack?.percent !== true && negative !== true))(
  'a spike is not lost on a logarithm: %o',
  (look) => {
    for (let seed = 0; seed < 40; seed++) {
      const random = randomOf(seed)
      const series = { ...spiked(500, Math.floor(random() * 500), random), ...look }
      const chart = bare(series, { left: { scale: { format: () => '' }, max: 1049, logBase: 10 } })
      const lines = plotOf(lineChart(chart, 80, 40, plain))
      expect([seed, lines.slice(0, 8).join('')]).toEqual([seed, expect.stringMatching(/[\u2801-\u28ff]/)])
    }
  },
)

function spiked(count: number, spike: number, random: () => number): ChartSeries {
  const times = Array.from({ length: count }, (_, index) => from + (index * (to - from)) / count)
  return { name: 'x', times, values: times.map((_, index) => (index === spike ? 1049 : random())) }
}

test('what is read out equals what was measured, whatever its look', () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = randomOf(seed)
    const count = 2 + Math.floor(random() * 200)
    const step = (to - from) / count
    const all = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, index): ChartSeries => {
      const times = Array.from({ length: count }, (_, at) => from + at * step)
      return { name: `s${index}`, times, values: times.map(() => random() * 100), ...oneOf(random, looks) }
    })
    const index = Math.floor(random() * count)
    const chart: LineChart = { series: all, from, to, timeZone: 'UTC', left: { scale: scales.number } }
    const near = from + index * step + (random() - 0.5) * step * 0.4 * (random() < 0.5 ? 0 : 1)
    const exact = all.some(({ draw }) => draw === 'step') ? from + index * step : near
    const rows = readout(chart, exact)
    expect(rows.map(({ layer, value }) => [layer.name, value])).toEqual(
      all.map((series) => [series.name, series.values[index]]),
    )
  }
})

test('nothing is read out in a gap', () => {
  const times = [0, 1, 2, 3, 30, 31, 32].map((index) => from + index * minute)
  const series = { name: 'x', times, values: [1, 2, 3, 4, 5, 6, 7] }
  expect(readout(bare(series), from + 15 * minute)[0]?.value).toBeUndefined()
  expect(readout(bare({ ...series, draw: 'step' }), from + 15 * minute)[0]?.value).toBeUndefined()
  expect(readout(bare({ ...series, draw: 'step' }), from + 2.9 * minute)[0]?.value).toBe(3)
})
