// The charts of a pod, or of all pods of a workload: what cAdvisor measures in their containers, against what they asked
// for and may take at most.
import { realContainers } from '#model/metric-queries.ts'
import { type ChartSpec, gauge, rate } from './spec.ts'

export interface ContainerScope {
  /** Matchers of the pods: `namespace="shop",pod="cart-1"`. */
  readonly pods: string
  /** What one line is about: the containers of one pod, or the pods of a workload. */
  readonly by: 'container' | 'pod'
}

export function containerCharts({ pods, by }: ContainerScope): readonly ChartSpec[] {
  const containers = `${pods},${realContainers}`
  const line = { label: by }
  // A line is one container, or all of one pod: so is its limit. The greatest, where they differ.
  const setting = (what: 'requests' | 'limits', resource: string) => ({
    name: what === 'requests' ? 'request' : 'limit',
    expr: `max(sum by (${by === 'pod' ? 'namespace,pod' : 'namespace,pod,container'}) (kube_pod_container_resource_${what}{${pods},resource="${resource}"}))`,
  })
  return [
    {
      id: 'cpu',
      title: 'cpu',
      unit: 'cores',
      metric: 'container_cpu_usage_seconds_total',
      lines: [
        {
          name: line,
          query: rate(
            (window) => `sum by (${by}) (rate(container_cpu_usage_seconds_total{${containers}}[${window}]))`,
          ),
        },
      ],
      limits: [setting('limits', 'cpu'), setting('requests', 'cpu')],
    },
    {
      id: 'memory',
      title: 'memory',
      unit: 'bytes',
      metric: 'container_memory_working_set_bytes',
      lines: [
        {
          name: line,
          query: gauge(`sum by (${by}) (container_memory_working_set_bytes{${containers}})`),
        },
      ],
      limits: [setting('limits', 'memory'), setting('requests', 'memory')],
    },
    {
      id: 'throttled',
      title: 'throttled periods',
      unit: 'ratio',
      metric: 'container_cpu_cfs_throttled_periods_total',
      // Only what has a CPU limit is ever throttled.
      optional: true,
      lines: [
        {
          name: line,
          query: rate(
            (window) =>
              `sum by (${by}) (rate(container_cpu_cfs_throttled_periods_total{${containers}}[${window}])) / sum by (${by}) (rate(container_cpu_cfs_periods_total{${containers}}[${window}]))`,
          ),
        },
      ],
      limits: [],
    },
    {
      id: 'restarts',
      title: 'restarts',
      unit: 'number',
      metric: 'kube_pod_container_status_restarts_total',
      lines: [
        { name: line, query: gauge(`sum by (${by}) (kube_pod_container_status_restarts_total{${pods}})`) },
      ],
      limits: [],
    },
    {
      id: 'network',
      title: 'network',
      unit: 'bytes/s',
      metric: 'container_network_receive_bytes_total',
      optional: true,
      lines: [
        {
          name: { text: 'received' },
          query: rate((window) => `sum(rate(container_network_receive_bytes_total{${pods}}[${window}]))`),
        },
        {
          name: { text: 'sent' },
          query: rate((window) => `sum(rate(container_network_transmit_bytes_total{${pods}}[${window}]))`),
        },
      ],
      limits: [],
    },
    {
      id: 'volumes',
      title: 'volumes',
      unit: 'ratio',
      metric: 'kubelet_volume_stats_used_bytes',
      optional: true,
      top: 1,
      lines: [
        {
          name: { label: 'persistentvolumeclaim' },
          query: gauge(
            `max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes and on (namespace,persistentvolumeclaim) kube_pod_spec_volumes_persistentvolumeclaims_info{${pods}})`,
          ),
        },
      ],
      limits: [],
    },
  ]
}
