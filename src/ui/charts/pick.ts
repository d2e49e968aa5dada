// Which series of a chart are drawn: six at the most, the ones that reach farthest, each with a place of its own
// that it keeps while others are hidden or one stands alone.
import { seriesRoles } from '#ui/theme.ts'
import type { ChartSeries, LineChart } from './chart.ts'

export interface Picked {
  readonly series: ChartSeries
  /** Its place in the chart's list. */
  readonly index: number
  /** 0 to 5: its letter and its colour. */
  readonly slot: number
}

export interface Pick {
  readonly drawn: readonly Picked[]
  /** What there is no slot for. */
  readonly rest: readonly ChartSeries[]
  /** How many the reader has put away. */
  readonly hidden: number
}

const mostDrawn = seriesRoles.length

export function pick({ series, solo, hidden }: LineChart): Pick {
  const all = series.map((one, index) => ({ series: one, index }))
  const usual = all.length <= mostDrawn ? all : farthest(all)
  const slots = new Map(usual.map(({ index }, slot) => [index, slot]))
  const visible = all.filter(({ index }) =>
    solo === undefined ? hidden?.has(index) !== true : index === solo,
  )
  const chosen = visible.length <= mostDrawn ? visible : farthest(visible)
  // Who comes in for a hidden one takes a slot that is free.
  const free = [...seriesRoles.keys()].filter(
    (slot) => !chosen.some(({ index }) => slots.get(index) === slot),
  )
  const drawn = chosen.map((one) => ({ ...one, slot: slots.get(one.index) ?? free.shift() ?? 0 }))
  const taken = new Set(chosen.map(({ index }) => index))
  return {
    drawn,
    rest: visible.filter(({ index }) => !taken.has(index)).map((one) => one.series),
    hidden: all.length - visible.length,
  }
}

function farthest<One extends { readonly series: ChartSeries; readonly index: number }>(
  all: readonly One[],
): One[] {
  return all
    .map((one) => ({ one, peak: peakOf(one.series.values) }))
    .sort((a, b) => b.peak - a.peak || a.one.index - b.one.index)
    .slice(0, mostDrawn)
    .map(({ one }) => one)
    .sort((a, b) => a.index - b.index)
}

// A chart is drawn again at every key while its samples stay.
const known = new WeakMap<readonly number[], number>()

function peakOf(values: readonly number[]): number {
  const before = known.get(values)
  if (before !== undefined) return before
  let peak = -1
  for (const value of values) {
    const size = Math.abs(value)
    if (size > peak && size < Number.POSITIVE_INFINITY) peak = size
  }
  known.set(values, peak)
  return peak
}
