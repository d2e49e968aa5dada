// A dashboard that has a bit of everything, with data of known shapes; and the list that it stands in.
import type { ClusterDashboard } from '#live/deck.ts'
import { type Live, nothingYet } from '#live/live.ts'
import type { Dashboard, Panel, Variable, VariableState } from '#model/dashboard/dashboard.ts'
import type { LaidPanel } from '#model/dashboard/layout.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { variable } from '#test/model/dashboard/configs.ts'
import { type FakeDeck, fixedNow } from '#test/ui/fake-deck.ts'
import { to } from '#test/ui/panels/parts.ts'
import { states } from '#test/ui/panels/states.ts'

const entry = (name: string, title: string, more: Partial<ClusterDashboard> = {}): ClusterDashboard => ({
  ...{ name, title, namespace: 'observability', how: { kind: 'json' } },
  ...more,
})

const fetched = { kind: 'copy', origin: 'grafana.com 1860 revision 42' } as const
const missing = 'the operator has not fetched it from https://example.org/flux.json (no status.contentCache)'

const entries: readonly ClusterDashboard[] = [
  entry('checkout', 'Checkout'),
  entry('cnpg', 'CloudNativePG', {
    ...{ namespace: 'db', folder: 'Databases', gnetId: 20_417 },
    how: { kind: 'configmap', name: 'cnpg-dashboard', key: 'cnpg.json' },
  }),
  entry('envoy', 'Envoy Gateway: global', { how: { kind: 'gzip' } }),
  entry('flux', 'Flux', { how: { kind: 'none', why: missing } }),
  entry('node-exporter-full', 'Node Exporter Full', { gnetId: 1860, how: fetched }),
]

/** The panels by what they are, in the states that they are drawn in elsewhere. */
function piece(state: string, title: string, grid: Panel['grid']): Panel {
  const known = states[state]?.panel
  if (known === undefined) throw new Error(`no state ${state}`)
  // The title finds the data again.
  return { ...known, title, grid, description: state }
}

const at = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })

const options = (...values: readonly string[]) => values.map((value) => ({ text: value, value }))
const variables: readonly Variable[] = [
  variable('namespace', { kind: 'query', multi: true, includeAll: true }),
  variable('node', { kind: 'query', label: 'Node', includeAll: true }),
  variable('source', { kind: 'datasource', query: 'prometheus' }),
]
export const choice: VariableState = {
  chosen: { namespace: ['shop', 'db'], node: ['$__all'], source: ['prometheus'] },
  options: {
    namespace: [{ text: 'All', value: '$__all' }, ...options('db', 'flux-system', 'observability', 'shop')],
    node: [{ text: 'All', value: '$__all' }, ...options('nas', 'nuc-1', 'nuc-2', 'nuc-3')],
    source: options('prometheus'),
  },
}

export const board: Dashboard = {
  title: 'Checkout',
  tags: [],
  variables,
  rows: [
    {
      ...{ id: 1, collapsed: false },
      panels: [
        piece('stat-large', 'Memory', at(0, 0, 6, 4)),
        piece('gauge-arc', 'CPU', at(6, 0, 6, 4)),
        piece('stat-several', 'By node', at(12, 0, 12, 4)),
        piece('timeseries-lines', 'Memory by service', at(0, 4, 12, 8)),
        piece('bargauge', 'Disk', at(12, 4, 12, 8)),
      ],
    },
    {
      ...{ id: 2, title: 'Traffic', collapsed: false },
      panels: [
        piece('timeseries-stack', 'Requests', at(0, 0, 12, 8)),
        piece('heatmap', 'Latency', at(12, 0, 12, 8)),
        piece('table', 'Nodes', at(0, 8, 12, 8)),
        piece('alertlist', 'Alerts', at(12, 8, 12, 8)),
      ],
    },
    {
      ...{ id: 3, title: 'Logs of $namespace', collapsed: true },
      panels: [piece('text', 'About', at(0, 0, 12, 8)), piece('unsupported', 'Logs', at(12, 0, 12, 8))],
    },
  ],
}

/** As if it had been read in the hour that the screens show. */
function moved(data: PanelData): PanelData {
  const by = fixedNow - to
  const { frames, alerts, ...rest } = data
  return {
    ...rest,
    from: data.from + by,
    to: data.to + by,
    frames: frames.map((frame) => ({
      ...frame,
      fields: frame.fields.map((field) =>
        field.type === 'time'
          ? {
              ...field,
              values: field.values.map((value) => (typeof value === 'number' ? value + by : value)),
            }
          : field,
      ),
    })),
    ...(alerts && {
      alerts: alerts.map((alert) => ({ ...alert, activeAt: (alert.activeAt ?? to) + by })),
    }),
  }
}

export const read = <T>(data: T): Live<T> => ({ ...nothingYet, data, dataAt: fixedNow, phase: 'waiting' })

const answers = new Map(Object.entries(states).map(([name, { data }]) => [name, read(moved(data))]))

/** A panel's data by what it is; of a day or a week before the same, moved there. */
function answerOf({ description = '', shift = 0 }: LaidPanel): Live<PanelData> {
  const live = answers.get(description) ?? nothingYet
  if (shift === 0 || live.data === undefined) return live
  const key = `${description} ${shift}`
  const known = answers.get(key)
  if (known !== undefined) return known
  const earlier = read(shifted(live.data, shift))
  answers.set(key, earlier)
  return earlier
}

function shifted(data: PanelData, shift: number): PanelData {
  const fields = (all: PanelData['frames'][number]['fields']) =>
    all.map((field) =>
      field.type === 'string'
        ? field
        : {
            ...field,
            // A time goes back; a number was half of it.
            values: field.values.map((value) =>
              typeof value === 'number' ? (field.type === 'time' ? value - shift : value / 2) : value,
            ),
          },
    )
  const frames = data.frames.map((frame) => ({ ...frame, fields: fields(frame.fields) }))
  return { ...data, from: data.from - shift, to: data.to - shift, frames }
}

export function fillList(deck: FakeDeck): void {
  deck.dashboards.set(read({ entries, gaps: [], notes: [] }))
}

/** The list, and its first dashboard with all of its data. */
export function fillBoard(deck: FakeDeck): void {
  fillList(deck)
  const open = deck.dashboard({ namespace: 'observability', name: 'checkout' })
  open.content.set(read(board))
  open.variables.set(read({ values: '', state: choice, gaps: [] }))
  open.answers.set(answerOf)
}
