// Every panel of a dashboard as the program draws it: decoded, its variables read, its queries sent over the wire.
import { type ReadDashboard, readDashboard } from '#live/dashboard-once.ts'
import { systemTiming } from '#live/timing.ts'
import type { Panel } from '#model/dashboard/dashboard.ts'
import type { LaidPanel } from '#model/dashboard/layout.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { decodeDashboard } from '#sources/grafana/dashboard.ts'
import { standInCluster } from '#test/live/stand-in-cluster.ts'
import { renderTitledPanel } from '#ui/charts/panels/panel.ts'
import { createTheme } from '#ui/theme.ts'

/** `sentence`: it says why it has nothing to draw. */
type State = 'data' | 'text' | 'sentence'

export interface DrawnPanel {
  readonly title: string
  readonly kind: Panel['view']['kind']
  readonly state: State
  /** As it stands on the screen, its title first. */
  readonly text: string
}

const hour = 3_600_000
export const plotColumns = 50
const theme = createTheme({ level: 0, ascii: false })
const nothing: PanelData = { frames: [], from: 0, to: 0, step: 0, gaps: [], warnings: [] }

/** All that a dashboard asks for in the last hour before `now`, the server's. */
export function readWhole(content: string, prometheusUrl: string, now: number): Promise<ReadDashboard> {
  const dashboard = decodeDashboard(content)
  return readDashboard({
    cluster: standInCluster({}),
    prometheusUrl,
    timing: systemTiming(() => now),
    read: async () => dashboard,
    range: { span: hour },
    wanted: {},
    columns: () => plotColumns,
    whole: true,
    timeout: 60_000,
    signal: new AbortController().signal,
  })
}

/** A panel that is repeated counts once: it draws where one of its copies does. */
export async function drawAll(
  content: string,
  prometheusUrl: string,
  now: number,
): Promise<readonly DrawnPanel[]> {
  const { dashboard, rows, panels } = await readWhole(content, prometheusUrl, now)
  // A copy has the queries of its panel, and nobody else has.
  const copies = Map.groupBy(
    rows.flatMap((row) => row.panels),
    ({ targets }) => targets,
  )
  return dashboard.rows
    .flatMap((row) => row.panels)
    .map((panel) => {
      const all = (copies.get(panel.targets) ?? []).map((laid) => drawnOf(laid, panels.get(laid.key), now))
      const best = all.find(({ state }) => state !== 'sentence') ?? all[0]
      if (best === undefined) throw new Error(`the panel ${panel.title} is not on the screen`)
      return best
    })
}

function drawnOf(panel: LaidPanel, data: PanelData = nothing, now: number): DrawnPanel {
  const { kind } = panel.view
  const lines = renderTitledPanel(panel, data, { width: 60, height: 14, theme, now, timeZone: 'UTC' })
  const text = lines.map((line) => line.trimEnd()).join('\n')
  return { title: panel.title, kind, text, state: stateOf(kind, text, data) }
}

function stateOf(kind: DrawnPanel['kind'], text: string, data: PanelData): State {
  if (kind === 'text') return text.trim() === '' ? 'sentence' : 'text'
  const body = text.slice(text.indexOf('\n') + 1)
  return marks[kind].test(body) && (hasValue(data) || kind === 'alertlist') ? 'data' : 'sentence'
}

/** What stands on the screen only where there are data: the sentences have no such signs. */
const marks: Readonly<Record<Exclude<DrawnPanel['kind'], 'text'>, RegExp>> = {
  timeseries: /[⠁-⣿]/,
  heatmap: /[░▒▓█]/,
  // A number, large or small, or the word that a mapping puts in its place.
  stat: /^(?!\s*(?:no data|waiting for|the dashboard hides))\s*\S/,
  gauge: /^(?!\s*no data).*(?:[⠁-⣿]|[█·])/s,
  bargauge: /[▁-▏·]/,
  table: /^(?!\s*(?:no data|waiting for))\s*\S+.*\n.*\S/,
  alertlist: /firing|✗|▲/,
  unsupported: /(?!)/,
}

/** A number that is one, or a word. */
const hasValue = ({ frames }: PanelData) =>
  frames.some(({ fields }) =>
    fields.some(
      ({ type, values }) =>
        type !== 'time' && values.some((value) => typeof value === 'string' || Number.isFinite(value)),
    ),
  )
