// An axis as a ruler: from which value to which it goes, where a value stands on it, where its ticks are.
import { valueTicks } from './axis.ts'
import type { ChartAxis } from './chart.ts'

export interface Ruler {
  readonly bottom: number
  readonly top: number
  /** 0 at the bottom, 1 at the top, beyond them outside; NaN for what a logarithm has no place for. */
  share(value: number): number
  /** Nice values, `most` of them at the most. */
  ticks(most: number): number[]
}

/** The ruler that shows everything from `low` to `high`, which are infinite where there is nothing. */
export function rulerOf(axis: ChartAxis, low: number, high: number): Ruler {
  const base = axis.logBase ?? 0
  return base > 1 ? logRuler(axis, base, low, high) : linearRuler(axis, low, high)
}

/** Air above the highest and below the lowest value, so that neither lies on an edge. */
const air = 0.05

function linearRuler(axis: ChartAxis, low: number, high: number): Ruler {
  const least = Math.min(low, axis.softMin ?? Number.POSITIVE_INFINITY)
  const most = Math.max(high, axis.softMax ?? Number.NEGATIVE_INFINITY)
  let bottom = axis.min ?? lowEnd(axis, least, most)
  let top = axis.max ?? highEnd(bottom, most, axis.softMax)
  if (axis.centredZero === true) {
    top = Math.max(Math.abs(top), Math.abs(bottom))
    bottom = -top
  }
  if (!(top > bottom)) {
    // An end that is fixed stays; of two that contradict each other the lower one.
    if (axis.max !== undefined && axis.min === undefined) bottom = top - Math.max(1, Math.abs(top) * air)
    else top = bottom + Math.max(1, Math.abs(bottom) * air)
  }
  return {
    bottom,
    top,
    share: (value) => (value - bottom) / (top - bottom),
    ticks: (most) => valueTicks(bottom, top, most, axis.scale),
  }
}

function lowEnd(axis: ChartAxis, low: number, high: number): number {
  if (!Number.isFinite(low)) return 0
  if (low < 0) return low - air * (Math.max(high, 0) - low)
  // Zero is shown unless that would press the data into the upper half.
  if (axis.fitted !== true || low <= high - low || low === high) return Math.min(0, axis.softMin ?? 0)
  if (axis.softMin === low) return low
  return Math.max(0, low - air * (high - low))
}

function highEnd(bottom: number, high: number, softMax: number | undefined): number {
  if (!Number.isFinite(high)) return bottom + 1
  if (bottom < 0 && high <= 0) return 0
  if (softMax === high) return high
  return high > bottom ? high + (high - bottom) * air : bottom + 1
}

function logRuler(axis: ChartAxis, base: number, low: number, high: number): Ruler {
  const log = (value: number) => Math.log(value) / Math.log(base)
  const positive = (value: number | undefined) => (value !== undefined && value > 0 ? value : undefined)
  const least = positive(axis.min) ?? Math.min(positive(low) ?? high, positive(axis.softMin) ?? high)
  const most = positive(axis.max) ?? Math.max(high, positive(axis.softMax) ?? high)
  const from = Number.isFinite(least) && least > 0 ? Math.floor(log(least) + 1e-9) : 0
  const to = Number.isFinite(most) && most > 0 ? Math.max(from + 1, Math.ceil(log(most) - 1e-9)) : from + 1
  return {
    bottom: base ** from,
    top: base ** to,
    share: (value) => (value > 0 ? (log(value) - from) / (to - from) : Number.NaN),
    ticks(count) {
      const every = Math.max(1, Math.ceil((to - from) / Math.max(1, count - 1)))
      return Array.from(
        { length: Math.floor((to - from) / every) + 1 },
        (_, index) => base ** (from + index * every),
      )
    },
  }
}
