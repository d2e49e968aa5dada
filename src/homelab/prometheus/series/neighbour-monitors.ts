// The monitors of the parts beside the stack: the network, the gateway, databases, storage and the scanner.
import { appOf, type PodMonitoring } from './monitors.ts'
import type { PodFacts } from './pod.ts'

const named =
  (namespace: string, name: string): PodMonitoring['selects'] =>
  (pod) =>
    pod.metadata.namespace === namespace && appOf(pod) === name

/** Cilium's charts put the node and their own application label on every series. */
const ofCilium = (application: Readonly<Record<string, string>>) => (pod: PodFacts) => ({
  ...application,
  node: pod.node,
})

const clusterOf = (pod: PodFacts) => pod.labels['cnpg.io/cluster'] ?? ''

export const neighbourMonitors: readonly PodMonitoring[] = [
  {
    pool: 'serviceMonitor/kube-system/cilium-agent/0',
    selects: named('kube-system', 'cilium'),
    job: 'cilium-agent',
    service: 'cilium-agent',
    container: 'cilium-agent',
    endpoint: 'prometheus',
    port: 9962,
    labels: ofCilium({ k8s_app: 'cilium' }),
  },
  {
    pool: 'serviceMonitor/kube-system/hubble/0',
    selects: named('kube-system', 'cilium'),
    job: 'hubble-metrics',
    service: 'cilium-agent',
    container: 'cilium-agent',
    endpoint: 'hubble',
    port: 9965,
    honorLabels: true,
    labels: ofCilium({ k8s_app: 'cilium' }),
  },
  {
    pool: 'serviceMonitor/kube-system/cilium-operator/0',
    selects: named('kube-system', 'cilium-operator'),
    job: 'cilium-operator',
    service: 'cilium-operator',
    container: 'cilium-operator',
    endpoint: 'prometheus',
    port: 9963,
    labels: ofCilium({ io_cilium_app: 'operator' }),
  },
  {
    pool: 'serviceMonitor/envoy-gateway-system/envoy-gateway/0',
    selects: named('envoy-gateway-system', 'envoy-gateway'),
    job: 'envoy-gateway',
    service: 'envoy-gateway',
    container: 'envoy-gateway',
    endpoint: 'metrics',
    port: 19_001,
  },
  {
    pool: 'podMonitor/envoy-gateway-system/envoy-proxy/0',
    selects: named('envoy-gateway-system', 'envoy-home'),
    job: 'envoy-gateway-system/envoy-proxy',
    container: 'envoy',
    endpoint: 'metrics',
    port: 19_003,
    path: '/stats/prometheus',
  },
  {
    pool: 'podMonitor/db/postgres/0',
    selects: (pod) => pod.metadata.labels?.['cnpg.io/podRole'] === 'instance',
    job: (pod) => `${pod.namespace}/${clusterOf(pod)}`,
    container: 'postgres',
    endpoint: 'metrics',
    port: 9187,
  },
  {
    pool: 'podMonitor/cnpg-system/cloudnative-pg/0',
    selects: named('cnpg-system', 'cloudnative-pg'),
    job: 'cnpg-system/cloudnative-pg',
    container: 'manager',
    endpoint: 'metrics',
    port: 8080,
  },
  {
    pool: 'serviceMonitor/trivy-system/trivy-operator/0',
    selects: named('trivy-system', 'trivy-operator'),
    job: 'trivy-operator',
    service: 'trivy-operator',
    container: 'trivy-operator',
    endpoint: 'metrics',
    port: 8080,
    honorLabels: true,
  },
  {
    pool: 'serviceMonitor/longhorn-system/longhorn/0',
    selects: named('longhorn-system', 'longhorn-manager'),
    job: 'longhorn-backend',
    service: 'longhorn-backend',
    container: 'longhorn-manager',
    endpoint: 'manager',
    port: 9500,
  },
]
