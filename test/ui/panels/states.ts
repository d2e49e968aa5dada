// Panels as an operator meets them, by the name of their frame.
import type { Panel } from '#model/dashboard/dashboard.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import type { AlertRow } from '#model/prometheus.ts'
import type { PanelRoom } from '#ui/charts/panels/room.ts'
import {
  config,
  data,
  frame,
  from,
  graph,
  minute,
  numbers,
  panel,
  reduce,
  series,
  step,
  steps,
  strings,
  target,
  to,
} from './parts.ts'

export interface State {
  readonly panel: Panel
  readonly data: PanelData
  readonly room?: Partial<PanelRoom>
}

const wave = (every: number, middle: number, size: number) => (index: number) =>
  middle + size * Math.sin(index / every)
const gibi = 1024 ** 3
const legend = { shown: true, place: 'bottom', calcs: [] } as const
const bytes = { unit: 'bytes' }
const lines = panel({ kind: 'timeseries', legend })
const nodes = ['nuc-1', 'nuc-2', 'nuc-3', 'nas', 'pi-4-kitchen-cabinet-upper-shelf']

const alert = (name: string, state: 'firing' | 'pending', ago: number, labels = {}): AlertRow => ({
  name,
  state,
  labels: { alertname: name, severity: 'warning', ...labels },
  annotations: {},
  activeAt: to - ago,
})

export const states: Readonly<Record<string, State>> = {
  'timeseries-lines': {
    panel: lines,
    data: data([
      series('checkout', (i) => (i > 40 && i < 60 ? undefined : wave(12, 4 * gibi, gibi)(i)), bytes),
      series('cart', wave(20, 2 * gibi, 0.5 * gibi), bytes),
      series('frontend-7d9f8c5b6-x2x4z-with-a-name-that-goes-on', wave(9, 6 * gibi, 0.3 * gibi), bytes),
    ]),
    room: {
      marks: [
        { at: from + 13 * minute, letter: 'F', text: 'ks/apps' },
        { at: from + 44 * minute, letter: 'K', text: 'checkout' },
      ],
    },
  },
  'timeseries-cursor': {
    panel: lines,
    data: data([
      series('receive', wave(12, 4e6, 1e6), { unit: 'Bps' }),
      series('transmit', wave(20, 2e6, 5e5), { unit: 'Bps', graph: { ...graph, negative: true } }),
      series('errors', (i) => (i === 70 ? 9 : 0), { unit: 'short', graph: { ...graph, axis: 'right' } }),
    ]),
    room: {
      cursor: from + 35 * minute,
      marks: [{ at: from + 35 * minute, letter: 'R', text: 'shop/checkout' }],
      earlier: {
        label: '1d before',
        shift: 24 * 60 * minute,
        data: {
          ...data([
            frame('A', [
              {
                name: 'Time',
                type: 'time',
                values: Array.from({ length: 121 }, (_, i) => from + i * step - 24 * 60 * minute),
                config: config(),
              },
              numbers(
                'receive',
                Array.from({ length: 121 }, (_, i) => 3e6 + i * 1e4),
                { unit: 'Bps' },
              ),
            ]),
          ]),
        },
      },
    },
  },
  'timeseries-stack': {
    panel: panel({ kind: 'timeseries', legend: { ...legend, place: 'right', calcs: ['mean'] } }),
    data: data(
      Array.from({ length: 9 }, (_, pod) =>
        series(`pod-${pod}`, wave(8 + pod * 3, 1 + (pod % 3), 0.4), {
          graph: { ...graph, stack: { group: 'A', percent: false } },
        }),
      ),
    ),
  },
  'timeseries-thresholds': {
    panel: panel({ kind: 'timeseries', legend: { ...legend, shown: false } }),
    data: data([
      series('usage', wave(15, 70, 22), {
        unit: 'percent',
        ...steps(80, 90),
        min: 0,
        max: 100,
        graph: { ...graph, thresholdLines: true, thresholdAreas: true },
      }),
    ]),
  },
  'timeseries-bars': {
    panel: lines,
    data: data([
      series('restarts', (i) => (i % 10 === 0 ? (i / 10) % 4 : undefined), {
        graph: { ...graph, draw: 'bars' },
      }),
    ]),
  },
  'timeseries-many': {
    panel: lines,
    data: data(Array.from({ length: 20 }, (_, pod) => series(`shop/pod-${pod}`, wave(8 + pod, pod, 0.4)))),
    room: { hidden: new Set([19]) },
  },
  'stat-large': {
    panel: panel({ kind: 'stat', reduce, graph: true, colour: 'value', text: 'auto' }),
    data: data([series('memory', wave(12, 97, 2), { unit: 'percent', ...steps(80, 95), decimals: 1 })]),
  },
  'stat-several': {
    panel: panel({ kind: 'stat', reduce, graph: true, colour: 'value', text: 'auto' }),
    data: data(
      nodes.map((name, index) =>
        series(name, wave(9 + index, 40 + index * 13, 6), { unit: 'percent', ...steps(80, 95), decimals: 0 }),
      ),
    ),
  },
  'gauge-arc': {
    panel: panel({ kind: 'gauge', reduce }),
    data: data([series('cpu', wave(12, 60, 8), { unit: 'percent', ...steps(80, 95), min: 0, max: 100 })]),
  },
  'gauge-several': {
    panel: panel({ kind: 'gauge', reduce }),
    data: data(
      nodes.map((name, index) =>
        series(name, () => 31 + index * 16, { unit: 'percent', ...steps(80, 95), min: 0, max: 100 }),
      ),
    ),
  },
  bargauge: {
    panel: panel({ kind: 'bargauge', reduce, unfilled: true }),
    data: data(nodes.map((name, index) => series(name, () => 10 ** index * 730, bytes))),
  },
  table: {
    panel: panel({ kind: 'table', header: true, sort: { field: 'usage', descending: true } }),
    data: data([
      frame('A', [
        strings('node', nodes),
        numbers('pods', [31, 28, 44, 3, undefined]),
        numbers('usage', [62, 81, 97.2, 12, Number.NaN], {
          unit: 'percent',
          ...steps(80, 95),
          cell: 'color-background',
        }),
        numbers('disk', [0.2, 0.86, 0.5, 0.99, 0.1], { unit: 'percentunit', min: 0, max: 1, cell: 'gauge' }),
      ]),
    ]),
  },
  heatmap: {
    panel: panel({ kind: 'heatmap', calculate: false }),
    data: data(
      ['0.1', '0.25', '0.5', '1', '+Inf'].map((le, index) =>
        series(le, (i) => Math.max(0, 40 - Math.abs(index - 2 - Math.sin(i / 20)) * 25), {}),
      ),
    ),
  },
  'heatmap-calculated': {
    panel: panel({ kind: 'heatmap', calculate: true }),
    data: data(
      Array.from({ length: 12 }, (_, pod) =>
        series(`pod-${pod}`, wave(14, 2 + (pod % 4) / 3, 0.7), { unit: 's' }),
      ),
    ),
  },
  alertlist: {
    panel: panel({ kind: 'alertlist', most: 20, states: [] }),
    data: data([], {
      alerts: [
        alert('HighLatency', 'pending', 3 * minute, { namespace: 'shop', service: 'checkout' }),
        alert('KubePodCrashLooping', 'firing', 26 * minute, {
          namespace: 'shop',
          pod: 'checkout-7d9f8c-x2x4z',
        }),
        alert('NodeFilesystemAlmostOutOfSpace', 'firing', 190 * minute, {
          instance: 'nuc-3',
          mountpoint: '/var',
        }),
      ],
    }),
  },
  text: {
    panel: panel({
      kind: 'text',
      mode: 'markdown',
      content: [
        '# About this dashboard',
        '',
        'Shows **what** the `database` does; see [the manual](https://example.org/manual) for *more*.',
        '',
        '- first, a list with an item that is so long that it has to go on in the next line',
        '- second',
        '',
        '| phase | meaning |',
        '| --- | --- |',
        '| ready | all is well |',
        '',
        '<center><b>HTML</b> &amp; its&nbsp;tags<br>are gone</center>',
      ].join('\n'),
    }),
    data: data([]),
  },
  unsupported: {
    panel: panel({ kind: 'unsupported', type: 'logs', why: 'Loki is not a source that obsdeck reads' }),
    data: data([]),
  },
  'no-data': {
    panel: panel({ kind: 'timeseries', legend }, { targets: [target('A'), target('B')] }),
    data: data([]),
  },
  forbidden: {
    panel: lines,
    data: data([], {
      gaps: [
        {
          refId: 'A',
          gap: {
            reason: 'forbidden',
            detail: 'services/proxy forbidden for ben in observability',
            fix: 'README: RBAC',
          },
        },
      ],
    }),
  },
  waiting: { panel: lines, data: data([]), room: { waiting: '2 queries' } },
  partial: {
    panel: lines,
    data: data([series('up', () => 1)], {
      gaps: [{ refId: 'B', gap: { reason: 'timeout', detail: 'no answer within 10s' } }],
      warnings: ['PromQL info: metric might not be a counter'],
    }),
  },
}
