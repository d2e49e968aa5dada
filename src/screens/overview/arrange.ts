// Which panes the Overview shows where: three fixed layouts, by width. More room shows more panes, not larger gaps.
import type { Overview } from '#model/overview.ts'
import { sizeClass } from '#ui/columns.ts'
import type { Theme } from '#ui/theme.ts'
import { capacityChart, capacityLines } from './capacity.ts'
import { alertsPane, changesPane, topCpuPane, topMemoryPane } from './lists.ts'
import type { PaneLine, Room } from './pane.ts'
import { sourcesPane, stackPane } from './stack.ts'
import { summaryLine } from './summary.ts'
import { wrongPane } from './wrong.ts'

type Draw = (overview: Overview, room: Room) => PaneLine[]

/** Panes side by side, `shares` of the width each. */
interface Band {
  readonly panes: readonly Draw[]
  readonly shares: readonly number[]
  /** Lines at least. */
  readonly height: number
  /** Lines up to which more room is useful. */
  readonly useful?: number
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
  { panes: [wrongPane], shares: [1], height: 5, useful: 200 },
  { panes: [capacityLines], shares: [1], height: 4 },
  { panes: [changesPane, topMemoryPane], shares: [3, 2], height: 5 },
]
const medium: readonly Band[] = [
  { panes: [summary], shares: [1], height: 1 },
  { panes: [wrongPane], shares: [1], height: 6, useful: 200 },
  { panes: [cpu, memory], shares: [1, 1], height: 9 },
  { panes: [topCpuPane, topMemoryPane, changesPane], shares: [5, 5, 6], height: 6 },
  { panes: [alertsPane, stackPane, sourcesPane], shares: [5, 5, 6], height: 7, useful: 20 },
]
const large: readonly Band[] = [
  { panes: [summary], shares: [1], height: 1 },
  { panes: [wrongPane], shares: [1], height: 8, useful: 200 },
  { panes: [cpu, memory, disk, network], shares: [1, 1, 1, 1], height: 11 },
  { panes: [topCpuPane, topMemoryPane, changesPane], shares: [1, 1, 1], height: 8 },
  { panes: [alertsPane, stackPane, sourcesPane], shares: [1, 1, 1], height: 7, useful: 20 },
]

/** The layout for a room; where the lines do not suffice, the last bands are left out. */
function bandsFor(columns: number, rows: number): { readonly band: Band; readonly height: number }[] {
  const size = sizeClass(columns)
  // A wide but low terminal has no lines for charts.
  const layout = size === 200 && rows >= 38 ? large : size >= 120 && rows >= 33 ? medium : small
  const bands = [...layout]
  const needed = () => bands.reduce((sum, band) => sum + band.height, bands.length - 1)
  while (bands.length > 2 && needed() > rows) bands.pop()
  return shareLines(bands, Math.max(0, rows - needed()))
}

/** Spare lines go in turn to the bands that can use them, the first ones first. */
function shareLines(
  bands: readonly Band[],
  spare: number,
): { readonly band: Band; readonly height: number }[] {
  const heights = bands.map((band) => band.height)
  for (let left = spare; left > 0; ) {
    const before = left
    for (const [index, band] of bands.entries()) {
      const height = heights[index] ?? 0
      if (left === 0 || height >= (band.useful ?? band.height)) continue
      heights[index] = height + 1
      left -= 1
    }
    if (left === before) break
  }
  return bands.map((band, index) => ({ band, height: heights[index] ?? band.height }))
}

export const paneGap = 2

/** The room for all of it, and how it is looked at. */
export interface OverviewSize extends Omit<Room, 'width' | 'height' | 'theme'> {
  readonly columns: number
  readonly rows: number
}

export function arrangeOverview(
  overview: Overview,
  { columns, rows, ...view }: OverviewSize,
  theme: Theme,
): ArrangedBand[] {
  return bandsFor(columns, rows).map(({ band, height }) => {
    const widths = shareOut(columns - paneGap * (band.shares.length - 1), band.shares)
    return {
      panes: band.panes.map((draw, index) =>
        draw(overview, { width: widths[index] ?? 0, height, theme, ...view }),
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
