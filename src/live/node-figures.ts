// The figures of all nodes, now and over the shared range: each asked for only while somebody looks at it.

import {
  type ByHost,
  type FigureData,
  type FigureLine,
  figureQueries,
  hostOf,
  type NodeFigure,
} from '#model/node-figures.ts'
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
  /** Now, and over the shared range as a line of so many columns. */
  over(figure: NodeFigure, columns: number): Feed<Live<FigureData>>
  now(figure: NodeFigure): Feed<Live<ByHost<number>>>
}

export interface NodeFigureParts {
  readonly ask: Ask
  readonly range: Feed<TimeRange>
  readonly every: <T>(read: (signal: AbortSignal) => Promise<T>) => Feed<Live<T>>
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** All figures at one width, and those of the width before. */
const kept = 14

export function openNodeFigures({ ask, range, every, now }: NodeFigureParts): NodeFigures {
  const feeds = keptFeeds<Live<FigureData>>(kept)
  return {
    over: (figure, columns) =>
      feeds(`${figure} ${columns}`, () =>
        switchFeed(range, (shared) => {
          const lines = linesReader(ask, figure, shared, columns)
          return every((signal) => readFigure(ask, figure, lines, now(), signal))
        }),
      ),
    now: (figure) => every((signal) => readNow(ask, figure, signal)),
  }
}

type Lines = Omit<FigureData, 'now'>
type LinesReader = (now: number, signal: AbortSignal) => Promise<Lines>

/** The lines change when a step is over: until then those that were read are the answer. */
function linesReader(ask: Ask, figure: NodeFigure, range: TimeRange, columns: number): LinesReader {
  const step = stepFor(range, columns)
  let last: Lines | undefined
  return async (now, signal) => {
    const { from, to } = alignRange(boundsOf(range, now), step)
    if (last?.to === to && last.lines.size > 0) return last
    const series = await ask.range(figureQueries[figure].over(step), { from, to, step }, signal)
    const lines = new Map<string, FigureLine>(
      series.map(({ labels, times, values }) => [hostOf(labels.instance ?? ''), { times, values }]),
    )
    last = { lines, from, to }
    return last
  }
}

/** @throws SourceError `no-series` where no node has any. */
async function readFigure(
  ask: Ask,
  figure: NodeFigure,
  readLines: LinesReader,
  now: number,
  signal: AbortSignal,
): Promise<FigureData> {
  const usageHasIt = figure === 'cpu' || figure === 'memory'
  const [lines, current] = await Promise.all([
    readLines(now, signal),
    usageHasIt ? nothing : ask.vector(figureQueries[figure].now, signal),
  ])
  if (lines.lines.size === 0 && current.length === 0) throw noSeries(figure)
  return { ...lines, now: byHost(current) }
}

/** @throws SourceError `no-series` where no node has any. */
async function readNow(ask: Ask, figure: NodeFigure, signal: AbortSignal): Promise<ByHost<number>> {
  const samples = await ask.vector(figureQueries[figure].now, signal)
  if (samples.length === 0) throw noSeries(figure)
  return byHost(samples)
}

const nothing: readonly InstantSample[] = []

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
