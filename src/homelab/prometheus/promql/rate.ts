// How much a series grew over a window, with Prometheus's extrapolation to the window's bounds.
import type { Window } from './windows.ts'

/**
 * rate, increase and delta. The growth between the first and last sample is stretched to the window's bounds where
 * these lie within 1.1 mean gaps of a sample, else by half a gap; a counter is never stretched below zero.
 */
export function increaseOf(window: Window, how: { counter: boolean; per: number }): number | undefined {
  const { times, values, from, to } = window
  const gaps = to - from - 1
  if (gaps < 1) return undefined
  const first = values[from] ?? 0
  let grown = (values[to - 1] ?? 0) - first
  if (how.counter) {
    for (let index = from + 1; index < to; index += 1) {
      const before = values[index - 1] ?? 0
      if ((values[index] ?? 0) < before) grown += before
    }
  }
  const firstTime = times[from] ?? 0
  const lastTime = times[to - 1] ?? 0
  const sampled = (lastTime - firstTime) / 1000
  const gap = sampled / gaps
  const threshold = gap * 1.1
  let toStart = (firstTime - window.start) / 1000
  let toEnd = (window.end - lastTime) / 1000
  if (toStart >= threshold) toStart = gap / 2
  if (how.counter && grown > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / grown))
  if (toEnd >= threshold) toEnd = gap / 2
  return grown * ((sampled + toStart + toEnd) / sampled / how.per)
}

/** irate and idelta: the last two samples alone. */
export function instantChange(window: Window, what: 'rate' | 'delta'): number | undefined {
  const { times, values, from, to } = window
  if (to - from < 2) return undefined
  const value = values[to - 1] ?? 0
  const before = values[to - 2] ?? 0
  const change = what === 'rate' && value < before ? value : value - before
  const elapsed = ((times[to - 1] ?? 0) - (times[to - 2] ?? 0)) / 1000
  if (elapsed === 0) return undefined
  return what === 'rate' ? change / elapsed : change
}
