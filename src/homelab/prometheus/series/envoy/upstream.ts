// What an Envoy proxy tells of the clusters behind it: one for each route's rule.
import type { Family, Value } from '#homelab/prometheus/series/family.ts'
import { jobIs, partOf } from '#homelab/prometheus/series/part.ts'
import { type Route, routesOf } from './routes.ts'

const proxy = partOf(jobIs('envoy-gateway-system/envoy-proxy'))

const ofClusters = (
  type: 'gauge' | 'counter',
  name: string,
  help: string,
  worth: (route: Route) => Value,
): Family =>
  proxy[type](`envoy_cluster_${name}`, help, function* (program) {
    for (const route of routesOf(program)) yield [{ envoy_cluster_name: route.cluster }, worth(route)]
  })

const floored =
  (of: (time: number) => number, factor = 1) =>
  (time: number) =>
    Math.floor(of(time) * factor)

/** Milliseconds, as Envoy has them. */
export const bounds = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
  3_600_000,
] as const

/** Of what did not fail: what was moved elsewhere, and what was asked wrongly. */
const MOVED = 0.011
const WRONG = 0.006

/** Response classes of what went through a route since the proxy's start. */
export const classes = [
  ['2', (route: Route, time: number) => (route.requests(time) - route.failed(time)) * (1 - MOVED - WRONG)],
  ['3', (route: Route, time: number) => (route.requests(time) - route.failed(time)) * MOVED],
  ['4', (route: Route, time: number) => (route.requests(time) - route.failed(time)) * WRONG],
  ['5', (route: Route, time: number) => route.failed(time)],
] as const

export const envoyUpstreamFamilies: readonly Family[] = [
  ofClusters('gauge', 'membership_total', 'Endpoints of the cluster.', ({ members }) => members),
  ofClusters('gauge', 'membership_healthy', 'Healthy endpoints of the cluster.', ({ members }) => members),
  ofClusters('gauge', 'membership_degraded', 'Degraded endpoints of the cluster.', () => 0),
  ofClusters('gauge', 'membership_excluded', 'Excluded endpoints of the cluster.', () => 0),
  ofClusters('gauge', 'outlier_detection_ejections_active', 'Endpoints that are ejected now.', () => 0),
  ofClusters(
    'gauge',
    'upstream_cx_active',
    'Connections that are open.',
    ({ rate }) =>
      (time) =>
        Math.round(2 + rate(time) * 3),
  ),
  ofClusters(
    'gauge',
    'upstream_rq_active',
    'Requests that are under way.',
    ({ rate }) =>
      (time) =>
        Math.round(rate(time) * 0.1),
  ),
  ofClusters('counter', 'upstream_cx_total', 'Connections opened.', ({ requests }) =>
    floored(requests, 0.04),
  ),
  ofClusters('counter', 'upstream_rq_total', 'Requests.', ({ requests }) => floored(requests)),
  ofClusters('counter', 'upstream_rq_retry', 'Requests that were tried again.', ({ failed }) =>
    floored(failed, 0.4),
  ),
  ofClusters('counter', 'upstream_rq_timeout', 'Requests that took too long.', ({ failed }) =>
    floored(failed, 0.05),
  ),
  ofClusters('counter', 'upstream_cx_rx_bytes_total', 'Bytes received from it.', ({ requests }) =>
    floored(requests, 18_400),
  ),
  ofClusters('counter', 'upstream_cx_tx_bytes_total', 'Bytes sent to it.', ({ requests }) =>
    floored(requests, 1350),
  ),
  proxy.counter('envoy_cluster_upstream_rq_xx', 'Responses by the class of their code.', function* (program) {
    for (const route of routesOf(program)) {
      for (const [envoy_response_code_class, worth] of classes) {
        yield [
          { envoy_cluster_name: route.cluster, envoy_response_code_class },
          (time) => Math.floor(worth(route, time)),
        ]
      }
    }
  }),
  ...proxy.histogram(
    'envoy_cluster_upstream_rq_time',
    'Milliseconds that requests took.',
    bounds,
    function* (program) {
      for (const route of routesOf(program)) yield [{ envoy_cluster_name: route.cluster }, route.took(bounds)]
    },
  ),
]
