// What is read from Prometheus for usage, capacity and error rates: several queries joined into one answer.

import type { Amounts } from '#model/kube.ts'
import * as queries from '#model/metric-queries.ts'
import { type ByHost, hostOf } from '#model/node-hosts.ts'
import type { CapacityLine } from '#model/overview.ts'
import type { DiskFill, ServiceErrors, UsageByName } from '#model/overview-inputs.ts'
import { podsIn, podsNamed } from '#model/pod-matchers.ts'
import type { InstantSample, RangeSeries } from '#model/prometheus.ts'
import { alignRange, rateWindow, stepFor } from '#model/query-step.ts'
import { gapOf, SourceError } from '#model/reading.ts'
import { serviceErrors } from '#model/service-errors.ts'
import { boundsOf, type TimeRange } from '#model/time.ts'

/** The two kinds of question, bound to a route and a limit. */
export interface Ask {
  vector(expr: string, signal: AbortSignal): Promise<readonly InstantSample[]>
  range(
    expr: string,
    bounds: { from: number; to: number; step: number },
    signal: AbortSignal,
  ): Promise<readonly RangeSeries[]>
}

const podName = (sample: InstantSample) =>
  sample.labels.namespace !== undefined && sample.labels.pod !== undefined
    ? `${sample.labels.namespace}/${sample.labels.pod}`
    : undefined

/** Of all pods, or of one namespace's. @throws SourceError `no-series` where there are none. */
export async function readPodUsage(
  ask: Ask,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<UsageByName> {
  const usage = await askPodUsage(ask, podsIn(namespace), signal)
  if (usage.size === 0) throw noSeries('container_cpu_usage_seconds_total')
  return usage
}

/**
 * Of the pods of these names, `namespace/pod`. None of them may have series, since they crash as they start: that is
 * an answer as long as any container has some.
 */
export async function readPodUsageOf(
  ask: Ask,
  names: readonly string[],
  signal: AbortSignal,
): Promise<UsageByName> {
  const usage = await askPodUsage(ask, podsNamed(names), signal)
  if (usage.size === 0 && (await ask.vector(queries.containers, signal)).length === 0)
    throw noSeries('container_cpu_usage_seconds_total')
  return usage
}

async function askPodUsage(ask: Ask, pods: string, signal: AbortSignal): Promise<UsageByName> {
  const [cpu, memory] = await Promise.all([
    ask.vector(queries.podCpu(pods), signal),
    ask.vector(queries.podMemory(pods), signal),
  ])
  return joinUsage(cpu, memory, podName)
}

export async function readNodeUsage(ask: Ask, signal: AbortSignal): Promise<ByHost<Amounts>> {
  const [cpu, memory] = await Promise.all([
    ask.vector(queries.nodeCpu, signal),
    ask.vector(queries.nodeMemory, signal),
  ])
  if (cpu.length === 0 && memory.length === 0) throw noSeries('node_cpu_seconds_total')
  return joinUsage(cpu, memory, ({ labels: { instance } }) =>
    instance === undefined ? undefined : hostOf(instance),
  )
}

/** From an exporter's instance to the node's name; the host stands for itself where nobody knows it, or can be asked. */
async function readNodeNames(ask: Ask, signal: AbortSignal): Promise<(instance: string) => string> {
  const infos = await ask.vector(queries.nodeInfo, signal).catch((error) => {
    gapOf(error)
    return []
  })
  const byAddress = new Map<string, string>()
  for (const { labels } of infos)
    if (labels.node !== undefined && labels.internal_ip !== undefined)
      byAddress.set(labels.internal_ip, labels.node)
  return (instance) => {
    const host = hostOf(instance)
    return byAddress.get(host) ?? host
  }
}

function joinUsage(
  cpu: readonly InstantSample[],
  memory: readonly InstantSample[],
  nameOf: (sample: InstantSample) => string | undefined,
): ReadonlyMap<string, Amounts> {
  const usage = new Map<string, { cpu?: number; memory?: number }>()
  const put = (sample: InstantSample, field: 'cpu' | 'memory') => {
    const name = nameOf(sample)
    if (name === undefined || Number.isNaN(sample.value)) return
    const one = usage.get(name) ?? {}
    one[field] = sample.value
    usage.set(name, one)
  }
  for (const sample of cpu) put(sample, 'cpu')
  for (const sample of memory) put(sample, 'memory')
  return usage
}

export async function readRestarts(
  ask: Ask,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const samples = await ask.vector(queries.podRestarts(namespace), signal)
  return new Map(
    samples.flatMap((sample) => {
      const name = podName(sample)
      return name === undefined ? [] : [[name, sample.value] as const]
    }),
  )
}

const hour = 3_600_000
const minute = 60_000

/** Error shares of every application that answers calls, with how they came about in the last hour. */
export async function readServices(
  ask: Ask,
  now: number,
  signal: AbortSignal,
): Promise<readonly ServiceErrors[]> {
  const bounds = { ...alignRange({ from: now - hour, to: now }, minute), step: minute }
  const [calls, errors] = await Promise.all([
    ask.range(queries.spanCalls, bounds, signal),
    ask.range(queries.spanErrors, bounds, signal),
  ])
  if (calls.length === 0) throw noSeries('traces_span_metrics_calls_total')
  return serviceErrors(calls, errors)
}

export async function readDisks(
  ask: Ask,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly DiskFill[]> {
  const [disks, claims, nameOf] = await Promise.all([
    ask.vector(queries.diskFill, signal),
    ask.vector(queries.claimFill(namespace), signal),
    readNodeNames(ask, signal),
  ])
  return [
    ...disks.map(({ labels, value }) => ({
      node: nameOf(labels.instance ?? ''),
      ...(labels.mountpoint !== undefined && { mountpoint: labels.mountpoint }),
      ratio: value,
    })),
    ...claims.map(({ labels, value }) => ({
      ...(labels.namespace !== undefined && { namespace: labels.namespace }),
      ...(labels.persistentvolumeclaim !== undefined && { claim: labels.persistentvolumeclaim }),
      ratio: value,
    })),
  ]
}

/** Two points a column of the widest sparkline that is drawn. */
const columns = 60

export async function readCapacity(
  ask: Ask,
  range: TimeRange,
  now: number,
  signal: AbortSignal,
): Promise<readonly CapacityLine[]> {
  const step = stepFor(range, columns)
  const bounds = { ...alignRange(boundsOf(range, now), step), step }
  const window = rateWindow(step)
  const line = async (
    name: CapacityLine['name'],
    unit: CapacityLine['unit'],
    expr: string,
  ): Promise<CapacityLine | undefined> => {
    const [series] = await ask.range(expr, bounds, signal)
    const last = series?.values.at(-1)
    return series && { name, unit, series, ...(last !== undefined && { now: last }) }
  }
  const lines = await Promise.all([
    line('cpu', 'cores', queries.clusterCpu(window)),
    line('memory', 'bytes', queries.clusterMemory),
    line('disk', 'ratio', queries.clusterDisk),
    line('network', 'bytes/s', queries.clusterNetwork(window)),
  ])
  const known = lines.filter((one) => one !== undefined)
  if (known.length === 0) throw noSeries('node_cpu_seconds_total')
  return known
}

function noSeries(metric: string): SourceError {
  return new SourceError({ reason: 'no-series', detail: `Prometheus has no ${metric}` })
}
