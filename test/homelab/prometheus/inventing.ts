// A Prometheus that has series for whatever it is asked: each question finds some that fit its selectors.
import { manualClock } from '#homelab/clock.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import type { Upstream } from '#homelab/upstream.ts'
import { memoryStorage } from './memory-storage.ts'
import { seriesFor } from './real/fitting.ts'
import { base, minutes } from './real/samples.ts'

/** The last moment for which it has samples. */
export const inventedNow = base + 89 * minutes

/** Dashboards look back as little as half a minute. */
const scrape = 10_000

export function inventing(path: string, params: URLSearchParams): Pick<Upstream, 'answer'> {
  if (path === '/api/v1/alerts') return firing
  const label = /^\/api\/v1\/label\/(.*)\/values$/.exec(path)?.[1]
  const selectors = params.getAll('match[]')
  const asked = [
    ...params.getAll('query'),
    ...(selectors.length > 0 ? selectors : ['up']).map(by(label ?? 'namespace, pod, cluster')),
  ]
  return createPrometheus({
    storage: memoryStorage(seriesFor(asked, scrape)),
    clock: manualClock(inventedNow),
    rules: [],
    targets: () => [],
    namespace: 'observability',
    service: 'prometheus-operated',
    port: 9090,
  })
}

/** An expression that groups by the label, so that the series have it. */
const by = (label: string) => (selector: string) => `group by (${label}) (${selector})`

const firing: Pick<Upstream, 'answer'> = {
  answer: async () => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      status: 'success',
      data: {
        alerts: [
          {
            labels: { alertname: 'Invented', severity: 'warning' },
            annotations: {},
            state: 'firing',
            activeAt: new Date(base).toISOString(),
            value: '1e+00',
          },
        ],
      },
    }),
  }),
}
