// cAdvisor's metrics of containers: CPU, memory and disk.

import type { ContainerSignals } from '#homelab/world.ts'
import { containerFamily, limitOf } from './cadvisor.ts'
import type { Family } from './family.ts'
import type { Run } from './runs.ts'
import { grownSince } from './since.ts'

/** The kernel gives CPU quota in periods of 100 ms; a throttled one loses about 40 ms of it. */
const PERIODS_PER_SECOND = 10
const LOST = 0.04
/** Shares of the working set: anonymous memory, and page cache that counts in usage but can be dropped. */
const ANONYMOUS = 0.82
const DROPPABLE = 0.2
/** The mean size of one read or write, bytes. */
const REQUEST = 24_576

const usage = ({ memory }: ContainerSignals, run: Run) => {
  const limit = limitOf(run, 'memory') ?? Number.POSITIVE_INFINITY
  return (time: number) =>
    Math.round(Math.max(memory.at(time), Math.min(limit, memory.at(time) * (1 + DROPPABLE))))
}
const rss =
  ({ memory }: ContainerSignals) =>
  (time: number) =>
    Math.round(memory.at(time) * ANONYMOUS)

const counter = (name: string, help: string, worth: Worth, summed: 'counter' | 'no' = 'no'): Family =>
  containerFamily({ name, type: 'counter', help, summed }, worth)
const gauge = (name: string, help: string, worth: Worth, summed: 'gauge' | 'no' = 'gauge'): Family =>
  containerFamily({ name, type: 'gauge', help, summed }, worth)
type Worth = Parameters<typeof containerFamily>[1]

/** Only what has a quota is ever throttled: without a limit there are no such files. */
const withQuota =
  (worth: Worth): Worth =>
  (signals, run) =>
    limitOf(run, 'cpu') === undefined ? undefined : worth(signals, run)

const disk = (
  name: string,
  help: string,
  curveOf: (signals: ContainerSignals) => ContainerSignals['diskRead'],
  per = 1,
) =>
  counter(
    name,
    help,
    (signals, { startedAt }) =>
      (time) =>
        Math.floor(curveOf(signals).total(startedAt, time) / per),
  )

export const containerFamilies: readonly Family[] = [
  counter(
    'container_cpu_usage_seconds_total',
    'Cumulative cpu time consumed in seconds.',
    ({ cpu }, { startedAt }) =>
      (time) =>
        grownSince(cpu, startedAt, time),
    'counter',
  ),
  counter(
    'container_cpu_cfs_periods_total',
    'Number of elapsed enforcement period intervals.',
    withQuota(
      (_signals, { startedAt }) =>
        (time) =>
          Math.floor(((time - startedAt) / 1000) * PERIODS_PER_SECOND),
    ),
  ),
  counter(
    'container_cpu_cfs_throttled_periods_total',
    'Number of throttled period intervals.',
    withQuota(
      ({ throttled }, { startedAt }) =>
        (time) =>
          Math.floor(throttled.total(startedAt, time) * PERIODS_PER_SECOND),
    ),
  ),
  counter(
    'container_cpu_cfs_throttled_seconds_total',
    'Total time duration the container has been throttled.',
    withQuota(
      ({ throttled }, { startedAt }) =>
        (time) =>
          throttled.total(startedAt, time) * PERIODS_PER_SECOND * LOST,
    ),
  ),
  gauge(
    'container_spec_cpu_period',
    'CPU period of the container.',
    withQuota(() => () => 100_000),
    'no',
  ),
  gauge(
    'container_spec_cpu_quota',
    'CPU quota of the container.',
    withQuota((_signals, run) => () => (limitOf(run, 'cpu') ?? 0) * 100_000),
    'no',
  ),
  gauge(
    'container_spec_memory_limit_bytes',
    'Memory limit for the container.',
    (_signals, run) => () => limitOf(run, 'memory') ?? 0,
    'no',
  ),
  gauge(
    'container_memory_working_set_bytes',
    'Current working set in bytes.',
    ({ memory }) =>
      (time) =>
        Math.round(memory.at(time)),
  ),
  gauge('container_memory_rss', 'Size of RSS in bytes.', rss),
  gauge(
    'container_memory_usage_bytes',
    'Current memory usage in bytes, including all memory regardless of when it was accessed',
    usage,
  ),
  gauge('container_memory_cache', 'Number of bytes of page cache memory.', (signals, run) => {
    const all = usage(signals, run)
    const anonymous = rss(signals)
    return (time) => Math.max(0, all(time) - anonymous(time))
  }),
  counter(
    'container_oom_events_total',
    'Count of out of memory events observed for the container',
    (_signals, { to, ended }) =>
      (time) =>
        ended === 'OOMKilled' && time >= to ? 1 : 0,
    'counter',
  ),
  gauge('container_memory_swap', 'Container swap usage in bytes.', () => () => 0),
  gauge(
    'container_start_time_seconds',
    'Start time of the container since unix epoch in seconds.',
    (_signals, { startedAt }) =>
      () =>
        Math.floor(startedAt / 1000),
    'no',
  ),
  gauge(
    'container_last_seen',
    'Last time a container was seen by the exporter',
    () => (time) => Math.floor(time / 1000),
    'no',
  ),
  disk('container_fs_reads_bytes_total', 'Cumulative count of bytes read', ({ diskRead }) => diskRead),
  disk('container_fs_writes_bytes_total', 'Cumulative count of bytes written', ({ diskWrite }) => diskWrite),
  disk(
    'container_fs_reads_total',
    'Cumulative count of reads completed',
    ({ diskRead }) => diskRead,
    REQUEST,
  ),
  disk(
    'container_fs_writes_total',
    'Cumulative count of writes completed',
    ({ diskWrite }) => diskWrite,
    REQUEST,
  ),
]
