// A dashboard as text for a pipe or a file, arranged and drawn as on the screen.
import type { ReadDashboard } from '#live/dashboard-once.ts'
import type { Live } from '#live/live.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { toAscii } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'
import { arrangeBoard } from './arrange.ts'
import { drawBlock } from './draw.ts'
import { boardTitle } from './title.ts'
import { compose } from './window.ts'

export interface BoardStyle {
  readonly columns: number
  readonly colour: 0 | 1 | 2 | 3
  readonly ascii: boolean
  readonly now: number
  readonly timeZone: string | undefined
}

/** A panel is at most this high. */
const most = 18

export function boardLines(
  { dashboard, variables, rows, panels }: ReadDashboard,
  style: BoardStyle,
): string[] {
  const theme = createTheme({ level: style.colour, ascii: style.ascii })
  const columns = Math.max(40, style.columns)
  // Rows that were read are open, whatever the dashboard says.
  const read = rows.filter(
    ({ collapsed, panels: inside }) => collapsed && inside.some(({ key }) => panels.has(key)),
  )
  const { blocks, height } = arrangeBoard(rows, new Set(read.map(({ key }) => key)), columns, most)
  const room = { theme, now: style.now, timeZone: style.timeZone, late: true }
  const reading = { at: undefined, solo: undefined, hidden: undefined }
  const drawn = new Map(
    blocks.map((block) => {
      const live = block.what.kind === 'panel' ? liveOf(panels.get(block.what.panel.key)) : undefined
      return [
        block.key,
        drawBlock({ block, live, focused: false, reading, before: undefined }, room),
      ] as const
    }),
  )
  const title = boardTitle(dashboard, variables, { top: 0, rows: height, height }, { theme, columns })
  const lines = [title, '', ...compose(blocks, drawn, 0, height)]
  return style.ascii ? lines.map(toAscii) : lines
}

export const printBoard = (shown: ReadDashboard, style: BoardStyle): string =>
  boardLines(shown, style)
    .map((line) => line.trimEnd())
    .join('\n')

function liveOf(data: PanelData | undefined): Live<PanelData> | undefined {
  return data && { data, pending: false, failures: 0, phase: 'idle' }
}
