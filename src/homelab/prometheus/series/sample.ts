// From pieces of a series' life to samples at scrape times, with a staleness marker at the first scrape
// that no longer had the series (a failed scrape included), as Prometheus writes them.

import type { Series } from '#homelab/prometheus/storage.ts'
import type { Piece } from './family.ts'
import type { ScrapeState, Scrapes } from './scrape-target.ts'

type Samples = Omit<Series, 'labels'>

/** The series' samples; undefined where it has none in the window. */
export function sample(
  scrapes: Scrapes,
  pieces: readonly Piece[],
  isPresent: (state: ScrapeState) => boolean = (state) => state === 'ok',
): Samples | undefined {
  const { times } = scrapes
  const [first] = pieces
  if (times.length === 0 || !first) return undefined
  const last = times[times.length - 1] ?? 0
  const begin = scrapes.before?.time ?? times[0] ?? 0
  if (scrapes.clean && pieces.length === 1 && first.from <= begin && first.to > last) {
    return { times, values: whole(scrapes, first) }
  }
  return patched(scrapes, pieces, isPresent)
}

function whole(scrapes: Scrapes, piece: Piece): Float64Array {
  const { value } = piece
  return typeof value === 'number' ? scrapes.filled(value) : scrapes.worked(value)
}

function patched(
  scrapes: Scrapes,
  pieces: readonly Piece[],
  isPresent: (state: ScrapeState) => boolean,
): Samples | undefined {
  const times: number[] = []
  const values: number[] = []
  const stale = new Set<number>()
  let at = 0
  const pieceAt = (time: number): Piece | undefined => {
    while (at < pieces.length - 1 && (pieces[at]?.to ?? 0) <= time) at += 1
    const piece = pieces[at]
    return piece && piece.from <= time && time < piece.to ? piece : undefined
  }
  const { before } = scrapes
  let wasPresent = before !== undefined && isPresent(before.state) && pieceAt(before.time) !== undefined
  for (const [index, time] of scrapes.times.entries()) {
    const piece = isPresent(scrapes.states[index] ?? 'gone') ? pieceAt(time) : undefined
    if (piece) {
      times.push(time)
      values.push(typeof piece.value === 'number' ? piece.value : piece.value(time))
    } else if (wasPresent) {
      stale.add(times.length)
      times.push(time)
      values.push(Number.NaN)
    }
    wasPresent = piece !== undefined
  }
  if (times.length === 0) return undefined
  return stale.size > 0 ? { times, values, stale } : { times, values }
}
