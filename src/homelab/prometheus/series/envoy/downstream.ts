// What an Envoy proxy tells of itself and of those who call it. All routes are on the listener for HTTPS; the one for
// HTTP only sends everybody there.
import type { Family } from '#homelab/prometheus/series/family.ts'
import { fields, moment, text } from '#homelab/prometheus/series/fields.ts'
import { jobIs, type Observed, partOf } from '#homelab/prometheus/series/part.ts'
import type { Program } from '#homelab/prometheus/series/process.ts'
import { loaded, ofMemory } from '#homelab/prometheus/series/worth.ts'
import { type Route, routesOf } from './routes.ts'
import { bounds, classes } from './upstream.ts'

const proxy = partOf(jobIs('envoy-gateway-system/envoy-proxy'))

const SECURE = 'https-10443'
const PLAIN = 'http-10080'
/** Of all requests, those that first came without TLS. */
const REDIRECTED = 0.04

const sum = (routes: readonly Route[], of: (route: Route) => number) =>
  routes.reduce((all, route) => all + of(route), 0)

/** Requests of both listeners since the proxy's start. */
function listeners(program: Program) {
  const routes = [...routesOf(program)]
  const secure = (time: number) => sum(routes, ({ requests }) => requests(time))
  return [
    [SECURE, secure],
    [PLAIN, (time: number) => secure(time) * REDIRECTED],
  ] as const
}

const perListener = (name: string, help: string, factor: number) =>
  proxy.counter(`envoy_http_downstream_${name}`, help, (program) =>
    listeners(program).map(([envoy_http_conn_manager_prefix, requests]) => [
      { envoy_http_conn_manager_prefix },
      (time) => Math.floor(requests(time) * factor),
    ]),
  )

const active = (name: string, help: string, factor: number) =>
  proxy.gauge(`envoy_http_downstream_${name}`, help, (program) => {
    const routes = [...routesOf(program)]
    return [SECURE, PLAIN].map((envoy_http_conn_manager_prefix, index) => [
      { envoy_http_conn_manager_prefix },
      (time) => Math.round(sum(routes, ({ rate }) => rate(time)) * factor * (index === 0 ? 1 : REDIRECTED)),
    ])
  })

function all(observed: readonly Observed[]): Observed {
  return {
    count: (time) => observed.reduce((count, one) => count + one.count(time), 0),
    bucket: (index, time) => observed.reduce((count, one) => count + one.bucket(index, time), 0),
    sum: (time) => observed.reduce((took, one) => took + one.sum(time), 0),
  }
}

/** Certificates live for ninety days and are renewed a month before their end. */
const RENEWED_EVERY = 60 * 86_400
const VALID = 90 * 86_400
const builtAt = ({ scope }: Program): number => {
  const [gateway] = scope.objects.histories('gateways', 'gateway.networking.k8s.io')
  const newest = gateway?.versions.findLast((version) => version.object)?.object
  return (moment(text(fields(newest?.metadata).creationTimestamp)) ?? 0) / 1000
}

export const envoyDownstreamFamilies: readonly Family[] = [
  proxy.gauge('envoy_server_live', '1 if the server is not currently draining, 0 otherwise.', () => [
    [{}, 1],
  ]),
  proxy.gauge('envoy_server_state', 'Current state of the server.', () => [[{}, 0]]),
  proxy.gauge('envoy_server_uptime', 'Current server uptime in seconds.', ({ startedAt }) => [
    [{}, (time) => Math.floor((time - startedAt) / 1000)],
  ]),
  proxy.gauge('envoy_server_memory_allocated', 'Current amount of allocated memory in bytes.', (program) => [
    [{}, ofMemory(0.52)(program)],
  ]),
  proxy.gauge('envoy_server_memory_heap_size', 'Current reserved heap size in bytes.', (program) => [
    [{}, ofMemory(0.74)(program)],
  ]),
  proxy.gauge('envoy_server_concurrency', 'Number of worker threads.', () => [[{}, 4]]),
  proxy.gauge('envoy_server_total_connections', 'Open connections.', (program) => [
    [{}, loaded(30, 400)(program)],
  ]),
  perListener('rq_total', 'Requests.', 1),
  perListener('cx_total', 'Connections.', 0.21),
  perListener('cx_rx_bytes_total', 'Bytes received.', 1480),
  perListener('cx_tx_bytes_total', 'Bytes sent.', 18_900),
  active('cx_active', 'Connections that are open.', 5),
  active('rq_active', 'Requests that are under way.', 0.1),
  proxy.counter('envoy_http_downstream_rq_xx', 'Responses by the class of their code.', function* (program) {
    const routes = [...routesOf(program)]
    for (const [envoy_response_code_class, worth] of classes) {
      yield [
        { envoy_http_conn_manager_prefix: SECURE, envoy_response_code_class },
        (time) => Math.floor(sum(routes, (route) => worth(route, time))),
      ]
    }
  }),
  ...proxy.histogram(
    'envoy_http_downstream_rq_time',
    'Milliseconds that requests took.',
    bounds,
    (program) => [
      [
        { envoy_http_conn_manager_prefix: SECURE },
        all([...routesOf(program)].map(({ took }) => took(bounds))),
      ],
    ],
  ),
  proxy.gauge('envoy_listener_downstream_cx_active', 'Connections that are open.', (program) => {
    const routes = [...routesOf(program)]
    return [
      [
        { envoy_listener_address: '0.0.0.0_10443' },
        (time) => Math.round(sum(routes, ({ rate }) => rate(time)) * 5),
      ],
      [
        { envoy_listener_address: '0.0.0.0_10080' },
        (time) => Math.round(sum(routes, ({ rate }) => rate(time)) * 0.2),
      ],
    ]
  }),
  proxy.gauge(
    'envoy_listener_ssl_certificate_expiration_unix_time_seconds',
    'When the certificate ends.',
    (program) => {
      const first = builtAt(program)
      return [
        [
          {
            envoy_listener_address: '0.0.0.0_10443',
            envoy_tls_certificate: 'envoy-gateway-system/home-arpa-tls',
          },
          (time) => first + Math.floor((time / 1000 - first) / RENEWED_EVERY) * RENEWED_EVERY + VALID,
        ],
      ]
    },
  ),
]
