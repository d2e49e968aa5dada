// Aggregation over series: sum, avg, topk and the others, grouped by labels.
import type { Labels } from './labels.ts'
import { keyOf, keyOn, omit, pick, withLabel } from './labels.ts'
import { formatValue } from './literals.ts'
import { emptyRow, type Row } from './rows.ts'
import { meanOf, quantileOf, sumOf } from './sums.ts'

export interface Grouping {
  readonly without: boolean
  readonly labels: readonly string[]
}

interface Group {
  readonly labels: Labels
  readonly rows: Row[]
}

const droppedBy = (grouping: Grouping): ReadonlySet<string> =>
  new Set([...grouping.labels, '__name__', '__type__', '__unit__'])

export function groupsOf(rows: readonly Row[], grouping: Grouping): Group[] {
  const groups = new Map<string, Group>()
  const away = droppedBy(grouping)
  for (const row of rows) {
    const kept = grouping.without ? omit(row.labels, away) : undefined
    const key = kept ? keyOf(kept) : keyOn(row.labels, grouping.labels)
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { labels: kept ?? pick(row.labels, grouping.labels), rows: [row] })
  }
  return [...groups.values()]
}

/** One value of the first `count` of `values`; `parameter` is the aggregation's scalar. `count` is never 0. */
type Reduce = (values: Float64Array, count: number, parameter: number) => number

function extreme(
  values: Float64Array,
  count: number,
  better: (value: number, than: number) => boolean,
): number {
  let found = values[0] ?? Number.NaN
  for (let index = 1; index < count; index += 1) {
    const value = values[index] ?? Number.NaN
    if (better(value, found) || Number.isNaN(found)) found = value
  }
  return found
}

/** Welford's method, uncompensated as in Prometheus; a first value that is no finite number makes all of it NaN. */
function variance(values: Float64Array, count: number): number {
  let mean = values[0] ?? 0
  let squares = Number.isFinite(mean) ? 0 : Number.NaN
  for (let index = 1; index < count; index += 1) {
    const value = values[index] ?? 0
    const delta = value - mean
    mean += delta / (index + 1)
    squares += delta * (value - mean)
  }
  return squares / count
}

const reducers: ReadonlyMap<string, Reduce> = new Map<string, Reduce>([
  ['sum', (values, count) => sumOf(values, 0, count)],
  ['avg', (values, count) => meanOf(values, 0, count)],
  ['count', (_, count) => count],
  ['group', () => 1],
  ['min', (values, count) => extreme(values, count, (value, than) => value < than)],
  ['max', (values, count) => extreme(values, count, (value, than) => value > than)],
  ['stdvar', variance],
  ['stddev', (values, count) => Math.sqrt(variance(values, count))],
  ['quantile', (values, count, quantile) => quantileOf(quantile, values.slice(0, count))],
])

/** All but count_values, topk and bottomk. `parameter` has a value for each step. */
export function aggregate(
  op: string,
  rows: readonly Row[],
  grouping: Grouping,
  parameter: Float64Array | undefined,
): readonly Row[] {
  const reduce = reducers.get(op)
  if (!reduce) throw new Error(`no such aggregation: ${op}`)
  const steps = rows[0]?.values.length ?? 0
  const present = new Float64Array(rows.length)
  return groupsOf(rows, grouping).map((group) => {
    const out = emptyRow(group.labels, steps)
    for (let step = 0; step < steps; step += 1) {
      let count = 0
      for (const row of group.rows) {
        if (row.has[step]) present[count++] = row.values[step] ?? 0
      }
      if (count === 0) continue
      out.values[step] = reduce(present, count, parameter?.[step] ?? 0)
      out.has[step] = 1
    }
    return out
  })
}

/** count_values: how many series have each value. The value is a label before they are grouped, as any other. */
export function countValues(rows: readonly Row[], grouping: Grouping, label: string): readonly Row[] {
  const steps = rows[0]?.values.length ?? 0
  const names = grouping.without ? grouping.labels : [...grouping.labels, label]
  const out = new Map<string, Row>()
  for (const row of rows) {
    for (let step = 0; step < steps; step += 1) {
      if (!row.has[step]) continue
      const valued = withLabel(row.labels, label, formatValue(row.values[step] ?? 0))
      const labels = grouping.without ? omit(valued, droppedBy(grouping)) : pick(valued, names)
      const key = keyOf(labels)
      const counted = out.get(key) ?? emptyRow(labels, steps)
      out.set(key, counted)
      counted.values[step] = (counted.values[step] ?? 0) + 1
      counted.has[step] = 1
    }
  }
  return [...out.values()]
}
