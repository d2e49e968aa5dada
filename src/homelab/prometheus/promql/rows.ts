// What expressions evaluate to: all steps of a query at once, one row per label set.
import { executionError } from './errors.ts'
import { dropName, keyOf, type Labels, metricName } from './labels.ts'

/** The moments that a query is evaluated at: `start`, `start + step`, …; milliseconds. */
export interface Steps {
  readonly start: number
  readonly step: number
  readonly count: number
}

export function stepsOf(start: number, end: number, step: number): Steps {
  return { start, step, count: end < start ? 0 : Math.floor((end - start) / step) + 1 }
}

/** The first step alone. */
export const firstOf = (steps: Steps): Steps => ({ ...steps, count: 1 })

export function timeAt(steps: Steps, index: number): number {
  return steps.start + index * steps.step
}

/** One series of a result: `values[i]` counts only where `has[i]` is 1. */
export interface Row {
  readonly labels: Labels
  readonly values: Float64Array
  readonly has: Uint8Array
}

/** Samples of a series as a range function sees them, staleness markers taken out. */
export interface Samples {
  readonly labels: Labels
  readonly times: ArrayLike<number>
  readonly values: ArrayLike<number>
}

export type Value =
  | { readonly type: 'vector'; readonly rows: readonly Row[] }
  | { readonly type: 'scalar'; readonly values: Float64Array }
  | { readonly type: 'string'; readonly text: string }

export function emptyRow(labels: Labels, count: number): Row {
  return { labels, values: new Float64Array(count), has: new Uint8Array(count) }
}

export function isEmpty(row: Row): boolean {
  return !row.has.includes(1)
}

export const sameLabelset = 'vector cannot contain metrics with the same labelset'

/** Joins rows whose labels became equal; two values at one step are an error. */
export function mergeRows(rows: readonly Row[]): readonly Row[] {
  const byKey = new Map<string, Row>()
  for (const row of rows) {
    const key = keyOf(row.labels)
    const first = byKey.get(key)
    if (!first) byKey.set(key, row)
    else byKey.set(key, joined(first, row))
  }
  return byKey.size === rows.length ? rows : [...byKey.values()]
}

/**
 * Rows whose values no longer are the metric they were. Series of one metric are told apart by their other labels, so
 * that only those of several can have become the same.
 */
export function withoutNames(rows: readonly Row[]): readonly Row[] {
  const name = rows[0]?.labels[metricName]
  const dropped = rows.map((row) => {
    const labels = dropName(row.labels)
    return labels === row.labels ? row : { labels, values: row.values, has: row.has }
  })
  return rows.every((row) => row.labels[metricName] === name) ? dropped : mergeRows(dropped)
}

function joined(first: Row, second: Row): Row {
  const row = { labels: first.labels, values: first.values.slice(), has: first.has.slice() }
  second.has.forEach((present, index) => {
    if (!present) return
    if (row.has[index]) throw executionError(sameLabelset)
    row.has[index] = 1
    row.values[index] = second.values[index] ?? 0
  })
  return row
}

/** A row with another value at each step that has one. */
export function mapRow(row: Row, labels: Labels, change: (value: number, step: number) => number): Row {
  const values = new Float64Array(row.values.length)
  for (let step = 0; step < values.length; step += 1) {
    if (row.has[step]) values[step] = change(row.values[step] ?? 0, step)
  }
  return { labels, values, has: row.has }
}
