// Which panes the Overview shows where: three fixed layouts, by width. More room shows more panes, not larger gaps.
import type { Overview } from '#model/overview.ts'
import { sizeClass } from '#ui/columns.ts'
import type { Theme } from '#ui/theme.ts'
import { capacityChart, capacityLines } from './capacity.ts'
import { alertsPane, changesPane, sourcesPane, stackPane, topCpuPane, topMemoryPane } from './lists.ts'
import type { PaneLine, Room } from './pane.ts'
import { summaryLine, wrongPane } from './wrong.ts'

type Draw = (overview: Overview, room: Room) => PaneLine[]

/** Panes side by side, `shares` of the width each. */
interface Band {
  readonly panes: readonly Draw[]
  readonly shares: readonly number[]
  /** Lines; the band with `grow` takes what is left, its height being the least that is useful. */
  readonly height: number
  readonly grow?: true
}

export interface ArrangedBand {
  readonly panes: readonly (readonly PaneLine[])[]
}

const cpu: Draw = (overview, room) => capacityChart('cpu', overview, room)
const memory: Draw = (overview, room) => capacityChart('memory', overview, room)
const disk: Draw = (overview, room) => capacityChart('disk', overview, room)
const network: Draw = (overview, room) => capacityChart('network', overview, room)
const summary: Draw = (overview, room) => [{ text: summaryLine(overview, room) }]

const small: readonly Band[] = [
  { panes: [summary], shares: [1], height: 1 },
  { panes: [wrongPane], shares: [1], height: 5, grow: true },
  { panes: [capacityLines], shares: [1], height: 4 },
  { panes: [changesPane, topMemoryPane], shares: [3, 2], height: 5 },
]
const medium: readonly Band[] = [
  { panes: [summary], shares: [1], height: 1 },
  { panes: [wrongPane], shares: [1], height: 6, grow: true },
  { panes: [cpu, memory], shares: [1, 1], height: 9 },
  { panes: [topCpuPane, topMemoryPane, changesPane], shares: [5, 5, 6], height: 6 },
  { panes: [alertsPane, stackPane, sourcesPane], shares: [5, 5, 6], height: 7 },
]
const large: readonly Band[] = [
  { panes: [summary], shares: [1], height: 1 },
  { panes: [wrongPane, stackPane], shares: [3, 1], height: 8, grow: true },
  { panes: [cpu, memory, disk, network], shares: [1, 1, 1, 1], height: 11 },
  { panes: [topCpuPane, topMemoryPane, changesPane], shares: [1, 1, 1], height: 8 },
  { panes: [alertsPane, sourcesPane], shares: [1, 1], height: 7 },
]

/** The layout for a room; where the lines do not suffice, the last bands are left out. */
function bandsFor(columns: number, rows: number): { readonly band: Band; readonly height: number }[] {
  const size = sizeClass(columns)
  // A wide but low terminal has no lines for charts.
  const layout = size === 200 && rows >= 38 ? large : size >= 120 && rows >= 33 ? medium : small
  const bands = [...layout]
  const needed = () => bands.reduce((sum, band) => sum + band.height, bands.length - 1)
  while (bands.length > 2 && needed() > rows) bands.pop()
  const spare = Math.max(0, rows - needed())
  return bands.map((band) => ({ band, height: band.grow ? band.height + spare : band.height }))
}

export const paneGap = 2

export function arrangeOverview(
  overview: Overview,
  size: { readonly columns: number; readonly rows: number; readonly now: number; readonly timeZone: string },
  theme: Theme,
): ArrangedBand[] {
  const { columns, rows, now, timeZone } = size
  return bandsFor(columns, rows).map(({ band, height }) => {
    const widths = shareOut(columns - paneGap * (band.shares.length - 1), band.shares)
    return {
      panes: band.panes.map((draw, index) =>
        draw(overview, { width: widths[index] ?? 0, height, theme, now, timeZone }),
      ),
    }
  })
}

/** Whole cells that add up to the width. */
function shareOut(width: number, shares: readonly number[]): number[] {
  const all = shares.reduce((sum, share) => sum + share, 0)
  let before = 0
  let given = 0
  return shares.map((share) => {
    before += share
    const cells = Math.floor((width * before) / all) - given
    given += cells
    return cells
  })
}
