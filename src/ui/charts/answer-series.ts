// A range query's answer as the series of a chart, each by what tells it from the others.
import type { RangeSeries } from '#model/prometheus.ts'
import { shortName, tellingOf } from '#model/series-names.ts'
import { clean } from '#ui/text.ts'
import type { ChartSeries } from './chart.ts'

/** `before` stands before every name: the letter of a query among several. */
export function answerSeries(
  series: readonly RangeSeries[],
  { before = '', step }: { readonly before?: string; readonly step?: number | undefined } = {},
): ChartSeries[] {
  const telling = tellingOf(series.map(({ labels }) => labels))
  return series.map(({ labels, times, values }) => ({
    ...{ name: clean(before + shortName(labels, telling)), times, values, step },
  }))
}
