// Where the rows and panels of a dashboard stand on a terminal: in Grafana's order, side by side where they fit, each at
// least as wide as its kind needs to say something.
import type { PanelView } from '#model/dashboard/dashboard.ts'
import type { LaidPanel, LaidRow } from '#model/dashboard/layout.ts'

export interface Block {
  readonly key: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly what:
    | { readonly kind: 'row'; readonly row: LaidRow; readonly open: boolean }
    | { readonly kind: 'panel'; readonly panel: LaidPanel }
}

export interface Arranged {
  readonly blocks: readonly Block[]
  readonly height: number
}

const gridColumns = 24
/** Cells, the space to the right included. */
const least: Readonly<Record<PanelView['kind'], number>> = {
  timeseries: 38,
  heatmap: 38,
  table: 38,
  alertlist: 30,
  bargauge: 30,
  text: 24,
  gauge: 18,
  stat: 18,
  unsupported: 24,
}

/** `toggled`: the rows that the operator opened or closed, by key. */
export function arrangeBoard(
  rows: readonly LaidRow[],
  toggled: ReadonlySet<string>,
  columns: number,
  most: number,
): Arranged {
  const blocks: Block[] = []
  let y = 0
  for (const row of rows) {
    const open = isOpen(row, toggled)
    if (row.title !== undefined) {
      blocks.push({ key: row.key, x: 0, y, width: columns, height: 1, what: { kind: 'row', row, open } })
      y += 1
    }
    if (!open) continue
    for (const line of linesOf(row.panels, columns)) {
      const height = Math.max(...line.map((panel) => heightOf(panel, most)))
      let x = 0
      for (const [index, width] of widthsOf(line, columns).entries()) {
        const panel = line[index]
        if (panel !== undefined)
          blocks.push({ key: panel.key, x, y, width, height, what: { kind: 'panel', panel } })
        x += width
      }
      y += height
    }
  }
  return { blocks, height: y }
}

function isOpen(row: LaidRow, toggled: ReadonlySet<string>): boolean {
  return row.title === undefined || row.collapsed === toggled.has(row.key)
}

/** Panels that stand side by side: one line is as high as the highest of them. */
function linesOf(panels: readonly LaidPanel[], columns: number): LaidPanel[][] {
  const ordered = panels.toSorted((a, b) => a.grid.y - b.grid.y || a.grid.x - b.grid.x)
  const lines: LaidPanel[][] = []
  let used = columns
  for (const panel of ordered) {
    const width = wanted(panel, columns)
    const line = lines.at(-1)
    if (line === undefined || used + width > columns) {
      lines.push([panel])
      used = width
    } else {
      line.push(panel)
      used += width
    }
  }
  return lines
}

const wanted = ({ grid, view }: LaidPanel, columns: number) =>
  Math.min(columns, Math.max(least[view.kind], Math.floor((grid.width / gridColumns) * columns)))

/** The whole line, shared out as the panels wanted it. */
function widthsOf(line: readonly LaidPanel[], columns: number): number[] {
  const wishes = line.map((panel) => wanted(panel, columns))
  const total = wishes.reduce((sum, wish) => sum + wish, 0)
  let given = 0
  let asked = 0
  return wishes.map((wish) => {
    asked += wish
    const upTo = Math.round((columns * asked) / total)
    const width = upTo - given
    given = upTo
    return width
  })
}

/** Title, body and an empty line below. A line of Grafana's grid is about one of ours. */
function heightOf({ grid, view }: LaidPanel, most: number): number {
  const [low, high] =
    view.kind === 'stat' || view.kind === 'gauge' ? [5, 8] : view.kind === 'text' ? [3, 12] : [9, 18]
  return Math.max(Math.min(low, most), Math.min(high, most, grid.height + 2))
}
