// The ServiceMonitors and PodMonitors by which Prometheus finds the parts of the stack and their neighbours.
import type { ObjectStore } from '#homelab/store.ts'
import { custom } from '#homelab/world/kinds.ts'
import type { FluxOwner } from './meta.ts'
import { kustomization, NAMESPACE, putCustomResource } from './put-custom.ts'

type Labels = Readonly<Record<string, string>>

interface Monitor {
  readonly name: string
  readonly namespace?: string
  readonly owner: FluxOwner
  readonly selects: Labels
  readonly port: string
  readonly path?: string
  readonly honorLabels?: true
  /** Where it is not the Service's name. */
  readonly job?: string
  /** Labels of the Service or pod that go onto every series. */
  readonly targetLabels?: readonly string[]
}

const release = (name: string, namespace: string): FluxOwner => ({ kind: 'hr', name, namespace })
const kps = release('kube-prometheus-stack', NAMESPACE)
const cilium = release('cilium', 'kube-system')
const named = (name: string): Labels => ({ 'app.kubernetes.io/name': name })

const serviceMonitors: readonly Monitor[] = [
  { name: 'kube-state-metrics', owner: kps, selects: named('kube-state-metrics'), port: 'http' },
  { name: 'node-exporter', owner: kps, selects: named('node-exporter'), port: 'http-metrics' },
  { name: 'otel-collector', owner: kps, selects: named('otel-collector'), port: 'metrics' },
  {
    name: 'clickstack-otel-collector',
    owner: kps,
    selects: named('clickstack-otel-collector'),
    port: 'metrics',
  },
  { name: 'grafana', owner: kps, selects: named('grafana-deployment'), port: 'grafana-http' },
  { name: 'ntfy', owner: kps, selects: named('ntfy'), port: 'metrics' },
  {
    name: 'cilium-agent',
    namespace: 'kube-system',
    owner: cilium,
    selects: { 'k8s-app': 'cilium' },
    port: 'prometheus',
    targetLabels: ['k8s-app'],
  },
  {
    name: 'hubble',
    namespace: 'kube-system',
    owner: cilium,
    selects: { 'k8s-app': 'cilium' },
    port: 'hubble',
    job: 'hubble-metrics',
    honorLabels: true,
    targetLabels: ['k8s-app'],
  },
  {
    name: 'cilium-operator',
    namespace: 'kube-system',
    owner: cilium,
    selects: named('cilium-operator'),
    port: 'prometheus',
    targetLabels: ['io.cilium/app'],
  },
  {
    name: 'envoy-gateway',
    namespace: 'envoy-gateway-system',
    owner: kustomization('monitoring'),
    selects: named('envoy-gateway'),
    port: 'metrics',
  },
  {
    name: 'trivy-operator',
    namespace: 'trivy-system',
    owner: release('trivy-operator', 'trivy-system'),
    selects: named('trivy-operator'),
    port: 'metrics',
    honorLabels: true,
  },
  {
    name: 'longhorn',
    namespace: 'longhorn-system',
    owner: release('longhorn', 'longhorn-system'),
    selects: named('longhorn-manager'),
    port: 'manager',
  },
]

const podMonitors: readonly Monitor[] = [
  {
    name: 'envoy-proxy',
    namespace: 'envoy-gateway-system',
    owner: kustomization('monitoring'),
    selects: named('envoy-home'),
    port: 'metrics',
    path: '/stats/prometheus',
  },
  {
    name: 'postgres',
    namespace: 'db',
    owner: kustomization('databases'),
    selects: { 'cnpg.io/podRole': 'instance' },
    port: 'metrics',
  },
  {
    name: 'cloudnative-pg',
    namespace: 'cnpg-system',
    owner: release('cloudnative-pg', 'cnpg-system'),
    selects: named('cloudnative-pg'),
    port: 'metrics',
  },
]

export function putMonitors(store: ObjectStore, at: number): void {
  for (const { selects, port, job, path, honorLabels, targetLabels, ...monitor } of serviceMonitors) {
    putCustomResource(store, at, {
      resource: custom.serviceMonitor,
      ...monitor,
      spec: {
        selector: { matchLabels: selects },
        ...(targetLabels && { targetLabels }),
        endpoints: [
          {
            port,
            interval: '30s',
            ...(path && { path }),
            ...(honorLabels && { honorLabels }),
            ...(job && { relabelings: [{ targetLabel: 'job', replacement: job }] }),
          },
        ],
      },
    })
  }
  for (const { selects, port, path, honorLabels, targetLabels: _, ...monitor } of podMonitors) {
    putCustomResource(store, at, {
      resource: custom.podMonitor,
      ...monitor,
      spec: {
        selector: { matchLabels: selects },
        podMetricsEndpoints: [{ port, ...(path && { path }), ...(honorLabels && { honorLabels }) }],
      },
    })
  }
  putCustomResource(store, at, {
    resource: custom.podMonitor,
    name: 'flux-system',
    owner: kustomization('monitoring'),
    spec: {
      namespaceSelector: { matchNames: ['flux-system'] },
      podMetricsEndpoints: [{ port: 'http-prom' }],
      selector: { matchLabels: { 'app.kubernetes.io/part-of': 'flux' } },
    },
  })
}
