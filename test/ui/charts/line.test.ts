// A chart's parts: what stands on what, which series are drawn, axes, limits, the cursor.
import { describe, expect, test } from 'vitest'
import type { ChartSeries, LineChart } from '#ui/charts/chart.ts'
import { layersOf } from '#ui/charts/layers.ts'
import { lineChart } from '#ui/charts/line.ts'
import { rulerOf } from '#ui/charts/ruler.ts'
import { scales } from '#ui/format.ts'
import { createTheme } from '#ui/theme.ts'

const plain = createTheme({ level: 0, ascii: false })
const minute = 60_000
const from = 1_710_058_620_000
const to = from + 60 * minute
const times = Array.from({ length: 61 }, (_, index) => from + index * minute)
const flat = (name: string, value: number, more: Partial<ChartSeries> = {}): ChartSeries => ({
  name,
  times,
  values: times.map(() => value),
  ...more,
})
const chart = (series: readonly ChartSeries[], more: Partial<LineChart> = {}): LineChart => ({
  series,
  from,
  to,
  timeZone: 'UTC',
  left: { scale: scales.number },
  ...more,
})
const stack = { group: 'A', percent: false }

describe('stacks', () => {
  test('each stands on the one before, the mirrored below zero on their own', () => {
    const all = [
      flat('a', 1, { stack }),
      flat('b', 2, { stack }),
      flat('c', 3, { stack, negative: true }),
      flat('d', 4, { stack, negative: true }),
    ]
    const tops = layersOf(chart(all)).drawn.map((layer) => [layer.floor?.values[0], layer.top.values[0]])
    expect(tops).toEqual([
      [0, 1],
      [1, 3],
      [0, -3],
      [-3, -7],
    ])
  })

  describe('what was before is one line, their total', () => {
    const shift = 24 * 60 * minute
    const past = (...series: readonly ChartSeries[]) => ({
      label: 'a day before',
      shift,
      series: series.map((one) => ({ ...one, times: one.times.map((at) => at - shift) })),
    })
    const now = [flat('a', 1, { stack }), flat('b', 2, { stack }), flat('c', 9)]
    const earlier = past(
      flat('a', 3, { stack }),
      flat('b', 4, { stack }),
      flat('gone', 5, { stack }),
      flat('c', 8),
    )
    const lines = (more: Partial<LineChart>) =>
      layersOf(chart(now, { earlier, ...more })).earlier.map(({ name, top }) => [
        name,
        top.times[0],
        top.values[0],
      ])

    test('with what is not there any more; beside it what is not stacked', () => {
      expect(lines({})).toEqual([
        ['c', from, 8],
        ['total', from, 12],
      ])
    })
    test('without what the reader has put away', () => {
      expect(lines({ hidden: new Set([1]) })).toEqual([
        ['c', from, 8],
        ['total', from, 8],
      ])
    })
    test('of one alone its own', () => {
      expect(lines({ solo: 1 })).toEqual([['total', from, 4]])
    })
    test('mirrored where the stack is, and none of shares, which are always a hundred', () => {
      const negative = { stack, negative: true }
      const share = { stack: { group: 'A', percent: true } }
      const of = (look: Partial<ChartSeries>) =>
        layersOf(
          chart([flat('a', 1, look), flat('b', 1, look)], {
            earlier: past(flat('a', 3, look), flat('b', 4, look)),
          }),
        ).earlier.map(({ top }) => top.values[0])
      expect(of(negative)).toEqual([-7])
      expect(of(share)).toEqual([])
    })
    test('the axis reaches it, and every series is read out beside what it was', () => {
      const shown = lineChart(chart(now.slice(0, 2), { earlier, cursor: from }), 70, 16, plain)
      expect(shown[0]).toMatch(/^ +[⠄⠤]{60}/)
      expect(shown.slice(-2).map((line) => line.trimEnd())).toEqual([
        'a a             1             3',
        'b b             2             4',
      ])
    })
    test('it is seen within the stack that it lies in', () => {
      const high = [flat('a', 20, { stack }), flat('b', 10, { stack })]
      const rows = (more: Partial<LineChart>) => lineChart(chart(high, more), 70, 16, plain)
      const changed = rows({ earlier }).filter((line, row) => line !== rows({})[row])
      expect(changed).toHaveLength(1)
      // A row of dots in cells of their own, from end to end.
      expect(changed[0]).toMatch(/[⠄⠤]{60}/)
    })
  })

  test('in percent every moment is a hundred, and what is read out is not', () => {
    const all = [1, 2, 5].map((value) => flat(`s${value}`, value, { stack: { group: 'A', percent: true } }))
    const { drawn } = layersOf(chart(all))
    expect(drawn.map((layer) => layer.top.values[0])).toEqual([12.5, 37.5, 100])
    expect(drawn.map((layer) => layer.raw.values[0])).toEqual([1, 2, 5])
  })

  test('what is absent adds nothing and stays absent', () => {
    const [first, ...rest] = times
    const all = [
      { name: 'a', times: rest, values: rest.map(() => 1), stack },
      flat('b', 2, { stack }),
      { name: 'c', times, values: times.map((at) => (at === first ? Number.NaN : 4)), stack },
    ]
    const { drawn } = layersOf(chart(all))
    expect(drawn.map((layer) => layer.top.times.length)).toEqual([60, 61, 61])
    expect(drawn[1]?.top.values.slice(0, 2)).toEqual([2, 3])
    expect(drawn[2]?.top.values.slice(0, 2)).toEqual([Number.NaN, 7])
  })
})

describe('which are drawn', () => {
  const many = Array.from({ length: 9 }, (_, index) => flat(`s${index}`, index))
  const shown = (more: Partial<LineChart>, series: readonly ChartSeries[] = many) =>
    layersOf(chart(series, more)).drawn.map((layer) => layer.letter + layer.name)

  test('six that reach farthest, in their order; how many are left is said', () => {
    expect(shown({})).toEqual(['as3', 'bs4', 'cs5', 'ds6', 'es7', 'fs8'])
    expect(lineChart(chart(many), 200, 12, plain).join('\n')).toContain('3 not drawn')
  })

  test('of a stack the rest is one more layer, and the height stays true', () => {
    const stacked = many.map((series) => ({ ...series, stack }))
    expect(shown({}, stacked).at(-1)).toBe('+other (3)')
    expect(layersOf(chart(stacked)).drawn.at(-1)?.top.values[0]).toBe(36)
  })

  test('who stays keeps letter and colour when another is hidden', () => {
    expect(shown({ hidden: new Set([5]) })).toEqual(['cs2', 'as3', 'bs4', 'ds6', 'es7', 'fs8'])
    expect(shown({ solo: 7 })).toEqual(['es7'])
    expect(lineChart(chart(many, { solo: 7 }), 200, 12, plain).join('\n')).toContain('8 hidden')
  })
})

describe('axes', () => {
  const axis = { scale: scales.number }
  const none = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const
  test.each([
    ['from zero with air', {}, 2, 10, 0, 10.5],
    ['below zero where the data is', {}, -10, 10, -11, 11.05],
    ['only below zero', {}, -10, -2, -10.5, 0],
    ['fixed ends hold', { min: 1, max: 5 }, -3, 90, 1, 5],
    ['soft ends give way', { softMin: 0, softMax: 5 }, 2, 10, 0, 10.5],
    ['soft ends hold', { softMax: 100 }, 2, 10, 0, 100],
    ['zero in the middle', { centredZero: true }, -2, 10, -10.63, 10.63],
    ['near the data where zero is far', { fitted: true }, 100, 110, 99.5, 110.525],
    ['to zero where it is near', { fitted: true }, 5, 12, 0, 12.6],
    ['one value alone to zero', { fitted: true }, 7, 7, 0, 7.35],
    ['nothing at all', {}, ...none, 0, 1],
    ['ends in the wrong order', { min: 5, max: 2 }, 0, 1, 5, 6],
    ['whole powers of a logarithm', { logBase: 10 }, 3, 4000, 1, 10_000],
  ])('%s', (_, settings, low, high, bottom, top) => {
    const ruler = rulerOf({ ...axis, ...settings }, low, high)
    expect([ruler.bottom, ruler.top]).toEqual([expect.closeTo(bottom, 2), expect.closeTo(top, 2)])
  })

  test('a logarithm has equal steps, and no place for zero', () => {
    const ruler = rulerOf({ ...axis, logBase: 10 }, 1, 1000)
    expect([1, 10, 100, 1000].map(ruler.share)).toEqual(
      [0, 1 / 3, 2 / 3, 1].map((share) => expect.closeTo(share, 9)),
    )
    expect([0, -1].map(ruler.share)).toEqual([Number.NaN, Number.NaN])
    expect(ruler.ticks(5)).toEqual([1, 10, 100, 1000])
  })

  test('another unit stands at the right, and its series say so', () => {
    const lines = lineChart(
      chart([flat('cpu', 4), flat('memory', 2e9, { axis: 'right' })], { right: { scale: scales.bytes } }),
      80,
      12,
      plain,
    )
    expect(lines.some((line) => /^4 .*[^ ]/.test(line))).toBe(true)
    expect(lines.some((line) => / 1Gi *$/.test(line))).toBe(true)
    expect(lines.at(-1)?.trimEnd()).toBe('a cpu 4 max 4  b memory → 1.86Gi max 1.86Gi')
  })

  test('ticks that would be written alike have as many decimals as tell them apart', () => {
    const near = { name: 'a', times, values: times.map((_, index) => 3000 + index / 60) }
    const scale = {
      format: scales.number.format,
      precise: (value: number, decimals: number) => value.toFixed(decimals),
    }
    const lines = lineChart(chart([near], { left: { scale, fitted: true } }), 60, 12, plain)
    expect(lines.flatMap((line) => /^\d\S*/.exec(line)?.[0] ?? [])).toEqual([
      '3001.00',
      '3000.75',
      '3000.50',
      '3000.25',
      '3000.00',
    ])
  })

  test('ticks stay round where the clocks change', () => {
    // In Berlin the clocks go forward on 2024-03-31 at 02:00.
    const midnight = Date.UTC(2024, 2, 30, 23)
    const day = { from: midnight, to: midnight + 24 * 60 * minute, timeZone: 'Europe/Berlin' }
    const axis = lineChart(chart([flat('a', 1)], day), 60, 6, plain).at(-1)
    expect(axis?.match(/\d\d:\d\d|\d+ [A-Z][a-z]+/g)).toEqual(['31 Mar', '06:00', '12:00', '18:00'])
  })
})

describe('limits', () => {
  test('several have their names at the end, two on one row share it', () => {
    const limits = [
      { value: 8, name: 'limit' },
      { value: 4, name: 'request' },
      { value: 4.01, name: 'quota' },
    ]
    const ends = lineChart(chart([flat('a', 1)], { limits }), 60, 12, plain).filter((line) =>
      line.includes('╌'),
    )
    expect(ends.map((line) => line.replace(/^.*╌ /, ''))).toEqual(['limit', 'request · quota'])
  })

  test('a distant one does not press the data flat', () => {
    const near = lineChart(
      chart([flat('a', 1)], { limits: [{ value: 80, name: 'x', distant: true }] }),
      60,
      12,
      plain,
    )
    expect(near.join('')).not.toContain('╌')
  })
})

describe('the cursor', () => {
  const at = from + 30 * minute
  const marks = [
    { at, letter: 'F', text: 'ks/apps' },
    { at: at + 1000, letter: 'K', text: 'checkout' },
  ]

  test('reads every series out, with its time and what happened', () => {
    const all = [flat('cart', 3), { name: 'errors', times, values: times.map((_, index) => index) }]
    const lines = lineChart(chart(all, { cursor: at, marks }), 70, 16, plain)
    expect(lines.slice(-3).map((line) => line.trimEnd())).toEqual([
      '08:47:00  F ks/apps  K checkout  value',
      'a cart                               3',
      'b errors                            30',
    ])
    expect(lines.find((line) => line.includes('08:47:00'))).toBeDefined()
    // Of two marks in one cell the graver one has it, the other the cell before.
    expect(lines.at(-5)).toMatch(/[ ·⠀-⣿]FK[ ·⠀-⣿]/)
  })

  test('the range before stands beside it', () => {
    const earlier = {
      label: '1d before',
      shift: 24 * 60 * minute,
      series: [{ ...flat('cart', 7), times: times.map((one) => one - 24 * 60 * minute) }, flat('gone', 1)],
    }
    const lines = lineChart(chart([flat('cart', 3)], { cursor: at, earlier }), 70, 16, plain)
    expect(lines.slice(-2).map((line) => line.trimEnd())).toEqual([
      '08:47:00    value  1d before',
      '─ cart          3          7',
    ])
  })

  test('a series that measured nothing there has a dash', () => {
    const early = { name: 'b', times: times.slice(0, 10), values: times.slice(0, 10).map(() => 1) }
    const lines = lineChart(chart([flat('a', 3), early], { cursor: at }), 70, 16, plain)
    expect(lines.at(-1)?.trimEnd()).toMatch(/^b b +–$/)
  })
})

test('what is not to be listed is drawn, and read out at the cursor', () => {
  const all = [flat('a', 1), flat('quiet', 2, { unlisted: true })]
  expect(lineChart(chart(all), 60, 10, plain).at(-1)).not.toContain('quiet')
  expect(lineChart(chart(all, { cursor: from }), 60, 10, plain).join('')).toContain('quiet')
  expect(lineChart(chart(all), 60, 10, plain).some((line) => line.endsWith('b'))).toBe(true)
})

test('NaN and infinities are left out of the lines and read out as they are', () => {
  const values = times.map((_, index) =>
    index === 60 ? Number.POSITIVE_INFINITY : index % 7 === 3 ? Number.NaN : 5,
  )
  const lines = lineChart(chart([{ name: 'a', times, values }, flat('b', 1)]), 70, 10, plain)
  expect(lines.at(-1)).toContain('a a +Inf max 5')
  expect(lines[0]).toMatch(/[\u2801-\u28ff]/)
})

test('a dotted, dashed or dim look costs no cell, and a name never loses its end', () => {
  const name = `shop/checkout-${'7d9f8c'.repeat(20)}-x2x4z`
  const lines = lineChart(chart([flat(name, 1, { dashed: true }), flat('b', 2)]), 60, 10, plain)
  expect(lines.join('\n')).toMatch(/a shop\/chec…[^ ]*-x2x4z 1 max 1/)
})
