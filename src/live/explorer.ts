// What the PromQL explorer asks: the answers of typed queries, and the names that completion offers.
// All bounded, over the route and the limit of all other queries; nothing is asked while nobody looks.
import type { MetricHelp, Names, QueryAnswer } from '#model/prometheus.ts'
import { alignRange, stepFor } from '#model/query-step.ts'
import { SourceError } from '#model/reading.ts'
import { boundsOf, type TimeRange } from '#model/time.ts'
import { labels, labelValues, metadata } from '#sources/prometheus/names.ts'
import { type AnswerBounds, queryInstant, queryRange } from '#sources/prometheus/query.ts'
import type { Reach } from '#sources/prometheus/reach.ts'
import type { Slots } from './at-most.ts'
import { createCell } from './cell.ts'
import { switchFeed } from './derive.ts'
import type { Cell, Feed } from './feed.ts'
import { keptFeeds } from './kept-feeds.ts'
import type { Live } from './live.ts'
import { poll } from './poll.ts'
import type { Timing } from './timing.ts'

/** A range query's answer with what was asked. */
export interface RangeAnswer {
  readonly from: number
  readonly to: number
  /** Milliseconds. */
  readonly step: number
  readonly answer: QueryAnswer & { readonly type: 'matrix' }
}

export interface Explorer {
  /** What was asked in this session, the newest last. */
  readonly history: Cell<readonly string[]>
  /** At the end of the shared range. */
  instant(expr: string): Feed<Live<QueryAnswer>>
  /** Over the shared range, for a plot of so many columns. */
  range(expr: string, columns: number): Feed<Live<RangeAnswer>>
  readonly metricNames: Feed<Live<Names>>
  readonly metricHelp: Feed<Live<ReadonlyMap<string, MetricHelp>>>
  /** The labels of the selected series; of all where no selector is given. */
  labels(selectors: readonly string[]): Feed<Live<Names>>
  values(label: string, selectors: readonly string[]): Feed<Live<Names>>
}

export interface ExplorerParts {
  readonly reach: Reach
  readonly slots: Slots
  readonly range: Feed<TimeRange>
  readonly timing: Timing
}

const interval = 30_000
/** Names change with what is deployed, not with the minute. */
const namesInterval = 10 * 60_000
const timeout = 30_000
const mostNames = 20_000
const mostLabels = 5000
const kept = 50
const hour = 3_600_000

/** More is more than anybody reads, and a chart draws six. */
const bounds = { chart: 500, table: 2000, bytes: 12_000_000 } as const
const within = (series: number): AnswerBounds => ({ series, timeout, bytes: bounds.bytes })

export function openExplorer({ reach, slots, range, timing }: ExplorerParts): Explorer {
  const every = <T>(milliseconds: number, read: (signal: AbortSignal) => Promise<T>) =>
    poll({
      read: (signal) => slots(() => read(signal), signal).catch(notAtOnce),
      ...{ interval: milliseconds, timeout, timing },
    })
  /** Names of the end of the range: all of two weeks would be read from disk. */
  const lately = () => {
    const { from, to } = boundsOf(range.get(), timing.now())
    return { from: Math.max(from, to - 6 * hour), to }
  }
  const names = (limit: number, read: (limit: number, signal: AbortSignal) => Promise<readonly string[]>) =>
    every(namesInterval, async (signal) => {
      const found = await read(limit + 1, signal)
      return { names: found.slice(0, limit), cut: found.length > limit }
    })
  const instants = keptFeeds<Live<QueryAnswer>>(kept)
  const ranges = keptFeeds<Live<RangeAnswer>>(kept)
  const labelFeeds = keptFeeds<Live<Names>>(kept)
  const valueFeeds = keptFeeds<Live<Names>>(kept)
  return {
    history: createCell<readonly string[]>([]),
    instant: (expr) =>
      instants(expr, () =>
        switchFeed(range, ({ to }) =>
          every(interval, (signal) =>
            queryInstant(reach, expr, to ?? timing.now(), signal, within(bounds.table)),
          ),
        ),
      ),
    range: (expr, columns) =>
      ranges(`${columns} ${expr}`, () =>
        switchFeed(range, (shared) =>
          every(interval, async (signal) => {
            const step = stepFor(shared, columns)
            const asked = boundsOf(shared, timing.now())
            const query = { expr, ...alignRange(asked, step), step }
            return { ...asked, step, answer: await queryRange(reach, query, signal, within(bounds.chart)) }
          }),
        ),
      ),
    metricNames: names(mostNames, (limit, signal) =>
      labelValues(reach, { label: '__name__', limit, ...lately() }, signal),
    ),
    metricHelp: every(namesInterval, (signal) => metadata(reach, mostNames, signal)),
    labels: (selectors) =>
      labelFeeds(selectors.join('\n'), () =>
        names(mostLabels, (limit, signal) =>
          labels(reach, { matchers: selectors, limit, ...lately() }, signal),
        ),
      ),
    values: (label, selectors) =>
      valueFeeds([label, ...selectors].join('\n'), () =>
        names(mostLabels, (limit, signal) =>
          labelValues(reach, { label, matchers: selectors, limit, ...lately() }, signal),
        ),
      ),
  }
}

/** What is wrong or too much stays so: it is not asked again before its time. */
function notAtOnce(error: unknown): never {
  if (error instanceof SourceError && (error.reason === 'invalid' || error.reason === 'too-many'))
    throw new SourceError(error, { retryAfter: Math.max(interval, error.retryAfter ?? 0), cause: error })
  throw error
}
