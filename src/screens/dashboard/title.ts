// The title line of an open dashboard: its name, what its variables are, how far down we are.
import type { Variables } from '#live/deck.ts'
import type { Dashboard } from '#model/dashboard/dashboard.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { clean, clip, pad, width as widthOf } from '#ui/text.ts'
import { variablesText } from './chooser.ts'

interface Scrolled {
  readonly top: number
  readonly rows: number
  readonly height: number
  /** What stands beside the data: `a day before`. */
  readonly beside?: string | undefined
  /** What is waited for: `waiting for 3 of 9 panels`. */
  readonly loading?: string | undefined
}

export function boardTitle(
  board: Dashboard,
  { state, gaps }: Variables,
  { top, rows, height, beside, loading = '' }: Scrolled,
  { theme, columns }: Pick<ScreenProps, 'theme' | 'columns'>,
): string {
  const part = height > rows ? `${Math.round((Math.min(height, top + rows) / height) * 100)} %` : ''
  const problem = gaps[0] === undefined ? '' : `${clean(gaps[0].variable)}: ${clean(gaps[0].gap.detail)}`
  const dotted = beside === undefined ? '' : `dotted: ${beside}`
  const right = [problem, dotted, part, loading].filter((text) => text !== '').join('   ')
  const title = clip(` ${clean(board.title)}`, Math.floor(columns * 0.5), 'end', theme.glyph.cut)
  const tail = clip(right, Math.max(0, columns - widthOf(title) - 4), 'end', theme.glyph.cut)
  const free = Math.max(0, columns - widthOf(title) - widthOf(tail) - 4)
  const values = pad(clip(variablesText(board, state), free, 'end', theme.glyph.cut), free)
  return `${theme.paint('title', title)}  ${values} ${theme.paint(problem === '' ? 'dim' : 'warn', tail)} `
}
