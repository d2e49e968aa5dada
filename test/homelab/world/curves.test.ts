// Curves: what a gauge shows and what a counter grew by are the same thing.
import { describe, expect, it } from 'vitest'
import {
  busyStart,
  constant,
  ramped,
  scaled,
  slowFill,
  stepped,
  sum,
  wave,
  whileRunning,
} from '#homelab/world/curves.ts'
import { createEffects } from '#homelab/world/effects.ts'
import type { Curve } from '#homelab/world.ts'
import { noon } from './helpers.ts'

const HOUR = 3_600_000

/** The integral by the midpoint rule, a second a step. */
function summed(curve: Curve, from: number, to: number): number {
  const step = 1000
  let area = 0
  for (let time = from; time < to; time += step) area += curve.at(time + step / 2)
  return area
}

const restless = wave({ key: 'a', base: 40, daily: 0.5, wander: 0.3, flicker: 0.2 })
const effects = createEffects([
  {
    of: 'service',
    name: 'shop',
    signal: 'errors',
    change: 'set',
    value: 0.12,
    at: noon,
    rise: 20_000,
    until: noon + HOUR / 2,
  },
])
const curves: Record<string, Curve> = {
  constant: constant(3),
  wave: restless,
  sum: sum(restless, constant(2), scaled(restless, 0.5)),
  ramp: stepped(
    restless,
    ramped({ at: noon + 300_000, rise: 600_000, until: noon + 2_000_000 }, (share) => ({
      times: 1 - share,
      plus: 90 * share,
    })),
  ),
  running: whileRunning(
    restless,
    [{ from: noon - 9e6, to: noon + 600_000 }, { from: noon + 660_000 }],
    busyStart,
  ),
  filling: whileRunning(restless, [{ from: noon + 60_000 }], slowFill),
  share: effects.share({ of: 'service', name: 'shop', part: 'x' }, 'errors', restless, 0.002),
}

describe.each(Object.entries(curves))('a %s curve', (_, curve) => {
  it('has a total that is the integral of its values', () => {
    const expected = summed(curve, noon, noon + HOUR)
    expect(Math.abs(curve.total(noon, noon + HOUR) - expected)).toBeLessThan(Math.max(1, expected) * 0.005)
  })

  it('adds up over parts and never shrinks', () => {
    const cuts = [0, 1, 59_000, 300_000, 612_345, 661_000, 1_999_999, HOUR].map((offset) => noon + offset)
    let whole = 0
    for (let index = 1; index < cuts.length; index += 1) {
      const part = curve.total(cuts[index - 1] ?? 0, cuts[index] ?? 0)
      expect(part).toBeGreaterThanOrEqual(0)
      whole += part
    }
    expect(whole).toBeCloseTo(curve.total(noon, noon + HOUR), 3)
    expect(curve.total(noon, noon)).toBe(0)
  })
})

describe('a wave', () => {
  it('is lowest at four in the morning and never negative', () => {
    const day = wave({ key: 'd', base: 10, daily: 0.9, wander: 0, flicker: 0.1 })
    const midnight = Date.UTC(2026, 10, 22)
    expect(day.total(midnight + 3.5 * HOUR, midnight + 4.5 * HOUR)).toBeLessThan(
      day.total(midnight + 15.5 * HOUR, midnight + 16.5 * HOUR) / 5,
    )
    for (let time = midnight; time < midnight + 24 * HOUR; time += 97_000)
      expect(day.at(time)).toBeGreaterThanOrEqual(0)
  })

  it('is the same for the same key and another for another', () => {
    expect(wave({ key: 'a', base: 40, daily: 0.5, wander: 0.3, flicker: 0.2 }).at(noon)).toBe(
      restless.at(noon),
    )
    expect(wave({ key: 'b', base: 40, daily: 0.5, wander: 0.3, flicker: 0.2 }).at(noon)).not.toBe(
      restless.at(noon),
    )
  })
})

it('sets a share of errors for as long as the effect lasts', () => {
  const errors = curves.share
  const ratio = (time: number) => (errors?.at(time) ?? 0) / restless.at(time)
  expect(ratio(noon - 1000)).toBeCloseTo(0.002)
  expect(ratio(noon + 60_000)).toBeCloseTo(0.12)
  expect(ratio(noon + HOUR)).toBeCloseTo(0.002)
})
