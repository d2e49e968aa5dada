// Functions of instant vectors, beside those that look at one value only.
import { type Call, type Expr, unwrap } from './ast.ts'
import { bucketFraction, bucketQuantile, fromBuckets } from './histogram.ts'
import { type Labels, metricName, noLabels } from './labels.ts'
import { labelJoin, labelReplace } from './relabel.ts'
import { mapRow, type Row, type Steps, timeAt, type Value, withoutNames } from './rows.ts'
import type { QueryContext } from './select.ts'
import { nanFirst } from './sums.ts'
import { calendarFunctions, roundTo, valueFunctions } from './values.ts'

/** Labels that an absent series would have: its equality matchers, unless one label is asked for twice. */
export function absentLabels(expr: Expr): Labels {
  const inner = expr.kind === 'matrix' ? expr.selector : expr
  if (inner.kind !== 'selector') return noLabels
  const labels: Record<string, string> = {}
  const seen = new Set<string>()
  for (const { label, op, value } of inner.matchers) {
    if (label === metricName) continue
    if (op === '=' && !seen.has(label)) {
      if (value) labels[label] = value
      seen.add(label)
    } else delete labels[label]
  }
  return labels
}

const rowsOf = (value: Value | undefined): readonly Row[] => (value?.type === 'vector' ? value.rows : [])
const textOf = (value: Value | undefined): string => (value?.type === 'string' ? value.text : '')
const numbersOf = (value: Value | undefined, otherwise: number): ((step: number) => number) =>
  value?.type === 'scalar' ? (step) => value.values[step] ?? otherwise : () => otherwise

/** Each value changed, the name dropped. */
function changed(rows: readonly Row[], change: (value: number, step: number) => number): readonly Row[] {
  return withoutNames(rows.map((row) => mapRow(row, row.labels, change)))
}

function clamped(
  rows: readonly Row[],
  low: (step: number) => number,
  high: (step: number) => number,
): readonly Row[] {
  const kept = rows.map((row) => ({
    ...row,
    has: row.has.map((present, step) => (present && !(high(step) < low(step)) ? 1 : 0)),
  }))
  return changed(
    kept.filter((row) => row.has.includes(1)),
    (value, step) => Math.max(low(step), Math.min(high(step), value)),
  )
}

/** Order matters only where there is one step; NaN comes last either way. */
function sorted(rows: readonly Row[], sign: 1 | -1): readonly Row[] {
  return rows.toSorted((a, b) => {
    const [x, y] = [a.values[0] ?? 0, b.values[0] ?? 0]
    return Number.isNaN(x) || Number.isNaN(y) ? -nanFirst(x, y) : sign * (x - y)
  })
}

function noteUselessSort(context: QueryContext, steps: Steps, from: number): void {
  if (steps.count === 1) return
  context.notes.warn('sort is ineffective for range queries since results are always ordered by labels', from)
}

function overTime(args: readonly Value[], steps: Steps, read: (seconds: number) => number): readonly Row[] {
  if (args.length > 0) return changed(rowsOf(args[0]), read)
  const values = Float64Array.from({ length: steps.count }, (_, step) =>
    read(Math.floor(timeAt(steps, step) / 1000)),
  )
  return [{ labels: noLabels, values, has: new Uint8Array(steps.count).fill(1) }]
}

function badBucket(context: QueryContext, from: number): (le: string) => void {
  return (le) => context.notes.warn(`bucket label "le" is missing or has a malformed value of "${le}"`, from)
}

/** A function of instant vectors whose arguments are evaluated and checked. */
export function callVector(
  context: QueryContext,
  node: Call,
  args: readonly Value[],
  steps: Steps,
): readonly Row[] {
  const { name } = node
  const mathematics = valueFunctions.get(name)
  if (mathematics) return changed(rowsOf(args[0]), mathematics)
  const calendar = calendarFunctions.get(name)
  if (calendar) return overTime(args, steps, calendar)
  switch (name) {
    case 'timestamp':
      return changed(rowsOf(args[0]), (_, step) => timeAt(steps, step) / 1000)
    case 'round': {
      const nearest = numbersOf(args[1], 1)
      return changed(rowsOf(args[0]), (value, step) => roundTo(value, nearest(step)))
    }
    case 'clamp':
      return clamped(rowsOf(args[0]), numbersOf(args[1], 0), numbersOf(args[2], 0))
    case 'clamp_min':
      return clamped(rowsOf(args[0]), numbersOf(args[1], 0), () => Number.POSITIVE_INFINITY)
    case 'clamp_max':
      return clamped(rowsOf(args[0]), () => Number.NEGATIVE_INFINITY, numbersOf(args[1], 0))
    case 'sort':
      noteUselessSort(context, steps, node.from)
      return sorted(rowsOf(args[0]), 1)
    case 'sort_desc':
      noteUselessSort(context, steps, node.from)
      return sorted(rowsOf(args[0]), -1)
    case 'label_replace':
      return labelReplace(rowsOf(args[0]), textOf(args[1]), textOf(args[2]), textOf(args[3]), textOf(args[4]))
    case 'label_join':
      return labelJoin(rowsOf(args[0]), textOf(args[1]), textOf(args[2]), args.slice(3).map(textOf))
    case 'histogram_quantile': {
      const quantile = numbersOf(args[0], Number.NaN)
      const [share = node, source = node] = node.args.map(unwrap)
      for (let step = 0; step < steps.count; step += 1) {
        context.notes.warnOfQuantile(quantile(step), share.from)
      }
      return fromBuckets(rowsOf(args[1]), badBucket(context, source.from), (buckets, step) => {
        const { value, lifted } = bucketQuantile(quantile(step), buckets)
        if (lifted) context.notes.informOfRepair(lifted, timeAt(steps, step), source.from)
        return value
      })
    }
    case 'histogram_fraction': {
      const [lower, upper] = [numbersOf(args[0], Number.NaN), numbersOf(args[1], Number.NaN)]
      return fromBuckets(
        rowsOf(args[2]),
        badBucket(context, unwrap(node.args[2] ?? node).from),
        (buckets, step) => bucketFraction(lower(step), upper(step), buckets),
      )
    }
    case 'histogram_avg':
    case 'histogram_count':
    case 'histogram_sum':
    case 'histogram_stddev':
    case 'histogram_stdvar':
      // They read native histograms alone, of which the homelab has none, and pass over plain numbers.
      return []
    default:
      throw new Error(`no such function: ${name}`)
  }
}
