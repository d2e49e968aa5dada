// A scrape target as Prometheus's /api/v1/targets shows it.
import type { Labels } from '#model/prometheus.ts'

export interface Target {
  /** `serviceMonitor/NAMESPACE/NAME/INDEX`, as prometheus-operator names it. */
  readonly scrapePool: string
  readonly scrapeUrl: string
  /** After relabelling: job, instance, namespace, service, pod, endpoint… */
  readonly labels: Labels
  /** Before relabelling: `__address__`, `__metrics_path__`… */
  readonly discoveredLabels: Labels
  readonly health: 'up' | 'down' | 'unknown'
  /** Empty while the last scrape succeeded. */
  readonly lastError: string
  /** Milliseconds since the epoch; 0 before the first scrape. */
  readonly lastScrape: number
  /** Seconds. */
  readonly lastScrapeDuration: number
  /** Seconds. */
  readonly scrapeInterval: number
  /** Seconds. */
  readonly scrapeTimeout: number
}
