// One block of a dashboard as lines: a row's title, or a panel with what is known of its data.
import type { LivePanel } from '#live/open-dashboard.ts'
import { nameOf } from '#model/dashboard/frame.ts'
import type { LaidPanel } from '#model/dashboard/layout.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { renderPanel } from '#ui/charts/panels/panel.ts'
import { filled, type PanelRoom, sentence } from '#ui/charts/panels/room.ts'
import { count } from '#ui/format.ts'
import { missing, staleness } from '#ui/notice.ts'
import { clean, clip, pad, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import type { Block } from './arrange.ts'
import { waitedFor } from './waited-for.ts'

export interface DrawnBlock {
  readonly block: Block
  /** Of a panel; absent while it is not asked for. */
  readonly live: LivePanel | undefined
  readonly focused: boolean
  readonly reading: {
    /** The moment that is read out. */
    readonly at: number | undefined
    readonly solo: number | undefined
    readonly hidden: ReadonlySet<number> | undefined
  }
  readonly before: PanelRoom['earlier']
}

interface BoardRoom {
  readonly theme: Theme
  readonly now: number
  readonly timeZone: string | undefined
  readonly late: boolean
}

/** The columns that a chart in a block of this width has for its plot. */
export const plotColumns = (width: number): number => Math.max(10, width - 10)

/** How many lines the panel's chart has: its number fields. */
export const linesOfPanel = (data: PanelData | undefined): number =>
  data?.frames.reduce(
    (sum, { fields }) =>
      sum + fields.filter(({ type, config }) => type === 'number' && !config.hiddenFrom.view).length,
    0,
  ) ?? 0

/** Exactly the block's lines, each of its width. */
export function drawBlock(drawn: DrawnBlock, room: BoardRoom): readonly string[] {
  const { block, focused } = drawn
  const { theme } = room
  const { what, width } = block
  if (what.kind === 'panel') return drawPanel(drawn, what.panel, room)
  const { row, open } = what
  const inside = open ? '' : `  ${count(row.panels.length, 'panel')}`
  const text = `${focused ? '>' : ' '}${open ? '-' : '+'} ${clean(row.title ?? '')}${inside}`
  const line = pad(clip(text, width, 'end', theme.glyph.cut), width)
  return [theme.paint(focused ? 'accent' : 'title', line)]
}

function drawPanel(drawn: DrawnBlock, panel: LaidPanel, board: BoardRoom): readonly string[] {
  const { block, live, reading, before } = drawn
  const { theme, now, timeZone } = board
  const width = block.width - 2
  // A title above, an empty line below.
  const height = Math.max(0, block.height - 2)
  const room: PanelRoom = {
    ...{ width, height, theme, now, timeZone, title: nameOf },
    ...(reading.at !== undefined && { cursor: reading.at }),
    ...(reading.solo !== undefined && { solo: reading.solo }),
    ...(reading.hidden && { hidden: reading.hidden }),
    ...(before && { earlier: before }),
  }
  const body = bodyOf(panel, live, board, room)
  return [titleOf(drawn, panel, board), ...body.map((line) => ` ${line} `), ' '.repeat(block.width)].slice(
    0,
    block.height,
  )
}

function bodyOf(
  panel: LaidPanel,
  live: LivePanel | undefined,
  { late, theme, now }: BoardRoom,
  room: PanelRoom,
): readonly string[] {
  if (panel.view.kind === 'text' || panel.view.kind === 'unsupported')
    return renderPanel(panel, nothing, room)
  if (live?.data !== undefined) return renderPanel(panel, live.data, room)
  const none = live && missing(live, live.gap === undefined ? queriesOf(panel, live, now) : 'data', theme)
  if (none === undefined || (live?.gap === undefined && !late)) return filled([], room)
  return filled(sentence(none.text, none.role, room), room)
}

function queriesOf({ targets }: LaidPanel, { loading }: LivePanel, now: number): string {
  return waitedFor(loading ?? { since: now, answered: 0, of: targets.length }, queries, now)
}

const queries = (many: number) => (many === 1 ? '1 query' : `${many} queries`)

const nothing: PanelData = { frames: [], from: 0, to: 0, step: 0, gaps: [], warnings: [] }

function titleOf({ block, live, focused }: DrawnBlock, panel: LaidPanel, { theme, now }: BoardRoom): string {
  const old = live === undefined ? '' : (staleness(live, now) ?? '')
  const room = Math.max(0, block.width - 2 - (old === '' ? 0 : old.length + 1))
  const title = clean(panel.title)
  // The title keeps half of the room at least, its range what is left.
  const spare = room - Math.min(widthOf(title), Math.ceil(room / 2)) - 1
  const range = clip(clean(panel.rangeNote ?? ''), Math.max(0, spare), 'end', theme.glyph.cut)
  const left = range === '' ? room : room - widthOf(range) - 1
  const head = `${focused ? '>' : ' '}${clip(title, left, 'middle', theme.glyph.cut)}`
  const notes = [theme.paint('dim', range), theme.paint('warn', old)].filter((note) => widthOf(note) > 0)
  const used = widthOf(head) + widthOf(notes.join(' '))
  const space = ' '.repeat(Math.max(0, block.width - 1 - used))
  return `${theme.paint(focused ? 'accent' : 'title', head)}${space}${notes.join(' ')} `
}
