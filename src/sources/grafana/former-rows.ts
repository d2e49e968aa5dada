// The rows of dashboards before schema 16: each has a height, and its panels share twelve columns from left to right.
import type { DashboardRow, Panel } from '#model/dashboard/dashboard.ts'
import { type Fields, fields, isFields, items, known, numeric, text } from '#model/fields.ts'
import type { SourceTypes } from './data-sources.ts'
import { readPanel } from './panel.ts'

/** A grid row with its gap, in pixels. */
const gridPixels = 38

export function readFormerRows(rows: readonly unknown[], types: SourceTypes): readonly DashboardRow[] {
  let place = 0
  return rows.filter(isFields).map((row, index) => {
    const panels = items(row.panels)
    const grids = placed(panels.map(fields), heightOf(row.height, 7))
    return {
      id: -index - 1,
      collapsed: row.collapse === true,
      panels: panels.map((panel, at) =>
        readPanel(panel, place++, grids[at] ?? { x: 0, y: 0, width: 24, height: 7 }, types),
      ),
      // A title was there more often than it was meant to be seen.
      ...known({
        title: row.showTitle === true || row.collapse === true ? (text(row.title) ?? '') : undefined,
        repeat: text(row.repeat),
      }),
    }
  })
}

/** From left to right, in a new line where there is no room. */
function placed(panels: readonly Fields[], rowHeight: number): readonly Panel['grid'][] {
  let [x, y, tallest] = [0, 0, 0]
  return panels.map((panel) => {
    const width = Math.min(24, Math.max(1, Math.round((numeric(panel.span) ?? 4) * 2)))
    const height = heightOf(panel.height, rowHeight)
    if (x + width > 24) [x, y, tallest] = [0, y + tallest, 0]
    const grid = { x, y, width, height }
    x += width
    tallest = Math.max(tallest, height)
    return grid
  })
}

/** `250px` or 250. */
function heightOf(height: unknown, otherwise: number): number {
  const pixels = numeric(typeof height === 'string' ? height.replace(/px$/, '') : height)
  return pixels === undefined ? otherwise : Math.min(1000, Math.max(1, Math.ceil(pixels / gridPixels)))
}
