// How many charts stand beside and below one another: fixed for a size, so that nothing moves with what they show.

export interface Grid {
  readonly across: number
  /** Cells of one chart, its title line and one space at the right included. */
  readonly width: number
  readonly height: number
  /** How many fit on the screen. */
  readonly shown: number
}

/** Below this many lines a chart with its title says too little. */
const least = 7

export function gridOf(columns: number, rows: number, count: number): Grid {
  const across = Math.min(count, columns >= 160 ? 3 : columns >= 100 ? 2 : 1) || 1
  const bands = Math.ceil(count / across) || 1
  const down = Math.max(1, Math.min(bands, Math.floor(rows / least)))
  return {
    across,
    width: Math.floor(columns / across),
    height: Math.floor(rows / down),
    shown: across * down,
  }
}

/** The first chart on the screen: whole bands, with the focused one in view. */
export function firstShown(focus: number, { across, shown }: Grid): number {
  const band = Math.floor(focus / across)
  const bands = shown / across
  return Math.max(0, band - bands + 1) * across
}
