// What can be put in, as lines: name, what it is, what it is for; the one picked in reverse.
import { si } from '#ui/format.ts'
import { missing } from '#ui/notice.ts'
import { clean, clip, pad, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import type { Completion } from './offers.ts'

export interface OfferRow {
  readonly name: string
  readonly about: string
  readonly help: string
}

/** Rows from `top` on, exactly as wide as the screen; names, kinds and help in columns of their own. */
export function offerRows(rows: readonly OfferRow[], pick: number, columns: number, theme: Theme): string[] {
  const nameCells = Math.min(
    Math.floor(columns * 0.45),
    Math.max(12, ...rows.map(({ name }) => widthOf(clean(name)))),
  )
  const aboutCells = Math.min(
    Math.max(0, Math.floor((columns - nameCells) * 0.5)),
    Math.max(0, ...rows.map(({ about }) => widthOf(clean(about)))),
  )
  return rows.map(({ name, about, help }, index) => {
    const cut = theme.glyph.cut
    const first = pad(clip(clean(name), nameCells, 'middle', cut), nameCells)
    const second = pad(clip(clean(about), aboutCells, 'end', cut), aboutCells)
    const room = Math.max(0, columns - 3 - nameCells - 2 - aboutCells - 2 - 1)
    const third = clip(clean(help), room, 'end', cut)
    const line = pad(`   ${first}  ${second}  ${third}`, columns)
    if (index === pick) return theme.select(line)
    return `   ${first}  ${theme.paint('dim', pad(`${second}  ${third}`, columns - nameCells - 5))}`
  })
}

/** Exactly `rows` lines: what is typed into, what can be put in, how many more there are. */
export function completionLines(
  { offers, names, what, about }: Completion,
  pick: number,
  rows: number,
  { columns, theme, late }: { readonly columns: number; readonly theme: Theme; readonly late: boolean },
): string[] {
  const head = theme.paint('dim', cutTo(`   ${clean(about)}`, columns, theme))
  const room = rows - 2
  // The picked one stays in sight.
  const top = Math.max(0, pick - room + 1)
  const shown = offers.shown.slice(top, top + room)
  const left = offers.count - top - shown.length
  const why = names === undefined || names.data !== undefined ? undefined : missing(names, what, theme)
  const foot =
    why !== undefined && (names?.gap !== undefined || late)
      ? theme.paint(why.role, cutTo(`   ${why.text}`, columns, theme))
      : theme.paint('dim', cutTo(left > 0 ? `   ${si(left)} more` : '', columns, theme))
  const lines = [head, ...offerRows(shown, pick - top, columns, theme), foot]
  return Array.from({ length: rows }, (_, index) => lines[index] ?? '')
}

const cutTo = (text: string, columns: number, theme: Theme) =>
  pad(clip(text, columns - 1, 'end', theme.glyph.cut), columns)
