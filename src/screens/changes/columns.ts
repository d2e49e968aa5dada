// The table of changes: the nearest to the moment that is asked for first, else the newest.
import type { ChangeRow } from '#model/change-rows.ts'
import type { ObjectRef } from '#model/kube.ts'
import { datedLabel } from '#ui/charts/axis.ts'
import type { Column } from '#ui/columns.ts'
import { age } from '#ui/format.ts'
import type { Lead } from '#ui/table-lead.ts'

export interface ChangeWords {
  readonly now: number
  readonly timeZone: string | undefined
  /** Absent: nothing but now is asked for. */
  readonly moment: number | undefined
  /** What is asked of; absent: the cluster. */
  readonly subject: ObjectRef | undefined
  /** The dash: nothing tells. */
  readonly none: string
  /** Cells of the times, as `whenCells` counts them; absent: for those without an offset. */
  readonly when?: number
}

/** `12 Sept 09:57`: no month is longer. */
const datedCells = 13

/** Cells that the times of the rows take: an hour that came twice is written with its offset, which is rare and long. */
export function whenCells(
  rows: readonly Pick<ChangeRow, 'createdAt'>[],
  { now, timeZone }: Pick<ChangeWords, 'now' | 'timeZone'>,
): number {
  return rows.reduce(
    (most, { createdAt }) => Math.max(most, datedLabel(createdAt, now, timeZone).length),
    datedCells,
  )
}

const kinds = { F: 'Flux', R: 'rollout', B: 'node' } as const

export const haystack = (row: ChangeRow): string =>
  `${kinds[row.letter]} ${row.namespace ?? ''} ${row.ref.kind}/${row.name} ${row.what} ${row.objects.join(' ')}`

/** What touched the object that is asked of. */
export const changeLead: Lead<ChangeRow> = ({ own }) =>
  own === true ? { glyph: 'note', role: 'accent' } : undefined

export function changeColumns(words: ChangeWords): readonly Column<ChangeRow>[] {
  const { now, timeZone, moment, subject, none, when = datedCells } = words
  return [
    {
      id: 'when',
      header: 'when',
      width: when,
      get: (row) => datedLabel(row.createdAt, now, timeZone),
      order: (row) => -row.createdAt,
      sortKey: 'A',
      tone: () => 'dim',
    },
    moment === undefined ? ageColumn(now) : awayColumn(moment),
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
      width: 12,
      grow: 4,
      cut: 'middle',
      get: (row) => `${row.ref.kind.toLowerCase()}/${row.name}`,
      order: (row) => row.name,
      sortKey: 'N',
    },
    ...(subject === undefined ? [] : [touchedColumn(subject, none)]),
    { id: 'what', header: 'what', width: 12, grow: 3, get: (row) => row.what },
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

function ageColumn(now: number): Column<ChangeRow> {
  return { id: 'age', header: 'age', width: 5, align: 'right', get: (row) => age(now - row.createdAt) }
}

/** `113m before`, `4m after`: the nearest first. */
function awayColumn(moment: number): Column<ChangeRow> {
  return {
    id: 'away',
    header: 'away',
    width: 11,
    align: 'right',
    get: ({ createdAt }) =>
      `${age(Math.abs(createdAt - moment))} ${createdAt <= moment ? 'before' : 'after'}`,
    order: ({ createdAt }) => Math.abs(createdAt - moment),
    sortKey: 'D',
  }
}

/** More than any moment, milliseconds since the epoch. */
const ages = 1e14

/** `this pod`: the object that is asked of is among what was changed. */
function touchedColumn({ kind }: ObjectRef, none: string): Column<ChangeRow> {
  const it = `this ${kind === 'Pod' || kind === 'Node' ? kind.toLowerCase() : 'workload'}`
  return {
    id: 'touched',
    header: 'touched',
    width: it.length,
    get: ({ own }) => (own === undefined ? none : own ? it : ''),
    // The newest of each first.
    order: ({ own, createdAt }) => (own === undefined ? 1 : own ? 0 : 2) * ages - createdAt,
    tone: ({ own }) => (own === true ? 'accent' : 'dim'),
    sortKey: 'T',
  }
}
