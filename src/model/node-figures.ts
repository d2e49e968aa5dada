// What the nodes table shows of every node over time, and what asks for it: one query a figure for all nodes at once.
import { busy, realDisks, realNics } from '#model/metric-queries.ts'
import type { ByHost } from '#model/node-hosts.ts'
import { rateWindow } from '#model/query-step.ts'

/** Those with a number of their own; what a node uses of its processors and memory is its usage. */
export const numberFigures = [
  /** Of the fullest filesystem, from 0 to 1. */
  'disk',
  /** Bytes a second, received and sent. */
  'network',
  /** The average of one minute. */
  'load',
  /** The share of time in which something waited for a processor, memory or a disk: the worst of the three, 0 to 1. */
  'stall',
  /** Of the hottest sensor, degrees Celsius. */
  'temperature',
] as const
export type NumberFigure = (typeof numberFigures)[number]

/** In the order of their columns. */
export const nodeFigureNames = ['cpu', 'memory', ...numberFigures] as const
export type NodeFigure = (typeof nodeFigureNames)[number]

export const hasNumber = (figure: string): figure is NumberFigure =>
  numberFigures.some((one) => one === figure)

interface LineQuery {
  /** The series that it is made of, for the sentence where there are none. */
  readonly metric: string
  /** By `instance`: in each step the greatest of what is a gauge, the mean of what is a rate. `step` in milliseconds. */
  over(step: number): string
  /** Not every machine has it: a kernel without pressure stalls, a virtual machine without a thermometer. */
  readonly optional?: true
}

interface NumberQuery {
  /** By `instance`: what it is now. */
  readonly now: string
}

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
const stall = (window: string) =>
  `max by (instance) (${['cpu', 'memory', 'io']
    .map(
      (what) =>
        `label_replace(rate(node_pressure_${what}_waiting_seconds_total[${window}]), "of", "${what}", "", "")`,
    )
    .join(' or ')})`
const disk = (available: string) =>
  `max by (instance) (1 - ${available} / node_filesystem_size_bytes{${realDisks}})`

export const figureQueries: Readonly<Record<NodeFigure, LineQuery> & Record<NumberFigure, NumberQuery>> = {
  cpu: {
    metric: 'node_cpu_seconds_total',
    over: (step) => `sum by (instance) (rate(node_cpu_seconds_total{${busy}}[${rateWindow(step)}]))`,
  },
  memory: {
    metric: 'node_memory_MemAvailable_bytes',
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
  stall: {
    metric: 'node_pressure_cpu_waiting_seconds_total',
    now: stall('5m'),
    over: (step) => stall(rateWindow(step)),
    optional: true,
  },
  temperature: {
    metric: 'node_hwmon_temp_celsius',
    now: 'max by (instance) (node_hwmon_temp_celsius)',
    over: (step) => `max by (instance) (max_over_time(node_hwmon_temp_celsius[${gaugeWindow(step)}]))`,
    optional: true,
  },
}
