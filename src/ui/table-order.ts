// Which rows a table shows and in which order. Rows do not jump: the order is made anew only when a row's sort
// key really changed, and then a second after the last time at the earliest.
import type { Row } from '#model/kube.ts'
import type { Column } from './columns.ts'

export interface Sort {
  readonly id: string
  readonly descending: boolean
}

export interface Ordered<T extends Row> {
  readonly rows: readonly T[]
  /** What it was made from, to see at once that nothing changed. */
  readonly source: readonly T[]
  readonly columns: readonly Column<T>[]
  readonly keep: (row: T) => boolean
  readonly sort: Sort | undefined
  /** When the order was last made. */
  readonly at: number
  /** True while rows stand where they no longer belong. */
  readonly pending: boolean
}

type Order<T> = (row: T) => number | string | undefined

const second = 1000

/**
 * The rows of `source` that `keep` wants. `now` is in milliseconds. Costs one pass over the rows when the source
 * changed and nothing at all when it did not; a nearly sorted list sorts in about one pass.
 */
export function arrange<T extends Row>(
  previous: Ordered<T> | undefined,
  source: readonly T[],
  columns: readonly Column<T>[],
  keep: (row: T) => boolean,
  sort: Sort | undefined,
  now: number,
): Ordered<T> {
  const same = previous !== undefined && previous.keep === keep && sameSort(previous.sort, sort)
  const unchanged = same && previous.source === source && previous.columns === columns
  if (unchanged && !(previous.pending && now - previous.at >= second)) return previous
  const column = columns.find((one) => one.id === sort?.id)
  const before = comparison(column?.order, sort?.descending ?? false)
  // Where no row was shown none can jump: the first ones stand in their order at once.
  if (!same || previous.rows.length === 0) {
    return { rows: source.filter(keep).sort(before), source, columns, keep, sort, at: now, pending: false }
  }
  // The same rows in other columns, as when usage comes: only their order may be another.
  const rows =
    previous.source === source
      ? previous.rows
      : (exchanged(previous, source) ?? inOldPlaces(previous.rows, source.filter(keep)))
  const sorted = isSorted(rows, before)
  if (!sorted && now - previous.at >= second) {
    return { rows: rows.toSorted(before), source, columns, keep, sort, at: now, pending: false }
  }
  return { rows, source, columns, keep, sort, at: previous.at, pending: !sorted }
}

function sameSort(a: Sort | undefined, b: Sort | undefined): boolean {
  return a?.id === b?.id && a?.descending === b?.descending
}

/**
 * A few rows exchanged for what became of them, which is what most changes are: thousands of rows are then not looked
 * up one by one. Undefined where rows came, went, or the filter thinks otherwise of one.
 */
function exchanged<T extends Row>(
  { rows, source: old, keep }: Ordered<T>,
  source: readonly T[],
): readonly T[] | undefined {
  if (old.length !== source.length) return undefined
  const next = new Map<T, T>()
  for (const [index, row] of source.entries()) {
    const before = old[index]
    if (before === row) continue
    if (before?.uid !== row.uid || keep(before) !== keep(row)) return undefined
    next.set(before, row)
  }
  return rows.map((row) => next.get(row) ?? row)
}

/** The new rows where their predecessors stood; those that were not there before come last. */
function inOldPlaces<T extends Row>(old: readonly T[], rows: readonly T[]): T[] {
  const fresh = new Map(rows.map((row) => [row.uid, row]))
  const placed: T[] = []
  for (const row of old) {
    const next = fresh.get(row.uid)
    if (next === undefined) continue
    placed.push(next)
    fresh.delete(row.uid)
  }
  return [...placed, ...fresh.values()]
}

function isSorted<T>(rows: readonly T[], before: (a: T, b: T) => number): boolean {
  let last: T | undefined
  for (const row of rows) {
    if (last !== undefined && before(last, row) > 0) return false
    last = row
  }
  return true
}

/** By the column, then by namespace and name, so that equal rows have one order. Unknown values come last. */
function comparison<T extends Row>(order: Order<T> | undefined, descending: boolean): (a: T, b: T) => number {
  return (a, b) => {
    const left = order?.(a)
    const right = order?.(b)
    if (left !== right) {
      if (left === undefined) return 1
      if (right === undefined) return -1
      return left < right === descending ? 1 : -1
    }
    const space = compare(a.namespace ?? '', b.namespace ?? '')
    return space !== 0 ? space : compare(a.name, b.name)
  }
}

// By code units: localeCompare is fifty times as slow, and the names are ASCII.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
