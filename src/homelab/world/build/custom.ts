// Definitions of the custom kinds, and the few custom resources by which the stack's operators run their parts.
import { type ObjectStore, stamp } from '#homelab/store.ts'
import { custom, flux, isCustom, kinds, system } from '#homelab/world/kinds.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { putGrafana } from './grafana.ts'
import { type FluxOwner, ownerLabels } from './meta.ts'
import { putMonitors } from './monitors.ts'
import { kustomization, NAMESPACE, putCustomResource, trueConditions } from './put-custom.ts'

const crdOwners: Readonly<Record<string, FluxOwner>> = {
  'monitoring.coreos.com': { kind: 'hr', name: 'prometheus-operator-crds', namespace: 'observability' },
  'grafana.integreatly.org': { kind: 'hr', name: 'grafana-operator', namespace: 'observability' },
  'opentelemetry.io': { kind: 'hr', name: 'opentelemetry-operator', namespace: 'observability' },
  'clickhouse.com': { kind: 'hr', name: 'clickstack-operators', namespace: 'observability' },
  'mongodbcommunity.mongodb.com': { kind: 'hr', name: 'clickstack-operators', namespace: 'observability' },
  'postgresql.cnpg.io': { kind: 'hr', name: 'cloudnative-pg', namespace: 'cnpg-system' },
  'longhorn.io': { kind: 'hr', name: 'longhorn', namespace: 'longhorn-system' },
  'aquasecurity.github.io': { kind: 'hr', name: 'trivy-operator', namespace: 'trivy-system' },
  'gateway.networking.k8s.io': { kind: 'ks', name: 'crds', namespace: 'flux-system' },
}

const age = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }
const fluxColumns = [
  age,
  { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Status', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].message' },
]

function definition(resource: Resource, at: number): KubeObject {
  const fluxKind = resource.group.endsWith('toolkit.fluxcd.io')
  const owner: FluxOwner | undefined = fluxKind
    ? { kind: 'ks', name: 'flux-system', namespace: 'flux-system' }
    : crdOwners[resource.group]
  const names = {
    plural: resource.plural,
    singular: resource.kind.toLowerCase(),
    kind: resource.kind,
    listKind: `${resource.kind}List`,
    ...(resource.shortNames && { shortNames: resource.shortNames }),
    ...(resource.categories && { categories: resource.categories }),
  }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${resource.plural}.${resource.group}`,
      creationTimestamp: stamp(at),
      generation: 1,
      labels: {
        ...ownerLabels(owner),
        ...(fluxKind && {
          'app.kubernetes.io/part-of': 'flux',
          'app.kubernetes.io/instance': 'flux-system',
          'app.kubernetes.io/version': 'v2.9.4',
        }),
      },
    },
    spec: {
      group: resource.group,
      names,
      scope: resource.namespaced ? 'Namespaced' : 'Cluster',
      conversion: { strategy: 'None' },
      versions: [
        {
          name: resource.version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          subresources: { status: {} },
          additionalPrinterColumns: fluxKind ? fluxColumns : [age],
        },
      ],
    },
    status: {
      acceptedNames: names,
      storedVersions: [resource.version],
      conditions: ['NamesAccepted', 'Established'].map((type) => ({
        type,
        status: 'True',
        reason: type === 'Established' ? 'InitialNamesAccepted' : 'NoConflicts',
        message: type === 'Established' ? 'the initial names have been accepted' : 'no conflicts found',
        lastTransitionTime: stamp(at),
      })),
    },
  }
}

const kps: FluxOwner = { kind: 'hr', name: 'kube-prometheus-stack', namespace: NAMESPACE }
const clickstack: FluxOwner = { kind: 'hr', name: 'clickstack', namespace: NAMESPACE }

/** `at` is when everything was made, `now` the present. */
export function putCustom(store: ObjectStore, at: number, now: number): void {
  for (const resource of kinds) if (isCustom(resource)) store.put(system.crd, definition(resource, at))

  const ready = (...types: string[]) => trueConditions(at, ...types)
  const put = (
    resource: Resource,
    name: string,
    owner: FluxOwner,
    spec: Record<string, unknown>,
    status?: Record<string, unknown>,
  ) => putCustomResource(store, at, { resource, name, owner, spec, ...(status && { status }) })
  const selectors = Object.fromEntries(
    ['serviceMonitor', 'podMonitor', 'probe', 'rule', 'scrapeConfig'].flatMap((name) => [
      [`${name}Selector`, {}],
      [`${name}NamespaceSelector`, {}],
    ]),
  )
  put(
    custom.prometheus,
    'kube-prometheus-stack',
    kps,
    {
      ...selectors,
      version: 'v2.55.1',
      image: 'docker.io/prompp/prompp:0.8.9',
      retention: '14d',
      retentionSize: '50GB',
      enableOTLPReceiver: true,
      scrapeInterval: '30s',
      replicas: 1,
      resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '2Gi' } },
      storage: {
        volumeClaimTemplate: {
          spec: {
            storageClassName: 'longhorn',
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '60Gi' } },
          },
        },
      },
    },
    {
      availableReplicas: 1,
      replicas: 1,
      updatedReplicas: 1,
      unavailableReplicas: 0,
      paused: false,
      conditions: ready('Available', 'Reconciled'),
    },
  )
  put(
    custom.alertmanager,
    'kube-prometheus-stack',
    kps,
    { version: 'v0.34.0', replicas: 1, alertmanagerConfiguration: { name: 'alertmanager' } },
    {
      availableReplicas: 1,
      replicas: 1,
      updatedReplicas: 1,
      unavailableReplicas: 0,
      paused: false,
      conditions: ready('Available', 'Reconciled'),
    },
  )
  put(custom.alertmanagerConfig, 'alertmanager', kustomization('monitoring'), {
    route: {
      receiver: 'ntfy',
      groupBy: ['alertname', 'namespace'],
      routes: [
        {
          receiver: 'blackhole',
          matchers: [{ name: 'alertname', value: 'Watchdog|InfoInhibitor', matchType: '=~' }],
        },
      ],
    },
    receivers: [
      {
        name: 'ntfy',
        webhookConfigs: [{ url: 'http://ntfy.observability.svc/alerts?template=alertmanager' }],
      },
      { name: 'blackhole' },
    ],
  })
  putMonitors(store, at)
  for (const group of ['infrastructure', 'application', 'security']) {
    put(custom.prometheusRule, group, kustomization('monitoring'), {
      groups: [{ name: `homelab.${group}`, rules: [] }],
    })
  }
  putGrafana(store, at, now)
  const receivers = {
    otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } },
  }
  put(
    custom.collector,
    'otel',
    kustomization('observability-collectors'),
    {
      mode: 'deployment',
      config: {
        receivers,
        exporters: {
          'otlp_http/clickstack': { endpoint: 'http://clickstack-otel-collector:4318' },
          'otlp_http/prometheus': { endpoint: 'http://prometheus-operated:9090/api/v1/otlp' },
        },
      },
    },
    { scale: { replicas: 1, statusReplicas: '1/1' }, version: '0.158.0' },
  )
  put(
    custom.collector,
    'otel-agent',
    kustomization('observability-collectors'),
    { mode: 'daemonset', config: { receivers: { file_log: { include: ['/var/log/pods/*/*/*.log'] } } } },
    { scale: {}, version: '0.158.0' },
  )
  put(custom.instrumentation, 'default', kustomization('observability-collectors'), {
    exporter: { endpoint: 'http://otel-collector.observability.svc:4318' },
    propagators: ['tracecontext', 'baggage'],
    python: {},
    nodejs: {},
  })
  put(
    custom.clickHouse,
    'clickstack-clickhouse',
    clickstack,
    { replicas: 1, shards: 1 },
    { conditions: ready('Ready', 'Healthy', 'SchemaInSync', 'ConfigurationInSync') },
  )
  put(
    custom.keeper,
    'clickstack-clickhouse-keeper',
    clickstack,
    { replicas: 1 },
    { conditions: ready('Ready') },
  )
  put(
    custom.mongo,
    'clickstack-mongodb',
    clickstack,
    { members: 1, type: 'ReplicaSet', version: '5.0.32' },
    { phase: 'Running', version: '5.0.32' },
  )
  const group = flux.provider
  put(group, 'alertmanager', kustomization('monitoring'), {
    type: 'alertmanager',
    address: 'http://alertmanager-operated.observability:9093/api/v2/alerts/',
  })
  put(flux.alert, 'homelab', kustomization('monitoring'), {
    providerRef: { name: 'alertmanager' },
    eventSeverity: 'error',
    eventSources: [{ kind: 'Kustomization', name: '*', namespace: 'flux-system' }],
  })
}
