// What the PromQL evaluator reads: samples at scrape times. Shapes only; series/ makes one from the world.

export interface Matcher {
  readonly label: string
  readonly op: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

/** One series. Times are milliseconds since the epoch, strictly rising. NaN with `stale` set is a staleness marker. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>
  readonly times: readonly number[] | Float64Array
  readonly values: readonly number[] | Float64Array
  /** Indexes of staleness markers. */
  readonly stale?: ReadonlySet<number>
}

export interface MetricMetadata {
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown'
  readonly help: string
  readonly unit: string
}

export interface Storage {
  /** All series that match, with the samples in (from, to], milliseconds. `__name__` is a label. */
  select(matchers: readonly Matcher[], from: number, to: number): Iterable<Series>
  /**
   * Does what a select will need, slice by slice, so that nobody else waits for it. False where the select must not
   * be made ahead of its time. Absent where there is nothing to prepare.
   */
  prepare?(matchers: readonly Matcher[], from: number, to: number): Promise<boolean>
  labelNames(matchers: readonly (readonly Matcher[])[], from: number, to: number): readonly string[]
  labelValues(
    label: string,
    matchers: readonly (readonly Matcher[])[],
    from: number,
    to: number,
  ): readonly string[]
  metadata(): ReadonlyMap<string, MetricMetadata>
}
