// One dashboard: found by the words after its name (namespace and name, or what it is called), drawn panel by panel.
import { type ReactNode, useMemo } from 'react'
import type { ClusterDashboard } from '#live/deck.ts'
import { findDashboard } from '#model/dashboard/find-dashboard.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { Lines } from '#ui/Line.tsx'
import { missing } from '#ui/notice.ts'
import { clean, wrap } from '#ui/text.ts'
import { useFeed } from '#ui/useFeed.ts'
import { Board } from './Board.tsx'

export function DashboardScreen(screen: ScreenProps): ReactNode {
  const { deck, args, theme, columns } = screen
  const list = useFeed(deck.dashboards)
  const name = args.join('/')
  const found = useMemo(
    () => (list.data === undefined ? undefined : findDashboard<ClusterDashboard>(list.data.entries, name)),
    [list.data, name],
  )
  const entry = found?.kind === 'one' ? found.entry : found?.kind === 'several' ? found.entries[0] : undefined
  const open = entry && deck.dashboard(entry)
  if (open !== undefined) return <Board screen={screen} open={open} name={name} />
  const none = missing(list, 'dashboards', theme)
  const near = found?.kind === 'none' ? found.suggestion : undefined
  const text =
    none?.text ??
    `there is no dashboard ${clean(name)}${near === undefined ? '' : `; did you mean ${clean(near)}?`}`
  const lines = wrap(text, columns - 2).map((line) => theme.paint(none?.role ?? 'warn', ` ${line}`))
  return <Lines lines={lines} rows={screen.rows} />
}
