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
  /** The first and the last value in time, for joining a column to its neighbours, and when they were. */
  readonly first: number
  readonly last: number
  readonly firstAt: number
  readonly lastAt: number
}

export function resample(
  samples: Samples,
  from: number,
  to: number,
  columns: number,
): (Extent | undefined)[] {
  const extents = new Array<{ -readonly [Key in keyof Extent]: Extent[Key] } | undefined>(columns).fill(
    undefined,
  )
  const perColumn = (to - from) / columns
  if (!(perColumn > 0)) return extents
  for (let index = 0; index < samples.times.length; index++) {
    const at = samples.times[index] ?? Number.NaN
    const value = samples.values[index]
    if (value === undefined || !Number.isFinite(value) || !(at >= from && at <= to)) continue
    const column = Math.min(columns - 1, Math.floor((at - from) / perColumn))
    const known = extents[column]
    if (known === undefined) {
      extents[column] = { min: value, max: value, first: value, last: value, firstAt: at, lastAt: at }
      continue
    }
    if (value < known.min) known.min = value
    if (value > known.max) known.max = value
    known.last = value
    known.lastAt = at
  }
  return extents
}

/** The usual distance between two samples, milliseconds; undefined where there are less than two. */
export function usualStep(times: readonly number[]): number | undefined {
  const distances: number[] = []
  for (let index = 1; index < times.length; index++) {
    distances.push((times[index] ?? 0) - (times[index - 1] ?? 0))
  }
  distances.sort((a, b) => a - b)
  return distances[Math.floor(distances.length / 2)]
}

/**
 * How many columns two neighbouring samples may lie apart and still be one line: one and a half times the usual
 * distance between samples. Anything longer is a gap, which must not be joined.
 */
export function reach(samples: Samples, from: number, to: number, columns: number): number {
  const usual = usualStep(samples.times)
  return usual === undefined ? 1 : Math.max(1, Math.ceil((usual * 1.5 * columns) / (to - from)))
}
