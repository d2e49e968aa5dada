// A frame for each series: its times and its values. Where samples are missing in between there is a row without a
// value, so that nobody joins what is not one line.
import type { Labels, QueryAnswer } from '#model/prometheus.ts'
import type { DataFrame, Field, FieldConfig, Value } from './field.ts'
import type { Answered } from './frames.ts'
import { legendName, onlyLabel } from './legend-name.ts'

export interface Series {
  readonly labels: Labels
  readonly times: readonly number[]
  readonly values: readonly Value[]
}

export function seriesFrames(
  { target, answer, expr, legend, step }: Answered,
  config: FieldConfig,
): readonly DataFrame[] {
  const all = seriesOf(answer)
  const only = onlyLabel(all)
  return all.map((one) => {
    const name = legendName(legend, one.labels, only, expr)
    return seriesFrame(target.refId, name, withGaps(one, step), config)
  })
}

export function seriesFrame(refId: string, name: string, series: Series, config: FieldConfig): DataFrame {
  const { labels, times, values } = series
  const value: Field = {
    name: 'Value',
    type: values.some((one) => typeof one === 'string') ? 'string' : 'number',
    labels,
    values,
    config,
    ...(name !== '' && { displayName: name }),
  }
  const time: Field = { name: 'Time', type: 'time', values: times, config }
  return { refId, ...(name !== '' && { name }), fields: [time, value], length: times.length }
}

/** Every type of answer as series; a moment is a series of one point. */
export function seriesOf(answer: QueryAnswer): readonly Series[] {
  switch (answer.type) {
    case 'matrix':
      return answer.series
    case 'vector':
      return answer.samples.map(({ labels, at, value }) => ({ labels, times: [at], values: [value] }))
    case 'scalar':
      return [{ labels: {}, times: [answer.at], values: [answer.value] }]
    case 'string':
      return [{ labels: {}, times: [answer.at], values: [answer.text] }]
  }
}

/** Half a step is allowed for, since a server may round times. */
function withGaps(series: Series, step: number): Series {
  const { times, values } = series
  if (step <= 0 || times.every((at, index) => index === 0 || at - (times[index - 1] ?? at) < 1.5 * step))
    return series
  const filled: { times: number[]; values: Value[] } = { times: [], values: [] }
  for (const [index, at] of times.entries()) {
    const before = times[index - 1]
    if (before !== undefined && at - before >= 1.5 * step) {
      filled.times.push(before + step)
      filled.values.push(undefined)
    }
    filled.times.push(at)
    filled.values.push(values[index])
  }
  return { labels: series.labels, ...filled }
}
