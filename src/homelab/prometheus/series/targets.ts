// The targets page: every target of now, with how its last scrape went.
import type { Target } from '#homelab/prometheus/target.ts'
import type { World } from '#homelab/world.ts'
import { byPool, discover } from './discovery.ts'
import { readObjects } from './objects.ts'
import { scrapeSeconds } from './scrape-metrics.ts'
import { offsetOf, type ScrapeTarget } from './scrape-target.ts'

const INTERVAL = 30
const TIMEOUT = 10

/** The targets that exist at the world's present moment, by scrape pool. */
export function targetsOf(world: World, options: { scrapeInterval?: number } = {}): readonly Target[] {
  const now = world.clock.now()
  const interval = options.scrapeInterval ?? INTERVAL * 1000
  return discover(readObjects(world.store), now, now)
    .filter((target) => target.from <= now && now < target.to)
    .toSorted(byPool)
    .map((target) => describe(world, target, now, interval))
}

function describe(world: World, target: ScrapeTarget, now: number, interval: number): Target {
  const offset = offsetOf(target, interval)
  const latest = Math.floor((now - offset) / interval) * interval + offset
  const scraped = latest >= Math.max(target.from, world.beganAt)
  const up = scraped && world.scrapeSucceeds(target.job, target.instance, latest)
  const scrapeUrl = `${target.scheme}://${target.instance}${target.path}`
  return {
    scrapePool: target.pool,
    scrapeUrl,
    labels: target.labels,
    discoveredLabels: {
      __address__: target.instance,
      __metrics_path__: target.path,
      __scheme__: target.scheme,
      __scrape_interval__: `${interval / 1000}s`,
      __scrape_timeout__: `${TIMEOUT}s`,
      job: target.pool,
    },
    health: !scraped ? 'unknown' : up ? 'up' : 'down',
    lastError: !scraped || up ? '' : `Get "${scrapeUrl}": context deadline exceeded`,
    lastScrape: scraped ? latest : 0,
    lastScrapeDuration: !scraped ? 0 : up ? scrapeSeconds(target, latest) : TIMEOUT,
    scrapeInterval: interval / 1000,
    scrapeTimeout: TIMEOUT,
  }
}
