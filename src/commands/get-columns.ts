// How our rows are written as text by `get`, column by column, in the words and order of kubectl.
import { humanDuration } from '#model/age.ts'
import type { EventRow, FluxRow, NodeRow, PodRow, Row, WorkloadRow } from '#model/kube.ts'
import type { ListColumn, ListView } from '#model/list-view.ts'

export interface TextColumn<T> extends ListColumn {
  text(row: T, now: number): string
}

const NONE = '<none>'
const since = (at: number | undefined, now: number) => (at === undefined ? NONE : humanDuration(now - at))

const namespace: TextColumn<Row> = { header: 'namespace', text: (row) => row.namespace ?? NONE }
const name: TextColumn<Row> = { header: 'name', text: (row) => row.name }
const age: TextColumn<Row> = { header: 'age', text: (row, now) => since(row.createdAt, now) }

export const podColumns: readonly TextColumn<PodRow>[] = [
  namespace,
  name,
  { header: 'ready', text: (row) => `${row.ready}/${row.containers}` },
  { header: 'status', text: (row) => row.status },
  {
    header: 'restarts',
    text: (row, now) =>
      row.restarts > 0 && row.lastRestartAt !== undefined
        ? `${row.restarts} (${humanDuration(now - row.lastRestartAt)} ago)`
        : String(row.restarts),
  },
  age,
  { header: 'ip', wide: true, text: (row) => row.ip ?? NONE },
  { header: 'node', wide: true, text: (row) => row.node ?? NONE },
]

export const nodeColumns: readonly TextColumn<NodeRow>[] = [
  name,
  {
    header: 'status',
    text: (row) =>
      [
        row.ready === 'True' ? 'Ready' : row.ready === 'False' ? 'NotReady' : 'Unknown',
        ...(row.cordoned ? ['SchedulingDisabled'] : []),
      ].join(','),
  },
  { header: 'roles', text: (row) => row.roles.join(',') || NONE },
  age,
  { header: 'version', text: (row) => row.kubelet ?? NONE },
  { header: 'internal-ip', wide: true, text: (row) => row.ip ?? NONE },
  { header: 'os-image', wide: true, text: (row) => row.os ?? NONE },
  { header: 'arch', wide: true, text: (row) => row.arch ?? NONE },
]

export const workloadColumns: readonly TextColumn<WorkloadRow>[] = [
  namespace,
  name,
  { header: 'kind', text: (row) => row.kind },
  { header: 'ready', text: (row) => (row.kind === 'CronJob' ? NONE : `${row.ready}/${row.desired}`) },
  { header: 'up-to-date', text: (row) => (row.updated === undefined ? NONE : String(row.updated)) },
  age,
  { header: 'last', wide: true, text: (row, now) => since(row.lastAt, now) },
  { header: 'images', wide: true, text: (row) => row.images.join(',') },
  { header: 'selector', wide: true, text: (row) => row.selector || NONE },
]

export const eventColumns: readonly TextColumn<EventRow>[] = [
  namespace,
  { header: 'last seen', text: (row, now) => since(row.lastAt, now) },
  { header: 'type', text: (row) => row.type },
  { header: 'reason', text: (row) => row.reason },
  { header: 'object', text: (row) => `${row.about.kind.toLowerCase()}/${row.about.name}` },
  { header: 'count', wide: true, text: (row) => String(row.count) },
  { header: 'source', wide: true, text: (row) => row.from ?? NONE },
  { header: 'message', text: (row) => row.message },
]

export const fluxColumns: readonly TextColumn<FluxRow>[] = [
  namespace,
  name,
  { header: 'kind', text: (row) => row.kind },
  { header: 'state', text: (row) => row.state },
  { header: 'revision', text: (row) => row.revision ?? NONE },
  { header: 'since', text: (row, now) => since(row.since, now) },
  { header: 'message', text: (row) => row.message ?? '' },
]

/** `now` in milliseconds since the epoch; the namespace column is left out where one namespace was asked for. */
export function listOf<T extends Row>(
  columns: readonly TextColumn<T>[],
  rows: readonly T[],
  now: number,
  oneNamespace: boolean,
): Omit<ListView, 'notes'> {
  const shown = oneNamespace ? columns.filter((column) => column.header !== 'namespace') : columns
  return {
    columns: shown,
    cells: rows.map((row) => shown.map((column) => column.text(row, now))),
    items: rows,
  }
}
