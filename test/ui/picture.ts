// The screen of a terminal as a picture: xterm's buffer to SVG, and SVG to PNG, so that a frame can be looked at
// with its colours.
import { Resvg } from '@resvg/resvg-js'
import type { IBufferCell, Terminal } from '@xterm/headless'

const cellWidth = 8
const cellHeight = 17
const background = '#101418'
const foreground = '#c8ccd0'
/** xterm's sixteen colours. */
const sixteen = [
  '#000000',
  '#cd3131',
  '#0dbc79',
  '#c5a332',
  '#2472c8',
  '#bc3fbc',
  '#11a8cd',
  '#d0d0d0',
  '#666666',
  '#f14c4c',
  '#23d18b',
  '#f5f543',
  '#3b8eea',
  '#d670d6',
  '#29b8db',
  '#ffffff',
] as const

/** The 6 × 6 × 6 cube and the greys of the 256 colours. */
function indexed(index: number): string {
  if (index < 16) return sixteen[index] ?? foreground
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40)
  if (index >= 232) return rgb(8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10)
  const cube = index - 16
  return rgb(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6))
}

function rgb(red: number, green: number, blue: number): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function colourOf(cell: IBufferCell): string {
  if (cell.isFgRGB()) return `#${cell.getFgColor().toString(16).padStart(6, '0')}`
  return cell.isFgPalette() ? indexed(cell.getFgColor()) : foreground
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** One text element a run of cells of one look; every cell has its own x, so that no font moves a column. */
export function svgOf(screen: Terminal): string {
  const buffer = screen.buffer.active
  const parts: string[] = []
  for (let row = 0; row < screen.rows; row++) {
    const line = buffer.getLine(row)
    for (let column = 0; column < screen.cols; column++) {
      const cell = line?.getCell(column)
      if (cell === undefined || cell.getWidth() === 0) continue
      parts.push(cellSvg(cell, column * cellWidth, row * cellHeight))
    }
  }
  const [width, height] = [screen.cols * cellWidth, screen.rows * cellHeight]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `font-family="DejaVu Sans Mono" font-size="13"><rect width="100%" height="100%" fill="${background}"/>` +
    `${parts.join('')}</svg>`
  )
}

function cellSvg(cell: IBufferCell, x: number, y: number): string {
  const inverse = cell.isInverse() !== 0
  const own = colourOf(cell)
  const box = inverse
    ? `<rect x="${x}" y="${y}" width="${cellWidth * cell.getWidth()}" height="${cellHeight}" fill="${own}"/>`
    : ''
  const text = cell.getChars()
  if (text.trim() === '') return box
  const weight = cell.isBold() ? ' font-weight="bold"' : ''
  const faint = cell.isDim() ? ' opacity="0.55"' : ''
  const escaped = text.replace(/[&<>]/g, (character) => entities[character] ?? character)
  return `${box}<text x="${x}" y="${y + 13}" fill="${inverse ? background : own}"${weight}${faint}>${escaped}</text>`
}

export function pngOf(screen: Terminal): Uint8Array {
  return new Resvg(svgOf(screen), { font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans Mono' } })
    .render()
    .asPng()
}
