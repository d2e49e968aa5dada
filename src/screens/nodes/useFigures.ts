// The figures that the width shows, asked for while they are shown and no longer.
import { useMemo } from 'react'
import type { Deck } from '#live/deck.ts'
import { combine, mapFeed } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import { figureQueries, hasNumber, type NodeFigure } from '#model/node-figures.ts'
import type { Reading } from '#model/reading.ts'
import { useFeed } from '#ui/useFeed.ts'
import { type FigureReading, type FigureReadings, lineCells } from './figures.ts'

/** `figures` keeps its identity, and so does the answer while no figure has other data. */
export function useFigures(deck: Deck, figures: readonly NodeFigure[]): FigureReadings {
  const feed = useMemo(() => {
    let last: FigureReadings | undefined
    return combine<readonly FigureReading[], FigureReadings>(
      figures.map((figure) => figureFeed(deck, figure)),
      (...readings) => {
        const shown = new Map(
          figures.flatMap((figure, index) => {
            const reading = readings[index]
            return reading === undefined || nowhere(figure, reading) ? [] : [[figure, reading] as const]
          }),
        )
        last = last !== undefined && sameOf(last, shown) ? last : shown
        return last
      },
    )
  }, [deck, figures])
  return useFeed(feed)
}

function figureFeed(deck: Deck, figure: NodeFigure): Feed<FigureReading> {
  const lines = deck.nodeLines(figure, lineCells)
  if (!hasNumber(figure)) return mapFeed(lines, (read) => ({ lines: read }))
  return combine([deck.nodeFigure(figure), lines], (now, read) => ({ now, lines: read }))
}

/** What no machine has needs no column. */
const nowhere = (figure: NodeFigure, { now, lines }: FigureReading) =>
  figureQueries[figure].optional === true && hasNone(now) && hasNone(lines)
const hasNone = (reading: Reading<unknown> | undefined) =>
  reading?.data === undefined && reading?.gap?.reason === 'no-series'

/** That one is being read again is no news. */
function sameOf(a: FigureReadings, b: FigureReadings): boolean {
  if (a.size !== b.size) return false
  for (const [figure, { now, lines }] of b) {
    const before = a.get(figure)
    if (before === undefined || !same(before.lines, lines) || !same(before.now, now)) return false
  }
  return true
}

const same = (a: Reading<unknown> | undefined, b: Reading<unknown> | undefined) =>
  a?.data === b?.data && a?.gap === b?.gap
