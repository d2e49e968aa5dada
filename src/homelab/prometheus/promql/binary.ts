// Operators between series: arithmetic, comparison and sets, with Prometheus's matching.
import type { VectorMatching } from './ast.ts'
import { comparisons } from './ast.ts'
import { executionError } from './errors.ts'
import {
  dropName,
  formatLabels,
  keyOf,
  keyOn,
  type Labels,
  metricName,
  omit,
  pick,
  withLabel,
} from './labels.ts'
import { emptyRow, isEmpty, mergeRows, type Row, sameLabelset } from './rows.ts'

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

/** What an operator makes of two values; undefined where a comparison filters the pair out. */
type Combine = (left: number, right: number) => number | undefined

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
    const made = emptyRow(named ? row.labels : dropName(row.labels), row.values.length)
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
  return mergeRows(out.filter((row) => !isEmpty(row)))
}

const everything: VectorMatching = { on: false, labels: [], include: [] }

/** The key by which series of two sides belong together. */
function matchKey(matching: VectorMatching): (labels: Labels) => string {
  if (matching.on) return (labels) => keyOn(labels, matching.labels)
  const away = new Set([...matching.labels, metricName])
  return (labels) => keyOf(omit(labels, away))
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

interface Match {
  readonly many: Row[]
  readonly one: Row[]
}

/** Arithmetic or comparison between two vectors. Throws QueryError `execution` where a match is not unique. */
export function vectors(
  { op, bool }: { op: string; bool: boolean },
  left: readonly Row[],
  right: readonly Row[],
  matching: VectorMatching = everything,
): readonly Row[] {
  const swapped = matching.many === 'right'
  const [manySide, oneSide] = swapped ? [right, left] : [left, right]
  const key = matchKey(matching)
  const matches = new Map<string, Match>()
  for (const row of oneSide) {
    const group = key(row.labels)
    const match = matches.get(group)
    if (match) match.one.push(row)
    else matches.set(group, { many: [], one: [row] })
  }
  for (const row of manySide) matches.get(key(row.labels))?.many.push(row)
  const steps = (left[0] ?? right[0])?.values.length ?? 0
  const join = new Join(combiner(op, bool, 'left'), matching, { op, bool, swapped })
  for (let step = 0; step < steps; step += 1) {
    // Nothing can match where one side is wholly empty: then not even a double is an error.
    if (!manySide.some((row) => row.has[step]) || !oneSide.some((row) => row.has[step])) continue
    for (const match of matches.values()) join.step(match, step)
  }
  return join.rows(manySide)
}

interface Result {
  readonly row: Row
  readonly order: Row
  lastStep: number
}

class Join {
  readonly #combine: Combine
  readonly #matching: VectorMatching
  readonly #how: { op: string; bool: boolean; swapped: boolean }
  readonly #byLabels = new Map<string, Result>()
  /** The result that a row of the side of many had last, and with which of the other side: mostly it has no other. */
  readonly #latest = new Map<Row, { readonly one: Row; readonly entry: Result }>()

  constructor(
    combine: Combine,
    matching: VectorMatching,
    how: { op: string; bool: boolean; swapped: boolean },
  ) {
    this.#combine = combine
    this.#matching = matching
    this.#how = how
  }

  step(match: Match, step: number): void {
    let one: Row | undefined
    for (const row of match.one) {
      if (!row.has[step]) continue
      if (one) this.#duplicate(one, row)
      one = row
    }
    if (!one) return
    let matched = false
    for (const row of match.many) {
      if (!row.has[step]) continue
      if (matched && !this.#matching.many) {
        throw executionError(
          'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
        )
      }
      matched = true
      const out = this.#result(row, one)
      if (out.lastStep === step) {
        const why = this.#matching.many
          ? 'multiple matches for labels: grouping labels must ensure unique matches'
          : sameLabelset
        throw executionError(why)
      }
      const [many, single] = [row.values[step] ?? 0, one.values[step] ?? 0]
      const value = this.#how.swapped ? this.#combine(single, many) : this.#combine(many, single)
      if (this.#matching.many || value !== undefined) out.lastStep = step
      if (value === undefined) continue
      out.row.values[step] = value
      out.row.has[step] = 1
    }
  }

  rows(order: readonly Row[]): readonly Row[] {
    const place = new Map(order.map((row, index) => [row, index]))
    return [...this.#byLabels.values()]
      .sort((a, b) => (place.get(a.order) ?? 0) - (place.get(b.order) ?? 0))
      .map((entry) => entry.row)
      .filter((row) => !isEmpty(row))
  }

  #result(many: Row, one: Row): Result {
    const latest = this.#latest.get(many)
    if (latest?.one === one) return latest.entry
    const labels = this.#labels(many.labels, one.labels)
    const key = keyOf(labels)
    let entry = this.#byLabels.get(key)
    if (!entry) {
      entry = { row: emptyRow(labels, many.values.length), lastStep: -1, order: many }
      this.#byLabels.set(key, entry)
    }
    this.#latest.set(many, { one, entry })
    return entry
  }

  #labels(many: Labels, one: Labels): Labels {
    const { on, labels, include } = this.#matching
    let made = comparisons.has(this.#how.op) && !this.#how.bool ? many : dropName(many)
    if (!this.#matching.many) made = on ? pick(made, labels) : omit(made, new Set(labels))
    for (const name of include) made = withLabel(made, name, one[name] ?? '')
    return made
  }

  #duplicate(first: Row, second: Row): never {
    const { on, labels } = this.#matching
    const group = on ? pick(second.labels, labels) : omit(second.labels, new Set([...labels, metricName]))
    const series = [first, second].map((row) => formatLabels(row.labels)).sort()
    const side = this.#how.swapped ? 'left' : 'right'
    throw executionError(
      `found duplicate series for the match group ${formatLabels(group)} on the ${side} hand-side of the operation: ` +
        `[${series.join(', ')}];many-to-many matching not allowed: matching labels must be unique on one side`,
    )
  }
}
