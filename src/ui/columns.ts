// Tables as data: columns in order, laid out once for a width, and one pre-padded, pre-coloured string per row.
import type { KeyName } from './keymap.ts'
import { type Align, type Cut, clean, clip, pad } from './text.ts'
import type { Role, Theme } from './theme.ts'

/** The four fixed layouts: from so many columns on. */
export type SizeClass = 80 | 120 | 160 | 200

export function sizeClass(columns: number): SizeClass {
  return columns >= 200 ? 200 : columns >= 160 ? 160 : columns >= 120 ? 120 : 80
}

/** One column. Volatile columns belong to the right: what stands left of a change is not sent again. */
export interface Column<T> {
  readonly id: string
  /** In lower case; the unit belongs here where all cells share it. */
  readonly header: string
  readonly get: (row: T) => string
  /** Cells. With `grow`: the least width. */
  readonly width: number
  /** A share of the space that is left; names grow, numbers do not. */
  readonly grow?: number
  readonly align?: Align
  readonly cut?: Cut
  /** One cell after the column before it, to which it belongs: a line beside its figure. */
  readonly beside?: true
  /** From which size class on it is shown; absent: always. */
  readonly from?: SizeClass
  /** Never shown; the rows can be sorted by it all the same. */
  readonly hidden?: true
  readonly tone?: (row: T) => Role | undefined
  /** What the column sorts by; absent: it cannot be sorted by. */
  readonly order?: (row: T) => number | string | undefined
  /** `order` gives the greatest first: then it is the falling order that the mark says. */
  readonly greatestFirst?: true
  /** The key that sorts by it, as in k9s: `N` for the name. */
  readonly sortKey?: KeyName
  /** What the help says of that key besides: `from 160 columns on`. */
  readonly sortNote?: string
  /** Why the rows cannot be sorted by it now. */
  readonly sortOff?: string
}

export interface Layout<T> {
  readonly columns: readonly Column<T>[]
  /** Cells of each column, parallel to `columns`. */
  readonly widths: readonly number[]
  /** Cells of the whole row. */
  readonly width: number
}

/** Cells between columns, and before one that stands beside another. */
const gap = 2
const closeGap = 1

function gapBefore<T>({ beside }: Column<T>, index: number): number {
  return index === 0 ? 0 : beside ? closeGap : gap
}

/** Which columns a width shows and how wide each is. What does not fit even at its least is left out from the right. */
export function layOut<T>(columns: readonly Column<T>[], cells: number, size: SizeClass): Layout<T> {
  const shown = columns.filter((column) => !column.hidden && (column.from ?? 80) <= size)
  const least = (list: readonly Column<T>[]) =>
    list.reduce((sum, column, index) => sum + gapBefore(column, index) + column.width, 0)
  while (shown.length > 1 && least(shown) > cells) shown.pop()
  const spare = Math.max(0, cells - least(shown))
  const shares = shown.reduce((sum, column) => sum + (column.grow ?? 0), 0)
  let given = 0
  let sharesGiven = 0
  const widths = shown.map((column) => {
    if (shares === 0 || column.grow === undefined) return column.width
    // Cumulative rounding, so that the shares add up to exactly the spare cells.
    sharesGiven += column.grow
    const upTo = Math.floor((spare * sharesGiven) / shares)
    const extra = upTo - given
    given = upTo
    return column.width + extra
  })
  return { columns: shown, widths, width: cells }
}

/** Lower-case, dim, with the sort mark beside the column that sorts. */
export function headerLine<T>(
  layout: Layout<T>,
  theme: Theme,
  sort?: { readonly id: string; readonly descending: boolean },
): string {
  const cells = layout.columns.map((column, index) => {
    const falls = sort?.descending !== (column.greatestFirst ?? false)
    const mark = sort?.id !== column.id ? '' : falls ? theme.glyph.down : theme.glyph.up
    const cell = clip(column.header + mark, layout.widths[index] ?? 0, 'middle', theme.glyph.cut)
    return ' '.repeat(gapBefore(column, index)) + pad(cell, layout.widths[index] ?? 0, column.align)
  })
  return theme.paint('head', pad(cells.join(''), layout.width))
}

/** The row as one string of exactly the layout's width; `plain` leaves the colours out (the selected row). */
export function rowLine<T>(
  layout: Layout<T>,
  row: T,
  theme: Theme,
  tones: 'toned' | 'plain' = 'toned',
): string {
  let line = ''
  let used = 0
  for (const [index, column] of layout.columns.entries()) {
    const cells = layout.widths[index] ?? 0
    const text = pad(clip(clean(column.get(row)), cells, column.cut, theme.glyph.cut), cells, column.align)
    const tone = tones === 'toned' ? column.tone?.(row) : undefined
    const before = gapBefore(column, index)
    line += ' '.repeat(before) + (tone === undefined ? text : theme.paint(tone, text))
    used += before + cells
  }
  return used < layout.width ? line + ' '.repeat(layout.width - used) : line
}
