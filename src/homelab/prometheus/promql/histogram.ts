// Quantiles and fractions of classic histograms: cumulative buckets with an upper bound in `le`.
// The method: https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
import { dropName, keyOf, type Labels, omit } from './labels.ts'
import { parseFloatLabel } from './literals.ts'
import type { Lifted } from './notes.ts'
import { emptyRow, isEmpty, mergeRows, type Row } from './rows.ts'

export interface Bucket {
  readonly upper: number
  count: number
}

interface Histogram {
  readonly labels: Labels
  readonly buckets: { readonly upper: number; readonly row: Row }[]
}

const le: ReadonlySet<string> = new Set(['le'])
/** Counts that differ by less than this share are float noise, not a fault of the histogram. */
const tolerance = 1e-12

/** Series by the histogram they are buckets of; `badBucket` hears of each `le` that is no number. */
function histogramsOf(rows: readonly Row[], badBucket: (le: string) => void): Histogram[] {
  const found = new Map<string, Histogram>()
  for (const row of rows) {
    const bound = row.labels.le ?? ''
    const upper = parseFloatLabel(bound)
    if (upper === undefined) {
      badBucket(bound)
      continue
    }
    // Metrics of different names are different histograms, though the name is dropped afterwards.
    const labels = omit(row.labels, le)
    const key = keyOf(labels)
    const histogram = found.get(key)
    if (histogram) histogram.buckets.push({ upper, row })
    else found.set(key, { labels: dropName(labels), buckets: [{ upper, row }] })
  }
  for (const { buckets } of found.values()) buckets.sort((a, b) => a.upper - b.upper)
  return [...found.values()]
}

/** One value for each histogram and step, of its buckets by rising bound. */
export function fromBuckets(
  rows: readonly Row[],
  badBucket: (le: string) => void,
  compute: (buckets: Bucket[], step: number) => number,
): readonly Row[] {
  const made = histogramsOf(rows, badBucket).map(({ labels, buckets }) => {
    const steps = buckets[0]?.row.values.length ?? 0
    const out = emptyRow(labels, steps)
    for (let step = 0; step < steps; step += 1) {
      const present: Bucket[] = []
      for (const { upper, row } of buckets) {
        if (row.has[step]) present.push({ upper, count: row.values[step] ?? 0 })
      }
      if (present.length === 0) continue
      out.values[step] = compute(present, step)
      out.has[step] = 1
    }
    return out
  })
  return mergeRows(made.filter((row) => !isEmpty(row)))
}

/** Adds up the counts of equal bounds. */
function coalesced(buckets: readonly Bucket[]): Bucket[] {
  const merged: Bucket[] = []
  for (const bucket of buckets) {
    const before = merged.at(-1)
    if (before?.upper === bucket.upper) before.count += bucket.count
    else merged.push({ ...bucket })
  }
  return merged
}

/** Takes out decreases, which an unlucky scrape can bring, and float noise; tells of the former. */
function lift(buckets: readonly Bucket[]): Lifted | undefined {
  let lifted: Lifted | undefined
  let highest = buckets[0]?.count ?? 0
  for (const bucket of buckets.slice(1)) {
    const { count, upper } = bucket
    if (nearlyEqual(count, highest)) bucket.count = highest
    else if (count < highest) {
      bucket.count = highest
      const difference = Math.max(highest - count, lifted?.difference ?? 0)
      lifted = { lowest: lifted?.lowest ?? upper, highest: upper, difference }
    } else highest = count
  }
  return lifted
}

function nearlyEqual(a: number, b: number): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true
  return a !== 0 && b !== 0 && Math.abs(a - b) / (Math.abs(a) + Math.abs(b)) < tolerance
}

interface Quantile {
  readonly value: number
  /** What had to be repaired first. */
  readonly lifted?: Lifted | undefined
}

/** The value that a share of observations lies below; linear within a bucket. Buckets by rising bound. */
export function bucketQuantile(quantile: number, given: readonly Bucket[]): Quantile {
  if (Number.isNaN(quantile)) return { value: Number.NaN }
  if (quantile < 0) return { value: Number.NEGATIVE_INFINITY }
  if (quantile > 1) return { value: Number.POSITIVE_INFINITY }
  if (given.at(-1)?.upper !== Number.POSITIVE_INFINITY) return { value: Number.NaN }
  const buckets = coalesced(given)
  const lifted = lift(buckets)
  return { value: valueAt(quantile, buckets), lifted }
}

function valueAt(quantile: number, buckets: readonly Bucket[]): number {
  const top = buckets.length - 1
  const observations = buckets[top]?.count ?? 0
  if (top < 1 || observations === 0) return Number.NaN
  const rank = quantile * observations
  const index = firstWithRank(buckets, rank)
  const bucket = buckets[index]
  const below = buckets[index - 1]
  if (!bucket) return Number.NaN
  if (index === top) return below?.upper ?? Number.NaN
  if (!below && bucket.upper <= 0) return bucket.upper
  const start = below?.upper ?? 0
  const before = below?.count ?? 0
  return start + (bucket.upper - start) * ((rank - before) / (bucket.count - before))
}

/** The first bucket that holds the rank, or the last. Halving matters: NaN among the counts leads it astray alike. */
function firstWithRank(buckets: readonly Bucket[], rank: number): number {
  let [low, high] = [0, buckets.length - 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((buckets[middle]?.count ?? 0) >= rank) high = middle
    else low = middle + 1
  }
  return low
}

/** The share of observations between two bounds; linear within a bucket. Counts are taken as they are. */
export function bucketFraction(lower: number, upper: number, given: readonly Bucket[]): number {
  if (given.at(-1)?.upper !== Number.POSITIVE_INFINITY) return Number.NaN
  const buckets = coalesced(given)
  const observations = buckets.at(-1)?.count ?? 0
  if (observations === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN
  if (lower >= upper) return 0
  return (rankOf(upper, buckets) - rankOf(lower, buckets)) / observations
}

/** How many observations lie below a bound: no more than there are. */
function rankOf(bound: number, buckets: readonly Bucket[]): number {
  const observations = buckets.at(-1)?.count ?? 0
  let start = buckets[0] && buckets[0].upper > 0 ? 0 : Number.NEGATIVE_INFINITY
  let before = 0
  for (const { upper, count } of buckets) {
    if (bound <= start) return Math.min(before, observations)
    if (bound < upper) {
      // Without a lower end there is nothing to divide; without an upper one the share of the bucket comes to nothing.
      const rank =
        start === Number.NEGATIVE_INFINITY
          ? count
          : before + ((count - before) * (bound - start)) / (upper - start)
      return Math.min(rank, observations)
    }
    start = upper
    before = count
  }
  return observations
}
