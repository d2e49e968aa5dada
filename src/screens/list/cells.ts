// Columns that several lists have.
import type { Row } from '#model/kube.ts'
import type { Column } from '#ui/columns.ts'
import { age } from '#ui/format.ts'

export const namespaceColumn: Column<Row> = {
  id: 'namespace',
  header: 'namespace',
  width: 11,
  grow: 1,
  cut: 'middle',
  get: (row) => row.namespace ?? '',
  order: (row) => row.namespace,
  sortKey: 'P',
}

export const nameColumn: Column<Row> = {
  id: 'name',
  header: 'name',
  width: 18,
  grow: 4,
  cut: 'middle',
  get: (row) => row.name,
  order: (row) => row.name,
  sortKey: 'N',
}

/** `now` in whole minutes keeps the column, and so the drawn rows, the same for that long. */
export function ageColumn(now: number): Column<Row> {
  return {
    id: 'age',
    header: 'age',
    width: 5,
    align: 'right',
    get: (row) => age(now - row.createdAt),
    order: (row) => -row.createdAt,
    sortKey: 'A',
    tone: () => 'dim',
  }
}
