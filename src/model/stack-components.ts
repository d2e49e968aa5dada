// The parts of the stack as data: how each is known among the workloads, and what Prometheus calls its target.
// Names and labels are those that the charts and operators give (kube-prometheus-stack, ClickStack, Flux…).

export interface Component {
  readonly id: string
  readonly name: string
  /** Any of these labels makes a workload part of it. */
  readonly labels: readonly (readonly [string, string])[]
  /** Or a name of this shape, in any namespace. */
  readonly names?: RegExp
  /** The jobs (or Services) of its scrape targets. */
  readonly jobs?: RegExp
}

const name = 'app.kubernetes.io/name'
const component = 'app.kubernetes.io/component'

export const components: readonly Component[] = [
  {
    id: 'prometheus',
    name: 'Prometheus',
    labels: [
      [name, 'prometheus'],
      ['operator.prometheus.io/name', 'prometheus'],
    ],
    names: /^prometheus-.*(prometheus|stack|k8s|main)|^prometheus$/,
    jobs: /^prometheus(-operated|-k8s)?$|prometheus-prometheus$|-stack-prometheus$/,
  },
  {
    id: 'alertmanager',
    name: 'Alertmanager',
    labels: [[name, 'alertmanager']],
    names: /^alertmanager/,
    jobs: /alertmanager/,
  },
  {
    id: 'prometheus-operator',
    name: 'Prometheus operator',
    labels: [
      [name, 'prometheus-operator'],
      ['app', 'kube-prometheus-stack-operator'],
    ],
    names: /prometheus-operator$|kube-prometheus-stack-operator$/,
    jobs: /prometheus-operator|stack-operator$/,
  },
  {
    id: 'kube-state-metrics',
    name: 'kube-state-metrics',
    labels: [[name, 'kube-state-metrics']],
    names: /kube-state-metrics$/,
    jobs: /kube-state-metrics/,
  },
  {
    id: 'node-exporter',
    name: 'node-exporter',
    labels: [
      [name, 'prometheus-node-exporter'],
      [name, 'node-exporter'],
    ],
    names: /node-exporter$/,
    jobs: /node-exporter/,
  },
  {
    id: 'clickhouse',
    name: 'ClickHouse',
    labels: [
      ['app', 'clickstack-clickhouse-clickhouse'],
      [name, 'clickhouse'],
    ],
    names: /^(clickstack-)?clickhouse(?!-operator|.*keeper)/,
    jobs: /clickhouse(?!-operator)/,
  },
  {
    id: 'hyperdx',
    name: 'HyperDX',
    labels: [
      [name, 'hyperdx'],
      [component, 'hyperdx'],
    ],
    names: /^clickstack-app$|hyperdx/,
  },
  {
    id: 'clickstack-collector',
    name: 'ClickStack collector',
    labels: [],
    names: /^clickstack-otel-collector$/,
    jobs: /^clickstack-otel-collector/,
  },
  {
    id: 'otel-collector',
    name: 'OTel collector',
    labels: [],
    names: /^otel(-router|-collector|-gateway)?(-collector)?$|^opentelemetry-collector$/,
    jobs: /^otel(-router|-collector|-gateway)?(-collector)?(-monitoring)?$/,
  },
  {
    id: 'otel-agent',
    name: 'OTel agent',
    labels: [],
    names: /^otel-(agent|node)(-collector)?$/,
    jobs: /^otel-(agent|node)(-collector)?(-monitoring)?$/,
  },
  {
    id: 'otel-operator',
    name: 'OTel operator',
    labels: [[name, 'opentelemetry-operator']],
    names: /^opentelemetry-operator/,
    jobs: /opentelemetry-operator/,
  },
  {
    id: 'grafana',
    name: 'Grafana',
    labels: [[name, 'grafana']],
    names: /^grafana(-deployment)?$/,
    jobs: /^grafana(-service)?$/,
  },
  {
    id: 'grafana-operator',
    name: 'Grafana operator',
    labels: [[name, 'grafana-operator']],
    names: /^grafana-operator/,
    jobs: /grafana-operator/,
  },
  { id: 'ntfy', name: 'ntfy', labels: [[name, 'ntfy']], names: /^ntfy$/, jobs: /^ntfy$/ },
  {
    id: 'source-controller',
    name: 'Flux source controller',
    labels: [['app', 'source-controller']],
    names: /^source-controller$/,
    jobs: /source-controller/,
  },
  {
    id: 'kustomize-controller',
    name: 'Flux kustomize controller',
    labels: [['app', 'kustomize-controller']],
    names: /^kustomize-controller$/,
    jobs: /kustomize-controller/,
  },
  {
    id: 'helm-controller',
    name: 'Flux helm controller',
    labels: [['app', 'helm-controller']],
    names: /^helm-controller$/,
    jobs: /helm-controller/,
  },
  {
    id: 'notification-controller',
    name: 'Flux notification controller',
    labels: [['app', 'notification-controller']],
    names: /^notification-controller$/,
    jobs: /notification-controller/,
  },
]
