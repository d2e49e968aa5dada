// Two vectors side by side: which series of one belong to which of the other, and what labels the results have.
// https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
import { comparisons, type VectorMatching } from './ast.ts'
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
import { emptyRow, isEmpty, type Row, sameLabelset } from './rows.ts'

/** What an operator makes of two values; undefined where a comparison filters the pair out. */
export type Combine = (left: number, right: number) => number | undefined

export const everything: VectorMatching = { on: false, labels: [], include: [] }

/** The key by which series of two sides belong together. */
export function matchKey(matching: VectorMatching): (labels: Labels) => string {
  if (matching.on) return (labels) => keyOn(labels, matching.labels)
  const away = new Set([...matching.labels, metricName])
  return (labels) => keyOf(omit(labels, away))
}

interface Sides {
  readonly left: readonly Row[]
  readonly right: readonly Row[]
  readonly matching: VectorMatching
}

/** Throws QueryError `execution` where a match is not unique. */
export function join(
  combine: Combine,
  how: { readonly op: string; readonly bool: boolean },
  { left, right, matching }: Sides,
): readonly Row[] {
  const swapped = matching.many === 'right'
  const [many, one] = swapped ? [right, left] : [left, right]
  const running = new Join(many, one, { combine, matching, swapped, ...how })
  const steps = (left[0] ?? right[0])?.values.length ?? 0
  for (let step = 0; step < steps; step += 1) {
    // Nothing can match where one side is wholly empty: then not even a double is an error.
    if (many.some((row) => row.has[step]) && one.some((row) => row.has[step])) running.step(step)
  }
  return running.rows()
}

interface How {
  readonly combine: Combine
  readonly matching: VectorMatching
  readonly op: string
  readonly bool: boolean
  /** The side of many is the right one. */
  readonly swapped: boolean
}

interface Result {
  readonly row: Row
  /** The last step that has a value. */
  valueStep: number
}

/** A result within one match group, where it may be met but once a step, value or not. */
interface Met {
  readonly result: Result
  lastStep: number
}

interface Group {
  /** The series of the side of one, at the step that is being joined. */
  one: Row | undefined
  lastStep: number
  readonly met: Map<string, Met>
}

class Join {
  readonly #how: How
  readonly #one: readonly (readonly [Row, Group])[]
  readonly #many: readonly (readonly [Row, Group])[]
  readonly #results = new Map<string, Result>()
  /** What a row of the side of many met last, and with which of the other side: mostly it has no other. */
  readonly #latest = new Map<Row, { readonly one: Row; readonly met: Met }>()

  constructor(many: readonly Row[], one: readonly Row[], how: How) {
    this.#how = how
    const key = matchKey(how.matching)
    const groups = new Map<string, Group>()
    this.#one = one.map((row) => {
      const name = key(row.labels)
      const group = groups.get(name) ?? { one: undefined, lastStep: -1, met: new Map<string, Met>() }
      groups.set(name, group)
      return [row, group] as const
    })
    this.#many = many.flatMap((row) => {
      const group = groups.get(key(row.labels))
      return group ? [[row, group] as const] : []
    })
  }

  step(step: number): void {
    for (const [, group] of this.#one) group.one = undefined
    for (const [row, group] of this.#one) {
      if (!row.has[step]) continue
      if (group.one) this.#duplicate(group.one, row)
      group.one = row
    }
    let twice = false
    for (const [row, group] of this.#many) {
      if (!row.has[step] || !group.one) continue
      const result = this.#meet(row, group.one, group, step)
      const [many, single] = [row.values[step] ?? 0, group.one.values[step] ?? 0]
      const value = this.#how.swapped ? this.#how.combine(single, many) : this.#how.combine(many, single)
      if (value === undefined) continue
      if (result.valueStep === step) twice = true
      result.valueStep = step
      result.row.values[step] = value
      result.row.has[step] = 1
    }
    if (twice) throw executionError(sameLabelset)
  }

  rows(): readonly Row[] {
    return [...this.#results.values()].map(({ row }) => row).filter((row) => !isEmpty(row))
  }

  /** The result that a pair goes to. */
  #meet(many: Row, one: Row, group: Group, step: number): Result {
    const latest = this.#latest.get(many)
    const met = latest?.one === one ? latest.met : this.#metOf(many, one, group)
    if (!this.#how.matching.many) {
      if (group.lastStep === step) {
        throw executionError(
          'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
        )
      }
      group.lastStep = step
    } else if (met.lastStep === step) {
      throw executionError('multiple matches for labels: grouping labels must ensure unique matches')
    }
    met.lastStep = step
    return met.result
  }

  #metOf(many: Row, one: Row, group: Group): Met {
    const labels = this.#labels(many.labels, one.labels)
    const key = keyOf(labels)
    const result = this.#results.get(key) ?? { row: emptyRow(labels, many.values.length), valueStep: -1 }
    this.#results.set(key, result)
    const met = group.met.get(key) ?? { result, lastStep: -1 }
    group.met.set(key, met)
    this.#latest.set(many, { one, met })
    return met
  }

  #labels(many: Labels, one: Labels): Labels {
    const { matching, op, bool } = this.#how
    let made = comparisons.has(op) && !bool ? many : dropName(many)
    if (!matching.many)
      made = matching.on ? pick(made, matching.labels) : omit(made, new Set(matching.labels))
    for (const name of matching.include) made = withLabel(made, name, one[name] ?? '')
    return made
  }

  #duplicate(first: Row, second: Row): never {
    const { on, labels } = this.#how.matching
    const group = on ? pick(second.labels, labels) : omit(second.labels, new Set([...labels, metricName]))
    const series = [first, second].map((row) => formatLabels(row.labels)).sort()
    const side = this.#how.swapped ? 'left' : 'right'
    throw executionError(
      `found duplicate series for the match group ${formatLabels(group)} on the ${side} hand-side of the operation: ` +
        `[${series.join(', ')}];many-to-many matching not allowed: matching labels must be unique on one side`,
    )
  }
}
