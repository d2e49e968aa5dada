// What the Overview is made of: the feeds it looks at, and their values as the inputs of its judgement.
import type { EventRow, FluxRow, NodeRow, PodRow, Row, WorkloadRow } from '#model/kube.ts'
import type { SourceState } from '#model/overview.ts'
import type { OverviewInputs } from '#model/overview-inputs.ts'
import type { Gap, Reading } from '#model/reading.ts'
import type { TimeRange } from '#model/time.ts'
import type { Rows } from './deck.ts'
import type { Feed } from './feed.ts'
import { isSilence } from './heard-cluster.ts'
import type { Live } from './live.ts'
import type { Metrics } from './metrics.ts'
import type { Timing } from './timing.ts'

export interface OverviewParts {
  readonly context: string
  readonly namespace: Feed<string | undefined>
  readonly range: Feed<TimeRange>
  readonly pods: Feed<Live<Rows<PodRow>>>
  readonly nodes: Feed<Live<Rows<NodeRow>>>
  readonly workloads: Feed<Live<Rows<WorkloadRow>>>
  readonly events: Feed<Live<Rows<EventRow>>>
  readonly flux: Feed<Live<Rows<FluxRow>>>
  readonly metrics: Pick<
    Metrics,
    | 'podUsage'
    | 'nodeUsage'
    | 'restarts'
    | 'services'
    | 'disks'
    | 'alerts'
    | 'targets'
    | 'capacity'
    | 'source'
  >
  readonly timing: Timing
}

const tables = ['pods', 'nodes', 'workloads', 'events', 'flux'] as const
const measures = [
  'podUsage',
  'nodeUsage',
  'restarts',
  'services',
  'disks',
  'alerts',
  'targets',
  'capacity',
] as const

export function feedsOf(parts: OverviewParts): readonly Feed<unknown>[] {
  const { metrics } = parts
  return [
    parts.namespace,
    parts.range,
    ...tables.map((name) => parts[name]),
    ...measures.map((name) => metrics[name]),
    metrics.source,
  ]
}

/** What the judgement depends on, to be compared by identity: ages and attempts come and go without a difference. */
export function stampOf(parts: OverviewParts): readonly unknown[] {
  const lives: readonly Live<unknown>[] = [
    ...tables.map((name) => parts[name].get()),
    ...measures.map((name) => parts.metrics[name].get()),
  ]
  return [
    parts.namespace.get(),
    parts.range.get(),
    ...lives.flatMap((live) => [live.data, live.gap?.detail]),
    JSON.stringify({ ...parts.metrics.source.get(), at: undefined }),
  ]
}

/** How many of the parts have an answer, whole or refused. */
export function knownOf(parts: OverviewParts): number {
  const reads = tables.filter((name) => {
    const { data, gap } = parts[name].get()
    return gap !== undefined || data?.complete === true
  })
  const measured = measures.filter((name) => {
    const { data, gap } = parts.metrics[name].get()
    return gap !== undefined || data !== undefined
  })
  return reads.length + measured.length
}

export function inputsOf(parts: OverviewParts): OverviewInputs {
  const { metrics } = parts
  const namespace = parts.namespace.get()
  const partial: { what: string; gap: Gap }[] = []
  const rows = <T extends Row>(what: string, feed: Feed<Live<Rows<T>>>): Reading<readonly T[]> => {
    const { data, dataAt, gap } = feed.get()
    if (data?.partial !== undefined)
      partial.push({ what, gap: { reason: 'forbidden', detail: withoutName(data.partial, what) } })
    return {
      ...(data && { data: data.rows }),
      ...(dataAt !== undefined && { dataAt }),
      ...(gap && { gap }),
      pending: !gap && data?.complete !== true,
    }
  }
  return {
    context: parts.context,
    ...(namespace !== undefined && { namespace }),
    range: parts.range.get(),
    pods: rows('pods', parts.pods),
    nodes: rows('nodes', parts.nodes),
    workloads: rows('workloads', parts.workloads),
    events: rows('events', parts.events),
    flux: rows('flux', parts.flux),
    partial,
    podUsage: readingOf(metrics.podUsage.get()),
    nodeUsage: readingOf(metrics.nodeUsage.get()),
    restarts: readingOf(metrics.restarts.get()),
    services: readingOf(metrics.services.get()),
    disks: readingOf(metrics.disks.get()),
    alerts: readingOf(metrics.alerts.get()),
    targets: readingOf(metrics.targets.get()),
    capacity: readingOf(metrics.capacity.get()),
    sources: [kubernetesState(parts), metrics.source.get(), ...unread],
  }
}

/** `pods: 2 of 9 namespaces` where the pods are named anyway. */
function withoutName(note: string, what: string): string {
  return note.startsWith(`${what}: `) ? note.slice(what.length + 2) : note
}

function readingOf<T>({ data, dataAt, gap }: Live<T>): Reading<T> {
  return {
    ...(data !== undefined && { data }),
    ...(dataAt !== undefined && { dataAt }),
    ...(gap && { gap }),
    pending: data === undefined && !gap,
  }
}

/** A refusal is an answer: what was refused is said where it is missed. */
function kubernetesState({ pods, nodes }: OverviewParts): SourceState {
  const lives = [pods.get(), nodes.get()]
  const silent = (gap: Gap | undefined) => gap !== undefined && isSilence(gap)
  const at = Math.max(
    ...lives.map(({ dataAt, gap, gapAt }) => Math.max(dataAt ?? 0, silent(gap) ? 0 : (gapAt ?? 0))),
  )
  const gap = lives.every((live) => silent(live.gap)) ? lives[0]?.gap : undefined
  return {
    name: 'kubernetes',
    route: 'direct',
    why: 'the server of the kubeconfig',
    pending: at === 0 && !gap,
    ...(at > 0 && { at }),
    ...(gap && { gap }),
  }
}

const unread: readonly SourceState[] = (['clickstack', 'alertmanager', 'ntfy', 'grafana'] as const).map(
  (name) => ({
    name,
    pending: false,
    gap: { reason: 'not-installed', detail: 'not read yet by this version of obsdeck' },
  }),
)

/** The readings that a whole Overview waits for. */
export function readingsOf(inputs: OverviewInputs): readonly (readonly [string, Reading<unknown>])[] {
  return [...tables, ...measures].map((name) => [name, inputs[name]] as const)
}
