// What happened while a chart ran: where its letters stand on the plot's last row, and what it was at the cursor.
import type { ChartMark, LineChart } from './chart.ts'
import { columnOf, type Plot } from './plot.ts'

/** Of marks that share a cell the first of these stands in it. */
const gravest = ['K', 'B', 'A', 'R', 'F']

/**
 * Marks by column. Of those that share a cell the gravest stays; each other letter stands in a cell beside it that no
 * mark has, before or behind it as it happened. Where both are taken it is not shown.
 */
export function markCells({ marks = [], from, to }: LineChart, plot: Plot): ReadonlyMap<number, ChartMark> {
  const shown = marks.filter(({ at }) => at >= from && at <= to)
  const shared = [...Map.groupBy(shown, ({ at }) => columnOf(at, plot))].map(
    ([column, all]) => [column, byGravity(all)] as const,
  )
  const cells = new Map(shared.flatMap(([column, [first]]) => (first === undefined ? [] : [[column, first]])))
  for (const [column, [first, ...others]] of shared) {
    for (const mark of others) {
      const sides =
        first !== undefined && mark.at < first.at ? [column - 1, column + 1] : [column + 1, column - 1]
      const free = sides.find((side) => side >= 0 && side < plot.columns && !cells.has(side))
      if (free !== undefined) cells.set(free, mark)
    }
  }
  return cells
}

/** One of each letter: the first of it. */
function byGravity(marks: readonly ChartMark[]): ChartMark[] {
  const sorted = [...marks].sort((a, b) => rank(a) - rank(b) || a.at - b.at)
  return sorted.filter(({ letter }, index) => sorted.findIndex((one) => one.letter === letter) === index)
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
