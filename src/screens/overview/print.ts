// The Overview as text for a pipe or a file: the same panes as on the screen, with room for all that is wrong.
import type { Overview } from '#model/overview.ts'
import { toAscii } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'
import { arrangeOverview } from './arrange.ts'
import { bandLines } from './lines.ts'

export interface OverviewStyle {
  readonly columns: number
  readonly colour: 0 | 1 | 2 | 3
  readonly ascii: boolean
  readonly now: number
  readonly timeZone: string | undefined
}

/** Lines of the fixed panes at the widths that have charts. */
const fixedLines = 36

export function printOverview(overview: Overview, style: OverviewStyle): string {
  const { columns, now, timeZone, ascii } = style
  // A finding says all that it has over three lines at most.
  const rows = fixedLines + 3 * overview.wrong.length
  const theme = createTheme({ level: style.colour, ascii: style.ascii })
  const text = arrangeOverview(
    overview,
    { columns, rows, now, timeZone, late: true, keep: () => true, kept: '' },
    theme,
  )
    .map((band) => {
      const lines = bandLines(band, undefined, theme).map((line) => line.trimEnd())
      while (lines.at(-1) === '') lines.pop()
      return lines.join('\n')
    })
    .join('\n\n')
  return ascii ? toAscii(text) : text
}
