// Cells of a terminal as an SVG picture.
import { background, foreground } from './colours.ts'

export interface Look {
  /** `#rrggbb`; the foreground where absent. */
  readonly colour: string | undefined
  readonly bold: boolean
  readonly dim: boolean
  readonly inverse: boolean
}

/** Text of one look at a place; `cells` has how many each of its characters takes. */
export interface Run {
  readonly column: number
  readonly characters: readonly string[]
  readonly cells: readonly number[]
  readonly look: Look
}

const cellWidth = 8
const cellHeight = 17
const baseline = 13

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character)

/** `title` is what a reader is told who does not see it. Every cell has its own x, so that no font moves a column. */
export function cellsToSvg(rows: readonly (readonly Run[])[], columns: number, title?: string): string {
  const [width, height] = [columns * cellWidth, rows.length * cellHeight]
  const body = rows.flatMap((runs, row) => runs.map((run) => runSvg(run, row * cellHeight)))
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="13">` +
    `${title === undefined ? '' : `<title>${escaped(title)}</title>`}` +
    `<rect width="100%" height="100%" fill="${background}"/>${body.join('')}</svg>`
  )
}

function runSvg({ column, characters, cells, look }: Run, y: number): string {
  const colour = look.colour ?? foreground
  const taken = cells.reduce((sum, one) => sum + one, 0)
  const box = look.inverse
    ? `<rect x="${column * cellWidth}" y="${y}" width="${taken * cellWidth}" height="${cellHeight}" fill="${colour}"/>`
    : ''
  const places: number[] = []
  let text = ''
  let at = column
  for (const [index, character] of characters.entries()) {
    if (character.trim() !== '') {
      // A character of several code units has a place for each, of which only the first counts.
      for (let unit = 0; unit < character.length; unit++) places.push(at * cellWidth)
      text += character
    }
    at += cells[index] ?? 1
  }
  if (text === '') return box
  const weight = look.bold ? ' font-weight="bold"' : ''
  const faint = look.dim ? ' opacity="0.55"' : ''
  const fill = look.inverse ? background : colour
  return `${box}<text x="${places.join(' ')}" y="${y + baseline}" fill="${fill}"${weight}${faint}>${escaped(text)}</text>`
}
