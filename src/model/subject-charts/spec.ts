// What the charts of one node, pod or workload ask: expressions with their units, and the limits they are held against.

export type Unit = 'cores' | 'bytes' | 'ratio' | 'bytes/s' | 'number' | 'celsius'

export interface ChartSpec {
  readonly id: string
  readonly title: string
  readonly unit: Unit
  readonly lines: readonly LineSpec[]
  readonly limits: readonly LimitSpec[]
  /** The series that it is made of, for the sentence where there are none. */
  readonly metric: string
  /** No series are no fault: not every machine has a thermometer, not every pod a volume. */
  readonly optional?: true
  /** The top of the axis at least: a share is drawn against the whole. */
  readonly top?: number
}

/** One query, which may give several lines. */
export interface LineSpec {
  /** A label whose value names each line; or the name of the one line. */
  readonly name: { readonly label: string } | { readonly text: string }
  readonly query: Query
}

/**
 * A gauge is what stands at a moment: where steps are longer than scrapes its least and greatest value of each step are
 * asked for, so that no spike is lost. A rate covers its window, which is never shorter than the step.
 */
export type Query =
  | { readonly type: 'gauge'; readonly expr: string }
  | { readonly type: 'rate'; readonly expr: (window: string) => string }

export interface LimitSpec {
  readonly name: string
  /** Gives one value, or none where nothing is set. */
  readonly expr: string
}

export const gauge = (expr: string): Query => ({ type: 'gauge', expr })
export const rate = (expr: (window: string) => string): Query => ({ type: 'rate', expr })
