// What is used now, for a command: objects and figures read side by side.
import type { Cluster } from '#cluster/cluster.ts'
import type { Row } from '#model/kube.ts'
import { figureQueries, type NumberFigure } from '#model/node-figures.ts'
import { type Gap, gapOf } from '#model/reading.ts'
import { type TopRow, topNodes, topPods, topWorkloads } from '#model/top.ts'
import { createCell } from './cell.ts'
import type { Rows } from './deck.ts'
import { kubeFeeds } from './kube-feeds.ts'
import { openMetrics } from './metrics.ts'
import { once, type Patience } from './once.ts'
import { systemTiming } from './timing.ts'

export type TopKind = 'nodes' | 'pods' | 'workloads'

export interface TopRequest {
  readonly cluster: Cluster
  readonly kind: TopKind
  /** Of nodes: what else is asked for. */
  readonly figures: readonly NumberFigure[]
  readonly namespace: string | undefined
  readonly prometheusUrl: string | undefined
  /** Milliseconds. */
  readonly timeout: number
  readonly clock: () => number
  readonly signal: AbortSignal
}

export interface Top {
  readonly rows: readonly TopRow[]
  /** Why figures or requests are missing, where they are. */
  readonly gaps: readonly { readonly of: string; readonly gap: Gap }[]
}

/** @throws SourceError where the objects themselves cannot be listed. */
export async function readTop(request: TopRequest): Promise<Top> {
  const { cluster, kind, timeout, clock, signal } = request
  const timing = systemTiming(clock)
  const namespace = createCell(kind === 'nodes' ? undefined : request.namespace)
  const range = createCell({ span: 0 })
  const metrics = openMetrics({ cluster, timing, namespace, range, prometheusUrl: request.prometheusUrl })
  const kube = kubeFeeds({ cluster, namespace, timing })
  const patience: Patience = { timeout, timing, signal }
  const complete = ({ complete }: Pick<Rows<Row>, 'complete'>) => complete
  const gaps: { of: string; gap: Gap }[] = []
  const orElse =
    <T>(of: string, instead: T) =>
    (error: unknown): T => {
      gaps.push({ of, gap: gapOf(error) })
      return instead
    }
  const none = new Map<string, never>()
  try {
    if (kind === 'nodes') {
      const readFigure = async (name: NumberFigure) => {
        const values = await once(metrics.nodeFigure(name), patience).catch((error) => {
          const gap = gapOf(error)
          // What no machine has is no gap.
          if (!(figureQueries[name].optional && gap.reason === 'no-series')) gaps.push({ of: name, gap })
          return new Map<string, never>()
        })
        return [name, values] as const
      }
      const [nodes, pods, usage, ...figures] = await Promise.all([
        once(kube.nodes, patience, complete),
        once(kube.pods, patience, complete).catch(orElse('requests', { rows: [], complete: false })),
        once(metrics.nodeUsage, patience).catch(orElse('usage', none)),
        ...request.figures.map(readFigure),
      ])
      const known = figures.length > 0 ? Object.fromEntries(figures) : undefined
      return { rows: topNodes(nodes.rows, pods.rows, usage, known), gaps }
    }
    const [pods, usage] = await Promise.all([
      once(kube.pods, patience, complete),
      once(metrics.podUsage, patience).catch(orElse('usage', none)),
    ])
    return { rows: (kind === 'pods' ? topPods : topWorkloads)(pods.rows, usage), gaps }
  } finally {
    await metrics.close()
  }
}
