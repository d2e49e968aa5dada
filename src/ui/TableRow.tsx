// One row of a table as one memoised line.
import { memo, type ReactNode } from 'react'
import { type Layout, rowLine } from './columns.ts'
import { Line } from './Line.tsx'
import type { Lead } from './table-lead.ts'
import type { Theme } from './theme.ts'

interface TableRowProps<T> {
  readonly row: T
  readonly layout: Layout<T>
  readonly theme: Theme
  readonly lead: Lead<T> | undefined
  readonly state: 'selected' | 'plain' | 'stale'
  readonly marked: boolean
}

function DrawnRow<T>({ row, layout, theme, lead, state, marked }: TableRowProps<T>): ReactNode {
  const glyph = lead?.(row)
  const shape = glyph === undefined ? ' ' : theme.glyph[glyph.glyph]
  const cursor = marked ? '+' : state === 'selected' ? '>' : ' '
  if (state === 'selected') {
    return <Line text={theme.select(`${cursor}${shape} ${rowLine(layout, row, theme, 'plain')} `)} />
  }
  if (state === 'stale') {
    return <Line text={theme.paint('dim', `${cursor}${shape} ${rowLine(layout, row, theme, 'plain')} `)} />
  }
  const coloured = glyph === undefined ? shape : theme.paint(glyph.role, shape)
  return <Line text={`${theme.paint('accent', cursor)}${coloured} ${rowLine(layout, row, theme)} `} />
}

// A generic component keeps its type through memo only by this assertion.
export const TableRow = memo(DrawnRow) as typeof DrawnRow
