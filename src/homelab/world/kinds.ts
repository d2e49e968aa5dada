// The kinds that the homelab's API server serves, with what discovery says of them.
import type { Resource } from '#model/kube.ts'

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

function kind(
  group: string,
  version: string,
  plural: string,
  name: string,
  more: Partial<Pick<Resource, 'namespaced' | 'shortNames' | 'categories'>> = {},
): Resource {
  return { group, version, plural, kind: name, namespaced: true, verbs, ...more }
}

const all = ['all']
const cluster = { namespaced: false }
const sources = ['fluxcd', 'fluxcd-sources']
const appliers = ['fluxcd', 'fluxcd-appliers']

export const core = {
  pod: kind('', 'v1', 'pods', 'Pod', { shortNames: ['po'], categories: all }),
  service: kind('', 'v1', 'services', 'Service', { shortNames: ['svc'], categories: all }),
  endpoints: kind('', 'v1', 'endpoints', 'Endpoints', { shortNames: ['ep'] }),
  configMap: kind('', 'v1', 'configmaps', 'ConfigMap', { shortNames: ['cm'] }),
  secret: kind('', 'v1', 'secrets', 'Secret'),
  serviceAccount: kind('', 'v1', 'serviceaccounts', 'ServiceAccount', { shortNames: ['sa'] }),
  claim: kind('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', { shortNames: ['pvc'] }),
  event: kind('', 'v1', 'events', 'Event', { shortNames: ['ev'] }),
  resourceQuota: kind('', 'v1', 'resourcequotas', 'ResourceQuota', { shortNames: ['quota'] }),
  limitRange: kind('', 'v1', 'limitranges', 'LimitRange', { shortNames: ['limits'] }),
  replicationController: kind('', 'v1', 'replicationcontrollers', 'ReplicationController', {
    shortNames: ['rc'],
    categories: all,
  }),
  node: kind('', 'v1', 'nodes', 'Node', { ...cluster, shortNames: ['no'] }),
  namespace: kind('', 'v1', 'namespaces', 'Namespace', { ...cluster, shortNames: ['ns'] }),
  volume: kind('', 'v1', 'persistentvolumes', 'PersistentVolume', { ...cluster, shortNames: ['pv'] }),
} as const

export const apps = {
  deployment: kind('apps', 'v1', 'deployments', 'Deployment', { shortNames: ['deploy'], categories: all }),
  replicaSet: kind('apps', 'v1', 'replicasets', 'ReplicaSet', { shortNames: ['rs'], categories: all }),
  statefulSet: kind('apps', 'v1', 'statefulsets', 'StatefulSet', { shortNames: ['sts'], categories: all }),
  daemonSet: kind('apps', 'v1', 'daemonsets', 'DaemonSet', { shortNames: ['ds'], categories: all }),
  job: kind('batch', 'v1', 'jobs', 'Job', { categories: all }),
  cronJob: kind('batch', 'v1', 'cronjobs', 'CronJob', { shortNames: ['cj'], categories: all }),
  autoscaler: kind('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', {
    shortNames: ['hpa'],
    categories: all,
  }),
} as const

export const net = {
  endpointSlice: kind('discovery.k8s.io', 'v1', 'endpointslices', 'EndpointSlice'),
  ingress: kind('networking.k8s.io', 'v1', 'ingresses', 'Ingress', { shortNames: ['ing'] }),
  networkPolicy: kind('networking.k8s.io', 'v1', 'networkpolicies', 'NetworkPolicy', {
    shortNames: ['netpol'],
  }),
  gateway: kind('gateway.networking.k8s.io', 'v1', 'gateways', 'Gateway', {
    shortNames: ['gtw'],
    categories: ['gateway-api'],
  }),
  httpRoute: kind('gateway.networking.k8s.io', 'v1', 'httproutes', 'HTTPRoute', {
    categories: ['gateway-api'],
  }),
} as const

export const system = {
  lease: kind('coordination.k8s.io', 'v1', 'leases', 'Lease'),
  storageClass: kind('storage.k8s.io', 'v1', 'storageclasses', 'StorageClass', {
    ...cluster,
    shortNames: ['sc'],
  }),
  disruptionBudget: kind('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget', {
    shortNames: ['pdb'],
  }),
  crd: kind('apiextensions.k8s.io', 'v1', 'customresourcedefinitions', 'CustomResourceDefinition', {
    ...cluster,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
  }),
} as const

export const flux = {
  gitRepository: kind('source.toolkit.fluxcd.io', 'v1', 'gitrepositories', 'GitRepository', {
    shortNames: ['gitrepo'],
    categories: sources,
  }),
  ociRepository: kind('source.toolkit.fluxcd.io', 'v1', 'ocirepositories', 'OCIRepository', {
    shortNames: ['ocirepo'],
    categories: sources,
  }),
  bucket: kind('source.toolkit.fluxcd.io', 'v1', 'buckets', 'Bucket', { categories: sources }),
  helmRepository: kind('source.toolkit.fluxcd.io', 'v1', 'helmrepositories', 'HelmRepository', {
    shortNames: ['helmrepo'],
    categories: sources,
  }),
  helmChart: kind('source.toolkit.fluxcd.io', 'v1', 'helmcharts', 'HelmChart', {
    shortNames: ['hc'],
    categories: sources,
  }),
  kustomization: kind('kustomize.toolkit.fluxcd.io', 'v1', 'kustomizations', 'Kustomization', {
    shortNames: ['ks'],
    categories: appliers,
  }),
  helmRelease: kind('helm.toolkit.fluxcd.io', 'v2', 'helmreleases', 'HelmRelease', {
    shortNames: ['hr'],
    categories: appliers,
  }),
  receiver: kind('notification.toolkit.fluxcd.io', 'v1', 'receivers', 'Receiver', {
    categories: ['fluxcd', 'fluxcd-notifications'],
  }),
  alert: kind('notification.toolkit.fluxcd.io', 'v1beta3', 'alerts', 'Alert', {
    categories: ['fluxcd', 'fluxcd-notifications'],
  }),
  provider: kind('notification.toolkit.fluxcd.io', 'v1beta3', 'providers', 'Provider', {
    categories: ['fluxcd', 'fluxcd-notifications'],
  }),
} as const

const monitoring = (version: string, plural: string, name: string, short: string) =>
  kind('monitoring.coreos.com', version, plural, name, {
    shortNames: [short],
    categories: ['prometheus-operator'],
  })
const grafana = (plural: string, name: string) =>
  kind('grafana.integreatly.org', 'v1beta1', plural, name, { categories: ['grafana-operator'] })

/** What the operators of the stack and its neighbours add. */
export const custom = {
  prometheus: monitoring('v1', 'prometheuses', 'Prometheus', 'prom'),
  alertmanager: monitoring('v1', 'alertmanagers', 'Alertmanager', 'am'),
  serviceMonitor: monitoring('v1', 'servicemonitors', 'ServiceMonitor', 'smon'),
  podMonitor: monitoring('v1', 'podmonitors', 'PodMonitor', 'pmon'),
  prometheusRule: monitoring('v1', 'prometheusrules', 'PrometheusRule', 'promrule'),
  alertmanagerConfig: monitoring('v1alpha1', 'alertmanagerconfigs', 'AlertmanagerConfig', 'amcfg'),
  grafana: grafana('grafanas', 'Grafana'),
  datasource: grafana('grafanadatasources', 'GrafanaDatasource'),
  dashboard: grafana('grafanadashboards', 'GrafanaDashboard'),
  collector: kind('opentelemetry.io', 'v1beta1', 'opentelemetrycollectors', 'OpenTelemetryCollector', {
    shortNames: ['otelcol', 'otelcols'],
  }),
  instrumentation: kind('opentelemetry.io', 'v1alpha1', 'instrumentations', 'Instrumentation', {
    shortNames: ['otelinst', 'otelinsts'],
  }),
  clickHouse: kind('clickhouse.com', 'v1alpha1', 'clickhouseclusters', 'ClickHouseCluster', {
    shortNames: ['chc'],
  }),
  keeper: kind('clickhouse.com', 'v1alpha1', 'keeperclusters', 'KeeperCluster', { shortNames: ['chk'] }),
  mongo: kind('mongodbcommunity.mongodb.com', 'v1', 'mongodbcommunity', 'MongoDBCommunity', {
    shortNames: ['mdbc'],
  }),
  postgres: kind('postgresql.cnpg.io', 'v1', 'clusters', 'Cluster'),
  longhornVolume: kind('longhorn.io', 'v1beta2', 'volumes', 'Volume', { shortNames: ['lhv'] }),
  vulnerabilities: kind('aquasecurity.github.io', 'v1alpha1', 'vulnerabilityreports', 'VulnerabilityReport', {
    shortNames: ['vuln', 'vulns'],
    categories: all,
  }),
} as const

export const isCustom = (resource: Resource): boolean =>
  resource.group.includes('.') && !resource.group.endsWith('.k8s.io')
    ? true
    : resource.group.startsWith('gateway.')

export const kinds: readonly Resource[] = [core, apps, net, system, flux, custom].flatMap((group) =>
  Object.values(group),
)

export const apiVersion = (resource: Resource): string =>
  resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
