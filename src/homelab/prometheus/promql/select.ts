// Selectors over the storage: the newest sample at each step, and windows of samples that slide over the steps.
import type { Matcher, Series, Storage } from '#homelab/prometheus/storage.ts'
import { nextTurn, turnIsOver } from '#homelab/prometheus/turns.ts'
import type { Selector } from './ast.ts'
import { QueryError } from './errors.ts'
import { Notes } from './notes.ts'
import { emptyRow, isEmpty, type Row, type Samples, type Steps, timeAt, type Value } from './rows.ts'
import type { Window, WindowFunction } from './windows.ts'

/** What one query may read and how long it may take; kept over all of its parts. */
export class QueryContext {
  readonly storage: Storage
  /** Milliseconds; how old a sample may be and still count. */
  readonly lookback: number
  /** What `@ start()` and `@ end()` mean, milliseconds. */
  readonly bounds: { readonly start: number; readonly end: number }
  readonly notes: Notes
  readonly #deadline: number
  readonly #signal: AbortSignal | undefined
  readonly #maxSamples: number
  readonly #selected = new Map<string, readonly Series[]>()
  readonly #values = new Map<object, { readonly steps: Steps; readonly value: Value }>()
  #samples = 0

  constructor(options: {
    storage: Storage
    /** Absent where only a tree is known: notes then have no place. */
    text?: string | undefined
    lookback: number
    bounds: { start: number; end: number }
    timeout: number
    maxSamples: number
    signal?: AbortSignal | undefined
  }) {
    this.storage = options.storage
    this.notes = new Notes(options.text)
    this.lookback = options.lookback
    this.bounds = options.bounds
    this.#deadline = performance.now() + options.timeout
    this.#signal = options.signal
    this.#maxSamples = options.maxSamples
  }

  /** Throws QueryError where the query has run too long or nobody waits for it any more. */
  check(): void {
    if (this.#signal?.aborted) throw new QueryError('canceled', 'query was canceled in expression evaluation')
    if (performance.now() > this.#deadline) {
      throw new QueryError('timeout', 'query timed out in expression evaluation')
    }
  }

  charge(samples: number): void {
    this.#samples += samples
    if (this.#samples <= this.#maxSamples) return
    throw new QueryError(
      'execution',
      'query processing would load too many samples into memory in query execution',
    )
  }

  /** Series with samples in (from, to], in the storage's order; asked once however often the query names them. */
  select(matchers: readonly Matcher[], from: number, to: number): readonly Series[] {
    const key = JSON.stringify([matchers, from, to])
    const known = this.#selected.get(key)
    if (known) return known
    const found: Series[] = []
    for (const series of this.storage.select(matchers, from, to)) this.#take(series, found)
    this.#selected.set(key, found)
    return found
  }

  /** The same in slices, for `select` to find afterwards; false where it must be left to `select`. */
  async readAhead(matchers: readonly Matcher[], from: number, to: number): Promise<boolean> {
    const key = JSON.stringify([matchers, from, to])
    if (this.#selected.has(key)) return true
    const mayRead = (await this.storage.prepare?.(matchers, from, to)) ?? true
    if (!mayRead) return false
    const found: Series[] = []
    for (const series of this.storage.select(matchers, from, to)) {
      this.#take(series, found)
      if (turnIsOver()) await nextTurn()
    }
    this.#selected.set(key, found)
    return true
  }

  /** What a part of the query came to, worked out ahead of the rest. */
  keepValue(part: object, steps: Steps, value: Value): void {
    this.#values.set(part, { steps, value })
  }

  valueOf(part: object, { start, step, count }: Steps): Value | undefined {
    const kept = this.#values.get(part)
    if (kept?.steps.start !== start || kept.steps.step !== step || kept.steps.count !== count)
      return undefined
    return kept.value
  }

  #take(series: Series, found: Series[]): void {
    this.charge(series.times.length)
    if (series.times.length > 0) found.push(series)
    this.check()
  }
}

/** The moment that a selector looks at for a step, after `@` and `offset`. */
export function momentOf(
  node: Pick<Selector, 'at' | 'offset'>,
  bounds: { start: number; end: number },
): (time: number) => number {
  const { at, offset } = node
  if (at === undefined) return (time) => time - offset
  const fixed = (typeof at === 'number' ? at : bounds[at]) - offset
  return () => fixed
}

/** The first and last moment of all steps. */
export function reach(steps: Steps, moment: (time: number) => number): { first: number; last: number } {
  return { first: moment(steps.start), last: moment(timeAt(steps, steps.count - 1)) }
}

/** The newest sample no older than the lookback, at each step; `what` says which of its two numbers. */
export function selectInstant(
  context: QueryContext,
  node: Selector,
  steps: Steps,
  what: 'value' | 'timestamp',
): readonly Row[] {
  const moment = momentOf(node, context.bounds)
  const { first, last } = reach(steps, moment)
  const rows: Row[] = []
  for (const series of context.select(node.matchers, first - context.lookback, last)) {
    const row = emptyRow(series.labels, steps.count)
    const { times, values, stale } = series
    let next = 0
    for (let step = 0; step < steps.count; step += 1) {
      const time = moment(timeAt(steps, step))
      while (next < times.length && (times[next] ?? 0) <= time) next += 1
      const index = next - 1
      if (index < 0) continue
      const at = times[index] ?? 0
      if (at <= time - context.lookback || stale?.has(index)) continue
      row.values[step] = what === 'value' ? (values[index] ?? 0) : at / 1000
      row.has[step] = 1
    }
    if (!isEmpty(row)) rows.push(row)
  }
  context.charge(rows.length * steps.count)
  return rows
}

/** The series' samples without staleness markers, which no range function sees. */
export function withoutStale(series: Series): Samples {
  const { labels, stale, times, values } = series
  if (!stale || stale.size === 0) return series
  const fresh = (_: number, index: number) => !stale.has(index)
  return { labels, times: Array.from(times).filter(fresh), values: Array.from(values).filter(fresh) }
}

/** Runs a function over each series' window (moment - range, moment] at each step. */
export function slide(
  series: Iterable<Samples>,
  steps: Steps,
  how: {
    readonly moment: (time: number) => number
    readonly range: number
    readonly run: WindowFunction
    readonly parameter: Float64Array | undefined
    readonly check: () => void
  },
): readonly Row[] {
  const rows: Row[] = []
  for (const { labels, times, values } of series) {
    how.check()
    const row = emptyRow(labels, steps.count)
    const window: Window = { times, values, from: 0, to: 0, start: 0, end: 0, now: 0 }
    for (let step = 0; step < steps.count; step += 1) {
      window.now = timeAt(steps, step)
      window.end = how.moment(window.now)
      window.start = window.end - how.range
      while (window.to < times.length && (times[window.to] ?? 0) <= window.end) window.to += 1
      while (window.from < window.to && (times[window.from] ?? 0) <= window.start) window.from += 1
      if (window.from === window.to) continue
      const value = how.run(window, how.parameter?.[step] ?? 0)
      if (value === undefined) continue
      row.values[step] = value
      row.has[step] = 1
    }
    if (!isEmpty(row)) rows.push(row)
  }
  return rows
}
