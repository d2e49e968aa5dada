// All the series of a query as one table: the time, a column for every label, the value.
import type { DataFrame, FieldConfig } from './field.ts'
import type { Answered } from './frames.ts'
import { seriesOf } from './series-frames.ts'

export function tableFrame({ target, answer }: Answered, config: FieldConfig, valueName: string): DataFrame {
  const series = seriesOf(answer)
  const labels = [...new Set(series.flatMap((one) => Object.keys(one.labels)))].sort()
  const rows = series.flatMap((one) =>
    one.times.map((at, index) => ({ at, labels: one.labels, value: one.values[index] })),
  )
  // Of a range, all that was measured at one moment stands together.
  if (answer.type === 'matrix') rows.sort((a, b) => a.at - b.at)
  const isText = answer.type === 'string'
  return {
    refId: target.refId,
    fields: [
      { name: 'Time', type: 'time', values: rows.map(({ at }) => at), config },
      ...labels.map((label) => ({
        name: label,
        type: 'string' as const,
        values: rows.map((row) => row.labels[label]),
        config,
      })),
      { name: valueName, type: isText ? 'string' : 'number', values: rows.map(({ value }) => value), config },
    ],
    length: rows.length,
  }
}
