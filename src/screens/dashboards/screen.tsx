// Grafana's dashboards that the cluster keeps, to open one.
import { type ReactNode, useMemo } from 'react'
import { screenNames } from '#model/screen-names.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import { useScope } from '#screens/list/scope.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import type { Binding } from '#ui/keymap.ts'
import type { TableKeys } from '#ui/Table.tsx'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { useFeed } from '#ui/useFeed.ts'
import { type DashboardRow, dashboardColumns, haystack, isFaulty, rowOf } from './columns.ts'

const bindings = [
  { keys: ['enter', 'd'], action: 'open', label: 'open', help: 'draw the dashboard', footer: 1 },
  { keys: ['c'], action: 'copy', label: 'copy', help: 'copy its name' },
] as const satisfies readonly Binding[]

type Action = (typeof bindings)[number]['action']

function DashboardsScreen(screen: ScreenProps): ReactNode {
  const { deck } = screen
  const live = useFeed(deck.dashboards)
  const scope = useScope(screen)
  const reading = useMemo(() => {
    const { data, ...rest } = live
    const [gap] = data?.gaps ?? []
    // Where none could be listed the reason stands in their place.
    if (data === undefined || (data.entries.length === 0 && gap !== undefined))
      return { ...rest, ...(gap && { gap }) }
    const partial = [...data.gaps.map(({ detail }) => detail), ...data.notes].join('; ')
    const rows = data.entries.map(rowOf)
    return { ...rest, data: { rows, complete: true, ...(partial !== '' && { partial }) } }
  }, [live])
  const columns = useMemo(() => dashboardColumns(scope.oneNamespace), [scope])
  const keys: TableKeys<DashboardRow, Action> = {
    title: 'dashboards',
    bindings,
    run: (action, row) => {
      if (action === 'open') screen.go('dashboard', [row.namespace ?? '', row.name])
      else screen.copy(row.name)
    },
  }
  return (
    <ListScreen
      screen={screen}
      what="dashboards"
      scope={scope.label}
      reading={reading}
      columns={columns}
      haystack={haystack}
      {...(scope.only && { only: scope.only })}
      faulty={isFaulty}
      keys={keys}
    />
  )
}

export const dashboardsScreen: ScreenDef = {
  name: 'dashboards',
  aliases: screenNames.dashboards,
  title: 'dashboards',
  help: 'Grafana dashboards that the cluster keeps',
  Screen: DashboardsScreen,
  bindings: [...bindings, ...moveBindings, ...markBindings, ...sortBindings(dashboardColumns(false))],
}
