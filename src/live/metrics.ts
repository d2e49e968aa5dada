// Everything that is read from Prometheus again and again, over one shared route and at most eight queries at once.
// Nothing is asked while nobody looks.
import type { Cluster, RouteState } from '#cluster/cluster.ts'
import type { CapacityLine, SourceState } from '#model/overview.ts'
import type { DiskFill, ServiceErrors } from '#model/overview-inputs.ts'
import type { AlertRow, TargetRow } from '#model/prometheus.ts'
import { SourceError } from '#model/reading.ts'
import type { ChartData } from '#model/subject-charts/lines.ts'
import type { ChartSpec } from '#model/subject-charts/spec.ts'
import type { TimeRange } from '#model/time.ts'
import { queryRange, queryVector } from '#sources/prometheus/query.ts'
import type { Reach } from '#sources/prometheus/reach.ts'
import { alerts, targets } from '#sources/prometheus/state.ts'
import { atMost } from './at-most.ts'
import { combine, switchFeed } from './derive.ts'
import { type Explorer, openExplorer } from './explorer.ts'
import type { Feed } from './feed.ts'
import { type NowFigures, openNowFigures } from './figures-now.ts'
import { type Hearing, openHearing } from './hearing.ts'
import { keptFeeds } from './kept-feeds.ts'
import type { Live } from './live.ts'
import { type Ask, readCapacity, readDisks, readRestarts, readServices } from './metrics-read.ts'
import { type NodeFigures, openNodeFigures } from './node-figures.ts'
import { poll } from './poll.ts'
import { type Questions, questions } from './questions.ts'
import { openRoute } from './route.ts'
import { questionOf, readChart } from './subject-charts.ts'
import type { Timing } from './timing.ts'
import { openUsage, type UsageFeeds } from './usage.ts'

export interface MetricsParts {
  readonly cluster: Cluster
  readonly prometheusUrl?: string | undefined
  readonly namespace: Feed<string | undefined>
  readonly range: Feed<TimeRange>
  readonly timing: Timing
  /** Milliseconds for one read; 20 s where absent. */
  readonly timeout?: number
}

export interface Metrics extends Omit<UsageFeeds, 'usageFrom'>, NodeFigures, NowFigures {
  readonly restarts: Feed<Live<ReadonlyMap<string, number>>>
  readonly services: Feed<Live<readonly ServiceErrors[]>>
  readonly disks: Feed<Live<readonly DiskFill[]>>
  readonly alerts: Feed<Live<readonly AlertRow[]>>
  readonly targets: Feed<Live<readonly TargetRow[]>>
  readonly capacity: Feed<Live<readonly CapacityLine[]>>
  /** Over the shared range, for a plot of so many columns. */
  chart(spec: ChartSpec, columns: number): Feed<Live<ChartData>>
  /** What the dashboards ask: over the same route, and no more at once. */
  readonly ask: Questions
  readonly explorer: Explorer
  /** How Prometheus is reached, when it last answered, and why it does not. */
  readonly source: Feed<SourceState>
  /** The same as the requests of what is shown find it: looking at this asks for nothing. */
  readonly contact: Feed<SourceState>
  close(): Promise<void>
}

const interval = 30_000
const keptCharts = 50

export function openMetrics(parts: MetricsParts): Metrics {
  const { cluster, timing, namespace, range } = parts
  const route = openRoute(parts)
  const hearing = openHearing(timing, () => true)
  const reach = heardReach(route.reach, hearing)
  const slots = atMost(8)
  const timeout = parts.timeout ?? 20_000
  const ask: Ask = {
    vector: (expr, signal) => slots(() => queryVector(reach, expr, undefined, signal), signal),
    range: (expr, bounds, signal) =>
      slots(async () => (await queryRange(reach, { expr, ...bounds }, signal)).series, signal),
  }
  const every = <T>(read: (signal: AbortSignal) => Promise<T>) => poll({ read, interval, timeout, timing })
  const scoped = <T>(read: (namespace: string | undefined, signal: AbortSignal) => Promise<T>) =>
    switchFeed(namespace, (name) => every((signal) => read(name, signal)))

  const { usageFrom, ...usage } = openUsage({ cluster, ask, namespace, interval, timeout, timing })
  const charts = keptFeeds<Live<ChartData>>(keptCharts)
  const alertFeed = every((signal) => slots(() => alerts(reach, signal), signal))
  const targetFeed = every((signal) => slots(() => targets(reach, signal), signal))
  return {
    ...usage,
    ...openNowFigures({ ask, every }),
    ...openNodeFigures({ ask, range, every, now: () => timing.now() }),
    restarts: scoped((name, signal) => readRestarts(ask, name, signal)),
    services: every((signal) => readServices(ask, timing.now(), signal)),
    disks: scoped((name, signal) => readDisks(ask, name, signal)),
    alerts: alertFeed,
    targets: targetFeed,
    capacity: switchFeed(range, (shared) =>
      every((signal) => readCapacity(ask, shared, timing.now(), signal)),
    ),
    chart(spec, columns) {
      const key = `${columns} ${questionOf(spec)}`
      return charts(key, () =>
        switchFeed(range, (shared) =>
          every((signal) => readChart(ask, spec, shared, columns, timing.now(), signal)),
        ),
      )
    },
    ask: questions(reach, slots),
    explorer: openExplorer({ reach, slots, range, timing }),
    source: combine([alertFeed, targetFeed, route.state, usageFrom], sourceState),
    contact: combine([hearing, route.state], ({ at, gap }, way) => ({
      name: 'prometheus',
      pending: at === undefined && gap === undefined,
      ...way,
      ...(at !== undefined && { at }),
      ...(gap && { gap }),
    })),
    close: () => route.close(),
  }
}

function sourceState(
  alertsNow: Live<unknown>,
  targetsNow: Live<unknown>,
  way: RouteState | undefined,
  usageFrom: string,
): SourceState {
  const at = Math.max(alertsNow.dataAt ?? 0, targetsNow.dataAt ?? 0)
  const gap = alertsNow.gap && targetsNow.gap ? targetsNow.gap : undefined
  const other = usageFrom === 'prometheus' ? undefined : `usage from ${usageFrom} instead`
  const why = [way?.why, other].filter((text) => text !== undefined).join('; ')
  return {
    name: 'prometheus',
    pending: at === 0 && gap === undefined,
    ...(way && { route: way.route }),
    ...(why !== '' && { why }),
    ...(at > 0 && { at }),
    ...(gap && { gap }),
  }
}

/** A query that Prometheus finds wrong is answered all the same; what stands before it and has nobody behind is not. */
function heardReach(reach: Reach, hearing: Hearing): Reach {
  return async (request, signal) => {
    try {
      const answer = await reach(request, signal)
      if (answer.status < 500) hearing.answered()
      else hearing.failed(new SourceError({ reason: 'server-error', detail: `answered ${answer.status}` }))
      return answer
    } catch (error) {
      if (!signal.aborted) hearing.failed(error)
      throw error
    }
  }
}
