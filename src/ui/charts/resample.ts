// Samples into columns: each column keeps its least and its greatest value, so that a spike survives any width.
// Times are milliseconds; what is absent stays absent.

export interface Samples {
  readonly times: readonly number[]
  readonly values: readonly number[]
}

/** One column of a chart: undefined where nothing was measured. */
export interface Extent {
  readonly min: number
  readonly max: number
  /** The first and the last value in time, for joining a column to its neighbours. */
  readonly first: number
  readonly last: number
}

export function resample(
  samples: Samples,
  from: number,
  to: number,
  columns: number,
): (Extent | undefined)[] {
  const extents = new Array<Extent | undefined>(columns).fill(undefined)
  const perColumn = (to - from) / columns
  if (!(perColumn > 0)) return extents
  for (const [index, at] of samples.times.entries()) {
    const value = samples.values[index]
    if (value === undefined || !Number.isFinite(value) || at < from || at > to) continue
    const column = Math.min(columns - 1, Math.floor((at - from) / perColumn))
    const known = extents[column]
    extents[column] =
      known === undefined
        ? { min: value, max: value, first: value, last: value }
        : { ...known, min: Math.min(known.min, value), max: Math.max(known.max, value), last: value }
  }
  return extents
}

/**
 * How many columns two neighbouring samples may lie apart and still be one line: one and a half times the usual
 * distance between samples. Anything longer is a gap, which must not be joined.
 */
export function reach(samples: Samples, from: number, to: number, columns: number): number {
  const distances: number[] = []
  for (let index = 1; index < samples.times.length; index++) {
    distances.push((samples.times[index] ?? 0) - (samples.times[index - 1] ?? 0))
  }
  if (distances.length === 0) return 1
  distances.sort((a, b) => a - b)
  const usual = distances[Math.floor(distances.length / 2)] ?? 0
  return Math.max(1, Math.ceil((usual * 1.5 * columns) / (to - from)))
}
