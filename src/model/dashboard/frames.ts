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
  return answers.flatMap((answered) => {
    switch (answered.target.format) {
      case 'table':
        // Several tables are told apart by their queries' letters.
        return [tableFrame(answered, config, tables.size > 1 ? `Value #${answered.target.refId}` : 'Value')]
      case 'heatmap':
        return bucketFrames(answered, config)
      case 'series':
        return seriesFrames(answered, config)
    }
  })
}
