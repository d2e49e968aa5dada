// A chart's inside in braille: lines two dots a column, fills in patterns that differ from band to band.
import { type Canvas, createCanvas } from './braille.ts'
import type { Layer } from './layers.ts'
import { emptyCells, heights, joined, letter, type Plot, type PlotCell, rowOf } from './plot.ts'
import { type Extent, resample } from './resample.ts'

/** `earlier` lies below everything, dotted; the total of a stack above it, in cells of its own: within it no dot is seen. */
export function plotBraille(plot: Plot, drawn: readonly Layer[], earlier: readonly Layer[]): PlotCell[][] {
  const below = createCanvas(plot.columns, plot.rows)
  const above = createCanvas(plot.columns, plot.rows)
  const all = [...earlier, ...drawn]
  for (const [owner, layer] of all.entries()) {
    const canvas = layer.total === true ? above : below
    const dotted = owner < earlier.length && layer.total !== true
    const every = dotted ? 3 : layer.dashed || layer.total === true ? 2 : 1
    // A band keeps its pattern whether or not there is something before it.
    const pen: Pen = { canvas, plot, layer, owner, every, band: Math.max(0, owner - earlier.length) }
    const extents = resample(layer.top, plot.from, plot.to, canvas.width)
    if (layer.draw === 'bars' && layer.floor === undefined) bars(pen, extents)
    else if (layer.floor !== undefined) band(pen, extents, layer.floor)
    if (layer.draw === 'line' || layer.draw === 'step') line(pen, extents)
    else if (layer.draw === 'points') points(pen, extents)
  }
  const cells = emptyCells(plot)
  for (const [index, row] of cells.entries()) {
    for (let column = 0; column < plot.columns; column++) {
      const cell = above.cell(column, index) ?? below.cell(column, index)
      const layer = cell === undefined ? undefined : all[cell.owner]
      if (cell !== undefined && layer !== undefined) row[column] = { text: cell.text, ink: layer.ink }
    }
  }
  return letter(cells, plot, drawn)
}

interface Pen {
  readonly canvas: Canvas
  readonly plot: Plot
  readonly layer: Layer
  readonly owner: number
  /** Its place among what is drawn now. */
  readonly band: number
  /** Of so many dots in a row one is set. */
  readonly every: number
}

const dotRow = ({ canvas, plot, layer }: Pen, value: number) =>
  rowOf(value, plot.rulers[layer.axis], canvas.height)

function dot({ canvas, owner, every }: Pen, x: number, y: number): void {
  if (x % every === 0) canvas.dot(x, y, owner)
}

function points(pen: Pen, extents: readonly (Extent | undefined)[]): void {
  for (const [x, extent] of extents.entries()) {
    if (extent === undefined) continue
    for (const value of [extent.min, extent.max]) pen.canvas.dot(x, dotRow(pen, value), pen.owner)
  }
}

function line(pen: Pen, extents: readonly (Extent | undefined)[]): void {
  let before: { readonly x: number; readonly extent: Extent } | undefined
  for (const [x, extent] of extents.entries()) {
    if (extent === undefined) continue
    // What a column holds is drawn whole, dotted or not: a spike is never lost.
    for (let y = dotRow(pen, extent.max); y <= dotRow(pen, extent.min); y++) pen.canvas.dot(x, y, pen.owner)
    if (before !== undefined && joined(before.extent, extent, pen.layer.join)) {
      const [from, to] = [dotRow(pen, before.extent.last), dotRow(pen, extent.first)]
      if (pen.layer.draw === 'step') {
        for (let held = before.x + 1; held < x; held++) dot(pen, held, from)
        segment(x, from, x, to, (atX, atY) => dot(pen, atX, atY))
      } else segment(before.x, from, x, to, (atX, atY) => dot(pen, atX, atY))
    }
    before = { x, extent }
  }
}

/** Bresenham's line, without its first point. */
function segment(x0: number, y0: number, x1: number, y1: number, set: (x: number, y: number) => void): void {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))
  for (let step = 1; step <= steps; step++) {
    set(Math.round(x0 + ((x1 - x0) * step) / steps), Math.round(y0 + ((y1 - y0) * step) / steps))
  }
}

/** A bar a sample, from zero; as wide as the samples are apart, less one dot where that leaves one. */
function bars(pen: Pen, extents: readonly (Extent | undefined)[]): void {
  const { canvas, plot, layer } = pen
  const apart = (layer.step / (plot.to - plot.from)) * canvas.width
  const wide = Math.max(1, Math.floor(apart) - (apart >= 3 ? 1 : 0))
  const base = baseOf(pen)
  for (const [x, extent] of extents.entries()) {
    if (extent === undefined) continue
    const [high, low] = [dotRow(pen, Math.max(extent.max, base)), dotRow(pen, Math.min(extent.min, base))]
    for (let at = x; at < x + wide && (at === x || extents[at] === undefined); at++) {
      for (let y = high; y <= low; y++) canvas.dot(at, y, pen.owner)
    }
  }
}

/** Zero, which a logarithm has no place for: there the bottom. */
function baseOf({ plot, layer }: Pen): number {
  const ruler = plot.rulers[layer.axis]
  return Number.isFinite(ruler.share(0)) ? 0 : ruler.bottom
}

/** From the floor to the top: dots in a pattern, so that bands can be told apart without their colours. */
function band(pen: Pen, extents: readonly (Extent | undefined)[], floor: NonNullable<Layer['floor']>): void {
  const { canvas, plot, layer, owner } = pen
  const filled = patterns[pen.band % patterns.length] ?? patterns[0]
  const tops = heights(extents, layer)
  const floors = heights(resample(floor, plot.from, plot.to, canvas.width), layer)
  for (const [x, top] of tops.entries()) {
    const bottom = floors[x]
    if (top === undefined || bottom === undefined) continue
    const [a, b] = [dotRow(pen, top), dotRow(pen, bottom)]
    for (let y = Math.min(a, b); y <= Math.max(a, b); y++) {
      if (layer.draw === 'bars' || filled(x, y)) canvas.dot(x, y, owner)
    }
  }
}

const patterns: readonly [(x: number, y: number) => boolean, ...((x: number, y: number) => boolean)[]] = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0 && (x + y / 2) % 2 === 0,
]
