// One cell of a table: a text, a coloured one, or a bar with its value.
import type { Field } from '#model/dashboard/field.ts'
import { bar } from '#ui/charts/small.ts'
import { clip, pad, width as widthOf } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import { roleOfValue, stateGlyph } from './colour.ts'
import { type PanelRoom, shownIn, textOf } from './room.ts'
import { greatestBounds } from './values.ts'

export interface TableCell {
  readonly text: string
  readonly role: Role | undefined
  /** How full a bar beside the text is. */
  readonly share: number | undefined
  readonly width: number
}

const barWidth = 10

/** The cells of the given rows. */
export function tableCells(
  field: Field,
  index: number,
  rows: ReadonlySet<number>,
  room: PanelRoom,
): Map<number, TableCell> {
  const { cell = 'auto' } = field.config
  const coloured = cell.startsWith('color') || cell === 'gauge'
  const bounds = greatestBounds(field.values)(field)
  const cellOf = (row: number): TableCell => {
    const value = field.values[row]
    const shown = shownIn(room, value, field, { index, bounds })
    const role = coloured ? roleOfValue(shown, field.config, index) : undefined
    const text = stateGlyph(role, room.theme) + textOf(shown)
    const share = cell === 'gauge' ? (shown.share ?? 0) : undefined
    return { text, role, share, width: widthOf(text) + (share === undefined ? 0 : barWidth + 1) }
  }
  return new Map([...rows].map((row) => [row, cellOf(row)]))
}

interface Column {
  readonly width: number
  readonly field: Field
}

/** Of exactly the column's width. A name loses its middle, a number its bar. */
export function drawCell(cell: TableCell | undefined, { width, field }: Column, theme: Theme): string {
  if (cell === undefined) return ' '.repeat(width)
  const { role, share } = cell
  const align = field.type === 'number' ? 'right' : 'left'
  const cut = field.type === 'string' ? 'middle' : 'end'
  const bars = share === undefined || width < cell.width ? 0 : barWidth + 1
  const text = pad(clip(cell.text, width - bars, cut, theme.glyph.cut), width - bars, align)
  const painted = role === undefined ? text : theme.paint(role, text)
  return bars === 0 ? painted : `${bar(share ?? 0, barWidth, theme, role ?? 'accent')} ${painted}`
}
