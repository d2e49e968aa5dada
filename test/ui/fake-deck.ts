// A deck of cells set by hand, for screens without a cluster. Counts who looks, so that a test can see that
// nothing off-screen is asked for.
import type { ClusterDashboard, Deck, LogTail, Rows, TableRows, Usage } from '#live/deck.ts'
import type { RangeAnswer } from '#live/explorer.ts'
import type { Cell, Feed } from '#live/feed.ts'
import { type Live, nothingYet } from '#live/live.ts'
import type { EventRow, KubeObject, Resource, Row } from '#model/kube.ts'
import type { FigureLines } from '#model/node-figures.ts'
import type { ByHost } from '#model/node-hosts.ts'
import type { Overview, SourceState } from '#model/overview.ts'
import type { MetricHelp, Names, QueryAnswer } from '#model/prometheus.ts'
import type { ChartData } from '#model/subject-charts/lines.ts'
import type { FiguresNow } from '#model/subject-facts/question.ts'
import type { TimeRange } from '#model/time.ts'
import { type FakeBoard, fakeBoard } from './fake-board.ts'

interface FakeCell<T> extends Cell<T> {
  /** How many look at it now. */
  readonly lookers: () => number
}

function cell<T>(start: T): FakeCell<T> {
  let value = start
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    lookers: () => listeners.size,
  }
}

/** Short waits are real; who waits long is told at once, so that a frame shows what is said then. */
function elapsed(milliseconds: number): Feed<boolean> {
  if (milliseconds >= 300) return cell(true)
  return {
    get: () => false,
    subscribe(changed) {
      const timer = setTimeout(changed, milliseconds)
      return () => clearTimeout(timer)
    },
  }
}

/** Rows that have been read completely at `at`. */
export function rowsAt<T extends Row>(rows: readonly T[], at: number): Live<Rows<T>> {
  return { data: { rows, complete: true }, dataAt: at, pending: false, failures: 0, phase: 'waiting' }
}

/** 2026-11-22 03:12:00 UTC: the fixed clock of the frames. */
export const fixedNow = 1_795_317_120_000

export function emptyOverview(now: number): Overview {
  const pending = { pending: true } as const
  return {
    at: now,
    context: 'talos-home',
    range: { span: 3_600_000 },
    wrong: [],
    blind: [],
    nodes: pending,
    pods: pending,
    capacity: pending,
    topCpu: pending,
    topMemory: pending,
    flux: pending,
    alerts: pending,
    stack: pending,
    sources: [],
  }
}

type Cells = {
  readonly [Key in
    | 'namespace'
    | 'range'
    | 'now'
    | 'sources'
    | 'overview'
    | 'pods'
    | 'nodes'
    | 'workloads'
    | 'events'
    | 'flux'
    | 'podUsage'
    | 'nodeUsage'
    | 'namespaces'
    | 'resources'
    | 'dashboards']: Deck[Key] extends Feed<infer T> ? FakeCell<T> : never
}

export interface FakeDeck extends Omit<Deck, keyof Cells | 'dashboard'>, Cells {
  dashboard(entry: Pick<ClusterDashboard, 'namespace' | 'name'>): FakeBoard
  /** What some pods' usage was last opened for, and its answer. */
  viewed?: Feed<readonly string[]>
  readonly viewedUsage: FakeCell<Live<Usage>>
  readonly tables: Map<string, FakeCell<Live<TableRows>>>
  readonly objects: Map<string, FakeCell<Live<KubeObject>>>
  readonly abouts: Map<string, FakeCell<Live<Rows<EventRow>>>>
  readonly tails: Map<string, FakeCell<Live<LogTail>>>
  readonly charts: Map<string, FakeCell<Live<ChartData>>>
  /** By the series that is asked for. */
  readonly nows: Map<string, FakeCell<Live<FiguresNow>>>
  /** By the figure's name. */
  readonly nodeFigures: Map<string, FakeCell<Live<ByHost<number>>>>
  readonly nodeLineCells: Map<string, FakeCell<Live<FigureLines>>>
  /** By what was asked: the expression, the selectors in one text, the label before them. */
  readonly asked: {
    readonly instants: Map<string, FakeCell<Live<QueryAnswer>>>
    readonly ranges: Map<string, FakeCell<Live<RangeAnswer>>>
    readonly labels: Map<string, FakeCell<Live<Names>>>
    readonly values: Map<string, FakeCell<Live<Names>>>
    readonly names: FakeCell<Live<Names>>
    readonly help: FakeCell<Live<ReadonlyMap<string, MetricHelp>>>
  }
  /** By `namespace/name`. */
  readonly boards: Map<string, FakeBoard>
  closed(): boolean
}

function kept<T>(map: Map<string, FakeCell<Live<T>>>, key: string): FakeCell<Live<T>> {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = cell<Live<T>>(nothingYet)
  map.set(key, made)
  return made
}

function boardOf({ boards }: FakeDeck, key: string): FakeBoard {
  const board = boards.get(key) ?? fakeBoard()
  boards.set(key, board)
  return board
}

export function fakeDeck(context = 'talos-home', now = fixedNow): FakeDeck {
  let closed = false
  const history = cell<readonly string[]>([])
  const deck: FakeDeck = {
    context,
    contexts: ['talos-home', 'lab'],
    user: 'ben',
    server: 'https://127.0.0.1:6443',
    namespace: cell<string | undefined>(undefined),
    range: cell<TimeRange>({ span: 3_600_000 }),
    now: cell(now),
    sources: cell<readonly SourceState[]>([]),
    overview: cell(emptyOverview(now)),
    pods: cell(nothingYet),
    nodes: cell(nothingYet),
    workloads: cell(nothingYet),
    events: cell(nothingYet),
    flux: cell(nothingYet),
    podUsage: cell(nothingYet),
    nodeUsage: cell(nothingYet),
    viewedUsage: cell<Live<Usage>>(nothingYet),
    podUsageOf(view) {
      deck.viewed = view
      return deck.viewedUsage
    },
    namespaces: cell<Live<readonly string[]>>({ ...nothingYet, data: ['default', 'observability', 'shop'] }),
    resources: cell<Live<readonly Resource[]>>({ ...nothingYet, data: [] }),
    dashboards: cell(nothingYet),
    elapsed: (milliseconds) => elapsed(milliseconds),
    tables: new Map(),
    objects: new Map(),
    abouts: new Map(),
    tails: new Map(),
    charts: new Map(),
    nows: new Map(),
    nodeFigures: new Map(),
    nodeLineCells: new Map(),
    asked: {
      instants: new Map(),
      ranges: new Map(),
      labels: new Map(),
      values: new Map(),
      names: cell(nothingYet),
      help: cell(nothingYet),
    },
    get explorer() {
      const { instants, ranges, labels, values, names, help } = deck.asked
      return {
        history,
        instant: (expr: string) => kept(instants, expr),
        range: (expr: string) => kept(ranges, expr),
        metricNames: names,
        metricHelp: help,
        labels: (selectors: readonly string[]) => kept(labels, selectors.join(' ')),
        values: (label: string, selectors: readonly string[]) =>
          kept(values, [label, ...selectors].join(' ')),
      }
    },
    table: (resource) => kept(deck.tables, `${resource.plural}.${resource.group}`),
    object: (ref) => kept(deck.objects, `${ref.kind} ${ref.namespace ?? ''}/${ref.name}`),
    eventsAbout: (ref) => kept(deck.abouts, `${ref.kind} ${ref.namespace ?? ''}/${ref.name}`),
    chart: (spec) => kept(deck.charts, spec.id),
    figuresNow: ({ metric }) => kept(deck.nows, metric),
    nodeFigure: (figure) => kept(deck.nodeFigures, figure),
    nodeLines: (figure) => kept(deck.nodeLineCells, figure),
    boards: new Map(),
    dashboard: (entry) => boardOf(deck, `${entry.namespace}/${entry.name}`),
    logs: (subject) => kept(deck.tails, `${subject.namespace}/${subject.pod ?? subject.selector ?? ''}`),
    open: async (other) => fakeDeck(other, now),
    close: async () => {
      closed = true
    },
    closed: () => closed,
  }
  return deck
}
