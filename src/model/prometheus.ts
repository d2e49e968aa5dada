// Prometheus's answers as we keep them. Times are milliseconds since the epoch (the wire has seconds).

import type { ObjectRef } from '#model/kube.ts'

export type Labels = Readonly<Record<string, string>>

/** One series of a range query; `values[i]` was at `times[i]`. A gap is simply absent: charts must not join it. */
export interface RangeSeries {
  readonly labels: Labels
  readonly times: readonly number[]
  readonly values: readonly number[]
}

export interface InstantSample {
  readonly labels: Labels
  readonly at: number
  readonly value: number
}

/** What the server says beside its data, in its words. */
export interface AnswerNotes {
  /** The data may not be what was asked for. */
  readonly warnings: readonly string[]
  /** Of the query, for whoever writes it: `metric might not be a counter`. Absent: none. */
  readonly infos?: readonly string[]
}

export type QueryAnswer = AnswerNotes &
  (
    | { readonly type: 'vector'; readonly samples: readonly InstantSample[] }
    | { readonly type: 'matrix'; readonly series: readonly RangeSeries[] }
    | { readonly type: 'scalar'; readonly at: number; readonly value: number }
    | { readonly type: 'string'; readonly at: number; readonly text: string }
  )

/** What a metric's targets say of it. */
export interface MetricHelp {
  readonly type: string
  readonly help: string
  readonly unit: string
}

/** A list of names; `cut`: there are more. */
export interface Names {
  readonly names: readonly string[]
  readonly cut: boolean
}

export interface TargetRow {
  readonly job: string
  readonly namespace?: string
  readonly service?: string
  readonly instance: string
  readonly up: boolean
  readonly lastError?: string
  readonly lastScrapeAt?: number
}

export interface AlertRow {
  readonly name: string
  readonly state: 'firing' | 'pending'
  readonly severity?: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly activeAt?: number
  readonly value?: number
  /** What it is about, where its labels name an object and it was judged among others. */
  readonly subject?: ObjectRef
}

export interface RuleRow {
  readonly group: string
  readonly name: string
  readonly type: 'alerting' | 'recording'
  readonly query: string
  /** Seconds the expression must hold. */
  readonly duration?: number
  readonly health: string
  readonly lastError?: string
  readonly state?: string
}
