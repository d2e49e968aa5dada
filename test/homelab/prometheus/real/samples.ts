// Samples that bring out what is hard: resets, gaps, staleness, NaN, infinities, histograms, jittered scrapes.
import { type MemorySeries, written } from '../memory-storage.ts'

/** A Monday's midnight, UTC. */
export const base = Date.UTC(2026, 0, 5)
export const minutes = 60_000

function moved(series: MemorySeries): MemorySeries {
  return { ...series, times: series.times.map((time) => time + base) }
}

/** Small pseudo-random numbers, the same each time (a linear congruential generator). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** How long the samples last. */
const length = 90 * minutes

/** A random walk, one sample each half minute, jittered, some missing; a counter is reset now and then. */
export function walk(
  labels: Readonly<Record<string, string>>,
  seed: number,
  kind: 'counter' | 'gauge',
  every = 30_000,
): MemorySeries {
  const roll = dice(seed)
  const times: number[] = []
  const values: number[] = []
  let value = kind === 'counter' ? 0 : 50
  for (let at = 0; at < length / every; at += 1) {
    if (roll() < 0.04) continue
    times.push(base + at * every + Math.floor(roll() * 4000))
    if (kind === 'gauge') value += (roll() - 0.5) * 7
    else value = roll() < 0.02 ? roll() : value + roll() * 40
    values.push(value)
  }
  return { labels, times, values }
}

export const bounds = ['0.005', '0.1', '0.5', '1', '5', '+Inf']

/** The buckets of a classic histogram, all scraped at once; `labels` has the name. */
export function cumulative(
  labels: Readonly<Record<string, string>>,
  seed: number,
  les: readonly string[] = bounds,
  every = minutes,
): MemorySeries[] {
  const roll = dice(seed)
  const counts = les.map((): number[] => [])
  let sofar = les.map(() => 0)
  for (let at = 0; at < length / every; at += 1) {
    if (roll() < 0.01) sofar = les.map(() => 0)
    let below = 0
    sofar = sofar.map((count) => {
      below += Math.floor(roll() * 6)
      return count + below
    })
    sofar.forEach((count, index) => {
      counts[index]?.push(count)
    })
  }
  const times = counts[0]?.map((_, at) => base + at * every + (seed % 17) * 1000) ?? []
  return les.map((le, index) => ({ labels: { ...labels, le }, times, values: counts[index] ?? [] }))
}

/** The sum and count beside a histogram's buckets. */
function withSums(name: string, labels: Readonly<Record<string, string>>, seed: number): MemorySeries[] {
  const buckets = cumulative({ __name__: `${name}_bucket`, ...labels }, seed)
  const all = buckets.at(-1)
  const { times = [], values = [] } = all ?? {}
  return [
    ...buckets,
    { labels: { __name__: `${name}_count`, ...labels }, times, values },
    { labels: { __name__: `${name}_sum`, ...labels }, times, values: values.map((count) => count * 0.37) },
  ]
}

const w = (labels: Readonly<Record<string, string>>, notation: string) => moved(written(labels, notation))

export const samples: readonly MemorySeries[] = [
  ...['a', 'b', 'c'].flatMap((job, j) =>
    ['0', '1', '2'].map((instance, i) =>
      walk(
        { __name__: 'requests_total', job, instance, code: i === 2 ? '500' : '200' },
        7 + j * 31 + i * 11,
        'counter',
      ),
    ),
  ),
  ...['a', 'b', 'c'].flatMap((job, j) =>
    ['0', '1'].map((instance, i) =>
      walk({ __name__: 'memory_bytes', job, instance }, 99 + j * 17 + i * 5, 'gauge'),
    ),
  ),
  ...withSums('latency_seconds', { job: 'a' }, 5),
  ...withSums('latency_seconds', { job: 'b' }, 77),
  ...withSums('latency_seconds', { job: 'c', path: '/' }, 31),
  ...withSums('latency_seconds', { job: 'c', path: '/cart' }, 42),
  w({ __name__: 'steady_total', job: 'a' }, '0+60x90'),
  w({ __name__: 'resetting_total', job: 'a' }, '0+10x9 0+10x9 3+1x20 1 2 3 0 0 0 5x40'),
  w({ __name__: 'gone', job: 'a' }, '1x20 stale _x30 2x10 stale'),
  w({ __name__: 'gappy', job: 'a' }, '1 2 _x12 3 4 _ 5 _x3 6 7 8 _x20 9x20'),
  w({ __name__: 'odd', kind: 'nan' }, '1 NaN 3 NaN NaN 6x80'),
  w({ __name__: 'odd', kind: 'inf' }, '1.5 inf 3.5 -inf 5 7x80'),
  w({ __name__: 'odd', kind: 'plain' }, '-3 -2 -1 0 1 2 3+0.25x80'),
  w({ __name__: 'odd', kind: 'big' }, '1e300x40 1e308x45'),
  w({ __name__: 'tiny', a: 'x' }, '0.0000001x40 1e-300x45'),
  w({ __name__: 'info', job: 'a', version: '1.2', team: 'red' }, '1x90'),
  w({ __name__: 'info', job: 'b', version: '1.3', team: 'blue' }, '1x90'),
  w({ __name__: 'owner', job: 'a', instance: '0', owner: 'ann' }, '1x90'),
  w({ __name__: 'owner', job: 'a', instance: '1', owner: 'bob' }, '1x90'),
  w({ __name__: 'owner', job: 'b', instance: '0', owner: 'bob' }, '1x90'),
  w({ __name__: 'up', job: 'a', instance: '0' }, '1x30 0x20 1x40'),
  w({ __name__: 'up', job: 'b', instance: '0' }, '1x90'),
  w({ __name__: 'epoch', of: 'leap' }, '1709251199x90'),
  w({ __name__: 'epoch', of: 'year' }, '1767225599x90'),
  w({ __name__: 'bad_bucket', le: 'abc' }, '1x90'),
  w({ __name__: 'bad_bucket', le: '1' }, '1x90'),
  w({ __name__: 'bad_bucket', le: '+Inf' }, '2x90'),
  w({ __name__: 'shrinking_bucket', le: '1' }, '5x90'),
  w({ __name__: 'shrinking_bucket', le: '2' }, '3x90'),
  w({ __name__: 'shrinking_bucket', le: '+Inf' }, '9x90'),
  w({ __name__: 'negative_bucket', le: '-2' }, '2x90'),
  w({ __name__: 'negative_bucket', le: '-1' }, '5x90'),
  w({ __name__: 'negative_bucket', le: '+Inf' }, '9x90'),
  // Buckets that come and go, one of which was given twice.
  w({ __name__: 'ragged_bucket', le: '1' }, '1x20 _x9 2x10 stale _x5 7x40'),
  w({ __name__: 'ragged_bucket', le: '1.0' }, '2x90'),
  w({ __name__: 'ragged_bucket', le: '5' }, '4+1x90'),
  w({ __name__: 'ragged_bucket', le: '+Inf' }, '8+1x40 nan 60x45'),
  w({ __name__: 'empty_bucket', le: '1' }, '0x90'),
  w({ __name__: 'empty_bucket', le: '+Inf' }, '0x90'),
  w({ __name__: 'lonely_bucket', le: '+Inf' }, '3x90'),
  // Flapping targets: the same labels end and begin again, on both sides of a lookback.
  w({ __name__: 'flapping', job: 'a' }, '1 2 stale 4 5 stale _x6 12 stale stale 15x3 stale _ 21x50'),
  w({ __name__: 'flapping', job: 'b' }, '_x3 3 _x4 8 _x5 14 _x6 21 stale 23x9 stale'),
  // Label sets that match in part.
  w({ __name__: 'limit', job: 'a', instance: '0', resource: 'cpu' }, '4x90'),
  w({ __name__: 'limit', job: 'a', instance: '0', resource: 'memory' }, '64x30 80x60'),
  w({ __name__: 'limit', job: 'b', instance: '0', resource: 'cpu' }, '2x90'),
  w({ __name__: 'limit', job: 'b', instance: '7', resource: 'cpu' }, '1x30 stale 3x50'),
  w({ __name__: 'limit', job: 'd', instance: '0' }, '5x90'),
  w({ __name__: 'usage', job: 'a', instance: '0', resource: 'cpu' }, '0.5+0.01x90'),
  w({ __name__: 'usage', job: 'a', instance: '0', resource: 'memory' }, '40+0.3x90'),
  w({ __name__: 'usage', job: 'b', instance: '0', resource: 'cpu' }, '1 nan 1.5x40 inf 2x45'),
  w({ __name__: 'dotted.name', 'label.dotted': 'x', ünï: 'cödé' }, '1+1x90'),
  w({ __name__: 'quoted', text: 'a "b" \\ c', empty: 'no' }, '1x90'),
  w({ __name__: 'zeros', sign: 'plus' }, '0x90'),
  w({ __name__: 'zeros', sign: 'minus' }, '-0 '.repeat(90)),
  w({ __name__: 'equal', of: 'one' }, '7x90'),
  w({ __name__: 'equal', of: 'two' }, '7x90'),
  w({ __name__: 'equal', of: 'three' }, '7x90'),
]
