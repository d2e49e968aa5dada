// Hubble's HTTP series: who called whom, with which answers and how fast, as the agent beside the called pods saw it.
// They are the service graph's own calls, so what fails there fails here.

import type { Family } from '#homelab/prometheus/series/family.ts'
import { jobIs, partOf } from '#homelab/prometheus/series/part.ts'
import type { Program } from '#homelab/prometheus/series/process.ts'
import { residentsOf, sharesOf } from '#homelab/prometheus/series/residents.ts'
import {
  callsOf,
  type Endpoint,
  errorsOf,
  type Serving,
  tookOf,
} from '#homelab/prometheus/series/served-calls.ts'
import type { ServiceSignals } from '#homelab/world.ts'

const hubble = partOf(jobIs('hubble-metrics'))

interface Observing {
  readonly labels: Readonly<Record<string, string>>
  readonly endpoints: readonly Endpoint[]
  readonly serving: Serving
}

interface Caller {
  readonly namespace: string
  readonly workload: string
}

/** Whoever calls the service by the graph; where nobody does, the calls come from outside through the gateway. */
function callersOf(services: readonly ServiceSignals[], service: string): readonly Caller[] {
  const inside = services
    .filter(({ callsTo }) => callsTo.includes(service))
    .map(({ namespace, service: workload }) => ({ namespace, workload }))
  return inside.length > 0 ? inside : [{ namespace: 'envoy-gateway-system', workload: 'envoy-home' }]
}

/** gRPC's calls are POSTs, and their routes are bare names. */
const methodOf = ({ route }: Endpoint) => /^([A-Z]+) \//.exec(route)?.[1] ?? 'POST'
const protocolOf = ({ route }: Endpoint) => (/^[A-Z]+ \//.test(route) ? 'HTTP/1.1' : 'HTTP/2.0')

function* observed({ scope, target, startedAt }: Program): Iterable<Observing> {
  const residents = residentsOf(scope.world, scope.objects)
  for (const { service, namespace, endpoints } of scope.world.services) {
    if (!scope.filter.accepts('destination_workload', service)) continue
    const shares = [...sharesOf(residents.ofApp(namespace, service))]
      .filter(([pod]) => pod.node === target.node)
      .map(([, own]) => own)
    if (shares.length === 0) continue
    const callers = callersOf(scope.world.services, service)
    for (const caller of callers) {
      for (const [method = '', some] of Map.groupBy(endpoints, methodOf)) {
        yield {
          endpoints: some,
          labels: {
            destination_namespace: namespace,
            destination_workload: service,
            method,
            reporter: 'server',
            source_namespace: caller.namespace,
            source_workload: caller.workload,
            traffic_direction: 'ingress',
          },
          serving: { shares, since: startedAt, part: 1 / callers.length },
        }
      }
    }
  }
}

/** Seconds, the client library's own. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

export const hubbleHttpFamilies: readonly Family[] = [
  hubble.counter('hubble_http_requests_total', 'Count of HTTP requests by methods', function* (program) {
    for (const { labels, endpoints, serving } of observed(program)) {
      const all = callsOf(endpoints, serving)
      const failed = errorsOf(endpoints, serving)
      const [first] = endpoints
      const protocol = first ? protocolOf(first) : ''
      yield [
        { ...labels, protocol, status: '200' },
        (time) => Math.floor(Math.max(0, all(time) - failed(time))),
      ]
      yield [{ ...labels, protocol, status: '500' }, (time) => Math.floor(failed(time))]
    }
  }),
  ...hubble.histogram(
    'hubble_http_request_duration_seconds',
    'Quantiles of HTTP request duration in seconds',
    bounds,
    function* (program) {
      for (const { labels, endpoints, serving } of observed(program)) {
        yield [labels, tookOf(program.scope.world, endpoints, serving, { bounds, unit: 1000 })]
      }
    },
  ),
]
