// Columns of a kind that we know nothing of: those of the server's own Table.
import type { TableColumn, TableRow } from '#model/kube.ts'
import { namespaceColumn } from '#screens/list/cells.ts'
import type { Column } from '#ui/columns.ts'
import { width } from '#ui/text.ts'

/** The widest that a column may be before its cells are cut; the name and the last column grow. */
const most = 32
/** The least of a column that has sentences, such as a condition's message. */
const leastSentence = 16
const sampled = 200

export function kindColumns(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  namespaced: boolean,
): readonly Column<TableRow>[] {
  const sample = rows.slice(0, sampled)
  const own = columns.map<Column<TableRow>>((column, index) => {
    const text = (row: TableRow) => String(row.cells[index] ?? '')
    const widest = sample.reduce((so, row) => Math.max(so, width(text(row))), width(column.name))
    const isName = column.name === 'Name'
    return {
      id: column.name.toLowerCase(),
      header: column.name.toLowerCase(),
      width: Math.min(isName ? 20 : widest > most ? leastSentence : most, widest),
      ...(isName ? { grow: 3 } : widest > most ? { grow: 4 } : {}),
      ...(column.type === 'integer' || column.type === 'number' ? { align: 'right' as const } : {}),
      cut: isName ? 'middle' : 'end',
      ...(column.priority > 0 ? { from: 160 as const } : {}),
      get: text,
      order: (row) => orderOf(row, index, column),
      ...(isName ? { sortKey: 'N' } : column.name === 'Age' ? { sortKey: 'A' } : {}),
    }
  })
  return namespaced ? [namespaceColumn, ...own] : own
}

/** An age cell is text (`12d`): the object's own time sorts right. */
function orderOf(row: TableRow, index: number, column: TableColumn): number | string | undefined {
  if (column.name === 'Age') return -row.createdAt
  const value = row.cells[index]
  return typeof value === 'boolean' ? Number(value) : (value ?? undefined)
}
