// Chart data with known shapes: what the charts of one pod show in an incident, and what they show when nothing answers.
import { type Live, nothingYet } from '#live/live.ts'
import type { ChartData, ChartLine } from '#model/subject-charts/lines.ts'
import { type FakeDeck, fixedNow } from '#test/ui/fake-deck.ts'
import { known } from './rows.ts'

const minute = 60_000
const from = fixedNow - 60 * minute

function line(name: string, value: (minutes: number) => number | undefined): ChartLine {
  const points = Array.from({ length: 61 }, (_, index) => ({
    at: from + index * minute,
    value: value(index),
  }))
  const known = points.flatMap(({ at, value: one }) => (one === undefined ? [] : [{ at, one }]))
  return { name, step: minute, times: known.map(({ at }) => at), values: known.map(({ one }) => one) }
}

const data = (lines: readonly ChartLine[], limits: ChartData['limits'] = []): ChartData => ({
  ...{ from, to: fixedNow, lines, limits },
})

const mebi = 2 ** 20

export function fillPodCharts(deck: FakeDeck): void {
  const charts: Readonly<Record<string, ChartData>> = {
    cpu: data(
      [line('app', (at) => 0.2 + at / 200), line('proxy', () => 0.05)],
      [
        { name: 'limit', value: 1 },
        { name: 'request', value: 0.1 },
      ],
    ),
    // Killed at 40 minutes, away for five, then it grows again.
    memory: data(
      [line('app', (at) => (at < 40 ? (60 + at * 4) * mebi : at < 45 ? undefined : (60 + at) * mebi))],
      [{ name: 'limit', value: 256 * mebi }],
    ),
    requests: data([line('requests', (at) => 12 + (at % 7))]),
    errors: data([line('errors', (at) => (at < 40 ? 0 : 0.078))]),
    throttled: data([line('app', (at) => (at === 30 ? 0.8 : 0.02))]),
    restarts: data([line('app', (at) => (at < 45 ? 2 : 3))]),
    network: data([line('received', () => 125_000), line('sent', () => 250_000)]),
  }
  for (const [id, chart] of Object.entries(charts))
    set(deck, id, { ...nothingYet, data: chart, dataAt: fixedNow, phase: 'waiting' })
  const detail = 'Prometheus has no kubelet_volume_stats_used_bytes of it'
  set(deck, 'volumes', { ...nothingYet, gap: { reason: 'no-series', detail } })
  figures(deck, volumeSeries).set({ ...nothingYet, gap: { reason: 'no-series', detail } })
}

export function refusePodCharts(deck: FakeDeck): void {
  const gap = { reason: 'forbidden', detail: 'services/proxy forbidden for ben in observability' } as const
  for (const id of ['cpu', 'memory', 'throttled', 'restarts', 'network', 'volumes'])
    set(deck, id, { ...nothingYet, gap })
  figures(deck, volumeSeries).set({ ...nothingYet, gap })
}

/** A node whose memory fills up. */
export function fillNodeCharts(deck: FakeDeck): void {
  const charts: Readonly<Record<string, ChartData>> = {
    cpu: data([line('used', (at) => 4 + at / 20)], [{ name: 'allocatable', value: 16 }]),
    memory: data(
      [line('used', (at) => (20 + at / 3) * 1024 * mebi)],
      [{ name: 'allocatable', value: 47 * 1024 * mebi }],
    ),
    load: data([line('1m', (at) => 3 + at / 10)], [{ name: 'cores', value: 16 }]),
    disk: data([line('/var', (at) => 0.7 + at / 250)]),
    network: data([line('received', () => 125_000), line('sent', () => 250_000)]),
    history: data([line('boot', () => booted), line('oom', (at) => (at < 50 ? 0 : 1))]),
  }
  for (const [id, chart] of Object.entries(charts))
    set(deck, id, { ...nothingYet, data: chart, dataAt: fixedNow, phase: 'waiting' })
  figures(deck, 'node_boot_time_seconds').set(known(new Map([['', booted]])))
}

const booted = fixedNow / 1000 - 39 * 86_400

export function fillTemperature(deck: FakeDeck): void {
  const chart = data([line('hottest', (at) => 55 + at / 10)], [{ name: 'critical', value: 100 }])
  set(deck, 'temperature', { ...nothingYet, data: chart, dataAt: fixedNow, phase: 'waiting' })
}

/** How full the claims of a workload are. */
export function fillVolumes(deck: FakeDeck): void {
  const chart = data([line('cart-cache', () => 0.91), line('cart-media', (at) => 0.3 + at / 600)])
  set(deck, 'volumes', { ...nothingYet, data: chart, dataAt: fixedNow, phase: 'waiting' })
  figures(deck, volumeSeries).set(
    known(
      new Map([
        ['cart-cache', 0.91],
        ['cart-media', 0.4],
      ]),
    ),
  )
}

export const volumeSeries = 'kubelet_volume_stats_used_bytes'

/** What is known now of the shown object, by the series that is asked for. */
export function figures(
  deck: FakeDeck,
  metric: string,
): FakeDeck['nows'] extends Map<string, infer T> ? T : never {
  deck.figuresNow({ expr: '', metric })
  const cell = deck.nows.get(metric)
  if (cell === undefined) throw new Error(`nobody asks for ${metric}`)
  return cell
}

function set(deck: FakeDeck, id: string, live: Live<ChartData>): void {
  deck.chart({ ...{ id, title: '', unit: 'number', metric: '' }, lines: [], limits: [] }, 0)
  deck.charts.get(id)?.set(live)
}
