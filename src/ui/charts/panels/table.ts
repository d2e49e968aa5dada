// A table panel: columns as wide as their content, numbers at the right, colours of cells as colours of their text.

import type { PanelView } from '#model/dashboard/dashboard.ts'
import type { DataFrame, Field } from '#model/dashboard/field.ts'
import { nameOf } from '#model/dashboard/frame.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { clean, clip, pad, width as widthOf } from '#ui/text.ts'
import { fitColumns } from './columns.ts'
import type { PanelRoom } from './room.ts'
import { drawCell, type TableCell, tableCells } from './table-cell.ts'

type TableView = Extract<PanelView, { kind: 'table' }>

export interface TableColumn {
  readonly title: string
  readonly field: Field
  readonly cells: ReadonlyMap<number, TableCell>
  readonly width: number
}

export function tablePanel(view: TableView, data: PanelData, room: PanelRoom): string[] {
  const { theme, width, height } = room
  const frame = data.frames.find((one) => one.fields.length > 0)
  if (frame === undefined) return []
  const head = view.header && height > 2 ? 1 : 0
  const foot = data.frames.length > 1 ? 1 : 0
  const order = orderOf(view, frame)
  const space = Math.max(1, height - head - foot)
  const first = Math.min(room.first ?? 0, Math.max(0, order.length - space))
  const cut = order.length - first > space
  const rows = order.slice(first, first + (cut ? space - 1 : space))
  const left = order.length - first - rows.length
  const { columns, dropped } = fitColumns(
    columnsOf(frame, new Set([...order.slice(0, measured), ...rows]), room),
    width,
  )
  const lines = rows.map((row) =>
    columns.map((column) => drawCell(column.cells.get(row), column, theme)).join('  '),
  )
  const more = dropped > 0 ? ` +${dropped}` : ''
  const titles = columns.map((column) => titleCell(column, theme.glyph.cut)).join('  ')
  return [
    ...(head > 0 ? [theme.paint('head', `${pad(titles, width - more.length)}${more}`)] : []),
    ...lines,
    ...(cut ? [theme.paint('dim', clip(`+${left} more rows`, width))] : []),
    ...(foot > 0 ? [theme.paint('dim', clip(`1 of ${data.frames.length} tables`, width))] : []),
  ]
}

/** So many rows decide how wide a column is beside those in sight, so that it stays where it is when one scrolls. */
const measured = 500

function columnsOf(frame: DataFrame, rows: ReadonlySet<number>, room: PanelRoom): TableColumn[] {
  return frame.fields
    .filter((field) => !field.config.hiddenFrom.view)
    .map((field, index) => {
      const title = clean(nameOf(field))
      const cells = tableCells(field, index, rows, room)
      const widest = [...cells.values()].reduce((most, cell) => Math.max(most, cell.width), widthOf(title))
      return { title, field, cells, width: Math.max(1, widest) }
    })
}

const titleCell = ({ title, width, field }: TableColumn, mark: string) =>
  pad(clip(title, width, 'middle', mark), width, field.type === 'number' ? 'right' : 'left')

/** The rows in the panel's order; what is not there comes last, whichever the direction. */
function orderOf({ sort }: TableView, frame: DataFrame): number[] {
  const rows = Array.from({ length: frame.length }, (_, row) => row)
  const field =
    sort === undefined
      ? undefined
      : frame.fields.find((one) => one.name === sort.field || nameOf(one) === sort.field)
  if (sort === undefined || field === undefined) return rows
  const missing = (value: unknown) => value === undefined || Number.isNaN(value)
  return rows.sort((a, b) => {
    const [left, right] = [field.values[a], field.values[b]]
    if (missing(left) || missing(right)) return Number(missing(left)) - Number(missing(right)) || a - b
    const both = typeof left === 'number' && typeof right === 'number'
    const by = both ? left - right : String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0
    return (sort.descending ? -by : by) || a - b
  })
}
