// Prometheus's answers as frames, in the format that a target asks for.
import type { QueryAnswer } from '#model/prometheus.ts'
import { bucketFrames } from './bucket-frames.ts'
import type { Target } from './dashboard.ts'
import type { DataFrame, FieldConfig } from './field.ts'
import { seriesFrames } from './series-frames.ts'
import { tableFrame } from './table-frame.ts'

/** One query of a panel, and what came back. */
export interface Answered {
  readonly target: Pick<Target, 'refId' | 'format'>
  readonly answer: QueryAnswer
  /** As it was sent, and the legend with the dashboard's variables in it. */
  readonly expr: string
  readonly legend: string
  /** Milliseconds between two points; 0 of an instant query. */
  readonly step: number
}

/** `config` is what the panel says about all its fields. */
export function framesOf(answers: readonly Answered[], config: FieldConfig): readonly DataFrame[] {
  const tables = new Set(
    answers.filter(({ target }) => target.format === 'table').map(({ target }) => target.refId),
  )
  // Several tables are told apart by their queries' letters.
  return answers.flatMap((answered) =>
    framesOfOne(answered, config, tables.size > 1 ? `Value #${answered.target.refId}` : 'Value'),
  )
}

function framesOfOne(answered: Answered, config: FieldConfig, valueName: string): readonly DataFrame[] {
  switch (answered.target.format) {
    case 'table':
      return [tableFrame(answered, config, valueName)]
    case 'heatmap':
      return bucketFrames(answered, config)
    case 'series':
      return seriesFrames(answered, config)
  }
}
