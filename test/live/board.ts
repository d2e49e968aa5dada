// An open dashboard on a Prometheus on the wire, with time that moves when a test says so.
import { afterEach } from 'vitest'
import { createCell } from '#live/cell.ts'
import type { Feed } from '#live/feed.ts'
import { openMetrics } from '#live/metrics.ts'
import { type AskedPanel, type OpenDashboard, openDashboard } from '#live/open-dashboard.ts'
import type { Dashboard, Panel } from '#model/dashboard/dashboard.ts'
import { layoutDashboard } from '#model/dashboard/layout.ts'
import type { TimeRange } from '#model/time.ts'
import { dashboard, panel, target } from '#test/model/dashboard/panels.ts'
import { manualTiming } from './manual-timing.ts'
import { standInCluster } from './stand-in-cluster.ts'

const hour = 3_600_000
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

export function look<T>(feed: Feed<T>): Feed<T> {
  stops.push(feed.subscribe(() => undefined))
  return feed
}

/** A Prometheus's questions, bound to a URL. */
export function asking(prometheusUrl: string, timing = manualTiming(Date.UTC(2026, 0, 5))) {
  const namespace = createCell<string | undefined>(undefined)
  const range = createCell<TimeRange>({ span: hour })
  const metrics = openMetrics({ cluster: standInCluster({}), prometheusUrl, namespace, range, timing })
  stops.push(() => void metrics.close())
  return { ask: metrics.ask, range, timing }
}

/** `board` is read anew each time that the dashboard is. */
export function opened(url: string, board: () => Dashboard) {
  const { ask, range, timing } = asking(url)
  const open = openDashboard({ read: async () => board(), ask, range, timing })
  return { open, range, timing }
}

/** A panel for each expression, or for several that are its queries. */
export function boardOf(
  exprs: readonly (string | readonly string[])[],
  more: Partial<Dashboard> = {},
): Dashboard {
  const panels = exprs.map((own, id): Panel => {
    const all = typeof own === 'string' ? [own] : own
    const targets = all.map((expr, index) => target(expr, { refId: 'ABC'[index] ?? 'Z' }))
    return panel(all.join(), { id, targets })
  })
  return dashboard({ rows: [{ id: 1, collapsed: false, panels }], ...more })
}

/** The panels as the screen asks for them, once the dashboard and its variables are there. */
export function panelsOf(open: OpenDashboard): readonly AskedPanel[] {
  const board = open.content.get().data
  const state = open.variables.get().data?.state
  if (board === undefined || state === undefined) return []
  const rows = layoutDashboard(board, { variables: board.variables, state, macros: {} })
  return rows.flatMap((row) => row.panels).map((one) => ({ panel: one, columns: 60 }))
}
