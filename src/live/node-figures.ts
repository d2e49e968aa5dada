// The figures of all nodes, now and over the shared range: each asked for only while somebody looks at it.

import {
  type FigureLine,
  type FigureLines,
  figureQueries,
  type NodeFigure,
  type NumberFigure,
  nodeFigureNames,
} from '#model/node-figures.ts'
import { type ByHost, hostOf } from '#model/node-hosts.ts'
import type { InstantSample } from '#model/prometheus.ts'
import { alignRange, stepFor } from '#model/query-step.ts'
import { SourceError } from '#model/reading.ts'
import { boundsOf, type TimeRange } from '#model/time.ts'
import { switchFeed } from './derive.ts'
import type { Feed } from './feed.ts'
import { keptFeeds } from './kept-feeds.ts'
import type { Live } from './live.ts'
import type { Ask } from './metrics-read.ts'

export interface NodeFigures {
  /** A figure of all nodes now; those of cpu and memory are the usage. */
  nodeFigure(figure: NumberFigure): Feed<Live<ByHost<number>>>
  /** Over the shared range, for lines of so many columns. */
  nodeLines(figure: NodeFigure, columns: number): Feed<Live<FigureLines>>
}

export interface NodeFigureParts {
  readonly ask: Ask
  readonly range: Feed<TimeRange>
  readonly every: <T>(read: (signal: AbortSignal) => Promise<T>) => Feed<Live<T>>
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Every figure at two widths. */
const kept = 2 * nodeFigureNames.length

/** Numbers and lines are asked for apart: a long range must not keep the numbers waiting. */
export function openNodeFigures({ ask, range, every, now }: NodeFigureParts): NodeFigures {
  const lines = keptFeeds<Live<FigureLines>>(kept)
  const numbers = keptFeeds<Live<ByHost<number>>>(kept)
  return {
    nodeFigure: (figure) => numbers(figure, () => every((signal) => readNow(ask, figure, signal))),
    nodeLines: (figure, columns) =>
      lines(`${figure} ${columns}`, () =>
        switchFeed(range, (shared) => {
          const read = linesReader(ask, figure, shared, columns)
          return every((signal) => read(now(), signal))
        }),
      ),
  }
}

/** The lines change when a step is over: until then those that were read are the answer. */
function linesReader(
  ask: Ask,
  figure: NodeFigure,
  range: TimeRange,
  columns: number,
): (now: number, signal: AbortSignal) => Promise<FigureLines> {
  const step = stepFor(range, columns)
  let last: FigureLines | undefined
  return async (now, signal) => {
    const { from, to } = alignRange(boundsOf(range, now), step)
    if (last?.to === to) return last
    const series = await ask.range(figureQueries[figure].over(step), { from, to, step }, signal)
    if (series.length === 0) throw noSeries(figure)
    const lines = new Map<string, FigureLine>(
      series.map(({ labels, times, values }) => [hostOf(labels.instance ?? ''), { times, values }]),
    )
    last = { lines, from, to }
    return last
  }
}

/** @throws SourceError `no-series` where no node has any. */
async function readNow(ask: Ask, figure: NumberFigure, signal: AbortSignal): Promise<ByHost<number>> {
  const samples = await ask.vector(figureQueries[figure].now, signal)
  if (samples.length === 0) throw noSeries(figure)
  return byHost(samples)
}

function byHost(samples: readonly InstantSample[]): ByHost<number> {
  return new Map(
    samples.flatMap(({ labels, value }) =>
      Number.isFinite(value) ? [[hostOf(labels.instance ?? ''), value] as const] : [],
    ),
  )
}

function noSeries(figure: NodeFigure): SourceError {
  const { metric } = figureQueries[figure]
  return new SourceError({ reason: 'no-series', detail: `Prometheus has no ${metric}` })
}
