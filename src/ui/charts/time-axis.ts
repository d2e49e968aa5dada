// Below a chart: its times, the cursor's among them, and on the plot's last row what happened.
import type { Theme } from '#ui/theme.ts'
import { timeTicks } from './axis.ts'
import type { ChartMark, LineChart } from './chart.ts'
import { cursorLabel } from './cursor-label.ts'
import { letters } from './ground.ts'
import { paintCells } from './paint.ts'
import { columnOf, type Plot, type PlotCell } from './plot.ts'

/** Of marks that share a cell the first of these is shown. */
const gravest = ['K', 'B', 'A', 'R', 'F']

/** A mark's letter stands on the axis itself, the plot's last row, so that the times below it stay whole. */
export function withMarks(row: PlotCell[], chart: LineChart, plot: Plot): void {
  const columns = Map.groupBy(
    (chart.marks ?? []).filter(({ at }) => at >= chart.from && at <= chart.to),
    ({ at }) => columnOf(at, plot),
  )
  for (const [column, marks] of columns) {
    const [first] = [...marks].sort((a, b) => rank(a) - rank(b))
    if (first !== undefined) row[column] = { text: first.letter.slice(0, 1), ink: 'accent' }
  }
}

const rank = ({ letter }: ChartMark) => {
  const place = gravest.indexOf(letter)
  return place < 0 ? gravest.length : place
}

/** What happened at the cursor's cell, oldest first. */
export function marksAt(chart: LineChart, at: number, columns: number): ChartMark[] {
  const cell = (chart.to - chart.from) / Math.max(1, columns)
  const column = Math.floor((at - chart.from) / cell)
  return (chart.marks ?? [])
    .filter((mark) => mark.at >= chart.from && mark.at <= chart.to)
    .filter((mark) => Math.min(columns - 1, Math.floor((mark.at - chart.from) / cell)) === column)
    .sort((a, b) => a.at - b.at)
}

/** A moment out of the chart stands at the end beyond which it is, with an arrow to it. */
function cursorText(at: number, chart: LineChart, theme: Theme): string {
  const label = cursorLabel(at, chart, chart.timeZone)
  if (at < chart.from) return `${theme.glyph.back}${label}`
  return at > chart.to ? `${label}${theme.glyph.to}` : label
}

export function timeAxis(chart: LineChart, plot: Plot, theme: Theme): string {
  const cells = new Array<PlotCell>(plot.columns).fill(undefined)
  const put = (text: string, start: number, ink: 'dim' | 'accent') => {
    for (const [index, cell] of letters(text, ink).entries()) cells[start + index] = cell
  }
  // The cursor's time is put first: the ticks make room for it.
  let [blockedFrom, blockedTo] = [0, 0]
  if (chart.cursor !== undefined) {
    const text = cursorText(chart.cursor, chart, theme)
    if (text.length <= plot.columns) {
      blockedFrom = Math.min(plot.columns - text.length, columnOf(chart.cursor, plot))
      blockedTo = blockedFrom + text.length + 1
      put(text, blockedFrom, 'accent')
    }
  }
  let free = 0
  for (const tick of timeTicks(chart.from, chart.to, Math.floor(plot.columns / 10), chart.timeZone)) {
    const start = columnOf(tick.at, plot)
    const end = start + tick.label.length
    if (start < free || end > plot.columns || (end >= blockedFrom && start < blockedTo)) continue
    put(tick.label, start, 'dim')
    free = end + 2
  }
  return paintCells(cells, theme)
}
