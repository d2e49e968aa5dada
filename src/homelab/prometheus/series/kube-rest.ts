// kube-state-metrics of namespaces, volumes, services, configuration and network objects.
import type { Family } from './family.ts'
import { fields, list, quantity, text, texts } from './fields.ts'
import { type FactsMetric, factsOf, metricsOf } from './kube-facts.ts'
import { familiesOf, flag } from './kube-object.ts'

const namespace = metricsOf('kube_namespace', 'namespace')
const namespaces: readonly FactsMetric[] = [
  namespace.created,
  namespace.labels,
  namespace.gauge('status_phase', 'kubernetes namespace status phase.', (facts) =>
    ['Active', 'Terminating'].map((phase) => [
      { ...namespace.idOf(facts), phase },
      flag(phase === text(facts.status.phase)),
    ]),
  ),
]

const claim = metricsOf('kube_persistentvolumeclaim', 'persistentvolumeclaim')
const claims: readonly FactsMetric[] = [
  claim.created,
  claim.labels,
  claim.info('info', 'Information about persistent volume claim.', ({ spec }) => ({
    storageclass: text(spec.storageClassName),
    volumename: text(spec.volumeName),
    volumemode: text(spec.volumeMode) || 'Filesystem',
  })),
  claim.gauge('status_phase', 'The phase the persistent volume claim is currently in.', (facts) =>
    ['Lost', 'Bound', 'Pending'].map((phase) => [
      { ...claim.idOf(facts), phase },
      flag(phase === text(facts.status.phase)),
    ]),
  ),
  claim.single('resource_requests_storage_bytes', 'The capacity of storage requested.', ({ spec }) =>
    quantity(fields(fields(spec.resources).requests).storage),
  ),
  claim.gauge('access_mode', 'The access mode(s) specified by the persistent volume claim.', (facts) =>
    (Array.isArray(facts.spec.accessModes) ? facts.spec.accessModes.map(text) : []).map((mode) => [
      { ...claim.idOf(facts), access_mode: mode },
      1,
    ]),
  ),
]

const volume = metricsOf('kube_persistentvolume', 'persistentvolume')
const volumes: readonly FactsMetric[] = [
  volume.created,
  volume.labels,
  volume.single('capacity_bytes', 'Persistentvolume capacity in bytes.', ({ spec }) =>
    quantity(fields(spec.capacity).storage),
  ),
  volume.info('claim_ref', 'Information about the Persistent Volume Claim Reference.', ({ spec }) => {
    const reference = fields(spec.claimRef)
    return { claim_namespace: text(reference.namespace), name: text(reference.name) }
  }),
  volume.gauge('status_phase', 'The phase indicates if a volume is available, bound or released.', (facts) =>
    ['Pending', 'Available', 'Bound', 'Released', 'Failed'].map((phase) => [
      { ...volume.idOf(facts), phase },
      flag(phase === text(facts.status.phase)),
    ]),
  ),
]

const service = metricsOf('kube_service', 'service')
const services: readonly FactsMetric[] = [
  service.created,
  service.labels,
  service.info('info', 'Information about service.', ({ spec, uid }) => ({
    uid,
    cluster_ip: text(spec.clusterIP),
    external_name: text(spec.externalName),
    external_traffic_policy: text(spec.externalTrafficPolicy),
    load_balancer_ip: text(spec.loadBalancerIP),
  })),
  service.info('spec_type', 'Type about service.', ({ spec, uid }) => ({
    uid,
    type: text(spec.type) || 'ClusterIP',
  })),
]

const configMap = metricsOf('kube_configmap', 'configmap')
const secret = metricsOf('kube_secret', 'secret')
const endpoint = metricsOf('kube_endpoint', 'endpoint')
const ingress = metricsOf('kube_ingress', 'ingress')
const policy = metricsOf('kube_networkpolicy', 'networkpolicy')

const addressesOf = (object: unknown) =>
  list(fields(object).subsets).flatMap(({ addresses }) => list(addresses)).length

const kinds: readonly (readonly [
  plural: string,
  group: string,
  nameLabel: string,
  readonly FactsMetric[],
])[] = [
  ['persistentvolumeclaims', '', 'persistentvolumeclaim', claims],
  ['persistentvolumes', '', 'persistentvolume', volumes],
  ['services', '', 'service', services],
  [
    'configmaps',
    '',
    'configmap',
    [configMap.created, configMap.info('info', 'Information about configmap.', () => ({}))],
  ],
  [
    'secrets',
    '',
    'secret',
    [
      secret.created,
      secret.info('info', 'Information about secret.', () => ({})),
      secret.info('type', 'Type about secret.', ({ object }) => ({ type: text(object.type) || 'Opaque' })),
    ],
  ],
  [
    'endpoints',
    '',
    'endpoint',
    [
      endpoint.created,
      endpoint.info('info', 'Information about endpoint.', () => ({})),
      endpoint.single('address_available', 'Number of addresses available in endpoint.', ({ object }) =>
        addressesOf(object),
      ),
    ],
  ],
  [
    'ingresses',
    'networking.k8s.io',
    'ingress',
    [
      ingress.created,
      ingress.info('info', 'Information about ingress.', ({ spec }) => ({
        ingressclass: text(spec.ingressClassName),
      })),
    ],
  ],
  ['networkpolicies', 'networking.k8s.io', 'networkpolicy', [policy.created, policy.labels]],
]

const quota = metricsOf('kube_resourcequota', 'resourcequota')

export const restFamilies: readonly Family[] = [
  // A namespace is its own `namespace` label.
  ...familiesOf({ plural: 'namespaces', nameLabel: 'namespace', decode: factsOf, metrics: namespaces }),
  ...kinds.flatMap(([plural, group, nameLabel, metrics]) =>
    familiesOf({ plural, group, nameLabel, decode: factsOf, metrics }),
  ),
  ...familiesOf({
    plural: 'resourcequotas',
    nameLabel: 'resourcequota',
    decode: factsOf,
    metrics: [
      quota.created,
      {
        name: 'kube_resourcequota',
        type: 'gauge',
        help: 'Information about resource quota.',
        rows: (facts) =>
          (['hard', 'used'] as const).flatMap((type) =>
            Object.entries(texts(facts.status[type])).map(
              ([resource, amount]) =>
                [{ ...quota.idOf(facts), resource, type }, quantity(amount) ?? 0] as const,
            ),
          ),
      },
    ],
  }),
]
