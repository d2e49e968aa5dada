// A Deck on one cluster: everything the cockpit shows, each feed made once and working only while somebody looks.
import type { Cluster } from '#cluster/cluster.ts'
import { SourceError } from '#model/reading.ts'
import type { TimeRange } from '#model/time.ts'
import { createCell } from './cell.ts'
import type { Deck } from './deck.ts'
import { combine } from './derive.ts'
import { elapsedFeed } from './elapsed.ts'
import { heardCluster, isSilence } from './heard-cluster.ts'
import { openHearing } from './hearing.ts'
import { kubeFeeds } from './kube-feeds.ts'
import { kubeletLogs } from './kubelet-logs.ts'
import { openMetrics } from './metrics.ts'
import { nowFeed } from './now.ts'
import { type OpenDashboard, openDashboard } from './open-dashboard.ts'
import { openOverview } from './overview.ts'
import { poll } from './poll.ts'
import { tailFeed } from './tail.ts'
import { systemTiming, type Timing } from './timing.ts'

export interface DeckOptions {
  readonly cluster: Cluster
  /** Connects to another context of the same kubeconfig. */
  readonly clusterFor: (context: string) => Promise<Cluster>
  readonly settings: {
    /** Absent: all namespaces. */
    readonly namespace?: string
    readonly range: TimeRange
    readonly prometheusUrl?: string
  }
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** How the deck waits; the process's own timers where absent. */
  readonly timing?: Timing
}

/** Lines of a log that are kept, and that each container is first asked for. */
const logLines = 10_000
const firstLines = 200

export function openDeck(options: DeckOptions): Deck {
  const { settings } = options
  const timing = options.timing ?? systemTiming(options.clock)
  const hearing = openHearing(timing, isSilence)
  const cluster = heardCluster(options.cluster, hearing)
  const namespace = createCell(settings.namespace)
  const range = createCell(settings.range)
  const kube = kubeFeeds({ cluster, namespace, timing })
  const boards = new Map<string, OpenDashboard>()
  const metrics = openMetrics({ cluster, prometheusUrl: settings.prometheusUrl, namespace, range, timing })
  return {
    context: cluster.context,
    contexts: cluster.contexts,
    user: cluster.user,
    server: cluster.server,
    namespace,
    range,
    now: nowFeed(timing),
    elapsed: (milliseconds) => elapsedFeed(timing, milliseconds),
    sources: combine([hearing, metrics.contact], (contact, prometheus) => [
      {
        name: 'kubernetes',
        route: 'direct',
        pending: contact.at === undefined && contact.gap === undefined,
        ...contact,
      },
      prometheus,
    ]),
    ...kube,
    overview: openOverview({ ...kube, context: cluster.context, namespace, range, metrics, timing }),
    podUsage: metrics.podUsage,
    podUsageOf: metrics.podUsageOf,
    nodeUsage: metrics.nodeUsage,
    chart: (spec, columns) => metrics.chart(spec, columns),
    figuresNow: metrics.figuresNow,
    nodeFigure: metrics.nodeFigure,
    nodeLines: metrics.nodeLines,
    dashboards: poll({
      // Grafana's formats are loaded when somebody asks for a dashboard.
      read: async (signal) => (await import('#sources/grafana/resources.ts')).listDashboards(cluster, signal),
      interval: 60_000,
      timing,
    }),
    dashboard(entry) {
      const name = `${entry.namespace}/${entry.name}`
      const read = async (signal: AbortSignal) =>
        (await import('#sources/grafana/load.ts')).loadDashboard(cluster, entry, signal)
      const board = boards.get(name) ?? openDashboard({ read, ask: metrics.ask, range, timing })
      boards.set(name, board)
      return board
    },
    explorer: metrics.explorer,
    logs: (subject) =>
      tailFeed({
        bound: logLines,
        timing,
        read: (tell, signal) => {
          const bySpan = subject.sinceSeconds !== undefined || subject.from !== undefined
          const asked = { ...(!bySpan && { tailLines: firstLines }), ...subject }
          const follow = !subject.previous
          return kubeletLogs({ cluster, subject: asked, follow, most: logLines, timing, signal, tell })
        },
      }),
    // The other cluster's deck shares the settings that were chosen here, not the namespace: it may not exist there.
    open: async (context) => {
      const { namespace: _here, ...shared } = settings
      const other = await options.clusterFor(context)
      await answering(other)
      return openDeck({ ...options, cluster: other, settings: { ...shared, range: range.get() } })
    },
    async close() {
      await metrics.close()
      await cluster.close()
    },
  }
}

/** How long another context's server may take to show that it is there, milliseconds. */
const patience = 10_000

/** Access is asked about, not used: who may list nothing at all still finds the server there. */
async function answering(cluster: Cluster): Promise<void> {
  try {
    await cluster.version(AbortSignal.timeout(patience))
  } catch (error) {
    if (error instanceof SourceError && !isSilence(error)) return
    await cluster.close()
    if (error instanceof SourceError) throw error
    throw new SourceError({ reason: 'timeout', detail: `no answer within ${patience / 1000} s` })
  }
}
