// All screens, by hand: what `obsdeck SCREEN` and `:` can open.
import { changesScreen } from './changes/screen.tsx'
import { chartsScreen } from './charts/screen.tsx'
import { dashboardScreen } from './dashboard/screen.tsx'
import { dashboardsScreen } from './dashboards/screen.tsx'
import { detailScreen } from './detail/screen.tsx'
import { eventsScreen } from './events/screen.tsx'
import { kindScreen } from './kind/screen.tsx'
import { logsScreen } from './logs/screen.tsx'
import { metricsScreen } from './metrics/screen.tsx'
import { nodesScreen } from './nodes/screen.tsx'
import { overviewScreen } from './overview/screen.tsx'
import { podsScreen } from './pods/screen.tsx'
import type { ScreenDef } from './screen.ts'
import { workloadsScreen } from './workloads/screen.tsx'
import { yamlScreen } from './yaml/screen.tsx'

export const screens: readonly ScreenDef[] = [
  overviewScreen,
  nodesScreen,
  podsScreen,
  workloadsScreen,
  eventsScreen,
  changesScreen,
  dashboardsScreen,
  dashboardScreen,
  metricsScreen,
  kindScreen,
  detailScreen,
  chartsScreen,
  logsScreen,
  yamlScreen,
]

/** The screen of that name or alias. */
export function screenOf(name: string): ScreenDef | undefined {
  return screens.find((screen) => screen.name === name || screen.aliases.includes(name))
}
