// A histogram's counters from a rate of calls and two quantiles that change in time. Durations are log-normal, with
// the given median and 99th percentile. There is no closed integral, so time goes in steps, each with the quantiles of
// its start; every sixtieth total is kept, so that any moment is at most sixty steps away.
import type { Curve } from '#homelab/world.ts'

export interface Source {
  /** How many calls there were between two moments. */
  readonly calls: (from: number, to: number) => number
  readonly durations: Durations
}

/** How long calls take, in the same steps for every count of them. */
export interface Durations {
  readonly since: number
  readonly bounds: readonly number[]
  startOf(index: number): number
  indexAt(time: number): number
  /** What one call of the step adds to each bound's count, and last to the sum. */
  eachAt(index: number): Float64Array
}

export interface Histogram {
  /** Calls up to `time` that took no longer than the bound with this index. */
  bucket(index: number, time: number): number
  /** Milliseconds that all calls up to `time` took. */
  sum(time: number): number
}

interface Step {
  /** Totals before the step: one for each bound, and the sum of durations. */
  readonly before: Float64Array
  /** What one call of the step adds to each. */
  readonly each: Float64Array
}

const MINUTE = 60_000
const LONG = 10 * MINUTE
const ANCHOR_EVERY = 60
const KEPT_STEPS = 1500
/** Fourteen days of steps: every count of one endpoint's calls walks over the same. */
const KEPT_DURATIONS = 4000
/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263

/** `since` is when the counters began; steps before `fineFrom` take ten minutes, later ones one. */
export function createDurations(
  { p50, p99 }: { readonly p50: Curve; readonly p99: Curve },
  bounds: readonly number[],
  { since, fineFrom }: { readonly since: number; readonly fineFrom: number },
): Durations {
  const origin = Math.floor(since / LONG) * LONG
  const longSteps = Math.max(0, Math.floor((fineFrom - origin) / LONG))
  const fine = origin + longSteps * LONG
  const startOf = (index: number) =>
    index < longSteps ? origin + index * LONG : fine + (index - longSteps) * MINUTE
  const indexAt = (time: number) =>
    time < fine ? Math.floor((time - origin) / LONG) : longSteps + Math.floor((time - fine) / MINUTE)
  const logs = bounds.map(Math.log)
  const steps = new Map<number, Float64Array>()

  const work = (index: number): Float64Array => {
    const time = Math.max(since, startOf(index))
    const median = Math.max(0.01, p50.at(time))
    const logMedian = Math.log(median)
    const sigma = Math.max(0.01, Math.log(Math.max(p99.at(time), median) / median) / Z99)
    const each = new Float64Array(bounds.length + 1)
    for (const [at, log] of logs.entries()) each[at] = normal((log - logMedian) / sigma)
    each[bounds.length] = median * Math.exp(sigma ** 2 / 2)
    return each
  }

  return {
    since,
    bounds,
    startOf,
    indexAt,
    eachAt(index) {
      let each = steps.get(index)
      if (!each) {
        if (steps.size >= KEPT_DURATIONS) steps.clear()
        each = work(index)
        steps.set(index, each)
      }
      return each
    },
  }
}

export function createHistogram({ calls, durations }: Source): Histogram {
  const { since, bounds, startOf, indexAt, eachAt } = durations

  /** Totals before every sixtieth step, as far as anybody has asked. */
  const anchors: Float64Array[] = [new Float64Array(bounds.length + 1)]
  const steps = new Map<number, Step>()

  const after = (index: number, { before, each }: Step): Float64Array => {
    const made = calls(Math.max(since, startOf(index)), Math.max(since, startOf(index + 1)))
    const totals = new Float64Array(before.length)
    for (let at = 0; at < totals.length; at += 1) totals[at] = (before[at] ?? 0) + made * (each[at] ?? 0)
    return totals
  }

  const totalsBefore = (index: number): Float64Array => {
    const wanted = Math.floor(index / ANCHOR_EVERY)
    let at = Math.min(wanted, anchors.length - 1) * ANCHOR_EVERY
    let totals = anchors[at / ANCHOR_EVERY] ?? new Float64Array(bounds.length + 1)
    while (at < index) {
      totals = after(at, { before: totals, each: eachAt(at) })
      at += 1
      if (at % ANCHOR_EVERY === 0 && at / ANCHOR_EVERY === anchors.length) anchors.push(totals)
    }
    return totals
  }

  const stepAt = (index: number): Step => {
    let step = steps.get(index)
    if (!step) {
      const previous = steps.get(index - 1)
      step = { before: previous ? after(index - 1, previous) : totalsBefore(index), each: eachAt(index) }
      if (steps.size >= KEPT_STEPS) steps.clear()
      steps.set(index, step)
    }
    return step
  }

  /** Calls of the step so far: the same for every bound. */
  const made = new Map<number, number>()
  const madeAt = (index: number, time: number): number => {
    let count = made.get(time)
    if (count === undefined) {
      if (made.size >= KEPT_STEPS) made.clear()
      count = calls(Math.max(since, startOf(index)), time)
      made.set(time, count)
    }
    return count
  }

  const at = (column: number, time: number): number => {
    if (time <= since) return 0
    const index = indexAt(time)
    const { before, each } = stepAt(index)
    return (before[column] ?? 0) + madeAt(index, time) * (each[column] ?? 0)
  }

  return { bucket: at, sum: (time) => at(bounds.length, time) }
}

/** The standard normal distribution function, by Abramowitz and Stegun 26.2.17: right to 7.5e-8. */
export function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) *
    t *
    (Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI))
  return x >= 0 ? 1 - tail : tail
}
