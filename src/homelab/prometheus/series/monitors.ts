// The monitors of the stack that select pods: which pods, which port, and the labels their targets get.
import type { KubeObject } from '#model/kube.ts'
import type { Labels } from '#model/prometheus.ts'
import type { PodFacts } from './pod.ts'

export interface PodMonitoring {
  readonly pool: string
  selects(pod: KubeObject): boolean
  readonly job: string | ((pod: PodFacts) => string)
  readonly service?: string | ((pod: PodFacts) => string)
  readonly container: string
  readonly endpoint: string
  readonly port: number
  readonly path?: string
  readonly honorLabels?: boolean
  /** What its relabelling adds to every series. */
  readonly labels?: (pod: PodFacts) => Labels
}

const stack = 'kube-prometheus-stack'

/** The application's name as its labels have it, by the three conventions in use. */
export function appOf(pod: KubeObject): string {
  const labels = pod.metadata.labels ?? {}
  return labels['app.kubernetes.io/name'] ?? labels['k8s-app'] ?? labels.app ?? ''
}

const named =
  (...names: readonly string[]) =>
  (pod: KubeObject): boolean =>
    names.includes(appOf(pod))

const collectors = 'opentelemetry-collector'

export const stackMonitors: readonly PodMonitoring[] = [
  {
    pool: 'serviceMonitor/observability/kube-state-metrics/0',
    selects: named('kube-state-metrics'),
    job: 'kube-state-metrics',
    service: 'kube-state-metrics',
    container: 'kube-state-metrics',
    endpoint: 'http',
    port: 8080,
    honorLabels: true,
  },
  {
    pool: 'serviceMonitor/observability/node-exporter/0',
    selects: named('prometheus-node-exporter', 'node-exporter'),
    job: 'node-exporter',
    service: 'node-exporter',
    container: 'node-exporter',
    endpoint: 'http-metrics',
    port: 9100,
  },
  {
    pool: `serviceMonitor/observability/${stack}-prometheus/0`,
    selects: named('prometheus', 'prometheus-kube-prometheus-stack'),
    job: `${stack}-prometheus`,
    service: `${stack}-prometheus`,
    container: 'prometheus',
    endpoint: 'http-web',
    port: 9090,
  },
  {
    pool: `serviceMonitor/observability/${stack}-alertmanager/0`,
    selects: named('alertmanager', 'alertmanager-kube-prometheus-stack'),
    job: `${stack}-alertmanager`,
    service: `${stack}-alertmanager`,
    container: 'alertmanager',
    endpoint: 'http-web',
    port: 9093,
  },
  {
    pool: `serviceMonitor/observability/${stack}-operator/0`,
    selects: named(`${stack}-operator`, `${stack}-prometheus-operator`),
    job: `${stack}-operator`,
    service: `${stack}-operator`,
    container: stack,
    endpoint: 'https',
    port: 10_250,
  },
  {
    pool: 'serviceMonitor/observability/grafana/0',
    selects: named('grafana', 'grafana-deployment'),
    job: 'grafana-service',
    service: 'grafana-service',
    container: 'grafana',
    endpoint: 'grafana',
    port: 3000,
  },
  {
    pool: 'serviceMonitor/observability/otel-monitoring-collector/0',
    selects: (pod) =>
      pod.metadata.labels?.['app.kubernetes.io/component'] === collectors ||
      /^otel-(agent-)?collector-/.test(pod.metadata.name),
    job: (pod) => `${collectorOf(pod)}-monitoring`,
    service: (pod) => `${collectorOf(pod)}-monitoring`,
    container: 'otc-container',
    endpoint: 'monitoring',
    port: 8888,
  },
  {
    pool: 'serviceMonitor/observability/ntfy/0',
    selects: named('ntfy'),
    job: 'ntfy',
    service: 'ntfy',
    container: 'ntfy',
    endpoint: 'metrics',
    port: 9090,
  },
  {
    pool: 'podMonitor/flux-system/flux-system/0',
    selects: (pod) => pod.metadata.namespace === 'flux-system' && /-controller$/.test(appOf(pod)),
    job: 'flux-system/flux-system',
    container: 'manager',
    endpoint: 'http-prom',
    port: 8080,
  },
]

function collectorOf(pod: PodFacts): string {
  return pod.labels['app.kubernetes.io/name'] ?? pod.name.replace(/-[a-z0-9]+(-[a-z0-9]{5})?$/, '')
}
