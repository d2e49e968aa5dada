// What Cilium's agent tells of its own work: its process, policies, controllers, and its talk with the API server.
import type { Family } from '#homelab/prometheus/series/family.ts'
import { jobIs, partOf, steadily } from '#homelab/prometheus/series/part.ts'
import type { Program } from '#homelab/prometheus/series/process.ts'
import { busy, loaded, ofMemory, since } from '#homelab/prometheus/series/worth.ts'

const agent = partOf(jobIs('cilium-agent'))
const policies = ({ scope }: Program) =>
  scope.objects.histories('networkpolicies', 'networking.k8s.io').length

const scopes = [
  'CiliumNetworkPolicy',
  'NetworkPolicy',
  'Pod',
  'Node',
  'Service',
  'Endpoint',
  'Namespace',
] as const
const apiPaths = ['/healthz', '/endpoint/{id}', '/ipam/{ip}', '/endpoint'] as const
const kubernetesPaths = [
  '/api/v1/nodes',
  '/apis/cilium.io/v2/ciliumendpoints',
  '/apis/cilium.io/v2/ciliumnodes',
] as const
const regenerations = [
  ['buildDuration', 0.06, 0.4],
  ['endpointPolicyCalculation', 0.002, 0.02],
  ['mapSync', 0.001, 0.01],
  ['proxyConfiguration', 0.0004, 0.004],
  ['proxyPolicyCalculation', 0.0003, 0.003],
  ['selectorPolicyCalculation', 0.0008, 0.008],
  ['waitingForLock', 0.0005, 0.006],
] as const
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

/** Seconds in all, and how often, for each row. */
function timed(
  name: string,
  help: string,
  rows: (
    program: Program,
  ) => readonly (readonly [Readonly<Record<string, string>>, rate: number, each: number])[],
): readonly Family[] {
  return [
    agent.counter(`${name}_count`, help, (program) =>
      rows(program).map(([labels, rate]) => [labels, since(rate)(program)]),
    ),
    agent.counter(`${name}_sum`, help, (program) =>
      rows(program).map(([labels, rate, each]) => {
        const count = since(rate)(program)
        return [labels, (time) => count(time) * each]
      }),
    ),
  ]
}

export const ciliumWorkFamilies: readonly Family[] = [
  agent.counter(
    'cilium_process_cpu_seconds_total',
    'Total user and system CPU time spent in seconds.',
    (program) => [[{}, (time) => program.signals.cpu.total(program.startedAt, time)]],
  ),
  agent.gauge('cilium_process_resident_memory_bytes', 'Resident memory size in bytes.', (program) => [
    [{}, ofMemory(0.92)(program)],
  ]),
  agent.gauge('cilium_process_virtual_memory_bytes', 'Virtual memory size in bytes.', (program) => [
    [{}, ofMemory(5.1)(program)],
  ]),
  agent.gauge('cilium_process_open_fds', 'Number of open file descriptors.', (program) => [
    [{}, loaded(90, 200)(program)],
  ]),
  agent.counter(
    'cilium_errors_warnings_total',
    'Number of total errors in cilium-agent instances',
    (program) => [
      [{ level: 'error', subsystem: 'k8s-watcher' }, 0],
      [{ level: 'warning', subsystem: 'k8s-client' }, since(1 / 5400)(program)],
    ],
  ),
  agent.gauge('cilium_policy', 'Number of policies currently loaded', (program) => [[{}, policies(program)]]),
  agent.counter('cilium_policy_change_total', 'Number of policy changes by outcome', (program) => [
    [{ outcome: 'success' }, policies(program)],
    [{ outcome: 'failure' }, 0],
  ]),
  ...agent.histogram(
    'cilium_policy_incremental_update_duration',
    'Time between learning about a new identity and it being fully added to all policies',
    bounds,
    (program) => [[{ scope: 'global' }, steadily(bounds, 0.004, 0.04)(since(1 / 50)(program))]],
  ),
  ...agent.histogram(
    'cilium_policy_implementation_delay',
    'Time between a policy change and it being fully deployed into the datapath',
    bounds,
    (program) => [[{ source: 'k8s' }, steadily(bounds, 0.05, 0.6)(since(1 / 600)(program))]],
  ),
  agent.counter('cilium_policy_l7_total', 'Number of total proxy requests handled', (program) =>
    (['http', 'fqdn'] as const).flatMap((proxy_type) => [
      [{ proxy_type, rule: 'received' }, busy(30)(program)] as const,
      [{ proxy_type, rule: 'forwarded' }, busy(29.8)(program)] as const,
      [{ proxy_type, rule: 'denied' }, busy(0.2)(program)] as const,
    ]),
  ),
  agent.gauge('cilium_proxy_redirects', 'Number of redirects installed for endpoints', () => [
    [{ protocol: 'http' }, 6],
    [{ protocol: 'dns' }, 3],
  ]),
  ...agent.histogram(
    'cilium_proxy_upstream_reply_seconds',
    'Seconds waited for upstream server to reply to a request',
    bounds,
    (program) =>
      ['upstreamTime', 'processingTime', 'totalTime'].map((scope, index) => [
        { protocol_l7: 'dns', scope, error: 'none' },
        steadily(bounds, 0.003 / (index + 1), 0.03 / (index + 1))(busy(14)(program)),
      ]),
  ),
  agent.counter('cilium_endpoint_regenerations_total', 'Count of all endpoint regenerations', (program) => [
    [{ outcome: 'success' }, since(1 / 25)(program)],
    [{ outcome: 'fail' }, 0],
  ]),
  ...agent.histogram(
    'cilium_endpoint_regeneration_time_stats_seconds',
    'Endpoint regeneration time stats labeled by the scope',
    bounds,
    (program) =>
      regenerations.map(([scope, p50, p99]) => [
        { scope, status: 'success' },
        steadily(bounds, p50, p99)(since(1 / 25)(program)),
      ]),
  ),
  agent.counter(
    'cilium_controllers_runs_total',
    'Number of times that a controller process was run',
    (program) => [
      [{ status: 'success' }, since(1.1)(program)],
      [{ status: 'failure' }, since(1 / 7200)(program)],
    ],
  ),
  agent.gauge('cilium_controllers_failing', 'Number of failing controllers', () => [[{}, 0]]),
  ...timed(
    'cilium_controllers_runs_duration_seconds',
    'Duration in seconds of the controller process',
    () => [
      [{ status: 'success' }, 1.1, 0.0042],
      [{ status: 'failure' }, 1 / 7200, 0.9],
    ],
  ),
  ...timed('cilium_agent_api_process_time_seconds', 'Duration of processed API calls', () =>
    apiPaths.map((path, index) => [
      {
        method: path === '/endpoint' ? 'PUT' : 'GET',
        path,
        return_code: path === '/endpoint' ? '201' : '200',
      },
      0.2 / (index + 1),
      0.004 * (index + 1),
    ]),
  ),
  ...timed('cilium_k8s_client_api_latency_time_seconds', 'Duration of processed API calls', () =>
    kubernetesPaths.map((path, index) => [
      { method: index === 0 ? 'GET' : 'PATCH', path },
      0.09 / (index + 1),
      0.0061 * (index + 1),
    ]),
  ),
  agent.counter(
    'cilium_k8s_client_api_calls_total',
    'Number of API calls made to kube-apiserver',
    (program) =>
      (
        [
          ['GET', '200', 0.09],
          ['PATCH', '200', 0.07],
          ['PUT', '409', 0.0002],
        ] as const
      ).map(([method, return_code, rate]) => [
        { host: '10.43.0.1:443', method, return_code },
        since(rate)(program),
      ]),
  ),
  agent.counter('cilium_kubernetes_events_total', 'Number of Kubernetes events processed', (program) =>
    scopes.flatMap((scope, index) =>
      (['create', 'update', 'delete'] as const).map(
        (action) =>
          [
            { action, scope, status: 'success' },
            since((action === 'update' ? 0.08 : 0.004) / (index + 1))(program),
          ] as const,
      ),
    ),
  ),
  agent.counter(
    'cilium_kubernetes_events_received_total',
    'Number of Kubernetes events received labeled by scope, action, valid data and equalness',
    (program) =>
      scopes.flatMap((scope, index) =>
        (['true', 'false'] as const).flatMap((equal) =>
          (['true', 'false'] as const).map(
            (valid) =>
              [
                { action: 'update', equal, scope, valid },
                valid === 'true' ? since(0.08 / (index + 1))(program) : 0,
              ] as const,
          ),
        ),
      ),
  ),
  agent.counter(
    'cilium_services_events_total',
    'Number of services events labeled by action type',
    (program) => [
      [{ action: 'add' }, since(1 / 900)(program)],
      [{ action: 'update' }, since(1 / 120)(program)],
      [{ action: 'delete' }, since(1 / 1200)(program)],
    ],
  ),
]
