// A storage of written samples, for tests of what reads it.
import { compileMatcher, compileMatchers } from '#homelab/prometheus/promql/matching.ts'
import type { Matcher, MetricMetadata, Series, Storage } from '#homelab/prometheus/storage.ts'

export interface MemorySeries {
  readonly labels: Readonly<Record<string, string>>
  /** Milliseconds. */
  readonly times: readonly number[]
  readonly values: readonly number[]
  readonly stale?: ReadonlySet<number>
}

export function memoryStorage(
  all: readonly MemorySeries[],
  metadata: ReadonlyMap<string, MetricMetadata> = new Map(),
): Storage & { readonly selects: { matchers: readonly Matcher[]; from: number; to: number }[] } {
  const selects: { matchers: readonly Matcher[]; from: number; to: number }[] = []
  const cut = (series: MemorySeries, from: number, to: number): Series => {
    const inside = series.times
      .map((time, index) => (time > from && time <= to ? index : -1))
      .filter((i) => i >= 0)
    const stale = new Set(inside.flatMap((index, place) => (series.stale?.has(index) ? [place] : [])))
    return {
      labels: series.labels,
      times: inside.map((index) => series.times[index] ?? 0),
      values: inside.map((index) => series.values[index] ?? 0),
      stale,
    }
  }
  const present = (sets: readonly (readonly Matcher[])[], from: number, to: number) =>
    all.filter(
      (series) =>
        (sets.length === 0 || sets.some((matchers) => compileMatchers(matchers)(series.labels))) &&
        series.times.some((time) => time > from && time <= to),
    )
  return {
    selects,
    *select(matchers, from, to) {
      selects.push({ matchers, from, to })
      const tests = matchers.map((matcher) => [matcher.label, compileMatcher(matcher)] as const)
      for (const series of all) {
        if (!tests.every(([label, test]) => test(series.labels[label] ?? ''))) continue
        const found = cut(series, from, to)
        if (found.times.length > 0) yield found
      }
    },
    labelNames: (sets, from, to) => [
      ...new Set(present(sets, from, to).flatMap(({ labels }) => Object.keys(labels))),
    ],
    labelValues: (label, sets, from, to) => [
      ...new Set(present(sets, from, to).flatMap(({ labels }) => labels[label] ?? [])),
    ],
    metadata: () => metadata,
  }
}

/**
 * Samples in promtool's notation, one a `step` (milliseconds) from time 0: `1 2 3`, `0+10x5` (6 samples), `_` (none),
 * `stale`, `5x3` (four fives).
 */
export function written(
  labels: Readonly<Record<string, string>>,
  notation: string,
  step = 60_000,
): MemorySeries {
  const times: number[] = []
  const values: number[] = []
  const stale = new Set<number>()
  let at = 0
  const put = (value: number) => {
    times.push(at)
    values.push(value)
    at += step
  }
  for (const part of notation.trim().split(/\s+/)) {
    const run = /^(-?[\d.]+(?:e-?\d+)?)(?:([+-][\d.]+))?x(\d+)$/.exec(part)
    if (part === '_') at += step
    else if (/^_x\d+$/.test(part)) at += step * Number(part.slice(2))
    else if (part === 'stale') {
      stale.add(values.length)
      put(Number.NaN)
    } else if (run) {
      for (let index = 0; index <= Number(run[3]); index += 1)
        put(Number(run[1]) + index * Number(run[2] ?? 0))
    } else
      put(
        part === 'inf' ? Number.POSITIVE_INFINITY : part === '-inf' ? Number.NEGATIVE_INFINITY : Number(part),
      )
  }
  return { labels, times, values, stale }
}
