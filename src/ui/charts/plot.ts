// The inside of a chart as cells: what both ways of drawing it, braille and plain characters, have in common.
import type { Ink } from '#ui/ink.ts'
import type { Layer } from './layers.ts'
import type { Extent } from './resample.ts'
import type { Ruler } from './ruler.ts'

export interface Plot {
  /** In cells. */
  readonly columns: number
  readonly rows: number
  readonly from: number
  readonly to: number
  readonly rulers: { readonly left: Ruler; readonly right: Ruler }
  /** Several lines have their letters at their ends: colour alone must not tell them apart. */
  readonly lettered: boolean
}

export type PlotCell = { readonly text: string; readonly ink: Ink } | undefined

export const columnOf = (at: number, { from, to, columns }: Plot): number =>
  Math.min(columns - 1, Math.max(0, Math.floor(((at - from) / (to - from)) * columns)))

/** The row of a value among `rows`, from the top; what lies beyond the axis is at its edge. */
export function rowOf(value: number, ruler: Ruler, rows: number): number {
  const share = ruler.share(value)
  return Number.isNaN(share) ? Number.NaN : Math.round((1 - Math.min(1, Math.max(0, share))) * (rows - 1))
}

export function emptyCells(plot: Plot): PlotCell[][] {
  return Array.from({ length: plot.rows }, () => new Array<PlotCell>(plot.columns).fill(undefined))
}

/** May the two columns be one line? Only where the last sample of one and the first of the other are near. */
export const joined = (before: Extent, after: Extent, join: number): boolean =>
  after.firstAt - before.lastAt <= join

/** One value a column for what is filled: its greatest, between two samples of a line what lies between. */
export function heights(extents: readonly (Extent | undefined)[], layer: Layer): (number | undefined)[] {
  const found: (number | undefined)[] = extents.map((extent) =>
    extent === undefined ? undefined : Math.abs(extent.min) > Math.abs(extent.max) ? extent.min : extent.max,
  )
  let before: { readonly index: number; readonly extent: Extent } | undefined
  for (const [index, extent] of extents.entries()) {
    if (extent === undefined) continue
    if (before !== undefined && joined(before.extent, extent, layer.join)) {
      const { last } = before.extent
      const far = index - before.index
      for (let step = 1; step < far; step++) {
        found[before.index + step] =
          layer.draw === 'line' ? last + ((extent.first - last) * step) / far : last
      }
    }
    before = { index, extent }
  }
  return found
}

/** Puts each line's letter where its last sample is; a stacked one's into its own band. */
export function letter(cells: PlotCell[][], plot: Plot, layers: readonly Layer[]): PlotCell[][] {
  if (!plot.lettered) return cells
  for (const { top, floor, axis, ink, letter } of layers) {
    const index = top.values.findLastIndex((value) => Number.isFinite(value))
    const at = top.times[index] ?? Number.NaN
    const value = top.values[index]
    if (value === undefined || !(at >= plot.from && at <= plot.to)) continue
    const below = floor?.values[index]
    const row = cells[rowOf(below === undefined ? value : (value + below) / 2, plot.rulers[axis], plot.rows)]
    if (row !== undefined) row[columnOf(at, plot)] = { text: letter, ink }
  }
  return cells
}
