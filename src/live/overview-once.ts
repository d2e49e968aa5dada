// The Overview for a command: looks until every part has answered or failed, then lets go.
import type { Cluster } from '#cluster/cluster.ts'
import { buildOverview } from '#model/build-overview.ts'
import type { Overview } from '#model/overview.ts'
import type { OverviewInputs } from '#model/overview-inputs.ts'
import { type Gap, SourceError } from '#model/reading.ts'
import type { TimeRange } from '#model/time.ts'
import { createCell } from './cell.ts'
import { kubeFeeds } from './kube-feeds.ts'
import { openMetrics } from './metrics.ts'
import { feedsOf, inputsOf, type OverviewParts, readingsOf } from './overview-parts.ts'
import { systemTiming } from './timing.ts'

export interface OverviewRequest {
  readonly cluster: Cluster
  readonly settings: {
    readonly namespace?: string | undefined
    readonly range: TimeRange
    readonly prometheusUrl?: string | undefined
    /** Milliseconds for the whole. */
    readonly timeout: number
  }
  readonly clock: () => number
  readonly signal: AbortSignal
}

/** So that one request that takes the whole time still tells why, milliseconds. */
const grace = 500

export async function readOverview(request: OverviewRequest): Promise<Overview> {
  const { cluster, settings, clock, signal } = request
  const timing = systemTiming(clock)
  const namespace = createCell(settings.namespace)
  const range = createCell(settings.range)
  const metrics = openMetrics({ cluster, timing, namespace, range, prometheusUrl: settings.prometheusUrl })
  const kube = kubeFeeds({ cluster, namespace, timing })
  const parts: OverviewParts = { context: cluster.context, namespace, range, ...kube, metrics, timing }
  try {
    return await overviewOnce(parts, settings.timeout, signal)
  } finally {
    await metrics.close()
  }
}

/**
 * Resolves when all has settled, or after `timeout` milliseconds with the rest named as gaps.
 * @throws SourceError where the cluster itself does not answer: then there is nothing to look over.
 */
export async function overviewOnce(
  parts: OverviewParts,
  timeout: number,
  signal: AbortSignal,
): Promise<Overview> {
  signal.throwIfAborted()
  const { timing } = parts
  const stops: (() => void)[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (readingsOf(inputsOf(parts)).every(([, reading]) => !reading.pending)) resolve()
      }
      const leave = () => reject(signal.reason)
      stops.push(timing.after(timeout + grace, resolve))
      signal.addEventListener('abort', leave, { once: true })
      stops.push(() => signal.removeEventListener('abort', leave))
      for (const feed of feedsOf(parts)) stops.push(feed.subscribe(look))
      look()
    })
    const inputs = withTimeouts(inputsOf(parts), timeout)
    const gap = clusterGap(inputs)
    if (gap) throw new SourceError(gap)
    return buildOverview(inputs, timing.now())
  } finally {
    for (const stop of stops) stop()
  }
}

/** Why nothing of the cluster could be read; what is merely forbidden leaves the rest to be read. */
function clusterGap({ pods, nodes, workloads }: OverviewInputs): Gap | undefined {
  const gaps = [pods, nodes, workloads].flatMap(({ data, gap }) => (gap && !data ? [gap] : []))
  return gaps.length === 3 ? gaps.find(({ reason }) => reason !== 'forbidden') : undefined
}

/** What has not answered by now is a gap, not "still loading". */
function withTimeouts(inputs: OverviewInputs, timeout: number): OverviewInputs {
  const detail = `no complete answer within ${timeout / 1000} s`
  const late = readingsOf(inputs).filter(([, reading]) => reading.pending)
  const ended = late.map(([name, reading]) => [
    name,
    { ...reading, gap: { reason: 'timeout', detail }, pending: false },
  ])
  return { ...inputs, ...Object.fromEntries(ended) }
}
