// The line of least squares through a window's samples.
import { KahanSum } from './sums.ts'
import type { Window } from './windows.ts'

/** Slope per second and the value at `origin` (milliseconds); undefined with fewer than two samples. */
export function regression(
  { times, values, from, to }: Window,
  origin: number,
): { slope: number; intercept: number } | undefined {
  const count = to - from
  if (count < 2) return undefined
  const first = values[from] ?? 0
  const [x, y, xy, xx] = [new KahanSum(), new KahanSum(), new KahanSum(), new KahanSum()]
  let constant = true
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? 0
    const time = ((times[index] ?? 0) - origin) / 1000
    if (value !== first) constant = false
    x.add(time)
    y.add(value)
    xy.add(time * value)
    xx.add(time * time)
  }
  if (constant) {
    if (Math.abs(first) === Number.POSITIVE_INFINITY) return { slope: Number.NaN, intercept: Number.NaN }
    return { slope: 0, intercept: first }
  }
  const covariance = xy.total - (x.total * y.total) / count
  const variance = xx.total - (x.total * x.total) / count
  const slope = covariance / variance
  return { slope, intercept: y.total / count - (slope * x.total) / count }
}
