// Half a ring in braille, filled from the left up to a share, with marks across it.

import { createCanvas } from '#ui/charts/braille.ts'
import { paintCells } from '#ui/charts/paint.ts'
import type { PlotCell } from '#ui/charts/plot.ts'
import type { Role, Theme } from '#ui/theme.ts'
import type { BarMark } from './scale-bar.ts'

/** `rows` lines of `columns` cells, twice as many columns as rows and two more at least. */
export function arc(
  share: number,
  role: Role,
  marks: readonly BarMark[],
  columns: number,
  rows: number,
  theme: Theme,
): string[] {
  const canvas = createCanvas(columns, rows)
  const roles: Role[] = ['dim', role, ...marks.map((mark) => mark.role)]
  const radius = Math.min(canvas.width / 2, canvas.height) - 1
  const inner = radius * 0.7
  const [middle, foot] = [(canvas.width - 1) / 2, canvas.height - 1]
  const at = (x: number, y: number) => 1 - Math.atan2(foot - y, x - middle) / Math.PI
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const far = Math.hypot(x - middle, y - foot)
      if (far > radius || far < inner) continue
      const place = at(x, y)
      const mark = marks.findIndex((one) => Math.abs(one.share - place) * Math.PI * far < 0.8)
      // What is not filled is half as dense, so that without colours it is told apart.
      if (mark >= 0 && place > share) canvas.dot(x, y, mark + 2)
      else if (place <= share) canvas.dot(x, y, 1)
      else if ((x + y) % 2 === 0) canvas.dot(x, y, 0)
    }
  }
  return Array.from({ length: rows }, (_, row) => {
    const cells = Array.from({ length: columns }, (_, column): PlotCell => {
      const cell = canvas.cell(column, row)
      return cell === undefined ? undefined : { text: cell.text, ink: roles[cell.owner] ?? 'dim' }
    })
    return paintCells(cells, theme)
  })
}
