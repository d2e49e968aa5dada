// The answers over the range as one chart: every series of every query, with the query's letter where there are several.
import { unitOf } from '#model/promql/unit-of.ts'
import { shortName, tellingOf } from '#model/series-names.ts'
import type { ChartSeries, LineChart } from '#ui/charts/chart.ts'
import type { Reading } from '#ui/charts/reading.ts'
import { type Scale, scales } from '#ui/format.ts'
import { clean } from '#ui/text.ts'
import type { Answered } from './answers.ts'

/** Undefined where no answer has any series. */
export function chartOf(
  answers: readonly Answered[],
  { cursor, solo, hidden }: Reading,
  timeZone: string | undefined,
): LineChart | undefined {
  const first = answers.find(({ asked }) => asked !== undefined)?.asked
  const series = seriesOf(answers)
  if (first === undefined || series.length === 0) return undefined
  const { from, to } = first
  return {
    ...{ series, from, to, timeZone, solo, hidden },
    left: { scale: scaleOf(answers.map(({ expr }) => expr)), fitted: true },
    legend: { shown: true, place: 'right', calcs: [] },
    ...(cursor !== undefined && { cursor: from + cursor * (to - from) }),
  }
}

function seriesOf(answers: readonly Answered[]): ChartSeries[] {
  const many = answers.length > 1
  return answers.flatMap(({ letter, live, asked }) => {
    const data = live.data?.type === 'matrix' ? live.data.series : []
    const telling = tellingOf(data.map(({ labels }) => labels))
    return data.map(({ labels, times, values }) => ({
      name: clean(`${many ? `${letter} ` : ''}${shortName(labels, telling)}`),
      ...{ times, values, step: asked?.step },
    }))
  })
}

/** One axis has one unit: a plain number where the queries do not agree. */
export function scaleOf(exprs: readonly string[]): Scale {
  const [unit = 'number', ...others] = new Set(exprs.map(unitOf))
  return scales[others.length === 0 ? unit : 'number']
}
