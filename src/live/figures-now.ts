// What Prometheus knows now of one object, over no range: each question is asked only while somebody looks.
import { SourceError } from '#model/reading.ts'
import type { FigureQuestion, FiguresNow } from '#model/subject-facts/question.ts'
import type { Feed } from './feed.ts'
import { keptFeeds } from './kept-feeds.ts'
import type { Live } from './live.ts'
import type { Ask } from './metrics-read.ts'

export interface NowFigures {
  /** The same feed for the same question. */
  figuresNow(question: FigureQuestion): Feed<Live<FiguresNow>>
}

export interface NowFigureParts {
  readonly ask: Ask
  readonly every: <T>(read: (signal: AbortSignal) => Promise<T>) => Feed<Live<T>>
}

const kept = 20

export function openNowFigures({ ask, every }: NowFigureParts): NowFigures {
  const feeds = keptFeeds<Live<FiguresNow>>(kept)
  return {
    figuresNow: (question) => feeds(question.expr, () => every((signal) => readNow(ask, question, signal))),
  }
}

/** @throws SourceError `no-series` where there is none. */
async function readNow(
  ask: Ask,
  { expr, by, metric }: FigureQuestion,
  signal: AbortSignal,
): Promise<FiguresNow> {
  const samples = await ask.vector(expr, signal)
  const figures = new Map(
    samples.flatMap(({ labels, value }) =>
      Number.isFinite(value) ? [[(by && labels[by]) ?? '', value] as const] : [],
    ),
  )
  if (figures.size === 0)
    throw new SourceError({ reason: 'no-series', detail: `Prometheus has no ${metric} of it` })
  return figures
}
