// Workloads: Deployments, StatefulSets, DaemonSets, Jobs and CronJobs in one list.
import { type ReactNode, useMemo } from 'react'
import type { WorkloadRow } from '#model/kube.ts'
import { workloadRef } from '#model/pod-owner.ts'
import { screenNames } from '#model/screen-names.ts'
import { actOn } from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import type { TableKeys } from '#ui/Table.tsx'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { haystack, isFaulty, workloadColumns, workloadLead } from './columns.ts'
import { type WorkloadAction, workloadBindings } from './keys.ts'

const minute = 60_000
const byName = { id: 'name', descending: false }

function WorkloadsScreen(screen: ScreenProps): ReactNode {
  const { deck, theme } = screen
  const reading = useFeed(deck.workloads)
  const now = useNow(deck.now, minute)
  const namespace = useFeed(deck.namespace)
  const none = theme.glyph.none
  const columns = useMemo(
    () => workloadColumns({ now, oneNamespace: namespace !== undefined, none }),
    [now, namespace, none],
  )
  const keys: TableKeys<WorkloadRow, WorkloadAction> = {
    title: 'workloads',
    bindings: workloadBindings,
    run: (action, [row]) => act(screen, action, row),
    off: (row) =>
      row === undefined || row.selector !== ''
        ? {}
        : { logs: 'it selects no pods', previous: 'it selects no pods' },
  }
  return (
    <ListScreen
      screen={screen}
      what="workloads"
      scope={namespace ?? 'all namespaces'}
      reading={reading}
      columns={columns}
      haystack={haystack}
      faulty={isFaulty}
      lead={workloadLead}
      sort={byName}
      keys={keys}
    />
  )
}

function act(screen: ScreenProps, action: WorkloadAction, row: WorkloadRow): void {
  switch (action) {
    case 'logs':
      screen.go('logs', [row.kind, row.namespace, row.name])
      return
    case 'previous':
      screen.go('logs', [row.kind, row.namespace, row.name, 'previous'])
      return
    default:
      actOn(screen, action, workloadRef(row))
  }
}

export const workloadsScreen: ScreenDef = {
  name: 'workloads',
  aliases: screenNames.workloads,
  title: 'workloads',
  help: 'Deployments, StatefulSets, DaemonSets, Jobs and CronJobs',
  Screen: WorkloadsScreen,
  bindings: [
    ...workloadBindings,
    ...moveBindings,
    ...markBindings,
    ...sortBindings(workloadColumns({ now: 0, oneNamespace: false, none: '' })),
  ],
}
