// Everything that the cockpit shows, as feeds: what the screens get instead of a cluster. Shapes only: open-deck.ts makes one.
import type { Explorer } from '#live/explorer.ts'
import type { Cell, Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import type {
  Amounts,
  EventRow,
  FluxRow,
  KubeObject,
  NodeRow,
  ObjectRef,
  PodRow,
  Resource,
  Row,
  TableColumn,
  TableRow,
  WorkloadRow,
} from '#model/kube.ts'
import type { LogLine, LogSubject } from '#model/log.ts'
import type { FigureLines, NodeFigure, NumberFigure } from '#model/node-figures.ts'
import type { ByHost } from '#model/node-hosts.ts'
import type { Overview, SourceState } from '#model/overview.ts'
import type { ChartData } from '#model/subject-charts/lines.ts'
import type { ChartSpec } from '#model/subject-charts/spec.ts'
import type { FigureQuestion, FiguresNow } from '#model/subject-facts/question.ts'
import type { TimeRange } from '#model/time.ts'
import type { ClusterDashboard } from '#sources/grafana/dashboard-entry.ts'
import type { ClusterDashboards } from '#sources/grafana/resources.ts'
import type { Variables } from './dashboard-variables.ts'
import type { OpenDashboard } from './open-dashboard.ts'

/** The rows of one kind, kept current by list + watch. `rows` is a new array only when something changed. */
export interface Rows<T extends Row> {
  readonly rows: readonly T[]
  /** False while pages are still coming. */
  readonly complete: boolean
  /** Objects still to come, where the server says. */
  readonly remaining?: number
  /** Which namespaces could not be read, where only some could. */
  readonly partial?: string
}

export interface TableRows extends Rows<TableRow> {
  readonly resource: Resource
  readonly columns: readonly TableColumn[]
}

/** CPU cores and memory bytes in use, by `namespace/pod`. */
export type Usage = ReadonlyMap<string, Amounts>
/** The same of the nodes: `ofNode` finds one's. */
export type NodeUsage = ByHost<Amounts>

export interface LogTail {
  readonly lines: readonly LogLine[]
  /** Lines that fell out of the buffer; the screen says so. */
  readonly dropped: number
  readonly following: boolean
  /** None is open, and some are read no further: what was written since then is not here. */
  readonly capped?: boolean
  /** Streams that ended or failed, one sentence each. */
  readonly notes: readonly string[]
}

export type { ClusterDashboard, ClusterDashboards, OpenDashboard, Variables }

export interface Deck {
  readonly context: string
  readonly contexts: readonly string[]
  readonly user: string
  readonly server: string
  /** Absent value: all namespaces. */
  readonly namespace: Cell<string | undefined>
  readonly range: Cell<TimeRange>
  /** The clock that ages are counted against; steps once a second at most, only for who looks. */
  readonly now: Feed<number>

  /** False, and true from so many milliseconds after somebody began to look. A new one with each call. */
  elapsed(milliseconds: number): Feed<boolean>

  /** The sources as the requests of what is shown find them; looking at this asks for nothing. */
  readonly sources: Feed<readonly SourceState[]>
  readonly overview: Feed<Overview>
  readonly pods: Feed<Live<Rows<PodRow>>>
  readonly nodes: Feed<Live<Rows<NodeRow>>>
  readonly workloads: Feed<Live<Rows<WorkloadRow>>>
  readonly events: Feed<Live<Rows<EventRow>>>
  readonly flux: Feed<Live<Rows<FluxRow>>>
  readonly podUsage: Feed<Live<Usage>>
  /** Of the pods that `view` names, `namespace/pod`: of a few of many. A new one with each call. */
  podUsageOf(view: Feed<readonly string[]>): Feed<Live<Usage>>
  readonly nodeUsage: Feed<Live<NodeUsage>>
  readonly namespaces: Feed<Live<readonly string[]>>
  readonly resources: Feed<Live<readonly Resource[]>>

  /** A kind by any of its names (`po`, `pods`, `helmreleases.helm.toolkit.fluxcd.io`), as the server's Table. */
  table(resource: Resource): Feed<Live<TableRows>>
  object(ref: ObjectRef): Feed<Live<KubeObject>>
  eventsAbout(ref: ObjectRef): Feed<Live<Rows<EventRow>>>
  /** A chart of a node, pod or workload over the shared range, for a plot of so many columns. */
  chart(spec: ChartSpec, columns: number): Feed<Live<ChartData>>
  /** What Prometheus knows of one object now, whatever the range. */
  figuresNow(question: FigureQuestion): Feed<Live<FiguresNow>>
  /** A figure of all nodes now; those of cpu and memory are `nodeUsage`. */
  nodeFigure(figure: NumberFigure): Feed<Live<ByHost<number>>>
  /** The same over the shared range, for lines of so many columns. */
  nodeLines(figure: NodeFigure, columns: number): Feed<Live<FigureLines>>
  /** Grafana's dashboards that the cluster keeps. */
  readonly dashboards: Feed<Live<ClusterDashboards>>
  /** The same one for the same entry. */
  dashboard(entry: ClusterDashboard): OpenDashboard
  /** What is typed in PromQL. */
  readonly explorer: Explorer
  logs(subject: LogSubject): Feed<Live<LogTail>>
  /**
   * Another context of the same kubeconfig.
   * @throws SourceError where its API server does not answer, or knows nobody of our name.
   */
  open(context: string): Promise<Deck>
  close(): Promise<void>
}
