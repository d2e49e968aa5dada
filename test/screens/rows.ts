// Rows and objects as an operator meets them, for frames and behaviour: a broken shop, a full node, names and texts
// from people who did not think of a terminal.
import type { Rows } from '#live/deck.ts'
import type { Live } from '#live/live.ts'
import type {
  EventRow,
  KubeObject,
  NodeRow,
  PodRow,
  Row,
  TableColumn,
  TableRow,
  WorkloadRow,
} from '#model/kube.ts'
import type { LogLine } from '#model/log.ts'
import type { Gap } from '#model/reading.ts'
import { fixedNow as now } from '#test/ui/fake-deck.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
const Mi = 1024 ** 2
const Gi = 1024 ** 3

const base = (namespace: string, name: string, age: number) => ({
  uid: `${namespace}/${name}`,
  namespace,
  name,
  createdAt: now - age,
  labels: {},
})

export function podRow(namespace: string, name: string, more: Partial<PodRow> = {}): PodRow {
  return {
    ...base(namespace, name, 12 * day),
    ready: 1,
    containers: 1,
    status: 'Running',
    phase: 'Running',
    restarts: 0,
    node: 'nuc-1',
    ip: '10.42.0.17',
    qos: 'Burstable',
    requests: { cpu: 0.1, memory: 64 * Mi },
    limits: { memory: 256 * Mi },
    ...more,
  }
}

export function nodeRow(name: string, more: Partial<NodeRow> = {}): NodeRow {
  const { namespace: _, ...row } = base('', name, 210 * day)
  return {
    ...row,
    roles: ['worker'],
    ready: 'True',
    cordoned: false,
    conditions: [{ type: 'Ready', status: 'True' }],
    taints: [],
    allocatable: { cpu: 8, memory: 32 * Gi, pods: 110 },
    arch: 'amd64',
    kubelet: 'v1.36.1',
    os: 'Talos (v1.13.2)',
    ip: '192.168.10.11',
    ...more,
  }
}

export function workloadRow(namespace: string, name: string, more: Partial<WorkloadRow> = {}): WorkloadRow {
  return {
    ...base(namespace, name, 90 * day),
    uid: `${more.kind ?? 'Deployment'} ${namespace}/${name}`,
    kind: 'Deployment',
    ready: 1,
    desired: 1,
    updated: 1,
    images: [`ghcr.io/ben-home/${name}:1.4.2@sha256:0f1e`],
    conditions: [],
    selector: `app=${name}`,
    ...more,
  }
}

let events = 0

export function eventRow(
  kind: string,
  namespace: string,
  name: string,
  more: Partial<EventRow> = {},
): EventRow {
  events += 1
  return {
    ...base(namespace, `event-${events}`, hour),
    type: 'Normal',
    reason: 'Pulled',
    message: 'Container image already present on machine',
    about: { group: '', kind, namespace, name },
    count: 1,
    firstAt: now - hour,
    lastAt: now - 4 * minute,
    from: 'kubelet',
    ...more,
  }
}

const endless = `${'a-name-of-three-hundred-characters-'.repeat(9)}x2x4z`
const evil = 'evil\u001b[2J\u001b]0;owned\u0007-\u202ename\nsecond line'

export const pods: readonly PodRow[] = [
  podRow('shop', 'checkout-7d9f8c-x2x4z', {
    ready: 0,
    status: 'CrashLoopBackOff',
    restarts: 6,
    node: 'nuc-3',
    owner: { kind: 'ReplicaSet', name: 'checkout-7d9f8c' },
    labels: { 'pod-template-hash': '7d9f8c', app: 'checkout' },
    createdAt: now - 4 * minute,
  }),
  podRow('shop', 'cart-5b7c9-k8s2p', {
    owner: { kind: 'ReplicaSet', name: 'cart-5b7c9' },
    labels: { 'pod-template-hash': '5b7c9', app: 'cart' },
  }),
  podRow('media', 'photos-0123d0c325-zprgk', {
    ready: 0,
    containers: 2,
    status: 'ImagePullBackOff',
    phase: 'Pending',
    createdAt: now - 11 * minute,
  }),
  podRow('ml', 'llm-serving-0', { limits: { memory: 8 * Gi }, restarts: 3, node: 'gpu-1' }),
  podRow('observability', `prometheus-${endless}`, { createdAt: now - 300 * day }),
  podRow('日本語の名前空間', '写真サーバー-🚀-7d9f8c-x2x4z', { node: 'ノード一号機のとても長い名前' }),
  podRow('dev', evil, { status: 'Init:0/2', ready: 0, phase: 'Pending' }),
  podRow('home', 'power-readings-29923065-n8hz6', {
    ready: 0,
    status: 'Completed',
    phase: 'Succeeded',
    owner: { kind: 'Job', name: 'power-readings-29923065' },
  }),
  podRow('kube-system', 'etcd-nuc-1', { owner: { kind: 'Node', name: 'nuc-1' } }),
]

export const usage = new Map([
  ['shop/cart-5b7c9-k8s2p', { cpu: 0.31, memory: 96 * Mi }],
  ['shop/checkout-7d9f8c-x2x4z', { cpu: 0.002, memory: 118 * Mi }],
  ['ml/llm-serving-0', { cpu: 11.8, memory: 7.9 * Gi }],
  [`observability/prometheus-${endless}`, { cpu: 1.4, memory: 1.6 * Gi }],
])

export const nodes: readonly NodeRow[] = [
  nodeRow('nuc-1', { roles: ['control-plane'] }),
  nodeRow('nuc-2', {
    ip: '192.168.10.12',
    cordoned: true,
    taints: ['node.kubernetes.io/unschedulable:NoSchedule'],
  }),
  nodeRow('nuc-3', {
    ip: '192.168.10.13',
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'DiskPressure', status: 'True' },
      { type: 'MemoryPressure', status: 'True' },
    ],
  }),
  nodeRow('pi-1', {
    ip: '192.168.10.21',
    ready: 'Unknown',
    conditions: [{ type: 'Ready', status: 'Unknown' }],
    arch: 'arm64',
    allocatable: { cpu: 3.95, memory: 7.3 * Gi, pods: 110 },
  }),
  nodeRow(`worker-${endless}`, { ip: '192.168.10.31' }),
  nodeRow('節点-🚀', { ip: '192.168.10.32' }),
]

export const nodeUsage = new Map([
  // As metrics.k8s.io has it, which knows no addresses.
  ['nuc-1', { cpu: 2.79, memory: 11.5 * Gi }],
  ['192.168.10.13', { cpu: 7.6, memory: 30.9 * Gi }],
])

export const workloads: readonly WorkloadRow[] = [
  workloadRow('shop', 'checkout', {
    ready: 0,
    desired: 2,
    conditions: [
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: 'ReplicaSet "checkout-7d9f8c" has timed out progressing.',
      },
    ],
  }),
  workloadRow('shop', 'cart', { ready: 2, desired: 3, updated: 2 }),
  workloadRow('db', 'redis', { kind: 'StatefulSet', images: ['docker.io/library/redis:8.2'] }),
  workloadRow('kube-system', 'cilium', { kind: 'DaemonSet', ready: 5, desired: 5 }),
  workloadRow('home', 'power-readings', {
    kind: 'CronJob',
    selector: '',
    ready: 0,
    desired: 0,
    lastAt: now - 3 * minute,
  }),
  workloadRow('home', 'power-readings-29923065', {
    kind: 'Job',
    ready: 1,
    conditions: [{ type: 'Complete', status: 'True' }],
    createdAt: now - 3 * minute,
    lastAt: now - 2 * minute,
  }),
  workloadRow('dev', 'paused', { desired: 0, ready: 0 }),
  workloadRow('observability', `prometheus-${endless}`, { kind: 'StatefulSet' }),
  workloadRow('メディア', '写真サーバー-🚀'),
]

export const eventRows: readonly EventRow[] = [
  eventRow('Pod', 'shop', 'checkout-7d9f8c-x2x4z', {
    type: 'Warning',
    reason: 'BackOff',
    count: 27,
    lastAt: now - 20_000,
    message: 'Back-off restarting failed container checkout in pod checkout-7d9f8c-x2x4z_shop(73871f4b)',
  }),
  eventRow('Pod', 'media', 'photos-0123d0c325-zprgk', {
    type: 'Warning',
    reason: 'FailedToRetrieveImagePullSecret',
    count: 1204,
    message:
      'Unable to retrieve some image pull secrets (registry); attempting to pull the image may not succeed.',
  }),
  eventRow('Kustomization', 'flux-system', 'apps', {
    reason: 'ReconciliationSucceeded',
    message: 'Reconciliation finished in 1.2s, next run in 30m0s',
    lastAt: now - 40 * minute,
  }),
  eventRow('Pod', 'dev', evil, { message: evil, lastAt: now - 41 * minute }),
  eventRow('Pod', '日本語の名前空間', '写真サーバー-🚀', {
    message: 'イメージを取得できません 🚀',
    lastAt: now - 50 * minute,
  }),
  eventRow('Pod', 'observability', `prometheus-${endless}`, { message: endless, lastAt: now - 3 * hour }),
  eventRow('Node', '', 'nuc-3', {
    type: 'Warning',
    reason: 'NodeHasDiskPressure',
    message: 'Node nuc-3 status is now: NodeHasDiskPressure',
    about: { group: '', kind: 'Node', name: 'nuc-3' },
    lastAt: now - 13 * minute,
  }),
]

const column = (name: string, priority = 0, type = 'string'): TableColumn => ({ name, type, priority })

export const releaseColumns = [column('Name'), column('Age'), column('Ready'), column('Status')]
export const releases: readonly TableRow[] = [
  [
    'media',
    'photos',
    '210d',
    'False',
    'Helm upgrade failed for release media/photos with chart immich@0.12.0: context deadline exceeded',
  ],
  ['shop', 'cart', '3d', 'True', 'Helm upgrade succeeded for release shop/cart.v7 with chart app@1.2.3'],
  ['ml', 'qdrant', '<1m', 'Unknown', 'Fulfilling prerequisites'],
  ['observability', endless, '90d', 'True', 'ok'],
  ['メディア', '写真-🚀', '90d', 'True', evil],
].map(([namespace = '', name = '', ...cells]) => ({
  ...base(namespace, name, 90 * day),
  cells: [name, ...cells],
}))

export const helmReleases = {
  group: 'helm.toolkit.fluxcd.io',
  version: 'v2',
  plural: 'helmreleases',
  kind: 'HelmRelease',
  namespaced: true,
  shortNames: ['hr'],
} as const

/** A whole object, as the server has it. */
export function object(
  kind: string,
  namespace: string | undefined,
  name: string,
  more: Partial<KubeObject> = {},
): KubeObject {
  const { metadata, ...rest } = more
  return {
    apiVersion: 'v1',
    kind,
    ...rest,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      uid: `uid-of-${name}`,
      creationTimestamp: new Date(now - 4 * minute).toISOString(),
      ...metadata,
    },
  }
}

export const known = <T>(data: T, at = now): Live<T> => ({
  data,
  dataAt: at,
  pending: false,
  failures: 0,
  phase: 'waiting',
})
export const rowsOf = <T extends Row>(rows: readonly T[], more: Partial<Rows<T>> = {}): Live<Rows<T>> =>
  known({ rows, complete: true, ...more })
export const failed = (gap: Gap): Live<never> => ({
  gap,
  gapAt: now,
  pending: false,
  failures: 1,
  phase: 'waiting',
})
/** Data of so long ago, and why it was not read again since. */
export const stale = <T>(data: T, age: number, gap: Gap): Live<T> => ({
  ...failed(gap),
  data,
  dataAt: now - age,
})

export const forbidden: Gap = {
  reason: 'forbidden',
  detail: 'pods is forbidden: User "ben" cannot list resource "pods" in API group "" at the cluster scope',
  fix: 'ask for list and watch on pods, or choose a namespace with :ns',
}
export const unreachable: Gap = { reason: 'unreachable', detail: 'connect ECONNREFUSED 192.168.10.10:6443' }

export const logLine = (text: string, more: Partial<LogLine> = {}): LogLine => ({
  pod: 'checkout-7d9f8c-x2x4z',
  container: 'checkout',
  at: now - minute,
  text,
  ...more,
})
