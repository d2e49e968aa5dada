// The table of changes: the nearest to the moment that is asked for first, else the newest.
import type { ChangeRow } from '#model/change-rows.ts'
import { momentLabel } from '#ui/charts/axis.ts'
import type { Column } from '#ui/columns.ts'
import { age } from '#ui/format.ts'

export interface ChangeWords {
  readonly now: number
  readonly timeZone: string | undefined
  /** Absent: nothing but now is asked for. */
  readonly moment: number | undefined
}

const kinds = { F: 'Flux', R: 'rollout', B: 'node' } as const

export const haystack = (row: ChangeRow): string =>
  `${kinds[row.letter]} ${row.namespace ?? ''} ${row.ref.kind}/${row.name} ${row.what} ${row.objects.join(' ')}`

export function changeColumns({ now, timeZone, moment }: ChangeWords): readonly Column<ChangeRow>[] {
  return [
    {
      id: 'when',
      header: 'when',
      width: 12,
      get: (row) => momentLabel(row.createdAt, now - row.createdAt, timeZone),
      order: (row) => -row.createdAt,
      sortKey: 'A',
      tone: () => 'dim',
    },
    ...(moment === undefined ? [] : [distanceColumn(moment)]),
    {
      id: 'kind',
      header: 'kind',
      width: 7,
      from: 120,
      get: (row) => kinds[row.letter],
      order: (row) => row.letter,
    },
    {
      id: 'name',
      header: 'object',
      width: 20,
      grow: 4,
      cut: 'middle',
      get: (row) => `${row.ref.kind.toLowerCase()}/${row.name}`,
      order: (row) => row.name,
      sortKey: 'N',
    },
    {
      id: 'touched',
      header: 'touched',
      width: 7,
      // The object that was asked of.
      get: (row) => (row.own ? 'it' : ''),
      order: (row) => Number(!row.own),
      sortKey: 'T',
    },
    { id: 'what', header: 'what', width: 16, grow: 3, get: (row) => row.what },
    {
      id: 'objects',
      header: 'applied',
      width: 20,
      grow: 3,
      from: 160,
      get: (row) => row.objects.join(' '),
      tone: () => 'dim',
    },
  ]
}

/** `26m before`, `4m after`: the nearest first. */
function distanceColumn(moment: number): Column<ChangeRow> {
  return {
    id: 'distance',
    header: 'distance',
    width: 12,
    align: 'right',
    get: ({ createdAt }) =>
      `${age(Math.abs(createdAt - moment))} ${createdAt <= moment ? 'before' : 'after'}`,
    order: ({ createdAt }) => Math.abs(createdAt - moment),
    sortKey: 'D',
  }
}
