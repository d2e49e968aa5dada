// Below a chart: its times, the cursor's among them.
import type { Theme } from '#ui/theme.ts'
import { timeTicks } from './axis.ts'
import type { LineChart } from './chart.ts'
import { cursorLabel } from './cursor-label.ts'
import { letters } from './ground.ts'
import { paintCells } from './paint.ts'
import { columnOf, type Plot, type PlotCell } from './plot.ts'

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
