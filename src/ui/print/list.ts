// Lists as text, the way kubectl writes them: columns as wide as their widest text, three spaces between.
import type { TableColumn, TableRow } from '#model/kube.ts'
import type { ListView } from '#model/list-view.ts'
import { clean, pad, width } from '#ui/text.ts'

const GAP = '   '

export function printList(list: ListView, wide: boolean): string {
  const shown = list.columns
    .map((column, index) => ({ ...column, index }))
    .filter((column) => wide || !column.wide)
  const rows = list.cells.map((row) => shown.map((column) => clean(row[column.index] ?? '')))
  return grid(
    shown.map((column) => column.header.toUpperCase()),
    rows,
    shown.map((column) => (column.align === 'right' ? 'right' : 'left')),
  )
}

export function printTable(
  table: {
    readonly columns: readonly TableColumn[]
    readonly rows: readonly TableRow[]
    readonly namespaces: 'one' | 'all'
  },
  wide: boolean,
): string {
  const shown = table.columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ priority }) => wide || priority === 0)
  const namespaced = table.namespaces === 'all' && table.rows.some((row) => row.namespace !== undefined)
  const header = [...(namespaced ? ['NAMESPACE'] : []), ...shown.map((column) => column.name.toUpperCase())]
  const rows = table.rows.map((row) => [
    ...(namespaced ? [row.namespace ?? ''] : []),
    ...shown.map((column) => clean(String(row.cells[column.index] ?? '<none>'))),
  ])
  return grid(
    header,
    rows,
    header.map(() => 'left' as const),
  )
}

/** Lines of aligned columns; the last one is not padded. */
export function grid(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: readonly ('left' | 'right')[],
): string {
  const all = [header, ...rows]
  const widths = header.map((_, column) =>
    all.reduce((most, row) => Math.max(most, width(row[column] ?? '')), 0),
  )
  return all
    .map((row) =>
      row
        .map((text, column) => pad(text, widths[column] ?? 0, aligns[column] ?? 'left'))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n')
}
