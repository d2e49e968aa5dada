// A long text as drawn lines: broken or cut to the width, with what was searched shown in reverse.
import { oncePer } from '#model/once-per.ts'
import { clip, pad, width as widthOf, wrap } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'

/** One line of text, already clean; `head` is what stands before it and is never broken. */
export interface TextLine {
  readonly text: string
  readonly role?: Role
  readonly head?: string
  readonly headRole?: Role
}

export interface DrawnLine {
  readonly line: TextLine
  readonly text: string
  /** The part after the first one of a broken line. */
  readonly rest: boolean
}

/** Keeps what it made of each line, so that a growing text costs only its new lines. */
export function createLineMaker(cells: number | undefined): (lines: readonly TextLine[]) => DrawnLine[] {
  const of = oncePer((line: TextLine) =>
    cells === undefined ? [{ line, text: line.text, rest: false }] : broken(line, cells),
  )
  return (lines) => lines.flatMap(of)
}

function broken(line: TextLine, cells: number): DrawnLine[] {
  const room = Math.max(8, cells - widthOf(line.head ?? ''))
  if (widthOf(line.text) <= room) return [{ line, text: line.text, rest: false }]
  const indent = /^ */.exec(line.text)?.[0] ?? ''
  return wrap(line.text.slice(indent.length), Math.max(8, room - indent.length)).map((text, index) => ({
    line,
    text: indent + text,
    rest: index > 0,
  }))
}

/** Exactly `cells` wide. `search` is in lower case; empty: nothing is marked. */
export function drawLine(
  { line, text, rest }: DrawnLine,
  cells: number,
  search: string,
  theme: Theme,
): string {
  const head = line.head ?? ''
  const room = Math.max(1, cells - widthOf(head))
  const paintHead = (part: string) => (line.headRole && part ? theme.paint(line.headRole, part) : part)
  const before = rest ? ' '.repeat(widthOf(head)) : marked(head, search, paintHead, theme)
  const shown = clip(text, room, 'end', theme.glyph.cut)
  const space = ' '.repeat(Math.max(0, room - widthOf(shown)))
  const paint = (part: string) => (line.role && part ? theme.paint(line.role, part) : part)
  return before + marked(shown, search, paint, theme) + space
}

function marked(text: string, search: string, paint: (part: string) => string, theme: Theme): string {
  if (search === '') return paint(text)
  const lower = text.toLowerCase()
  let drawn = ''
  let from = 0
  for (let at = lower.indexOf(search); at >= 0; at = lower.indexOf(search, from)) {
    drawn += paint(text.slice(from, at)) + theme.select(text.slice(at, at + search.length))
    from = at + search.length
  }
  return drawn + paint(text.slice(from))
}

/** What the search looks in, in lower case. */
export const textOf = ({ head = '', text }: TextLine): string => (head + text).toLowerCase()

/** Title at the left, remarks at the right, one line. */
export function pagerTitle(title: string, remarks: string, cells: number, theme: Theme): string {
  const head = clip(` ${title}`, Math.max(1, cells - 1), 'end', theme.glyph.cut)
  const tail = clip(remarks, Math.max(0, cells - widthOf(head) - 3), 'end', theme.glyph.cut)
  const space = Math.max(0, cells - widthOf(head) - widthOf(tail) - 1)
  return `${theme.paint('title', head)}${pad('', space)}${theme.paint('dim', tail)} `
}
