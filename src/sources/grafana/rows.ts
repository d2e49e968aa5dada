// The panels of a dashboard in rows. Today a row is a panel among the others: what follows it belongs to it, and what is
// folded away stands inside it. Before schema 16 panels stood in rows from the start.
import type { DashboardRow, Panel } from '#model/dashboard/dashboard.ts'
import { type Fields, fields, isFields, items, known, number, numeric, text } from '#model/fields.ts'
import type { SourceTypes } from './data-sources.ts'
import { readFormerRows } from './former-rows.ts'
import { readPanel } from './panel.ts'

export function readRows(json: Fields, types: SourceTypes): readonly DashboardRow[] {
  const former = items(json.rows)
  return former.length > 0 && items(json.panels).length === 0
    ? readFormerRows(former, types)
    : gridRows(items(json.panels), types)
}

interface Draft {
  readonly header: Fields | undefined
  readonly panels: unknown[]
}

function gridRows(panels: readonly unknown[], types: SourceTypes): readonly DashboardRow[] {
  const drafts: Draft[] = [{ header: undefined, panels: [] }]
  for (const panel of inReadingOrder(panels)) {
    if (isFields(panel) && panel.type === 'row')
      drafts.push({ header: panel, panels: [...items(panel.panels)] })
    else drafts.at(-1)?.panels.push(panel)
  }
  const shown = drafts.filter(({ header, panels: held }) => header !== undefined || held.length > 0)
  let place = 0
  return shown.map(({ header, panels: held }, index) => {
    const ordered = inReadingOrder(held)
    const top = gridOf(ordered[0]).y
    return {
      ...rowHeader(header, index),
      panels: ordered.map((panel) => {
        const grid = gridOf(panel)
        return readPanel(panel, place++, { ...grid, y: grid.y - top }, types)
      }),
    }
  })
}

function rowHeader(header: Fields | undefined, index: number): Omit<DashboardRow, 'panels'> {
  return {
    id: number(header?.id) ?? -index - 1,
    collapsed: header?.collapsed === true,
    ...known({
      title: header === undefined ? undefined : (text(header.title) ?? ''),
      repeat: text(header?.repeat),
    }),
  }
}

/** From top to bottom, then from left to right, as they stand on Grafana's screen. */
function inReadingOrder(panels: readonly unknown[]): readonly unknown[] {
  return panels.toSorted((a, b) => gridOf(a).y - gridOf(b).y || gridOf(a).x - gridOf(b).x)
}

function gridOf(panel: unknown): Panel['grid'] {
  const { x, y, w, h } = fields(fields(panel).gridPos)
  const width = within(numeric(w) ?? 12, 1, 24)
  return {
    x: within(numeric(x) ?? 0, 0, 24 - width),
    y: within(numeric(y) ?? 0, 0, 1_000_000),
    width,
    height: within(numeric(h) ?? 8, 1, 1000),
  }
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)))
}
