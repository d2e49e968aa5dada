// A scrape target on the wire of /api/v1/targets.
import { formatDuration } from '#homelab/prometheus/promql/literals.ts'
import type { Target } from '#homelab/prometheus/target.ts'

/** Prometheus writes the moment before the first scrape as Go's zero time. */
const never = '0001-01-01T00:00:00Z'

export function wireTarget(target: Target): Readonly<Record<string, unknown>> {
  return {
    discoveredLabels: target.discoveredLabels,
    labels: target.labels,
    scrapePool: target.scrapePool,
    scrapeUrl: target.scrapeUrl,
    globalUrl: target.scrapeUrl,
    lastError: target.lastError,
    lastScrape: target.lastScrape === 0 ? never : new Date(target.lastScrape).toISOString(),
    lastScrapeDuration: target.lastScrapeDuration,
    health: target.health,
    scrapeInterval: formatDuration(target.scrapeInterval * 1000),
    scrapeTimeout: formatDuration(target.scrapeTimeout * 1000),
  }
}
