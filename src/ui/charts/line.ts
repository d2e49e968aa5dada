// A chart of lines over time: ticks, grid, limit, marks, legend. A function of its data, size and theme.
import type { Scale } from '#ui/format.ts'
import { clip, pad, width as widthOf } from '#ui/text.ts'
import { type Role, seriesRoles, type Theme } from '#ui/theme.ts'
import { axisTop, timeTicks, valueTicks } from './axis.ts'
import { type Plot, type PlotCell, type PlotSeries, plotAscii, plotBraille } from './plot.ts'
import type { Samples } from './resample.ts'

export interface ChartSeries extends Samples {
  readonly name: string
}

/** Something that happened: `F` Flux apply, `R` rollout, `K` OOM kill, `B` reboot, `A` alert. */
export interface ChartMark {
  readonly at: number
  readonly letter: string
}

export interface LineChart {
  /** At most six are drawn; the caller sums the rest as `other`. */
  readonly series: readonly ChartSeries[]
  readonly from: number
  readonly to: number
  readonly scale: Scale
  readonly timeZone: string | undefined
  readonly limit?: { readonly value: number; readonly name: string }
  readonly marks?: readonly ChartMark[]
  /** The bottom of the axis; 0 where absent. */
  readonly min?: number
}

/** Exactly `height` lines of `width` cells: the plot, the time axis and, for more than one series, the legend. */
export function lineChart(chart: LineChart, width: number, height: number, theme: Theme): string[] {
  const legend = chart.series.length > 1 ? legendLines(chart, width, theme) : []
  const rows = Math.max(1, height - 1 - legend.length)
  const greatest = Math.max(
    chart.limit?.value ?? Number.NEGATIVE_INFINITY,
    ...chart.series.map((series) => finiteMax(series.values)),
  )
  const bottom = chart.min ?? 0
  const top = bottom + axisTop(greatest - bottom)
  const ticks = valueTicks(bottom, top, Math.min(5, Math.max(2, Math.ceil(rows / 2))), chart.scale)
  const labels = ticks.map((tick) => chart.scale.format(tick))
  const axis = Math.min(Math.floor(width / 3), Math.max(...labels.map(widthOf)) + 1)
  const plot: Plot = { columns: Math.max(1, width - axis), rows, bottom, top, from: chart.from, to: chart.to }
  const series: PlotSeries[] = chart.series.slice(0, seriesRoles.length).map((samples, index) => ({
    samples,
    role: roleOf(index),
    ...(chart.series.length > 1 ? { letter: letterOf(index) } : {}),
  }))
  const cells = theme.ascii ? plotAscii(plot, series) : plotBraille(plot, series)

  const rowOf = (value: number) => Math.round(((top - value) / (top - bottom)) * (rows - 1))
  const tickRows = new Map(ticks.map((tick, index) => [rowOf(tick), labels[index] ?? '']))
  const limitRow = chart.limit === undefined ? undefined : rowOf(chart.limit.value)
  const lines = cells.map((row, index) => {
    const label = clip(tickRows.get(index) ?? '', axis - 1, 'end', theme.glyph.cut)
    const left = theme.paint('dim', `${pad(label, axis - 1, 'right')} `)
    if (index === limitRow && chart.limit !== undefined)
      return left + limitLine(row, chart.limit.name, plot, theme)
    const grid = tickRows.has(index) ? (theme.ascii ? '.' : '·') : ' '
    const marked = index === rows - 1 ? withMarks(row, chart, plot) : row
    return left + paintCells(marked, (x) => (x % 2 === 0 ? grid : ' '), theme)
  })
  return [...lines, timeAxis(chart, plot, axis, theme), ...legend].slice(0, height)
}

function roleOf(index: number): Role {
  return seriesRoles[index] ?? 'series6'
}

function letterOf(index: number): string {
  return String.fromCharCode(97 + index)
}

function finiteMax(values: readonly number[]): number {
  return values.reduce(
    (max, value) => (Number.isFinite(value) && value > max ? value : max),
    Number.NEGATIVE_INFINITY,
  )
}

/** Neighbours in one role share their colour codes; `empty` says what stands where nothing is drawn. */
function paintCells(row: readonly PlotCell[], empty: (column: number) => string, theme: Theme): string {
  let line = ''
  let run = ''
  let role: Role | undefined
  const flush = () => {
    line += role === undefined ? run : theme.paint(role, run)
    run = ''
  }
  for (const [column, cell] of row.entries()) {
    const text = cell?.text ?? empty(column)
    // A blank has no colour: it joins whatever run it stands in.
    const next = cell?.role ?? (text === ' ' ? role : 'dim')
    if (next !== role) flush()
    role = next
    run += text
  }
  flush()
  return line
}

/** A dashed line with its name at the end; the data is drawn over it, the name over both. */
function limitLine(row: readonly PlotCell[], name: string, plot: Plot, theme: Theme): string {
  const label = ` ${clip(name, Math.max(1, Math.floor(plot.columns / 2)), 'end', theme.glyph.cut)}`
  const shown = row.slice(0, Math.max(0, plot.columns - widthOf(label)))
  const dash = theme.ascii ? '-' : '╌'
  return paintCells(shown, () => dash, theme) + theme.paint('dim', label)
}

const columnOf = (at: number, { from, to, columns }: Plot) =>
  Math.min(columns - 1, Math.floor(((at - from) / (to - from)) * columns))

/** A mark's letter stands on the axis itself, the plot's last row, so that the times below it stay whole. */
function withMarks(row: readonly PlotCell[], chart: LineChart, plot: Plot): readonly PlotCell[] {
  const cells = [...row]
  for (const { at, letter } of chart.marks ?? []) {
    if (at < chart.from || at > chart.to) continue
    cells[columnOf(at, plot)] = { text: letter.slice(0, 1), role: 'accent' }
  }
  return cells
}

/** Times below the plot. */
function timeAxis(chart: LineChart, plot: Plot, axis: number, theme: Theme): string {
  const cells = new Array<string>(plot.columns).fill(' ')
  let free = 0
  for (const tick of timeTicks(chart.from, chart.to, Math.floor(plot.columns / 10), chart.timeZone)) {
    const start = columnOf(tick.at, plot)
    if (start < free || start + tick.label.length > plot.columns) continue
    for (const [index, letter] of [...tick.label].entries()) cells[start + index] = letter
    free = start + tick.label.length + 2
  }
  const painted = cells.map((cell) => (cell === ' ' ? cell : theme.paint('dim', cell)))
  return ' '.repeat(axis) + painted.join('')
}

/** One line: each series by its letter, with last and max. What does not fit is counted. */
function legendLines(chart: LineChart, width: number, theme: Theme): string[] {
  let line = ''
  let used = 0
  for (const [index, series] of chart.series.entries()) {
    const last = series.values.at(-1)
    const max = finiteMax(series.values)
    const figures =
      last === undefined ? theme.glyph.none : `${chart.scale.format(last)} max ${chart.scale.format(max)}`
    const text = `${clip(series.name, 24, 'middle', theme.glyph.cut)} ${figures}`
    const cells = widthOf(text) + 2 + (index > 0 ? 2 : 0)
    const rest = chart.series.length - index
    if (used + cells > width) {
      const more = ` +${rest}`
      if (used + more.length <= width) line += theme.paint('dim', more)
      break
    }
    line += `${index > 0 ? '  ' : ''}${theme.paint(roleOf(index), letterOf(index))} ${text}`
    used += cells
  }
  return [line]
}
