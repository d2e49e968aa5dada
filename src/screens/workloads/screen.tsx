// Workloads: Deployments, StatefulSets, DaemonSets, Jobs and CronJobs in one list.
import { type ReactNode, useMemo } from 'react'
import type { WorkloadRow } from '#model/kube.ts'
import { workloadRef } from '#model/pod-owner.ts'
import { screenNames } from '#model/screen-names.ts'
import { actOn } from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import { useScope } from '#screens/list/scope.ts'
import { logsOf } from '#screens/places.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import type { TableKeys } from '#ui/Table.tsx'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { haystack, isFaulty, workloadColumns, workloadLead } from './columns.ts'
import { type WorkloadAction, workloadBindings } from './keys.ts'

const minute = 60_000
/** What is broken is seen first. */
const byState = { id: 'state', descending: false }

function WorkloadsScreen(screen: ScreenProps): ReactNode {
  const { deck, theme } = screen
  const reading = useFeed(deck.workloads)
  const now = useNow(deck.now, minute)
  const scope = useScope(screen)
  const none = theme.glyph.none
  const columns = useMemo(
    () => workloadColumns({ now, oneNamespace: scope.oneNamespace, none }),
    [now, scope, none],
  )
  const keys: TableKeys<WorkloadRow, WorkloadAction> = {
    title: 'workloads',
    bindings: workloadBindings,
    run: (action, row, marked) =>
      action === 'pods'
        ? screen.go('pods', logsOf(workloadRef(row)))
        : actOn(screen, action, workloadRef(row), marked.map(workloadRef)),
    off: (row) =>
      row === undefined || row.selector !== '' || row.kind === 'CronJob' || row.kind === 'Job'
        ? {}
        : { logs: 'it selects no pods', previous: 'it selects no pods' },
  }
  return (
    <ListScreen
      screen={screen}
      what="workloads"
      scope={scope.label}
      reading={reading}
      columns={columns}
      haystack={haystack}
      {...(scope.only && { only: scope.only })}
      faulty={isFaulty}
      lead={workloadLead}
      sort={byState}
      keys={keys}
    />
  )
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
