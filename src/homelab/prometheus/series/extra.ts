// Series that a scenario asks for by name: they are there while the scenario says so.
import type { World } from '#homelab/world.ts'
import type { Draft, Family } from './family.ts'
import type { ScrapeTarget } from './scrape-target.ts'

export function extraFamilies(world: World): readonly Family[] {
  const byName = Map.groupBy(world.extraSeries, (series) => series.labels.__name__ ?? '')
  return [...byName].flatMap(([name, all]) => {
    const [first] = all
    if (name === '' || !first) return []
    return {
      name,
      type: first.type,
      help: 'A series of the scenario that is playing.',
      unit: '',
      *drafts(): Iterable<Draft> {
        for (const { labels, type, curve, from, to = Number.POSITIVE_INFINITY } of all) {
          const { __name__, ...own } = labels
          const value =
            type === 'counter' ? (time: number) => curve.total(from, time) : (time: number) => curve.at(time)
          yield {
            target: pushedBy(world, own.job ?? '', own.instance ?? ''),
            labels: own,
            pieces: [{ from, to, value }],
          }
        }
      },
    }
  })
}

/** Where series come from that are written to Prometheus rather than scraped. */
export function pushedBy(world: World, job: string, instance: string): ScrapeTarget {
  return {
    pool: 'pushed',
    job,
    instance,
    scheme: 'http',
    path: '',
    labels: {},
    honorLabels: true,
    pushed: true,
    from: world.beganAt,
    to: Number.POSITIVE_INFINITY,
  }
}
