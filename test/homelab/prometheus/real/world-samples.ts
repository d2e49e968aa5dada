// What a small world's targets were scraped for, as far as some expressions read it, moved to where the questions are.
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import type { MemorySeries } from '../memory-storage.ts'
import { fixture, HOUR, MINUTE } from '../series/fixture.ts'
import { selectorsIn } from './fitting.ts'
import { base } from './samples.ts'

export function worldSamples(expressions: readonly string[]): readonly MemorySeries[] {
  const { world, clock } = fixture()
  clock.advance(2 * HOUR)
  const storage = createStorage(world)
  const until = clock.now()
  const since = until - 90 * MINUTE
  const found = new Map<string, MemorySeries>()
  for (const { matchers } of selectorsIn(expressions)) {
    for (const { labels, times, values, stale } of storage.select(matchers, since, until)) {
      found.set(JSON.stringify(Object.entries(labels).sort()), {
        labels,
        times: Array.from(times, (time) => time - since + base),
        values: Array.from(values),
        ...(stale && { stale }),
      })
    }
  }
  return [...found.values()]
}
