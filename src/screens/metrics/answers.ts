// The answers to the queries on the screen, in their order: of a moment for the table, over the range for the chart.
import { useMemo } from 'react'
import type { Deck } from '#live/deck.ts'
import { combine, mapFeed } from '#live/derive.ts'
import type { RangeAnswer } from '#live/explorer.ts'
import type { Live } from '#live/live.ts'
import type { QueryAnswer } from '#model/prometheus.ts'
import { useFeed } from '#ui/useFeed.ts'

export interface Answered {
  readonly letter: string
  readonly expr: string
  readonly live: Live<QueryAnswer>
  /** What it was asked over, where it was a range. */
  readonly asked?: Omit<RangeAnswer, 'answer'>
}

/** A query's letter, as in a legend of many queries. */
export const letterOf = (index: number) => String.fromCharCode(65 + index)

/** `columns` of the plot. */
export function useAnswers(
  deck: Deck,
  queries: readonly string[],
  view: 'chart' | 'table',
  columns: number,
): readonly Answered[] {
  const feed = useMemo(
    () =>
      combine(
        queries.flatMap((expr, index) => {
          const query = { letter: letterOf(index), expr }
          // A query that is typed for the first time has not been asked yet.
          if (expr === '') return []
          return view === 'table'
            ? [mapFeed(deck.explorer.instant(expr), (live): Answered => ({ ...query, live }))]
            : [mapFeed(deck.explorer.range(expr, columns), (live) => ofRange(query, live))]
        }),
        (...all) => all,
      ),
    [deck, queries, view, columns],
  )
  return useFeed(feed)
}

function ofRange(query: Pick<Answered, 'letter' | 'expr'>, live: Live<RangeAnswer>): Answered {
  const { data, ...state } = live
  if (data === undefined) return { ...query, live: state }
  const { answer, ...asked } = data
  return { ...query, live: { ...state, data: answer }, asked }
}

/** Series or samples of an answer. */
export function sizeOf(answer: QueryAnswer): number {
  switch (answer.type) {
    case 'matrix':
      return answer.series.length
    case 'vector':
      return answer.samples.length
    default:
      return 1
  }
}
