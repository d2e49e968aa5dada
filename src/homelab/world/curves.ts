// Quantities over time whose integral is exact and cheap, so that gauges and counters of one thing agree.
// Times are milliseconds since the epoch; totals are per second.

import type { Curve } from '#homelab/world.ts'
import { chanceOf, hash } from './random.ts'

const SECOND = 1000
const DAY = 86_400

export const nothing: Curve = { at: () => 0, total: () => 0 }

export function constant(value: number): Curve {
  return { at: () => value, total: (from, to) => (value * (to - from)) / SECOND }
}

export interface WaveOptions {
  /** Two waves with one key have the same shape. */
  readonly key: string
  readonly base: number
  /** Share of the base that follows the day: least at four in the morning, most in the late afternoon. */
  readonly daily?: number
  /** Share of the base that wanders within minutes and hours. */
  readonly wander?: number
  /** Share of the base that flickers from minute to minute. */
  readonly flicker?: number
}

/** Seconds. */
const periods = [DAY, 5413, 1447, 397] as const
const FLICKER = 60
const TURN = 2 * Math.PI

/**
 * Of a full turn, the angle that is reached after `t` seconds. Small angles: a sine of the millions of radians since
 * 1970 takes six times as long.
 */
function turned(t: number, period: number): number {
  const turns = t / period
  return (turns - Math.floor(turns)) * TURN
}

/**
 * base · (1 + Σ sines + flicker). The shares must not exceed 1 together, so the value is never negative.
 * The flicker of each minute is one full sine of a height of its own: its integral over whole minutes is zero.
 */
export function wave({ key, base, daily = 0.3, wander = 0.25, flicker = 0.15 }: WaveOptions): Curve {
  const seed = hash(key)
  const phase = (index: number) => chanceOf(seed, index) * TURN
  const [day, long, middle, short] = periods
  // Four in the morning (UTC) is the trough: sin = -1 there.
  const morning = -Math.PI / 2 - (TURN * 4) / 24
  const [phase1, phase2, phase3] = [phase(1), phase(2), phase(3)]
  const [share1, share2, share3] = [wander * 0.4, wander * 0.35, wander * 0.25]
  const height = (index: number) => (chanceOf(seed, index) * 2 - 1) * flicker

  /** An integral of everything but the 1: that of a span is the difference of its two ends. */
  const swung = (t: number): number => {
    const index = Math.floor(t / FLICKER)
    return (
      (height(index) * FLICKER * (1 - Math.cos(turned(t, FLICKER))) -
        daily * day * Math.cos(turned(t, day) + morning) -
        share1 * long * Math.cos(turned(t, long) + phase1) -
        share2 * middle * Math.cos(turned(t, middle) + phase2) -
        share3 * short * Math.cos(turned(t, short) + phase3)) /
      TURN
    )
  }
  // Counters ask from the same start again and again.
  let start = Number.NaN
  let swungBefore = 0
  return {
    at(time) {
      const t = time / SECOND
      const value =
        1 +
        daily * Math.sin(turned(t, day) + morning) +
        share1 * Math.sin(turned(t, long) + phase1) +
        share2 * Math.sin(turned(t, middle) + phase2) +
        share3 * Math.sin(turned(t, short) + phase3) +
        height(Math.floor(t / FLICKER)) * Math.sin(turned(t, FLICKER))
      return base * Math.max(0, value)
    },
    total(from, to) {
      if (from !== start) {
        start = from
        swungBefore = swung(from / SECOND)
      }
      return Math.max(0, base * ((to - from) / SECOND + swung(to / SECOND) - swungBefore))
    },
  }
}

export function sum(...curves: readonly Curve[]): Curve {
  return {
    at: (time) => curves.reduce((value, curve) => value + curve.at(time), 0),
    total: (from, to) => curves.reduce((value, curve) => value + curve.total(from, to), 0),
  }
}

export function scaled(curve: Curve, factor: number): Curve {
  return { at: (time) => curve.at(time) * factor, total: (from, to) => curve.total(from, to) * factor }
}

/** From `at` on, the curve below becomes `times · curve + plus`. */
export interface Segment {
  readonly at: number
  readonly times: number
  readonly plus: number
}

/** The curve bent by steps, oldest first; before the first step it is as it was. */
export function stepped(curve: Curve, segments: readonly Segment[]): Curve {
  if (segments.length === 0) return curve
  return {
    at(time) {
      const segment = segments.findLast((candidate) => candidate.at <= time)
      return segment ? segment.times * curve.at(time) + segment.plus : curve.at(time)
    },
    total(from, to) {
      const first = segments[0]?.at ?? to
      let area = from < first ? curve.total(from, Math.min(first, to)) : 0
      segments.forEach(({ at, times, plus }, index) => {
        const begin = Math.max(from, at)
        const end = Math.min(to, segments[index + 1]?.at ?? to)
        if (begin >= end) return
        area += times === 0 ? 0 : times * curve.total(begin, end)
        area += (plus * (end - begin)) / SECOND
      })
      return area
    },
  }
}

/** A stretch of time in which something ran; without an end it still does. */
export interface Run {
  readonly from: number
  readonly to?: number
}

/** How a fresh process grows to its usual size: shares of the curve, at seconds since its start, from 0 on. */
export type Warmup = readonly (readonly [seconds: number, share: number])[]
export const atOnce: Warmup = [[0, 1]]
/** Start-up work first, then the usual. */
export const busyStart: Warmup = [
  [0, 2.2],
  [20, 1.4],
  [45, 1],
]
/** Memory fills as caches do. */
export const slowFill: Warmup = [
  [0, 0.3],
  [5, 0.45],
  [15, 0.6],
  [40, 0.72],
  [120, 0.82],
  [400, 0.91],
  [1500, 1],
]

/**
 * The curve while one of the runs lasts and zero outside. `runs` may grow later: it is read at every question.
 */
export function whileRunning(curve: Curve, runs: readonly Run[], warmup: Warmup = atOnce): Curve {
  /** From `begin` to `end`, both within the run that began at `start`. */
  const grown = (start: number, begin: number, end: number) => {
    let area = 0
    for (let index = 0; index < warmup.length; index += 1) {
      const [seconds, share] = warmup[index] ?? [0, 0]
      const next = warmup[index + 1]
      const since = Math.max(begin, start + seconds * SECOND)
      const until = next ? Math.min(end, start + next[0] * SECOND) : end
      if (since < until) area += share * curve.total(since, until)
    }
    return area
  }
  return {
    at(time) {
      const run = runs.findLast((candidate) => candidate.from <= time)
      if (!run || (run.to !== undefined && time >= run.to)) return 0
      const age = (time - run.from) / SECOND
      return curve.at(time) * (warmup.findLast(([seconds]) => seconds <= age)?.[1] ?? 1)
    },
    total(from, to) {
      let area = 0
      for (const run of runs) {
        const begin = Math.max(from, run.from)
        const end = Math.min(to, run.to ?? to)
        if (begin < end) area += grown(run.from, begin, end)
      }
      return area
    },
  }
}

/** Runs of a value that changes in steps: how a scenario's ramps become segments. */
export function ramped(
  effect: { readonly at: number; readonly rise: number; readonly until?: number },
  shape: (share: number) => { times: number; plus: number },
): Segment[] {
  const steps = effect.rise > 0 ? Math.min(120, Math.max(4, Math.ceil(effect.rise / 10_000))) : 1
  const segments: Segment[] = []
  for (let index = 1; index <= steps; index += 1) {
    segments.push({ at: effect.at + (effect.rise * (index - 1)) / steps, ...shape(index / steps) })
  }
  if (effect.until === undefined) return segments
  const { until } = effect
  return [...segments.filter(({ at }) => at < until), { at: until, times: 1, plus: 0 }]
}
