// A dashboard for a command: everything that is open in it is asked for once, and what does not answer is a gap.
import type { Dashboard } from '#model/dashboard/dashboard.ts'
import { type LaidRow, layoutDashboard } from '#model/dashboard/layout.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { gapOf } from '#model/reading.ts'
import type { TimeRange } from '#model/time.ts'
import { createCell } from './cell.ts'
import type { Variables } from './dashboard-variables.ts'
import { mapFeed } from './derive.ts'
import type { MetricsParts } from './metrics.ts'
import { openMetrics } from './metrics.ts'
import { once } from './once.ts'
import { openDashboard } from './open-dashboard.ts'

export interface DashboardRequest extends Pick<MetricsParts, 'cluster' | 'prometheusUrl' | 'timing'> {
  readonly read: (signal: AbortSignal) => Promise<Dashboard>
  readonly range: TimeRange
  /** What is wanted of variables: by name, one or several values. */
  readonly wanted: Readonly<Record<string, readonly string[]>>
  /** Columns of a panel's plot. */
  readonly columns: (panel: LaidRow['panels'][number]) => number
  /** Rows that are collapsed are read too. */
  readonly whole: boolean
  /** Milliseconds for one question. */
  readonly timeout: number
  readonly signal: AbortSignal
}

export interface ReadDashboard {
  readonly dashboard: Dashboard
  readonly variables: Variables
  readonly rows: readonly LaidRow[]
  /** By the panel's key; absent for what was not asked for. */
  readonly panels: ReadonlyMap<string, PanelData>
}

/** @throws SourceError where the dashboard itself cannot be read. */
export async function readDashboard(request: DashboardRequest): Promise<ReadDashboard> {
  const { timing, timeout, signal } = request
  const range = createCell(request.range)
  const namespace = createCell<string | undefined>(undefined)
  const metrics = openMetrics({ ...request, namespace, range })
  const open = openDashboard({ ...request, ask: metrics.ask, range })
  const patience = { timing, signal, timeout: 4 * timeout }
  try {
    const dashboard = await once(open.content, { ...patience, timeout })
    const variables = await once(open.variables, patience)
    const scope = { variables: dashboard.variables, state: variables.state, macros: {} }
    const rows = layoutDashboard(dashboard, scope)
    const asked = rows.filter(({ collapsed }) => request.whole || !collapsed).flatMap(({ panels }) => panels)
    const read = await Promise.all(
      asked.map(async (panel): Promise<[string, PanelData]> => {
        const feed = mapFeed(
          open.panels([{ panel, columns: request.columns(panel) }]),
          ([live]) => live ?? { pending: false, failures: 0, phase: 'idle' as const },
        )
        return [panel.key, await once(feed, patience).catch((error) => missingPanel(panel.targets, error))]
      }),
    )
    return { dashboard, variables, rows, panels: new Map(read) }
  } finally {
    await metrics.close()
  }
}

function missingPanel(targets: readonly { readonly refId: string }[], error: unknown): PanelData {
  const gap = gapOf(error)
  const [first] = targets
  return { frames: [], from: 0, to: 0, step: 0, gaps: [{ refId: first?.refId ?? 'A', gap }], warnings: [] }
}
