// What pods and nodes use: from Prometheus, or from metrics.k8s.io where Prometheus has nothing to give.
import type { Cluster } from '#cluster/cluster.ts'
import type { Amounts } from '#model/kube.ts'
import type { ByHost } from '#model/node-hosts.ts'
import type { UsageByName } from '#model/overview-inputs.ts'
import { gapOf } from '#model/reading.ts'
import { readNodeMetrics, readPodMetrics } from '#sources/stack/kube-metrics.ts'
import { createCell } from './cell.ts'
import { switchFeed } from './derive.ts'
import type { Feed } from './feed.ts'
import type { Live } from './live.ts'
import { type Ask, readNodeUsage, readPodUsage, readPodUsageOf } from './metrics-read.ts'
import { poll } from './poll.ts'
import type { Timing } from './timing.ts'
import { viewedUsage } from './viewed-usage.ts'

export interface UsageParts {
  readonly cluster: Cluster
  readonly ask: Ask
  readonly namespace: Feed<string | undefined>
  /** From one answer to the next request, and for one read; milliseconds. */
  readonly interval: number
  readonly timeout: number
  readonly timing: Timing
}

export interface UsageFeeds {
  /** Cores and bytes by `namespace/pod`, of all pods of the namespace. */
  readonly podUsage: Feed<Live<UsageByName>>
  /** Of the pods that `view` names, `namespace/pod`; a new feed with each call. */
  podUsageOf(view: Feed<readonly string[]>): Feed<Live<UsageByName>>
  /** Cores and bytes of the nodes: `ofNode` finds one's. */
  readonly nodeUsage: Feed<Live<ByHost<Amounts>>>
  /** Where the last answer came from. */
  readonly usageFrom: Feed<Sourced<unknown>['from']>
}

export function openUsage({ cluster, ask, namespace, ...times }: UsageParts): UsageFeeds {
  const usageFrom = createCell<Sourced<unknown>['from']>('prometheus')
  const noted = async <T>(answer: Promise<Sourced<T>>): Promise<T> => {
    const { data, from } = await answer
    usageFrom.set(from)
    return data
  }
  const ofNamespace = (name: string | undefined, signal: AbortSignal) =>
    instead(readPodUsage(ask, name, signal), () => readPodMetrics(cluster, name, signal))
  const ofPods = (pods: readonly string[], signal: AbortSignal) =>
    // metrics.k8s.io is asked for whole namespaces: for the one that all are of, or as far as one looks.
    instead(readPodUsageOf(ask, pods, signal), () =>
      readPodMetrics(cluster, onlyNamespace(pods) ?? namespace.get(), signal),
    )
  const ofNodes = (signal: AbortSignal) =>
    // Those of metrics.k8s.io have no address but their node's name, and that is a host's too.
    instead(readNodeUsage(ask, signal), () => readNodeMetrics(cluster, signal))
  return {
    podUsage: switchFeed(namespace, (name) =>
      poll({ read: (signal) => noted(ofNamespace(name, signal)), ...times }),
    ),
    podUsageOf: (view) =>
      viewedUsage({ view, read: (pods, signal) => noted(ofPods(pods, signal)), ...times }),
    nodeUsage: poll({ read: (signal) => noted(ofNodes(signal)), ...times }),
    usageFrom,
  }
}

function onlyNamespace(pods: readonly string[]): string | undefined {
  const [only, ...others] = new Set(pods.map((pod) => pod.slice(0, pod.indexOf('/'))))
  return others.length === 0 ? only : undefined
}

interface Sourced<T> {
  readonly data: T
  readonly from: 'prometheus' | 'metrics.k8s.io'
}

/** The second way where the first has nothing to give; when neither has, the first one's reason stands. */
async function instead<T>(first: Promise<T>, second: () => Promise<T>): Promise<Sourced<T>> {
  try {
    return { data: await first, from: 'prometheus' }
  } catch (error) {
    gapOf(error)
    const data = await second().catch(() => {
      throw error
    })
    return { data, from: 'metrics.k8s.io' }
  }
}
