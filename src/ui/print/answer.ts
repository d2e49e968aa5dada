// A PromQL answer as text: a table of the moment, a chart of a range, or CSV.
import type { Labels, QueryAnswer, RangeSeries } from '#model/prometheus.ts'
import { labelNames } from '#model/series-names.ts'
import { boundsOf, type TimeRange } from '#model/time.ts'
import { answerSeries } from '#ui/charts/answer-series.ts'
import { lineChart } from '#ui/charts/line.ts'
import { scales } from '#ui/format.ts'
import { grid } from '#ui/print/list.ts'
import { clean, toAscii } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'

export interface PrintStyle {
  readonly columns: number
  readonly colour: 0 | 1 | 2 | 3
  readonly ascii: boolean
  readonly now: number
  readonly timeZone: string | undefined
}

export interface AnswersView {
  readonly answers: readonly { readonly expr: string; readonly answer: QueryAnswer }[]
  readonly range?: TimeRange
}

/** One below the other, each headed by what was asked where there are several. */
export function printAnswers({ answers, range }: AnswersView, style: PrintStyle): string {
  const theme = createTheme({ level: style.colour, ascii: style.ascii })
  const parts = answers.map(({ expr, answer }) => [
    ...(answers.length > 1 ? [clean(expr)] : []),
    ...body(answer, range, style),
    ...answer.warnings.map((warning) => `warning: ${clean(warning)}`),
    ...(answer.infos ?? []).map((info) => theme.paint('dim', infoLine(info))),
  ])
  const text = parts.map((lines) => lines.join('\n')).join('\n\n')
  return style.ascii ? toAscii(text) : text
}

const infoLine = (info: string) => `info: ${clean(info)}`

function body(answer: QueryAnswer, range: TimeRange | undefined, style: PrintStyle): string[] {
  switch (answer.type) {
    case 'scalar':
      return [plain(answer.value)]
    case 'string':
      return [clean(answer.text)]
    case 'vector':
      return answer.samples.length === 0 ? ['no series'] : [instantTable(answer)]
    case 'matrix':
      return answer.series.length === 0
        ? ['no series']
        : chart(answer.series, range ?? { span: 3_600_000 }, style)
  }
}

function instantTable(answer: QueryAnswer & { type: 'vector' }): string {
  const names = labelNames(answer.samples.map((sample) => sample.labels))
  const rows = answer.samples.map((sample) => [
    ...names.map((name) => clean(sample.labels[name] ?? '')),
    plain(sample.value),
  ])
  return grid([...names, 'value'], rows, [...names.map(() => 'left' as const), 'right'])
}

const MOST_SERIES = 6

function chart(series: readonly RangeSeries[], range: TimeRange, style: PrintStyle): string[] {
  const theme = createTheme({ level: style.colour, ascii: style.ascii })
  const shown = [...series].sort((a, b) => last(b) - last(a)).slice(0, MOST_SERIES)
  const left = series.length - shown.length
  const lines = lineChart(
    {
      series: answerSeries(shown),
      ...boundsOf(range, style.now),
      left: { scale: scales.number },
      legend: { shown: true, place: 'right', calcs: [] },
      timeZone: style.timeZone,
    },
    style.columns,
    Math.min(24, 14 + shown.length),
    theme,
  )
  return left > 0 ? [...lines, theme.paint('dim', `${left} more series: -o json shows them all`)] : lines
}

const last = (series: RangeSeries) => series.values.at(-1) ?? Number.NEGATIVE_INFINITY

/** As Prometheus writes numbers: the shortest that reads back the same, `+Inf`, `-Inf`, `NaN`. */
function plain(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value)
}

/** One line a sample: the time, the labels, the value; before them which was asked, where several were. */
export function printCsv(answers: AnswersView['answers'], writeTime: (at: number) => string): string {
  const samples = answers.flatMap(({ expr, answer }) =>
    samplesOf(answer).map((sample) => ({ ...sample, expr })),
  )
  const many = answers.length > 1
  const names = labelNames(samples.map((sample) => sample.labels))
  const rows = samples.map((sample) => [
    ...(many ? [clean(sample.expr)] : []),
    writeTime(sample.at),
    ...names.map((name) => clean(sample.labels[name] ?? '')),
    plain(sample.value),
  ])
  const head = [...(many ? ['query'] : []), 'time', ...names, 'value']
  return [head, ...rows].map((row) => row.map(csvField).join(',')).join('\n')
}

function samplesOf(answer: QueryAnswer): { labels: Labels; at: number; value: number }[] {
  switch (answer.type) {
    case 'scalar':
      return [{ labels: {}, at: answer.at, value: answer.value }]
    case 'string':
      return []
    case 'vector':
      return [...answer.samples]
    case 'matrix':
      return answer.series.flatMap(({ labels, times, values }) =>
        times.map((at, index) => ({ labels, at, value: values[index] ?? Number.NaN })),
      )
  }
}

/** RFC 4180; a field that a spreadsheet would run as a formula stays as it is: these are label values. */
const csvField = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
