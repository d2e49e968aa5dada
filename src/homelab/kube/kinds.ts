// The kinds that a Kubernetes API server serves before any custom resource is installed, as data.
import type { Resource } from '#model/kube.ts'

/** A built-in kind: what discovery says of it. */
export interface BuiltIn extends Resource {
  readonly subresources: readonly string[]
}

/** What can be done with every stored kind. */
export const VERBS: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
]

/** One line a kind: plural, Kind, scope (n namespaced, c cluster), short names, categories, subresources. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  '/v1': [
    'configmaps ConfigMap n cm',
    'endpoints Endpoints n ep',
    'events Event n ev',
    'limitranges LimitRange n limits',
    'namespaces Namespace c ns - status',
    'nodes Node c no - status,proxy',
    'persistentvolumeclaims PersistentVolumeClaim n pvc - status',
    'persistentvolumes PersistentVolume c pv - status',
    'pods Pod n po all status,log,exec,attach,portforward,eviction,proxy',
    'replicationcontrollers ReplicationController n rc all status,scale',
    'resourcequotas ResourceQuota n quota - status',
    'secrets Secret n',
    'serviceaccounts ServiceAccount n sa',
    'services Service n svc all status,proxy',
  ],
  'apps/v1': [
    'controllerrevisions ControllerRevision n',
    'daemonsets DaemonSet n ds all status',
    'deployments Deployment n deploy all status,scale',
    'replicasets ReplicaSet n rs all status,scale',
    'statefulsets StatefulSet n sts all status,scale',
  ],
  'batch/v1': ['cronjobs CronJob n cj all status', 'jobs Job n - all status'],
  'autoscaling/v2': ['horizontalpodautoscalers HorizontalPodAutoscaler n hpa all status'],
  'networking.k8s.io/v1': [
    'ingressclasses IngressClass c',
    'ingresses Ingress n ing - status',
    'networkpolicies NetworkPolicy n netpol',
  ],
  'policy/v1': ['poddisruptionbudgets PodDisruptionBudget n pdb - status'],
  'rbac.authorization.k8s.io/v1': [
    'clusterrolebindings ClusterRoleBinding c',
    'clusterroles ClusterRole c',
    'rolebindings RoleBinding n',
    'roles Role n',
  ],
  'storage.k8s.io/v1': [
    'csidrivers CSIDriver c',
    'csinodes CSINode c',
    'storageclasses StorageClass c sc',
    'volumeattachments VolumeAttachment c',
  ],
  'discovery.k8s.io/v1': ['endpointslices EndpointSlice n'],
  'events.k8s.io/v1': ['events Event n ev'],
  'coordination.k8s.io/v1': ['leases Lease n'],
  'scheduling.k8s.io/v1': ['priorityclasses PriorityClass c pc'],
  'apiextensions.k8s.io/v1': [
    'customresourcedefinitions CustomResourceDefinition c crd,crds api-extensions status',
  ],
  'apiregistration.k8s.io/v1': ['apiservices APIService c - api-extensions status'],
  'admissionregistration.k8s.io/v1': [
    'mutatingwebhookconfigurations MutatingWebhookConfiguration c - api-extensions',
    'validatingwebhookconfigurations ValidatingWebhookConfiguration c - api-extensions',
  ],
}

const words = (text: string | undefined) => (text && text !== '-' ? text.split(',') : [])

const parse = (groupVersion: string, line: string): BuiltIn => {
  const [group = '', version = ''] = groupVersion.split('/')
  const [plural = '', kind = '', scope, short, categories, subresources] = line.split(' ')
  return {
    group,
    version,
    plural,
    kind,
    namespaced: scope === 'n',
    shortNames: words(short),
    categories: words(categories),
    subresources: words(subresources),
    // Namespaces go one by one.
    verbs: plural === 'namespaces' ? VERBS.filter((verb) => verb !== 'deletecollection') : VERBS,
  }
}

export const BUILT_IN: readonly BuiltIn[] = Object.entries(LINES).flatMap(([groupVersion, lines]) =>
  lines.map((line) => parse(groupVersion, line)),
)

/** Kinds that only take reviews: created, answered, never kept. */
export const REVIEWS: readonly BuiltIn[] = [
  ['authorization.k8s.io', 'selfsubjectaccessreviews', 'SelfSubjectAccessReview'],
  ['authorization.k8s.io', 'selfsubjectrulesreviews', 'SelfSubjectRulesReview'],
  ['authentication.k8s.io', 'selfsubjectreviews', 'SelfSubjectReview'],
].map(([group = '', plural = '', kind = '']) => ({
  group,
  version: 'v1',
  plural,
  kind,
  namespaced: false,
  subresources: [],
  verbs: ['create'],
}))

/** What metrics-server adds. */
export const METRICS: readonly BuiltIn[] = [
  { plural: 'nodes', kind: 'NodeMetrics', namespaced: false },
  { plural: 'pods', kind: 'PodMetrics', namespaced: true },
].map((kind) => ({
  ...kind,
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  subresources: [],
  verbs: ['get', 'list'],
}))
