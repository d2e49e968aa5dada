// The metrics of one scraped part of the cluster, each declared by its name, its help and its series.
import type { Labels } from '#model/prometheus.ts'
import { normal } from './distribution.ts'
import type { Family, Value } from './family.ts'
import { type Program, programFamily } from './process.ts'
import type { ScrapeTarget } from './scrape-target.ts'

export type Rows<T = Value> = (program: Program) => Iterable<readonly [labels: Labels, worth: T]>

/** What a histogram has counted up to a moment; bounds and sum are in the metric's own unit. */
export interface Observed {
  count(time: number): number
  bucket(index: number, time: number): number
  sum(time: number): number
}

export const jobIs =
  (...jobs: readonly string[]) =>
  (target: ScrapeTarget): boolean =>
    jobs.includes(target.job)

/** Families of the targets that `of` accepts. */
export function partOf(of: (target: ScrapeTarget) => boolean) {
  const family = (type: Family['type']) => (name: string, help: string, rows: Rows) =>
    programFamily({ name, type, help, of, rows })
  const counts = family('histogram')
  return {
    gauge: family('gauge'),
    counter: family('counter'),
    histogram(
      name: string,
      help: string,
      bounds: readonly number[],
      rows: Rows<Observed>,
    ): readonly Family[] {
      return [
        counts(`${name}_bucket`, help, function* (program) {
          for (const [labels, observed] of rows(program)) {
            for (const [index, bound] of bounds.entries()) {
              yield [{ ...labels, le: String(bound) }, (time) => observed.bucket(index, time)]
            }
            yield [{ ...labels, le: '+Inf' }, observed.count]
          }
        }),
        counts(`${name}_count`, help, function* (program) {
          for (const [labels, { count }] of rows(program)) yield [labels, count]
        }),
        counts(`${name}_sum`, help, function* (program) {
          for (const [labels, { sum }] of rows(program)) yield [labels, sum]
        }),
      ]
    },
  }
}

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263

/** Observations whose distribution never changes: log-normal, by its median and 99th percentile. */
export function steadily(
  bounds: readonly number[],
  p50: number,
  p99: number,
): (count: (time: number) => number) => Observed {
  const sigma = Math.log(p99 / p50) / Z99
  const shares = bounds.map((bound) => normal(Math.log(bound / p50) / sigma))
  const mean = p50 * Math.exp(sigma ** 2 / 2)
  return (count) => ({
    count,
    bucket: (index, time) => Math.floor(count(time) * (shares[index] ?? 1)),
    sum: (time) => count(time) * mean,
  })
}
