// Prometheus's storage over a world: nothing is stored, every sample is worked out when it is asked for.
// Data goes back to the world's beginning, at most fourteen days, and never beyond the clock.
import type { Matcher, MetricMetadata, Series, Storage } from '#homelab/prometheus/storage.ts'
import type { World } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'
import { discover } from './discovery.ts'
import { extraFamilies } from './extra.ts'
import { families as builtIn } from './families.ts'
import type { Draft, Family, Scope } from './family.ts'
import { createFilter, type Filter } from './filter.ts'
import { labelsOf, ownLabels } from './labels.ts'
import { readObjects } from './objects.ts'
import { sample } from './sample.ts'
import { type Scrapes, type ScrapeTarget, scrapesOf } from './scrape-target.ts'

const RETENTION = 14 * 86_400_000
const DEFAULT_INTERVAL = 30_000

/** `scrapeInterval` is in milliseconds. */
export function createStorage(world: World, options: { scrapeInterval?: number } = {}): Storage {
  const interval = options.scrapeInterval ?? DEFAULT_INTERVAL
  const objects = readObjects(world.store)

  // All targets that ever were, found again whenever a pod or a node has changed.
  let found: { readonly revision: number; readonly targets: readonly ScrapeTarget[] } | undefined
  const everTargets = () => {
    const revision = Math.max(objects.revisionOf('pods'), objects.revisionOf('nodes'))
    if (found?.revision !== revision) {
      const targets = discover(objects)
      found = { revision, targets }
    }
    return found.targets
  }

  const clipped = (from: number, to: number): [number, number] => {
    const now = world.clock.now()
    return [Math.max(from, now - RETENTION), Math.min(to, now)]
  }

  const familiesFor = (filter: Filter): readonly Family[] =>
    [...builtIn, ...extraFamilies(world)].filter((family) => filter.accepts('__name__', family.name))

  const scopeOf = (filter: Filter, from: number, to: number): Scope => {
    // The scrape before the window decides whether its first one gets a staleness marker.
    const since = from - interval
    const targets = everTargets().filter(
      (target) => target.from <= to && target.to > since && couldMatch(filter, target),
    )
    const byJob = Map.groupBy(targets, (target) => target.job)
    return {
      world,
      objects,
      filter,
      from: since,
      to,
      targets(job, path) {
        const found = byJob.get(job) ?? []
        return path === undefined ? found : found.filter((target) => target.path === path)
      },
      allTargets: targets,
    }
  }

  function* drafts(
    matchers: readonly Matcher[],
    from: number,
    to: number,
    firstOnly: boolean,
  ): Iterable<[Family, Draft, Labels]> {
    const filter = createFilter(matchers)
    const families = familiesFor(filter)
    if (families.length === 0) return
    const scope = scopeOf(filter, from, to)
    for (const family of families) {
      for (const draft of family.drafts(scope)) {
        const own = ownLabels(draft)
        if (!filter.acceptsAll(own, draft.target.labels)) continue
        yield [family, draft, own]
        if (firstOnly) break
      }
    }
  }

  function* select(matchers: readonly Matcher[], from: number, to: number): Iterable<Series> {
    const [since, until] = clipped(from, to)
    if (until <= since) return
    const window = { from: since, to: until, interval }
    const scraped = new Map<ScrapeTarget, Scrapes>()
    for (const [family, draft, own] of drafts(matchers, since, until, false)) {
      let scrapes = scraped.get(draft.target)
      if (!scrapes) {
        scrapes = scrapesOf(world, draft.target, window)
        scraped.set(draft.target, scrapes)
      }
      const samples = sample(scrapes, draft.pieces, family.isPresent)
      if (samples) yield { labels: labelsOf(family.name, own, draft.target), ...samples }
    }
  }

  /** Families one by one, so that a question for names alone can stop at each family's first series. */
  const seen = (
    label: string | undefined,
    matchers: readonly (readonly Matcher[])[],
    from: number,
    to: number,
  ) => {
    const found = new Set<string>()
    for (const set of matchers.length === 0 ? [[]] : matchers) {
      for (const [family, draft, own] of drafts(set, from, to, label === '__name__')) {
        if (!draft.pieces.some((piece) => piece.from <= to && piece.to > from)) continue
        const labels = labelsOf(family.name, own, draft.target)
        if (label === undefined) for (const name of Object.keys(labels)) found.add(name)
        else if (labels[label] !== undefined) found.add(labels[label])
      }
    }
    return [...found].sort()
  }

  return {
    select,
    labelNames: (matchers, from, to) => seen(undefined, matchers, ...clipped(from, to)),
    labelValues: (label, matchers, from, to) => seen(label, matchers, ...clipped(from, to)),
    metadata() {
      const known = new Map<string, MetricMetadata>()
      for (const { name, type, help, unit } of [...builtIn, ...extraFamilies(world)]) {
        known.set(type === 'histogram' ? name.replace(/_(bucket|sum|count)$/, '') : name, {
          type,
          help,
          unit,
        })
      }
      return known
    },
  }
}

/** job and instance are the labels that no metric of a target overrides. */
function couldMatch(filter: Filter, target: ScrapeTarget): boolean {
  return filter.accepts('job', target.job) && filter.accepts('instance', target.instance)
}
