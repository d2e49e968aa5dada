// Instant and range queries: text in, typed result out, within Prometheus's limits.
import type { Storage } from '#homelab/prometheus/storage.ts'
import { nextTurn, turnIsOver } from '#homelab/prometheus/turns.ts'
import { workAhead } from './ahead.ts'
import { type Expr, unwrap } from './ast.ts'
import { QueryError } from './errors.ts'
import { evaluate, samplesOf } from './evaluate.ts'
import { type Labels, sortByLabels } from './labels.ts'
import { parse } from './parse.ts'
import { type Row, type Steps, stepsOf, timeAt } from './rows.ts'
import { momentOf, QueryContext } from './select.ts'

interface Point {
  /** Milliseconds. */
  readonly at: number
  readonly value: number
}

export type QueryResult =
  | {
      readonly type: 'vector'
      readonly samples: readonly { readonly labels: Labels; readonly value: number }[]
    }
  | {
      readonly type: 'matrix'
      readonly series: readonly { readonly labels: Labels; readonly points: readonly Point[] }[]
    }
  | { readonly type: 'scalar'; readonly value: number }
  | { readonly type: 'string'; readonly text: string }

export interface QueryAnswer {
  readonly result: QueryResult
  readonly warnings: readonly string[]
  readonly infos: readonly string[]
}

export interface QueryOptions {
  readonly storage: Storage
  /** Milliseconds; Prometheus's `--query.lookback-delta`, 5 minutes unless told. */
  readonly lookback?: number
  /** Milliseconds; two minutes unless told. */
  readonly timeout?: number
  readonly maxSamples?: number
  readonly signal?: AbortSignal
}

function contextOf(
  query: string | Expr,
  options: QueryOptions,
  bounds: { start: number; end: number },
): QueryContext {
  return new QueryContext({
    storage: options.storage,
    text: typeof query === 'string' ? query : undefined,
    lookback: options.lookback ?? 300_000,
    bounds,
    timeout: options.timeout ?? 120_000,
    maxSamples: options.maxSamples ?? 50_000_000,
    signal: options.signal,
  })
}

interface Range {
  readonly start: number
  readonly end: number
  readonly step: number
}

/** Throws QueryError. `query` is text, or a tree that `parse` made. */
export function queryInstant(query: string | Expr, time: number, options: QueryOptions): QueryAnswer {
  const expr = typeof query === 'string' ? parse(query) : query
  return instant(contextOf(query, options, { start: time, end: time }), expr, time)
}

/** The same in slices, so that others have their turn while samples are read. */
export async function answerInstant(
  query: string,
  time: number,
  options: QueryOptions,
): Promise<QueryAnswer> {
  const expr = parse(query)
  const context = contextOf(query, options, { start: time, end: time })
  await ahead(context, expr, { start: time, step: 1, count: 1 })
  return instant(context, expr, time)
}

async function ahead(context: QueryContext, expr: Expr, steps: Steps): Promise<void> {
  await nextTurn()
  await workAhead(context, expr, steps)
  if (turnIsOver()) await nextTurn()
}

function instant(context: QueryContext, expr: Expr, time: number): QueryAnswer {
  const answer = (result: QueryResult): QueryAnswer => ({
    result,
    warnings: context.notes.warnings,
    infos: context.notes.infos,
  })
  const steps = { start: time, step: 1, count: 1 }
  const inner = unwrap(expr)
  if (inner.kind === 'matrix' || inner.kind === 'subquery') {
    const moment = momentOf(inner.kind === 'matrix' ? inner.selector : inner, context.bounds)(time)
    const series = samplesOf(context, inner, steps).map(({ labels, times, values }) => {
      const points = Array.from(times, (at, index) => ({ at, value: values[index] ?? 0 }))
      return { labels, points: points.filter(({ at }) => at <= moment && at > moment - inner.range) }
    })
    const present = series.filter(({ points }) => points.length > 0)
    return answer({ type: 'matrix', series: sortByLabels(present) })
  }
  const value = evaluate(context, expr, steps)
  switch (value.type) {
    case 'string':
      return answer({ type: 'string', text: value.text })
    case 'scalar':
      return answer({ type: 'scalar', value: value.values[0] ?? Number.NaN })
    case 'vector':
      return answer({
        type: 'vector',
        samples: value.rows
          .filter((row) => row.has[0])
          .map((row) => ({ labels: row.labels, value: row.values[0] ?? Number.NaN })),
      })
  }
}

/** Throws QueryError. Times and step, which is positive, in milliseconds; the answer is a matrix sorted by labels. */
export function queryRange(query: string | Expr, range: Range, options: QueryOptions): QueryAnswer {
  return matrixOf(evaluateRange(query, range, options), range)
}

/** The same in slices, so that others have their turn while samples are read. */
export async function answerRange(query: string, range: Range, options: QueryOptions): Promise<QueryAnswer> {
  const expr = parse(query)
  return matrixOf((await prepareRange(expr, range, options, query))(), range)
}

function matrixOf({ rows, warnings, infos }: RangeRows, { start, step }: Range): QueryAnswer {
  const series = rows.map((row) => {
    const points: Point[] = []
    row.has.forEach((present, index) => {
      if (present) points.push({ at: start + index * step, value: row.values[index] ?? 0 })
    })
    return { labels: row.labels, points }
  })
  return {
    result: { type: 'matrix', series: series.filter(({ points }) => points.length > 0) },
    warnings,
    infos,
  }
}

interface RangeRows {
  readonly rows: readonly Row[]
  readonly warnings: readonly string[]
  readonly infos: readonly string[]
}

/** The rows of a range query as they are computed, by labels and without the limit of points: for rules. */
export function evaluateRange(query: string | Expr, range: Range, options: QueryOptions): RangeRows {
  const expr = typeof query === 'string' ? parse(query) : query
  refuseRanges(expr)
  return rangeRows(contextOf(query, options, range), expr, range)
}

/** Reads in slices what `evaluateRange` needs; what it resolves to does the rest at one go. */
export async function prepareRange(
  expr: Expr,
  range: Range,
  options: QueryOptions,
  text: string | Expr = expr,
): Promise<() => RangeRows> {
  refuseRanges(expr)
  const context = contextOf(text, options, range)
  await ahead(context, expr, stepsOf(range.start, range.end, range.step))
  return () => rangeRows(context, expr, range)
}

function refuseRanges(expr: Expr): void {
  const inner = unwrap(expr)
  if (inner.kind !== 'matrix' && inner.kind !== 'subquery' && inner.kind !== 'string') return
  const type = inner.kind === 'string' ? 'string' : 'range vector'
  throw new QueryError(
    'bad_data',
    `invalid expression type "${type}" for range query, must be Scalar or instant Vector`,
  )
}

function rangeRows(context: QueryContext, expr: Expr, { start, end, step }: Range): RangeRows {
  const steps = stepsOf(start, end, step)
  if (steps.count === 0) return { rows: [], warnings: [], infos: [] }
  const value = evaluate(context, expr, { ...steps, start: timeAt(steps, 0) })
  const rows: readonly Row[] =
    value.type === 'scalar'
      ? [{ labels: {}, values: value.values, has: new Uint8Array(steps.count).fill(1) }]
      : value.type === 'vector'
        ? sortByLabels(value.rows)
        : []
  return { rows, warnings: context.notes.warnings, infos: context.notes.infos }
}
