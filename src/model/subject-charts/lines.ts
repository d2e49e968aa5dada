// From Prometheus's answers to the lines of a chart.
import type { RangeSeries } from '#model/prometheus.ts'
import type { LineSpec } from './spec.ts'

export interface ChartLine {
  readonly name: string
  /** Milliseconds from one step to the next: what lies farther apart is a gap. */
  readonly step: number
  readonly times: readonly number[]
  readonly values: readonly number[]
}

export interface ChartData {
  readonly from: number
  readonly to: number
  readonly lines: readonly ChartLine[]
  readonly limits: readonly { readonly name: string; readonly value: number }[]
}

export function linesOf({ name }: LineSpec, series: readonly RangeSeries[], step: number): ChartLine[] {
  return series.map(({ labels, times, values }) => ({
    name: 'text' in name ? name.text : (labels[name.label] ?? ''),
    step,
    times,
    values,
  }))
}

/**
 * The least and the greatest value of each step as one series: the least stands half a step before, so that both are
 * drawn. A step in which nothing changed is one point.
 */
export function extremes(
  least: readonly RangeSeries[],
  greatest: readonly RangeSeries[],
  step: number,
): RangeSeries[] {
  const keyOf = ({ labels }: RangeSeries) => JSON.stringify(Object.entries(labels).sort())
  const low = new Map(least.map((series) => [keyOf(series), series]))
  return greatest.map((high) => {
    const below = low.get(keyOf(high))
    const leastAt = new Map(below?.times.map((at, index) => [at, below.values[index]]))
    const times: number[] = []
    const values: number[] = []
    for (const [index, at] of high.times.entries()) {
      const value = high.values[index] ?? Number.NaN
      const min = leastAt.get(at)
      if (min !== undefined && min !== value) {
        times.push(at - step / 2)
        values.push(min)
      }
      times.push(at)
      values.push(value)
    }
    return { labels: high.labels, times, values }
  })
}
