// A line that is typed, with a cursor in it: what each key makes of it. Pure.
import { clean, clip, pad, width as widthOf } from './text.ts'
import type { Theme } from './theme.ts'

export interface EditLine {
  readonly text: string
  /** In UTF-16 units; the letter under the cursor begins there. */
  readonly cursor: number
}

export const lineOf = (text: string): EditLine => ({ text, cursor: text.length })

/** Typed or pasted text at the cursor, safe to draw. */
export function inserted({ text, cursor }: EditLine, typed: string): EditLine {
  const safe = clean(typed)
  return { text: text.slice(0, cursor) + safe + text.slice(cursor), cursor: cursor + safe.length }
}

export type Edit =
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'start'
  | 'end'
  | 'backspace'
  | 'delete'
  | 'delete-word'
  | 'clear'
  | 'delete-rest'

export function edited(line: EditLine, edit: Edit): EditLine {
  const { text, cursor } = line
  switch (edit) {
    case 'left':
      return { text, cursor: before(line) }
    case 'right':
      return { text, cursor: after(line) }
    case 'word-left':
      return { text, cursor: wordBefore(line) }
    case 'word-right':
      return { text, cursor: cursor + (/^\W*\w*/.exec(text.slice(cursor))?.[0].length ?? 0) }
    case 'start':
      return { text, cursor: 0 }
    case 'end':
      return { text, cursor: text.length }
    case 'backspace':
      return without(line, before(line), cursor)
    case 'delete':
      return without(line, cursor, after(line))
    case 'delete-word':
      return without(line, wordBefore(line), cursor)
    case 'clear':
      return without(line, 0, cursor)
    case 'delete-rest':
      return without(line, cursor, text.length)
  }
}

const without = ({ text }: EditLine, from: number, to: number): EditLine => ({
  text: text.slice(0, from) + text.slice(to),
  cursor: from,
})

/** By whole letters, as they are typed: a pair of surrogates is one. */
const before = ({ text, cursor }: EditLine) => cursor - ([...text.slice(0, cursor)].at(-1)?.length ?? 0)
const after = ({ text, cursor }: EditLine) => cursor + ([...text.slice(cursor)][0]?.length ?? 0)
const wordBefore = ({ text, cursor }: EditLine) =>
  cursor - (/\w*\W*$/.exec(text.slice(0, cursor))?.[0].length ?? 0)

/** The part of the line around its cursor that fits, exactly so wide, the cursor in reverse. */
export function drawEditLine({ text, cursor }: EditLine, cells: number, theme: Theme): string {
  const room = Math.max(4, cells)
  const mark = theme.glyph.cut
  // One cell behind the text is the cursor's, when it stands at the end.
  const from = firstShown(text, cursor, room)
  const head = from > 0 ? mark : ''
  const under = [...text.slice(cursor)][0] ?? ' '
  const left = text.slice(from, cursor)
  const rest = clip(
    text.slice(cursor + (cursor < text.length ? under.length : 0)),
    Math.max(0, room - widthOf(head + left + under)),
    'end',
    mark,
  )
  const reversed = `\u001b[7m${under}\u001b[27m`
  return pad(theme.paint('dim', head) + left + reversed + rest, room)
}

/** The whole line where it fits; else as much before the cursor as leaves it in sight. */
function firstShown(text: string, cursor: number, room: number): number {
  if (widthOf(text) < room) return 0
  let from = 0
  while (from < cursor && widthOf(text.slice(from, cursor)) > room - 4)
    from += [...text.slice(from)][0]?.length ?? 1
  return from
}
