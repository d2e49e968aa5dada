// What lies behind a chart's lines: the grid at its ticks, limits as dashes with their names at the end, the
// cursor's column; and on the last row what happened.
import type { Ink } from '#ui/ink.ts'
import { clip, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import type { ChartLimit, ChartMark } from './chart.ts'
import { columnOf, type Plot, type PlotCell, rowOf } from './plot.ts'

export interface Ground {
  /** The rows at which the left axis has a tick. */
  readonly ticks: ReadonlySet<number>
  readonly limits: readonly ChartLimit[]
  readonly cursor: number | undefined
  /** By column: their letters stand on the axis itself, the plot's last row, so that the times below it stay whole. */
  readonly marks: ReadonlyMap<number, ChartMark>
}

/** Fills what the lines leave free. The names of limits lie over everything, so that they can be read. */
export function withGround(cells: PlotCell[][], plot: Plot, ground: Ground, theme: Theme): PlotCell[][] {
  const limits = limitRows(plot, ground.limits, theme)
  const tinted = tintOf(plot, ground.limits)
  const cursor = ground.cursor === undefined ? undefined : columnOf(ground.cursor, plot)
  for (const [index, row] of cells.entries()) {
    const limit = limits.get(index)
    const behind = (column: number): PlotCell => {
      if (column === cursor) return { text: theme.ascii ? '|' : '│', ink: 'dim' }
      // Not a minus in ASCII: that is what lines are made of.
      if (limit !== undefined) return { text: theme.ascii ? '=' : '╌', ink: limit.ink }
      if (!ground.ticks.has(index) || column % 2 === 1) return undefined
      return { text: theme.ascii ? '.' : '·', ink: tinted(index) }
    }
    for (let column = 0; column < plot.columns; column++) row[column] ??= behind(column)
    const marks = index === cells.length - 1 ? ground.marks : noMarks
    if (limit !== undefined) nameLimit(row, limit, marks, theme)
    for (const [column, { letter }] of marks) row[column] = { text: letter.slice(0, 1), ink: 'accent' }
  }
  return cells
}

const noMarks: Ground['marks'] = new Map()

interface LimitRow {
  readonly name: string
  readonly ink: Ink
}

/** Limits on one row share a line: their names are joined, the colour is the last one's. */
function limitRows(plot: Plot, limits: readonly ChartLimit[], theme: Theme): Map<number, LimitRow> {
  const rows = new Map<number, LimitRow>()
  for (const { value, name, role } of limits) {
    const share = plot.rulers.left.share(value)
    if (!(share >= 0 && share <= 1)) continue
    const row = rowOf(value, plot.rulers.left, plot.rows)
    const known = rows.get(row)
    const names = [known?.name ?? '', name].filter((one) => one !== '')
    rows.set(row, { name: names.join(` ${theme.glyph.note} `), ink: role ?? known?.ink ?? 'dim' })
  }
  return rows
}

/** At the end of the row, or left of the letters that stand there; where they leave it no room there is none. */
function nameLimit(row: PlotCell[], { name, ink }: LimitRow, marks: Ground['marks'], theme: Theme): void {
  if (name === '') return
  const text = ` ${clip(name, Math.max(1, Math.floor(row.length / 2)), 'end', theme.glyph.cut)}`
  const cells = widthOf(text)
  let end = row.length
  // A blank on either side tells it from a letter.
  for (const column of [...marks.keys()].sort((a, b) => b - a)) {
    if (column >= end - cells && column <= end) end = column - 1
  }
  if (cells > end) return
  const placed = letters(end < row.length ? `${text} ` : text, ink)
  row.splice(end - cells, placed.length, ...placed)
}

/** One cell a character; what is two cells wide is followed by an empty one. */
export function letters(text: string, ink: Ink): PlotCell[] {
  return [...text].flatMap((character): PlotCell[] => {
    const cells = widthOf(character)
    if (cells === 0) return []
    return cells === 1
      ? [{ text: character, ink }]
      : [
          { text: character, ink },
          { text: '', ink },
        ]
  })
}

/** The colour of the grid by row: tinted where a limit has an area. */
function tintOf(plot: Plot, limits: readonly ChartLimit[]): (row: number) => Ink {
  const areas = limits
    .filter((limit) => limit.area === 'above' && limit.role !== undefined)
    .sort((a, b) => a.value - b.value)
  const { bottom, top } = plot.rulers.left
  return (row) => {
    const value = top - ((top - bottom) * row) / Math.max(1, plot.rows - 1)
    return areas.findLast((area) => value >= area.value)?.role ?? 'dim'
  }
}
