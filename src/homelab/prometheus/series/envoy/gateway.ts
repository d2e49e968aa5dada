// What Envoy Gateway's control plane tells: its runners' messages, what it wrote to the cluster and to the proxies.
import type { Family } from '#homelab/prometheus/series/family.ts'
import { jobIs, partOf, steadily } from '#homelab/prometheus/series/part.ts'
import type { Program } from '#homelab/prometheus/series/process.ts'
import { since } from '#homelab/prometheus/series/worth.ts'

const gateway = partOf(jobIs('envoy-gateway'))

/** Seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const
const runners = [
  ['provider', 'provider-resources', 1 / 24],
  ['gateway-api', 'provider-resources', 1 / 24],
  ['xds', 'xds-ir', 1 / 60],
  ['infrastructure', 'infra-ir', 1 / 60],
] as const
const statuses = [
  ['Gateway', 1 / 180],
  ['HTTPRoute', 1 / 40],
  ['GatewayClass', 1 / 900],
] as const
const applied = [
  ['Deployment', 1 / 300],
  ['Service', 1 / 300],
  ['ConfigMap', 1 / 300],
  ['ServiceAccount', 1 / 300],
] as const
const infra = { name: 'envoy-home', namespace: 'envoy-gateway-system' }

type Each = (program: Program) => Iterable<readonly [labels: Readonly<Record<string, string>>, rate: number]>

const counted = (name: string, help: string, rows: Each) =>
  gateway.counter(name, help, function* (program) {
    for (const [labels, rate] of rows(program)) {
      yield [{ ...labels, status: 'success' }, since(rate)(program)]
    }
  })

const timed = (name: string, help: string, [p50, p99]: readonly [number, number], rows: Each) =>
  gateway.histogram(name, help, bounds, function* (program) {
    for (const [labels, rate] of rows(program)) {
      yield [labels, steadily(bounds, p50, p99)(since(rate)(program))]
    }
  })

const ofRunners: Each = () => runners.map(([runner, message, rate]) => [{ message, runner }, rate])
const ofStatuses: Each = () => statuses.map(([kind, rate]) => [{ kind }, rate])
const ofApplied: Each = () => applied.map(([kind, rate]) => [{ kind, ...infra }, rate])
/** Nothing of the infrastructure is taken away again unless a gateway goes. */
const ofDeleted: Each = () => [[{ kind: 'HorizontalPodAutoscaler', ...infra }, 1 / 86_400]]

export const envoyGatewayFamilies: readonly Family[] = [
  gateway.gauge('watchable_depth', 'Current depth of watchable map.', () =>
    runners.map(([runner, message]) => [{ message, runner }, 0]),
  ),
  gateway.gauge('wasm_cache_entries', 'Number of WASM extensions in the cache.', () => [[{}, 0]]),
  counted('watchable_subscribe_total', 'Total number of subscribed watchable.', ofRunners),
  ...timed(
    'watchable_subscribe_duration_seconds',
    'How long a subscribed watchable is handled.',
    [0.004, 0.06],
    ofRunners,
  ),
  gateway.counter(
    'watchable_panics_recovered_total',
    'Total recovered panics in the watchable infrastructure.',
    () => [[{}, 0]],
  ),
  counted('status_update_total', 'Total number of status updates by object kind.', ofStatuses),
  ...timed(
    'status_update_duration_seconds',
    'How long a status update takes to finish.',
    [0.012, 0.09],
    ofStatuses,
  ),
  counted('xds_snapshot_create_total', 'Total number of xds snapshot cache creates.', () => [[{}, 1 / 60]]),
  gateway.counter(
    'xds_snapshot_update_total',
    'Total number of xds snapshot cache updates by node id.',
    (program) => proxiesOf(program).map((nodeID) => [{ nodeID, status: 'success' }, since(1 / 60)(program)]),
  ),
  ...gateway.histogram(
    'xds_stream_duration_seconds',
    'How long a stream takes to finish.',
    bounds,
    (program) => [
      [{ isDeltaStream: 'true', streamID: '1' }, steadily(bounds, 3, 9)(since(1 / 43_200)(program))],
    ],
  ),
  counted('resource_apply_total', 'Total number of applied resources.', ofApplied),
  ...timed(
    'resource_apply_duration_seconds',
    'How long a resource be applied takes to finish.',
    [0.02, 0.13],
    ofApplied,
  ),
  counted('resource_delete_total', 'Total number of deleted resources.', ofDeleted),
  ...timed(
    'resource_delete_duration_seconds',
    'How long a resource be deleted takes to finish.',
    [0.006, 0.05],
    ofDeleted,
  ),
]

function proxiesOf({ scope }: Program): readonly string[] {
  return scope.objects
    .histories('pods')
    .filter(({ name }) => name.startsWith('envoy-home-'))
    .map(({ name }) => name)
}
