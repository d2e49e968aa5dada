// The list of dashboards: what they are called, and where their JSON comes from.

import type { ClusterDashboard } from '#live/deck.ts'
import type { Row } from '#model/kube.ts'
import { namespaceColumn } from '#screens/list/cells.ts'
import type { Column } from '#ui/columns.ts'

/** `boardUid`: Grafana's own; `uid` is the row's. */
export type DashboardRow = Row & ClusterDashboard & { readonly boardUid: string }

export const rowOf = (entry: ClusterDashboard): DashboardRow => ({
  ...entry,
  boardUid: entry.uid ?? '',
  uid: `${entry.namespace}/${entry.name}`,
  createdAt: 0,
  labels: {},
})

export const haystack = ({ title, uid, folder, gnetId, boardUid }: DashboardRow): string =>
  `${title ?? ''} ${uid} ${folder ?? ''} ${gnetId ?? ''} ${boardUid}`

/** What cannot be opened. */
export const isFaulty = ({ how }: DashboardRow): boolean => how.kind === 'none'

export function dashboardColumns(oneNamespace: boolean): readonly Column<DashboardRow>[] {
  return [
    {
      id: 'title',
      header: 'title',
      width: 24,
      grow: 2,
      get: ({ title, name }) => title ?? name,
      order: ({ title, name }) => title ?? name,
      sortKey: 'T',
    },
    {
      id: 'name',
      header: 'name',
      width: 16,
      grow: 2,
      cut: 'middle',
      get: ({ name }) => name,
      order: ({ name }) => name,
      sortKey: 'N',
    },
    ...(oneNamespace ? [] : [{ ...namespaceColumn, from: 120 as const }]),
    { id: 'folder', header: 'folder', width: 12, grow: 1, from: 120, get: ({ folder }) => folder ?? '' },
    {
      id: 'number',
      header: 'number',
      width: 6,
      align: 'right',
      get: ({ gnetId }) => gnetId?.toString() ?? '',
      order: ({ gnetId }) => gnetId,
    },
    {
      id: 'from',
      header: 'from',
      width: 20,
      grow: 6,
      get: fromText,
      tone: ({ how }) => (how.kind === 'none' ? 'warn' : 'dim'),
    },
  ]
}

function fromText({ how }: DashboardRow): string {
  switch (how.kind) {
    case 'json':
      return 'its resource'
    case 'gzip':
      return 'its resource, packed'
    case 'copy':
      return how.origin
    case 'configmap':
      return `configmap/${how.name}`
    case 'none':
      return how.why
  }
}
