// How a table's columns share a width: the widest give way first, and what does not fit even then is counted.

const narrow = 6
const between = 2

interface Wide {
  readonly width: number
}

export function fitColumns<Column extends Wide>(
  columns: readonly Column[],
  width: number,
): { readonly columns: readonly Column[]; readonly dropped: number } {
  // Where columns are dropped their number stands at the end of the head.
  const least = (column: Column) => Math.min(column.width, narrow)
  let count = columns.length
  const needed = () =>
    columns.slice(0, count).reduce((sum, column) => sum + least(column) + between, -between) +
    (count < columns.length ? 4 : 0)
  while (count > 1 && needed() > width) count--
  const kept = columns.slice(0, count)
  const room = width - (count < columns.length ? 4 : 0) - between * (count - 1)
  const cap = capFor(
    kept.map((column) => column.width),
    room,
  )
  return {
    columns: kept.map((column) => ({ ...column, width: Math.max(1, Math.min(column.width, cap)) })),
    dropped: columns.length - count,
  }
}

/** The greatest width that every column may have so that all of them take no more than `room`. */
function capFor(widths: readonly number[], room: number): number {
  const total = (cap: number) => widths.reduce((sum, one) => sum + Math.min(one, cap), 0)
  let [low, high] = [1, Math.max(1, ...widths)]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (total(middle) <= room) low = middle
    else high = middle - 1
  }
  return low
}
