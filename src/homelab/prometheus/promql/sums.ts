// Sums as Prometheus makes them: Kahan's, with Neumaier's improvement, so that results are equal to the last digit.
// https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements

export class KahanSum {
  sum: number
  rest = 0
  constructor(start = 0) {
    this.sum = start
  }

  add(value: number): void {
    const total = this.sum + value
    if (!Number.isFinite(total) && !Number.isNaN(total)) this.rest = 0
    else if (Math.abs(this.sum) >= Math.abs(value)) this.rest += this.sum - total + value
    else this.rest += value - total + this.sum
    this.sum = total
  }

  get total(): number {
    return this.sum + this.rest
  }
}

/** The values from index `from` up to, not including, `to`. */
export function sumOf(values: ArrayLike<number>, from: number, to: number): number {
  const sum = new KahanSum()
  for (let index = from; index < to; index += 1) sum.add(values[index] ?? 0)
  return Number.isFinite(sum.sum) || Number.isNaN(sum.sum) ? sum.total : sum.sum
}

/** The mean; where the sum would overflow it goes on as a running mean, as Prometheus does since 3.5. */
export function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  const sum = new KahanSum(values[from] ?? Number.NaN)
  let mean: KahanSum | undefined
  for (let index = from + 1; index < to; index += 1) {
    const value = values[index] ?? 0
    const count = index - from + 1
    if (!mean) {
      const before = { sum: sum.sum, rest: sum.rest }
      sum.add(value)
      if (Math.abs(sum.sum) !== Number.POSITIVE_INFINITY) continue
      mean = new KahanSum(before.sum / (count - 1))
      mean.rest = before.rest / (count - 1)
    }
    const share = (count - 1) / count
    const next = new KahanSum(share * mean.sum)
    next.rest = share * mean.rest
    next.add(value / count)
    mean = next
  }
  const count = to - from
  return mean ? mean.total : sum.sum / count + sum.rest / count
}

/** The quantile of unsorted values, between two neighbours by weight; NaN counts as the smallest. Sorts `values`. */
export function quantileOf(quantile: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(quantile)) return Number.NaN
  if (quantile < 0) return Number.NEGATIVE_INFINITY
  if (quantile > 1) return Number.POSITIVE_INFINITY
  values.sort()
  // A typed array sorts NaN to its end.
  let numbers = values.length
  while (numbers > 0 && Number.isNaN(values[numbers - 1])) numbers -= 1
  const at = (place: number) => values[place - (values.length - numbers)] ?? Number.NaN
  const rank = quantile * (values.length - 1)
  const lower = Math.max(0, Math.floor(rank))
  const upper = Math.min(values.length - 1, lower + 1)
  const weight = rank - Math.floor(rank)
  if (weight === 0) return at(lower)
  return at(lower) * (1 - weight) + at(upper) * weight
}

export function nanFirst(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1
  return Number.isNaN(b) ? 1 : a - b
}
