// The figures that the width shows, asked for while they are shown and no longer.
import { useMemo } from 'react'
import type { Deck } from '#live/deck.ts'
import { combine } from '#live/derive.ts'
import type { Live } from '#live/live.ts'
import { type FigureData, figureQueries, type NodeFigure } from '#model/node-figures.ts'
import { useFeed } from '#ui/useFeed.ts'
import { type FigureReadings, lineCells } from './figures.ts'

/** `figures` keeps its identity, and so does the answer while no figure has other data. */
export function useFigures(deck: Deck, figures: readonly NodeFigure[]): FigureReadings {
  const feed = useMemo(() => {
    let last: FigureReadings | undefined
    return combine<readonly Live<FigureData>[], FigureReadings>(
      figures.map((figure) => deck.nodeFigure(figure, lineCells)),
      (...lives) => {
        const readings = new Map(
          figures.flatMap((figure, index) => {
            const live = lives[index]
            return live === undefined || nowhere(figure, live) ? [] : [[figure, live] as const]
          }),
        )
        last = last !== undefined && sameOf(last, readings) ? last : readings
        return last
      },
    )
  }, [deck, figures])
  return useFeed(feed)
}

/** What no machine has needs no column. */
const nowhere = (figure: NodeFigure, { data, gap }: Live<FigureData>) =>
  figureQueries[figure].optional === true && data === undefined && gap?.reason === 'no-series'

/** That one is being read again is no news. */
function sameOf(a: FigureReadings, b: FigureReadings): boolean {
  if (a.size !== b.size) return false
  for (const [figure, { data, gap }] of b) {
    const before = a.get(figure)
    if (before === undefined || before.data !== data || before.gap !== gap) return false
  }
  return true
}
