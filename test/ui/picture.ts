// The screen of a terminal as a picture: xterm's buffer to SVG, and SVG to PNG, so that a frame can be looked at
// with its colours.
import { Resvg } from '@resvg/resvg-js'
import type { IBufferCell, Terminal } from '@xterm/headless'
import { cellsToSvg, type Run } from '#ui/svg/cells.ts'
import { indexed } from '#ui/svg/colours.ts'

function colourOf(cell: IBufferCell): string | undefined {
  if (cell.isFgRGB()) return `#${cell.getFgColor().toString(16).padStart(6, '0')}`
  return cell.isFgPalette() ? indexed(cell.getFgColor()) : undefined
}

export function svgOf(screen: Terminal): string {
  const buffer = screen.buffer.active
  const rows = Array.from({ length: screen.rows }, (_, row) => {
    const line = buffer.getLine(row)
    return Array.from({ length: screen.cols }, (_, column) => {
      const cell = line?.getCell(column)
      return cell === undefined || cell.getWidth() === 0 ? [] : [runOf(cell, column)]
    }).flat()
  })
  return cellsToSvg(rows, screen.cols)
}

const runOf = (cell: IBufferCell, column: number): Run => ({
  column,
  characters: [cell.getChars()],
  cells: [cell.getWidth()],
  look: {
    colour: colourOf(cell),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    inverse: cell.isInverse() !== 0,
  },
})

export function pngOf(screen: Terminal): Uint8Array {
  return pngOfSvg(svgOf(screen))
}

export function pngOfSvg(svg: string): Uint8Array {
  return new Resvg(svg, { font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans Mono' } })
    .render()
    .asPng()
}
