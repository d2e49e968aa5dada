// The answers over the range as one chart: every series of every query, with the query's letter where there are several.
import { type ExprUnit, unitOf } from '#model/promql/unit-of.ts'
import { answerSeries } from '#ui/charts/answer-series.ts'
import type { ChartSeries, LineChart } from '#ui/charts/chart.ts'
import type { Reading } from '#ui/charts/reading.ts'
import { type Scale, scales } from '#ui/format.ts'
import { type Answered, sizeOf } from './answers.ts'

/** Undefined where no answer has any series. Another unit than the first one's has the axis at the right. */
export function chartOf(
  answers: readonly Answered[],
  { at, solo, hidden }: Reading,
  timeZone: string | undefined,
): LineChart | undefined {
  const drawn = answers.filter(({ live }) => live.data !== undefined && sizeOf(live.data) > 0)
  const [unit = 'number', ...others] = new Set(drawn.map(({ expr }) => unitOf(expr)))
  const first = answers.find(({ asked }) => asked !== undefined)?.asked
  const series = seriesOf(answers, unit)
  if (first === undefined || series.length === 0) return undefined
  const { from, to } = first
  const [other] = others
  return {
    ...{ series, from, to, timeZone, solo, hidden, cursor: at },
    left: { scale: scales[unit], fitted: true },
    ...(other !== undefined && {
      right: { scale: scales[others.length > 1 ? 'number' : other], fitted: true },
    }),
    legend: { shown: true, place: 'right', calcs: [] },
  }
}

function seriesOf(answers: readonly Answered[], left: ExprUnit): ChartSeries[] {
  const many = answers.length > 1
  return answers.flatMap(({ letter, expr, live, asked }) => {
    const data = live.data?.type === 'matrix' ? live.data.series : []
    const named = answerSeries(data, { before: many ? `${letter} ` : '', step: asked?.step })
    return unitOf(expr) === left ? named : named.map((one) => ({ ...one, axis: 'right' as const }))
  })
}

/** Of one column: a plain number where the queries do not agree. */
export function scaleOf(exprs: readonly string[]): Scale {
  const [unit = 'number', ...others] = new Set(exprs.map(unitOf))
  return scales[others.length === 0 ? unit : 'number']
}
