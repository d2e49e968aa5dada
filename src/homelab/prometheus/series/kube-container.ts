// kube-state-metrics of the containers of pods.
import { flag, type ObjectMetric, type Row, seconds } from './kube-object.ts'
import type { ContainerFacts, PodFacts } from './pod.ts'

type Status = NonNullable<ContainerFacts['status']>

const idOf = ({ namespace, name, uid }: PodFacts, container: ContainerFacts) => ({
  namespace,
  pod: name,
  uid,
  container: container.name,
})

/** One row for each container that the kubelet has told of. */
function perStatus(
  value: (status: Status) => number | undefined,
  extra: (status: Status) => Readonly<Record<string, string>> = () => ({}),
): ObjectMetric<PodFacts>['rows'] {
  return (pod) =>
    pod.containers.flatMap((container): Row[] => {
      const worth = container.status && value(container.status)
      if (!container.status || worth === undefined) return []
      return [[{ ...idOf(pod, container), ...extra(container.status) }, worth]]
    })
}

/** What a resource is counted in, as kube-state-metrics names it. */
function unitOf(resource: string): string {
  if (resource === 'cpu') return 'core'
  return resource === 'memory' || resource.endsWith('storage') ? 'byte' : 'integer'
}

function perResource(amounts: (container: ContainerFacts) => Readonly<Record<string, number>>) {
  return (pod: PodFacts): readonly Row[] =>
    pod.containers.flatMap((container) =>
      Object.entries(amounts(container)).map(
        ([resource, amount]): Row => [
          {
            ...idOf(pod, container),
            node: pod.node,
            resource: resource.replace(/[^a-zA-Z0-9]/g, '_'),
            unit: unitOf(resource),
          },
          amount,
        ],
      ),
    )
}

const gauge = (name: string, help: string, rows: ObjectMetric<PodFacts>['rows']): ObjectMetric<PodFacts> => ({
  name,
  type: 'gauge',
  help,
  rows,
})

const isRunning = (status: Status) => status.startedAt !== undefined

export const containerMetrics: readonly ObjectMetric<PodFacts>[] = [
  gauge('kube_pod_container_info', 'Information about a container in a pod.', (pod) =>
    pod.containers.map((container) => [
      {
        ...idOf(pod, container),
        image: container.status?.image ?? '',
        image_id: container.status?.imageId ?? '',
        image_spec: container.image,
        container_id: container.status?.id ?? '',
      },
      1,
    ]),
  ),
  gauge(
    'kube_pod_container_status_ready',
    'Describes whether the containers readiness check succeeded.',
    perStatus((status) => flag(status.ready)),
  ),
  gauge(
    'kube_pod_container_status_running',
    'Describes whether the container is currently in running state.',
    perStatus((status) => flag(isRunning(status))),
  ),
  gauge(
    'kube_pod_container_status_waiting',
    'Describes whether the container is currently in waiting state.',
    perStatus((status) => flag(status.waiting !== undefined)),
  ),
  gauge(
    'kube_pod_container_status_waiting_reason',
    'Describes the reason the container is currently in waiting state.',
    perStatus(
      (status) => (status.waiting ? 1 : undefined),
      (status) => ({ reason: status.waiting ?? '' }),
    ),
  ),
  gauge(
    'kube_pod_container_status_terminated',
    'Describes whether the container is currently in terminated state.',
    perStatus((status) => flag(status.terminated !== undefined)),
  ),
  gauge(
    'kube_pod_container_status_terminated_reason',
    'Describes the reason the container is currently in terminated state.',
    perStatus(
      (status) => (status.terminated ? 1 : undefined),
      (status) => ({ reason: status.terminated?.reason ?? '' }),
    ),
  ),
  gauge(
    'kube_pod_container_status_last_terminated_reason',
    'Describes the last reason the container was in terminated state.',
    perStatus(
      (status) => (status.lastTerminated ? 1 : undefined),
      (status) => ({ reason: status.lastTerminated?.reason ?? '' }),
    ),
  ),
  gauge(
    'kube_pod_container_status_last_terminated_exitcode',
    'Describes the exit code for the last container in terminated state.',
    perStatus((status) => status.lastTerminated?.exitCode),
  ),
  gauge(
    'kube_pod_container_status_last_terminated_timestamp',
    'Last terminated time for a pod container in unix timestamp.',
    perStatus((status) => {
      const at = status.lastTerminated?.finishedAt
      return at === undefined ? undefined : seconds(at)
    }),
  ),
  gauge(
    'kube_pod_container_state_started',
    'Start time in unix timestamp for a pod container.',
    perStatus((status) => (status.startedAt === undefined ? undefined : seconds(status.startedAt))),
  ),
  {
    name: 'kube_pod_container_status_restarts_total',
    type: 'counter',
    help: 'The number of container restarts per container.',
    rows: perStatus((status) => status.restarts),
  },
  gauge(
    'kube_pod_container_resource_requests',
    'The number of requested request resource by a container.',
    perResource((container) => container.requests),
  ),
  gauge(
    'kube_pod_container_resource_limits',
    'The number of requested limit resource by a container.',
    perResource((container) => container.limits),
  ),
  gauge('kube_pod_init_container_info', 'Information about an init container in a pod.', (pod) =>
    pod.initContainers.map((container) => [
      {
        ...idOf(pod, container),
        image: container.status?.image ?? '',
        image_id: container.status?.imageId ?? '',
        image_spec: container.image,
        container_id: container.status?.id ?? '',
      },
      1,
    ]),
  ),
]
