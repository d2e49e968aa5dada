// Series that stand on each other: each one's floor and top at its own times. What is absent adds nothing, and
// stays absent itself.
import type { Samples } from './resample.ts'

export interface Standing {
  readonly top: Samples
  readonly floor: Samples
}

/** From the lowest to the highest. What is negative stands downwards from zero, apart from the rest. */
export function standOn(all: readonly Samples[], percent: boolean): Standing[] {
  const totals = percent ? totalsOf(all) : undefined
  const up = new Map<number, number>()
  const down = new Map<number, number>()
  return all.map(({ times, values }) => {
    const floor: number[] = []
    const top = values.map((value, index) => {
      const at = times[index] ?? Number.NaN
      if (!Number.isFinite(value)) {
        floor.push(Number.NaN)
        return Number.NaN
      }
      const total = totals?.get(at)
      const part = total === undefined ? value : total === 0 ? 0 : (value / total) * 100
      const side = value < 0 || Object.is(value, -0) ? down : up
      const under = side.get(at) ?? 0
      side.set(at, under + part)
      floor.push(under)
      return under + part
    })
    return { top: { times, values: top }, floor: { times, values: floor } }
  })
}

function totalsOf(all: readonly Samples[]): Map<number, number> {
  const totals = new Map<number, number>()
  for (const { times, values } of all) {
    for (let index = 0; index < times.length; index++) {
      const value = values[index] ?? Number.NaN
      const at = times[index] ?? Number.NaN
      if (Number.isFinite(value)) totals.set(at, (totals.get(at) ?? 0) + Math.abs(value))
    }
  }
  return totals
}

/** The sum of them at every moment at which at least one was measured. */
export function sumOf(all: readonly Samples[]): Samples {
  const sums = new Map<number, number>()
  for (const { times, values } of all) {
    for (let index = 0; index < times.length; index++) {
      const value = values[index] ?? Number.NaN
      const at = times[index] ?? Number.NaN
      if (Number.isFinite(value)) sums.set(at, (sums.get(at) ?? 0) + value)
    }
  }
  const times = [...sums.keys()].sort((a, b) => a - b)
  return { times, values: times.map((at) => sums.get(at) ?? 0) }
}
