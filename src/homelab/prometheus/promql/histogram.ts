// Quantiles and fractions of classic histograms: cumulative buckets with an upper bound in `le`.
// The method: https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
import { keyOf, type Labels, omit } from './labels.ts'
import { parseNumber } from './literals.ts'
import { emptyRow, isEmpty, type Row } from './rows.ts'

export interface Bucket {
  readonly upper: number
  count: number
}

interface Histogram {
  readonly labels: Labels
  readonly buckets: { readonly upper: number; readonly row: Row }[]
}

const notIdentity = new Set(['le', '__name__', '__type__', '__unit__'])
/** Counts that differ by less than this share are float noise, not a fault of the histogram. */
const tolerance = 1e-12

/** Series by the histogram they are buckets of; `badBucket` hears of each `le` that is no number. */
function histogramsOf(rows: readonly Row[], badBucket: (le: string) => void): Histogram[] {
  const found = new Map<string, Histogram>()
  for (const row of rows) {
    const le = row.labels.le ?? ''
    const upper = parseNumber(le)
    if (upper === undefined) {
      badBucket(le)
      continue
    }
    const labels = omit(row.labels, notIdentity)
    const key = keyOf(labels)
    const histogram = found.get(key)
    if (histogram) histogram.buckets.push({ upper, row })
    else found.set(key, { labels, buckets: [{ upper, row }] })
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
  return histogramsOf(rows, badBucket)
    .map(({ labels, buckets }) => {
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
    .filter((row) => !isEmpty(row))
}

/** Adds up equal bounds and takes out decreases, which an unlucky scrape can bring. */
function repaired(buckets: readonly Bucket[]): Bucket[] {
  const merged: Bucket[] = []
  for (const bucket of buckets) {
    const before = merged.at(-1)
    if (before?.upper === bucket.upper) before.count += bucket.count
    else merged.push({ ...bucket })
  }
  let highest = merged[0]?.count ?? 0
  for (const bucket of merged.slice(1)) {
    if (bucket.count < highest || nearlyEqual(bucket.count, highest)) bucket.count = highest
    else highest = bucket.count
  }
  return merged
}

function nearlyEqual(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) / (Math.abs(a) + Math.abs(b)) < tolerance
}

/** The value that a share of observations lies below; linear within a bucket. Buckets by rising bound. */
export function bucketQuantile(quantile: number, given: readonly Bucket[]): number {
  if (Number.isNaN(quantile)) return Number.NaN
  if (quantile < 0) return Number.NEGATIVE_INFINITY
  if (quantile > 1) return Number.POSITIVE_INFINITY
  if (given.at(-1)?.upper !== Number.POSITIVE_INFINITY) return Number.NaN
  const buckets = repaired(given)
  const top = buckets.length - 1
  const observations = buckets[top]?.count ?? 0
  if (top < 1 || observations === 0) return Number.NaN
  const rank = quantile * observations
  let index = buckets.findIndex((bucket) => bucket.count >= rank)
  if (index < 0) index = top
  const bucket = buckets[index]
  const below = buckets[index - 1]
  if (!bucket) return Number.NaN
  if (index === top) return buckets[top - 1]?.upper ?? Number.NaN
  if (!below && bucket.upper <= 0) return bucket.upper
  const start = below?.upper ?? 0
  const before = below?.count ?? 0
  return start + (bucket.upper - start) * ((rank - before) / (bucket.count - before))
}

/** The share of observations between two bounds; linear within a bucket. */
export function bucketFraction(lower: number, upper: number, given: readonly Bucket[]): number {
  if (given.at(-1)?.upper !== Number.POSITIVE_INFINITY) return Number.NaN
  const buckets = repaired(given)
  const observations = buckets.at(-1)?.count ?? 0
  if (observations === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN
  if (lower >= upper) return 0
  return (rankOf(upper, buckets) - rankOf(lower, buckets)) / observations
}

function rankOf(bound: number, buckets: readonly Bucket[]): number {
  let start = buckets[0] && buckets[0].upper > 0 ? 0 : Number.NEGATIVE_INFINITY
  let before = 0
  for (const { upper, count } of buckets) {
    if (bound <= start) return before
    if (bound < upper) {
      const endless = start === Number.NEGATIVE_INFINITY || upper === Number.POSITIVE_INFINITY
      return endless ? before : before + ((count - before) * (bound - start)) / (upper - start)
    }
    start = upper
    before = count
  }
  return before
}
