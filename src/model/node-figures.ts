// What the nodes table shows of every node over time, and what asks for it: one query a figure for all nodes at once.
import { busy, nodeMemory, realDisks, realNics } from '#model/metric-queries.ts'
import { rateWindow } from '#model/query-step.ts'

export const nodeFigureNames = [
  'cpu',
  'memory',
  'disk',
  'network',
  'load',
  'pressure',
  'temperature',
] as const
export type NodeFigure = (typeof nodeFigureNames)[number]

export interface FigureQueries {
  /** The series that it is made of, for the sentence where there are none. */
  readonly metric: string
  /** By `instance`: what it is now. */
  readonly now: string
  /** By `instance`: in each step the greatest of what is a gauge, the mean of what is a rate. `step` in milliseconds. */
  over(step: number): string
  /** Not every machine has it: a kernel without pressure stalls, a virtual machine without a thermometer. */
  readonly optional?: true
}

/** The figures of all nodes by host, as `hostOf` has it: the address or the name by which the exporter is scraped. */
export type ByHost<T> = ReadonlyMap<string, T>

export interface FigureLine {
  /** Milliseconds since the epoch; where nothing was measured there is no entry. */
  readonly times: readonly number[]
  readonly values: readonly number[]
}

export interface FigureLines {
  readonly lines: ByHost<FigureLine>
  /** Whole steps, so that a line stands still until the next one is over. */
  readonly from: number
  readonly to: number
}

/** At least two scrapes of a minute, so that a fine step leaves no holes between them. */
const gaugeWindow = (step: number) => `${Math.max(120, Math.ceil(step / 1000))}s`
const network = (window: string) =>
  ['receive', 'transmit']
    .map((way) => `sum by (instance) (rate(node_network_${way}_bytes_total{${realNics}}[${window}]))`)
    .join(' + ')
// The rates differ in their names alone, which a rate loses: the label keeps them apart until the worst is taken.
const pressure = (window: string) =>
  `max by (instance) (${['cpu', 'memory', 'io']
    .map(
      (what) =>
        `label_replace(rate(node_pressure_${what}_waiting_seconds_total[${window}]), "of", "${what}", "", "")`,
    )
    .join(' or ')})`
const processors = (window: string) => `sum by (instance) (rate(node_cpu_seconds_total{${busy}}[${window}]))`
const disk = (available: string) =>
  `max by (instance) (1 - ${available} / node_filesystem_size_bytes{${realDisks}})`

export const figureQueries: Readonly<Record<NodeFigure, FigureQueries>> = {
  cpu: {
    metric: 'node_cpu_seconds_total',
    now: processors('5m'),
    over: (step) => processors(rateWindow(step)),
  },
  memory: {
    metric: 'node_memory_MemAvailable_bytes',
    now: nodeMemory,
    over: (step) =>
      `sum by (instance) (node_memory_MemTotal_bytes - min_over_time(node_memory_MemAvailable_bytes[${gaugeWindow(step)}]))`,
  },
  disk: {
    metric: 'node_filesystem_avail_bytes',
    now: disk(`node_filesystem_avail_bytes{${realDisks}}`),
    over: (step) => disk(`min_over_time(node_filesystem_avail_bytes{${realDisks}}[${gaugeWindow(step)}])`),
  },
  network: {
    metric: 'node_network_receive_bytes_total',
    now: network('5m'),
    over: (step) => network(rateWindow(step)),
  },
  load: {
    metric: 'node_load1',
    now: 'max by (instance) (node_load1)',
    over: (step) => `max by (instance) (max_over_time(node_load1[${gaugeWindow(step)}]))`,
  },
  pressure: {
    metric: 'node_pressure_cpu_waiting_seconds_total',
    now: pressure('5m'),
    over: (step) => pressure(rateWindow(step)),
    optional: true,
  },
  temperature: {
    metric: 'node_hwmon_temp_celsius',
    now: 'max by (instance) (node_hwmon_temp_celsius)',
    over: (step) => `max by (instance) (max_over_time(node_hwmon_temp_celsius[${gaugeWindow(step)}]))`,
    optional: true,
  },
}

/** Of an exporter's `instance`: its port and the brackets of an IPv6 address taken away. */
export function hostOf(instance: string): string {
  return instance.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
}

/** What is known of the node: exporters are scraped by its address, some setups name them by the node instead. */
export function ofNode<T>(
  figures: ByHost<T> | undefined,
  { name, ip }: { readonly name: string; readonly ip?: string },
): T | undefined {
  return (ip === undefined ? undefined : figures?.get(ip)) ?? figures?.get(name)
}
