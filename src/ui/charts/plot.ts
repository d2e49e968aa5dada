// The inside of a line chart as cells: braille dots, or plain characters traced by asciichart.
import { plot as trace } from 'asciichart'
import type { Role } from '#ui/theme.ts'
import { createCanvas } from './braille.ts'
import { type Extent, reach, resample, type Samples } from './resample.ts'

export interface Plot {
  /** In cells. */
  readonly columns: number
  readonly rows: number
  readonly bottom: number
  readonly top: number
  readonly from: number
  readonly to: number
}

export interface PlotSeries {
  readonly samples: Samples
  readonly role: Role
  /** Stands at the line's end, where there are several lines: colour alone must not tell them apart. */
  readonly letter?: string
}

export type PlotCell = { readonly text: string; readonly role: Role } | undefined

export function plotBraille(plot: Plot, series: readonly PlotSeries[]): PlotCell[][] {
  const canvas = createCanvas(plot.columns, plot.rows)
  const rowOf = (value: number) =>
    Math.round(((plot.top - value) / (plot.top - plot.bottom)) * (canvas.height - 1))
  for (const [owner, { samples }] of series.entries()) {
    const extents = resample(samples, plot.from, plot.to, canvas.width)
    const far = reach(samples, plot.from, plot.to, canvas.width)
    let before: { readonly x: number; readonly value: number } | undefined
    for (const [x, extent] of extents.entries()) {
      if (extent === undefined) continue
      for (let y = rowOf(extent.max); y <= rowOf(extent.min); y++) canvas.dot(x, y, owner)
      if (before !== undefined && x - before.x <= far) {
        segment(before.x, rowOf(before.value), x, rowOf(extent.first), (atX, atY) =>
          canvas.dot(atX, atY, owner),
        )
      }
      before = { x, value: extent.last }
    }
  }
  const cells = cellsOf(plot, (column, row) => {
    const cell = canvas.cell(column, row)
    const role = cell === undefined ? undefined : series[cell.owner]?.role
    return cell === undefined || role === undefined ? undefined : { text: cell.text, role }
  })
  return lettered(cells, plot, series)
}

/** Puts each line's letter where its last sample is. */
function lettered(cells: PlotCell[][], plot: Plot, series: readonly PlotSeries[]): PlotCell[][] {
  for (const { samples, role, letter } of series) {
    const at = samples.times.at(-1)
    const value = samples.values.at(-1)
    if (letter === undefined || at === undefined || value === undefined || !Number.isFinite(value)) continue
    const share = (at - plot.from) / (plot.to - plot.from)
    const row = cells[Math.round(((plot.top - value) / (plot.top - plot.bottom)) * (plot.rows - 1))]
    const column = Math.min(plot.columns - 1, Math.floor(share * plot.columns))
    if (row !== undefined && column >= 0) row[column] = { text: letter, role }
  }
  return cells
}

/** Bresenham's line, without its first point. */
function segment(x0: number, y0: number, x1: number, y1: number, dot: (x: number, y: number) => void): void {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))
  for (let step = 1; step <= steps; step++) {
    dot(Math.round(x0 + ((x1 - x0) * step) / steps), Math.round(y0 + ((y1 - y0) * step) / steps))
  }
}

// asciichart's own order: axis twice, ends of a line, flat, then the four bends and the upright.
const symbols = ['*', '*', '*', '*', '-', "'", '.', '.', "'", '|']

export function plotAscii(plot: Plot, series: readonly PlotSeries[]): PlotCell[][] {
  const cells = cellsOf(plot, () => undefined)
  for (const { samples, role } of series) {
    const extents = resample(samples, plot.from, plot.to, plot.columns)
    for (const run of runs(extents, reach(samples, plot.from, plot.to, plot.columns))) {
      for (const [row, text] of traceRun(run.values, plot).entries()) {
        for (const [index, character] of [...text].entries()) {
          const line = cells[row]
          const column = run.start + index
          if (character !== ' ' && line !== undefined && column < plot.columns) {
            line[column] = { text: character, role }
          }
        }
      }
    }
  }
  return lettered(cells, plot, series)
}

/** The unbroken stretches of a series, one value a column: the one that is farthest from its neighbour. */
function runs(extents: readonly (Extent | undefined)[], far: number): { start: number; values: number[] }[] {
  const found: { start: number; values: number[] }[] = []
  let run: { start: number; values: number[] } | undefined
  let missing = 0
  for (const [column, extent] of extents.entries()) {
    if (extent === undefined) {
      missing++
      continue
    }
    const last = run?.values.at(-1)
    const value =
      last !== undefined && Math.abs(extent.min - last) > Math.abs(extent.max - last)
        ? extent.min
        : extent.max
    if (run === undefined || last === undefined || missing >= far) {
      run = { start: column, values: [value] }
      found.push(run)
    } else {
      for (let step = 1; step <= missing; step++)
        run.values.push(last + ((value - last) * step) / (missing + 1))
      run.values.push(value)
    }
    missing = 0
  }
  return found
}

function traceRun(values: readonly number[], plot: Plot): string[] {
  // In row units from the bottom, so that asciichart's rounding is ours: one row is one unit.
  const unit = (plot.rows - 1) / (plot.top - plot.bottom)
  const rows = values.map((value) => Math.round((value - plot.bottom) * unit))
  if (plot.rows === 1) return ['-'.repeat(values.length)]
  // asciichart draws between two points: the last value is given twice to have its own column.
  const last = rows.at(-1) ?? 0
  const drawn = trace([...rows, last], {
    min: 0,
    max: plot.rows - 1,
    height: plot.rows - 1,
    offset: 1,
    symbols,
    format: () => ' ',
  })
  return drawn.split('\n').map((line) => line.slice(1))
}

function cellsOf(plot: Plot, cell: (column: number, row: number) => PlotCell): PlotCell[][] {
  return Array.from({ length: plot.rows }, (_, row) =>
    Array.from({ length: plot.columns }, (_, column) => cell(column, row)),
  )
}
