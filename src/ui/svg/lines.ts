// Styled lines as a picture: what the theme paints, as SVG, for a handover or a ticket.
import { clean, width as widthOf } from '#ui/text.ts'
import { cellsToSvg, type Look, type Run } from './cells.ts'
import { indexed, rgb } from './colours.ts'

export interface SvgSettings {
  /** In cells; the widest line's where absent. */
  readonly columns?: number
  /** What a reader is told who does not see it. */
  readonly title?: string
}

export function linesToSvg(lines: readonly string[], { columns, title }: SvgSettings = {}): string {
  const wide = columns ?? Math.max(1, ...lines.map(widthOf))
  // XML holds no control characters.
  return cellsToSvg(lines.map(runsOf), wide, title === undefined ? undefined : clean(title))
}

const plain: Look = { colour: undefined, bold: false, dim: false, inverse: false }
const code = new RegExp(`${String.fromCharCode(0x1b)}\\[([\\d;]*)m`, 'g')
const segmenter = new Intl.Segmenter()

function runsOf(line: string): Run[] {
  const runs: Run[] = []
  let look = plain
  let column = 0
  let done = 0
  const add = (text: string) => {
    if (text === '') return
    const characters = [...segmenter.segment(text)].map(({ segment }) => segment)
    const cells = characters.map(widthOf)
    runs.push({ column, characters, cells, look })
    column += cells.reduce((sum, one) => sum + one, 0)
  }
  for (const match of line.matchAll(code)) {
    add(line.slice(done, match.index))
    look = changed(look, (match[1] ?? '').split(';').map(Number))
    done = match.index + match[0].length
  }
  add(line.slice(done))
  return runs
}

/** The codes that the theme writes, and those that take them back. */
function changed(look: Look, codes: readonly number[]): Look {
  const [first = 0, kind, a = 0, b = 0, c = 0] = codes
  if (first === 0) return plain
  if (first === 1) return { ...look, bold: true }
  if (first === 2) return { ...look, dim: true }
  if (first === 22) return { ...look, bold: false, dim: false }
  if (first === 7 || first === 27) return { ...look, inverse: first === 7 }
  if (first === 39) return { ...look, colour: undefined }
  if (first >= 30 && first <= 37) return { ...look, colour: indexed(first - 30) }
  if (first >= 90 && first <= 97) return { ...look, colour: indexed(first - 82) }
  if (first === 38) return { ...look, colour: kind === 5 ? indexed(a) : rgb(a, b, c) }
  return look
}
