// topk and bottomk: the series themselves, best first. Which of equal series are kept follows from the heap that
// Prometheus gathers them in, so that here is the same heap.
import { type Grouping, groupsOf } from './aggregate.ts'
import { executionError } from './errors.ts'
import { shortest } from './go-format.ts'
import { emptyRow, isEmpty, type Row } from './rows.ts'

interface Item {
  readonly row: Row
  readonly value: number
}

/** Whether an item is to leave before another. */
type Worse = (item: Item, other: Item) => boolean

const worse: Readonly<Record<'topk' | 'bottomk', Worse>> = {
  topk: ({ value }, other) => Number.isNaN(value) || value < other.value,
  bottomk: ({ value }, other) => Number.isNaN(value) || value > other.value,
}

const leastInteger = -(2 ** 63)
const greatestInteger = 2 ** 63 - 1024

/** How many are asked for at each step. Throws QueryError where that is no number that can be counted to. */
function amounts(given: Float64Array): Float64Array {
  if (given.some(Number.isNaN)) throw executionError('Parameter value is NaN')
  const least = Math.min(...given)
  const greatest = Math.max(...given)
  if (least <= leastInteger) throw executionError(`Scalar value ${shortest(least)} underflows int64`)
  if (greatest >= greatestInteger) throw executionError(`Scalar value ${shortest(greatest)} overflows int64`)
  return given.map(Math.trunc)
}

export function ranked(
  op: 'topk' | 'bottomk',
  rows: readonly Row[],
  grouping: Grouping,
  parameter: Float64Array,
): readonly Row[] {
  // One that never asks for any is not looked at further.
  if (parameter.every((amount) => amount < 1)) return []
  const wanted = amounts(parameter)
  const out: Row[] = []
  for (const group of groupsOf(rows, grouping)) {
    const kept = new Map<Row, Row>()
    wanted.forEach((amount, step) => {
      for (const { row, value } of best(group.rows, step, amount, worse[op])) {
        const copy = kept.get(row) ?? emptyRow(row.labels, wanted.length)
        kept.set(row, copy)
        copy.values[step] = value
        copy.has[step] = 1
      }
    })
    out.push(...kept.values())
  }
  return out.filter((row) => !isEmpty(row))
}

function best(rows: readonly Row[], step: number, amount: number, isWorse: Worse): readonly Item[] {
  if (amount < 1) return []
  const heap: Item[] = []
  for (const row of rows) {
    if (!row.has[step]) continue
    const item = { row, value: row.values[step] ?? 0 }
    const [worst] = heap
    if (heap.length < amount || !worst) {
      heap.push(item)
      rise(heap, isWorse)
    } else if (isWorse(worst, item) && !(Number.isNaN(worst.value) && Number.isNaN(item.value))) {
      heap[0] = item
      sink(heap, isWorse)
    }
  }
  return heap.sort((a, b) => (isWorse(b, a) ? -1 : isWorse(a, b) ? 1 : 0))
}

function swap(heap: Item[], a: number, b: number): void {
  const [first, second] = [heap[a], heap[b]]
  if (!first || !second) return
  heap[a] = second
  heap[b] = first
}

const isBefore = (heap: readonly Item[], a: number, b: number, isWorse: Worse): boolean => {
  const [first, second] = [heap[a], heap[b]]
  return first !== undefined && second !== undefined && isWorse(first, second)
}

/** Moves the last item to its place. */
function rise(heap: Item[], isWorse: Worse): void {
  let at = heap.length - 1
  while (at > 0) {
    const above = Math.floor((at - 1) / 2)
    if (!isBefore(heap, at, above, isWorse)) return
    swap(heap, at, above)
    at = above
  }
}

/** Moves the first item to its place. */
function sink(heap: Item[], isWorse: Worse): void {
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    if (left >= heap.length) return
    const below = isBefore(heap, left + 1, left, isWorse) ? left + 1 : left
    if (!isBefore(heap, below, at, isWorse)) return
    swap(heap, at, below)
    at = below
  }
}
