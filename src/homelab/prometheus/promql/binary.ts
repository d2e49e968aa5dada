// Operators between series: arithmetic, comparison and sets, with Prometheus's matching.
import { comparisons, type VectorMatching } from './ast.ts'
import { type Combine, everything, join, matchKey } from './join.ts'
import { emptyRow, isEmpty, mergeRows, type Row, withoutNames } from './rows.ts'

type Operate = (left: number, right: number) => number

const arithmetic: ReadonlyMap<string, Operate> = new Map<string, Operate>([
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
  ['%', (a, b) => a % b],
  ['^', power],
  ['atan2', Math.atan2],
])

/** JavaScript gives NaN for 1 ** NaN and (±1) ** ±Infinity, where C and Go give 1. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1
  return base ** exponent
}

const compare: ReadonlyMap<string, (left: number, right: number) => boolean> = new Map([
  ['==', (a: number, b: number) => a === b],
  ['!=', (a: number, b: number) => a !== b],
  ['>', (a: number, b: number) => a > b],
  ['<', (a: number, b: number) => a < b],
  ['>=', (a: number, b: number) => a >= b],
  ['<=', (a: number, b: number) => a <= b],
])

function combiner(op: string, bool: boolean, keep: 'left' | 'right'): Combine {
  const operate = arithmetic.get(op)
  if (operate) return operate
  const holds = compare.get(op)
  if (!holds) throw new Error(`no such operator: ${op}`)
  if (bool) return (left, right) => (holds(left, right) ? 1 : 0)
  return keep === 'left'
    ? (left, right) => (holds(left, right) ? left : undefined)
    : (left, right) => (holds(left, right) ? right : undefined)
}

export function scalars(op: string, left: Float64Array, right: Float64Array): Float64Array {
  const combine = combiner(op, true, 'left')
  return left.map((value, step) => combine(value, right[step] ?? 0) ?? 0)
}

/** A series with a scalar. A comparison keeps the series' value, whichever side it is on. */
export function withScalar(
  { op, bool }: { op: string; bool: boolean },
  rows: readonly Row[],
  scalar: Float64Array,
  side: 'left' | 'right',
): readonly Row[] {
  const combine = combiner(op, bool, side)
  const named = comparisons.has(op) && !bool
  const out = rows.map((row) => {
    const made = emptyRow(row.labels, row.values.length)
    for (let step = 0; step < row.values.length; step += 1) {
      if (!row.has[step]) continue
      const value = row.values[step] ?? 0
      const other = scalar[step] ?? 0
      const result = side === 'left' ? combine(value, other) : combine(other, value)
      if (result === undefined) continue
      made.values[step] = result
      made.has[step] = 1
    }
    return made
  })
  const kept = out.filter((row) => !isEmpty(row))
  return named ? kept : withoutNames(kept)
}

export function setOperation(
  op: string,
  left: readonly Row[],
  right: readonly Row[],
  matching: VectorMatching = everything,
): readonly Row[] {
  const key = matchKey(matching)
  const presence = (rows: readonly Row[]) => {
    const byKey = new Map<string, Uint8Array>()
    for (const row of rows) {
      const group = key(row.labels)
      const steps = byKey.get(group)
      if (!steps) byKey.set(group, row.has.slice())
      else {
        for (let step = 0; step < steps.length; step += 1) {
          if (row.has[step]) steps[step] = 1
        }
      }
    }
    return byKey
  }
  const filtered = (rows: readonly Row[], others: ReadonlyMap<string, Uint8Array>, wanted: number) =>
    rows.map((row) => {
      const other = others.get(key(row.labels))
      return {
        ...row,
        has: row.has.map((present, step) => (present && (other?.[step] ?? 0) === wanted ? 1 : 0)),
      }
    })
  const rows =
    op === 'or'
      ? [...left, ...filtered(right, presence(left), 0)]
      : filtered(left, presence(right), op === 'and' ? 1 : 0)
  return mergeRows(rows.filter((row) => !isEmpty(row)))
}

/** Arithmetic or comparison between two vectors. Throws QueryError `execution` where a match is not unique. */
export function vectors(
  how: { op: string; bool: boolean },
  left: readonly Row[],
  right: readonly Row[],
  matching: VectorMatching = everything,
): readonly Row[] {
  return join(combiner(how.op, how.bool, 'left'), how, { left, right, matching })
}
