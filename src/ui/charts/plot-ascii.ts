// A chart's inside in plain characters: lines traced by asciichart, fills by the letters of their series.
import { plot as trace } from 'asciichart'
import type { Layer } from './layers.ts'
import { emptyCells, heights, joined, letter, type Plot, type PlotCell, rowOf } from './plot.ts'
import { type Extent, resample } from './resample.ts'

/** `earlier` lies below everything, as points; the total of a stack above it. */
export function plotAscii(plot: Plot, drawn: readonly Layer[], earlier: readonly Layer[]): PlotCell[][] {
  const cells = emptyCells(plot)
  for (const layer of earlier) if (layer.total !== true) points(cells, plot, layer, '.')
  for (const layer of drawn) {
    if (layer.floor !== undefined || layer.draw === 'bars') fill(cells, plot, layer)
    else if (layer.draw === 'points') points(cells, plot, layer, '*')
    else lines(cells, plot, layer)
  }
  for (const layer of earlier) if (layer.total === true) points(cells, plot, layer, '.')
  return letter(cells, plot, drawn)
}

function points(cells: PlotCell[][], plot: Plot, layer: Layer, text: string): void {
  for (const [column, extent] of resample(layer.top, plot.from, plot.to, plot.columns).entries()) {
    for (const value of extent === undefined ? [] : [extent.min, extent.max]) {
      const row = cells[rowOf(value, plot.rulers[layer.axis], plot.rows)]
      if (row !== undefined) row[column] = { text, ink: layer.ink }
    }
  }
}

function fill(cells: PlotCell[][], plot: Plot, layer: Layer): void {
  const ruler = plot.rulers[layer.axis]
  const tops = heights(resample(layer.top, plot.from, plot.to, plot.columns), layer)
  const floors =
    layer.floor === undefined
      ? undefined
      : heights(resample(layer.floor, plot.from, plot.to, plot.columns), layer)
  const zero = Number.isFinite(ruler.share(0)) ? 0 : ruler.bottom
  const text = plot.lettered ? layer.letter : '#'
  for (const [column, top] of tops.entries()) {
    const bottom = floors === undefined ? zero : floors[column]
    if (top === undefined || bottom === undefined) continue
    const [a, b] = [rowOf(top, ruler, plot.rows), rowOf(bottom, ruler, plot.rows)]
    for (let index = Math.min(a, b); index <= Math.max(a, b); index++) {
      const row = cells[index]
      if (row !== undefined) row[column] = { text, ink: layer.ink }
    }
  }
}

function lines(cells: PlotCell[][], plot: Plot, layer: Layer): void {
  const extents = resample(layer.top, plot.from, plot.to, plot.columns)
  for (const run of runs(extents, layer)) {
    for (const [row, text] of traceRun(run.values, plot, layer).entries()) {
      for (const [index, character] of [...text].entries()) {
        const line = cells[row]
        const column = run.start + index
        if (character !== ' ' && line !== undefined && column < plot.columns) {
          line[column] = { text: character, ink: layer.ink }
        }
      }
    }
  }
}

/** The unbroken stretches of a series, one value a column: the one that is farthest from its neighbour. */
function runs(extents: readonly (Extent | undefined)[], layer: Layer): { start: number; values: number[] }[] {
  const found: { start: number; values: number[] }[] = []
  let run: { start: number; values: number[] } | undefined
  let before: { readonly column: number; readonly extent: Extent } | undefined
  for (const [column, extent] of extents.entries()) {
    if (extent === undefined) continue
    const last = run?.values.at(-1)
    const from = last ?? 0
    const value = Math.abs(extent.min - from) > Math.abs(extent.max - from) ? extent.min : extent.max
    if (
      run === undefined ||
      last === undefined ||
      before === undefined ||
      !joined(before.extent, extent, layer.join)
    ) {
      run = { start: column, values: [value] }
      found.push(run)
    } else {
      const missing = column - before.column - 1
      for (let step = 1; step <= missing; step++) {
        run.values.push(layer.draw === 'step' ? last : last + ((value - last) * step) / (missing + 1))
      }
      run.values.push(value)
    }
    before = { column, extent }
  }
  return found
}

// asciichart's own order: axis twice, ends of a line, flat, then the four bends and the upright.
const symbols = ['*', '*', '*', '*', '-', "'", '.', '.', "'", '|']

function traceRun(values: readonly number[], plot: Plot, layer: Layer): string[] {
  if (plot.rows === 1) return ['-'.repeat(values.length)]
  // In row units from the bottom, so that asciichart's rounding is ours: one row is one unit.
  const rows = values.map((value) => {
    const row = rowOf(value, plot.rulers[layer.axis], plot.rows)
    return Number.isNaN(row) ? 0 : plot.rows - 1 - row
  })
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
