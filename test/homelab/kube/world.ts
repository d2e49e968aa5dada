// A cluster of two nodes and a shop, made by hand: small enough to know every object of it by heart.
import { type Clock, manualClock } from '#homelab/clock.ts'
import { createStore } from '#homelab/store.ts'
import type { ContainerSignals, Curve, World } from '#homelab/world.ts'
import type { KubeObject, Resource } from '#model/kube.ts'

export const START = Date.parse('2026-11-22T20:00:00Z')

const kind = (group: string, version: string, plural: string, name: string, namespaced = true): Resource => ({
  group,
  version,
  plural,
  kind: name,
  namespaced,
})

export const PODS = kind('', 'v1', 'pods', 'Pod')
const NODES = kind('', 'v1', 'nodes', 'Node', false)
const NAMESPACES = kind('', 'v1', 'namespaces', 'Namespace', false)
const SERVICES = kind('', 'v1', 'services', 'Service')
export const EVENTS = kind('', 'v1', 'events', 'Event')
export const CONFIG_MAPS = kind('', 'v1', 'configmaps', 'ConfigMap')
export const DEPLOYMENTS = kind('apps', 'v1', 'deployments', 'Deployment')
export const REPLICA_SETS = kind('apps', 'v1', 'replicasets', 'ReplicaSet')
const DEFINITIONS = kind(
  'apiextensions.k8s.io',
  'v1',
  'customresourcedefinitions',
  'CustomResourceDefinition',
  false,
)
export const KUSTOMIZATIONS = kind('kustomize.toolkit.fluxcd.io', 'v1', 'kustomizations', 'Kustomization')

const flat = (value: number): Curve => ({
  at: () => value,
  total: (from, to) => (value * (to - from)) / 1000,
})

const signals: ContainerSignals = {
  cpu: flat(0.25),
  memory: flat(64 * 1024 * 1024),
  throttled: flat(0),
  diskRead: flat(0),
  diskWrite: flat(0),
}

export interface Fixture extends World {
  /** The log of every container: one line a second since the start, `NAME line N`. */
  readonly logEnds: Map<string, number>
}

/** The objects above, with more pods in namespace `load` where asked. */
export function fixtureWorld(options: { morePods?: number; clock?: Clock } = {}): Fixture {
  const clock = options.clock ?? manualClock(START)
  const store = createStore(clock, { keepChanges: 1000 })
  for (const name of ['default', 'load', 'observability', 'shop']) {
    store.put(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      status: { phase: 'Active' },
    })
  }
  for (const name of ['ash', 'birch']) store.put(NODES, node(name))
  store.put(DEFINITIONS, definition)
  store.put(KUSTOMIZATIONS, kustomization)
  const deployment = store.put(DEPLOYMENTS, cartDeployment)
  const set = store.put(REPLICA_SETS, cartReplicaSet(deployment))
  for (const [name, at] of [
    ['cart-7d4b9-aaaaa', 'ash'],
    ['cart-7d4b9-bbbbb', 'birch'],
  ] as const) {
    store.put(PODS, pod('shop', name, at, { labels: { app: 'cart' }, owner: set }))
  }
  store.put(PODS, waitingPod)
  store.put(PODS, pod('observability', 'prometheus-0', 'ash', { labels: { app: 'prometheus' }, port: 9090 }))
  store.put(SERVICES, service('observability', 'prometheus-operated', 'prometheus', 9090))
  store.put(SERVICES, service('shop', 'cart', 'cart', 80))
  store.put(EVENTS, backOffEvent)
  for (let index = 0; index < (options.morePods ?? 0); index += 1) {
    const name = `load-${String(index).padStart(5, '0')}`
    store.put(PODS, pod('load', name, index % 2 ? 'ash' : 'birch', { labels: { app: 'load' } }))
  }
  const logEnds = new Map<string, number>()
  return {
    seed: 1,
    clock,
    store,
    beganAt: START - 3600_000,
    logEnds,
    nodes: new Map(['ash', 'birch'].map((name) => [name, nodeSignals])),
    pod: (namespace, name) =>
      store.get(PODS, namespace, name) && {
        containers: new Map([['main', signals]]),
        received: flat(1000),
        sent: flat(500),
      },
    services: [],
    *logLines({ name, previous }, from, to) {
      const first = Math.max(Math.ceil(from / 1000) * 1000, START - 60_000)
      const end = previous ? START - 50_000 : Math.min(to, logEnds.get(name) ?? to)
      for (let at = first; at < end; at += 1000) {
        yield { at, text: `${name} line ${(at - START) / 1000}`, stream: 'stdout' as const }
      }
    },
    extraSeries: [],
    scrapeSucceeds: () => true,
    stop() {},
  }
}

const nodeSignals = {
  cpus: 4,
  memoryTotal: 8 * 1024 ** 3,
  systemCpu: flat(0.5),
  systemMemory: flat(1024 ** 3),
  load1: flat(1),
  filesystems: [],
  disks: [],
  nics: [],
  pressure: { cpu: flat(0), memory: flat(0), io: flat(0) },
  oomKills: flat(0),
  bootedAt: START - 86_400_000,
}

function node(name: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        ...(name === 'ash' && { 'node-role.kubernetes.io/control-plane': '' }),
      },
      creationTimestamp: '2026-11-01T20:00:00Z',
    },
    spec: {},
    status: {
      addresses: [{ type: 'InternalIP', address: name === 'ash' ? '192.168.1.11' : '192.168.1.12' }],
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      capacity: { cpu: '4', memory: '8Gi', pods: '110' },
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
      nodeInfo: {
        kubeletVersion: 'v1.36.3',
        osImage: 'Debian GNU/Linux 13',
        kernelVersion: '6.12.0',
        containerRuntimeVersion: 'containerd://2.1.0',
        architecture: 'arm64',
        operatingSystem: 'linux',
      },
    },
  }
}

interface PodOptions {
  readonly labels: Record<string, string>
  readonly owner?: KubeObject
  readonly port?: number
}

export function pod(namespace: string, name: string, node: string, options: PodOptions): KubeObject {
  const { owner } = options
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: options.labels,
      creationTimestamp: '2026-11-22T18:00:00Z',
      ...(owner && {
        ownerReferences: [
          {
            apiVersion: owner.apiVersion,
            kind: owner.kind,
            name: owner.metadata.name,
            uid: owner.metadata.uid ?? '',
            controller: true,
          },
        ],
      }),
    },
    spec: {
      nodeName: node,
      restartPolicy: 'Always',
      containers: [
        {
          name: 'main',
          image: 'registry.home/shop/main:1.4.2',
          ports: [{ name: 'http', containerPort: options.port ?? 8080, protocol: 'TCP' }],
          resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        },
      ],
    },
    status: {
      phase: 'Running',
      podIP: '10.42.0.7',
      podIPs: [{ ip: '10.42.0.7' }],
      hostIP: '192.168.1.11',
      qosClass: 'Burstable',
      startTime: '2026-11-22T18:00:01Z',
      conditions: [
        { type: 'Ready', status: 'True', lastTransitionTime: '2026-11-22T18:00:05Z' },
        { type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-11-22T18:00:00Z' },
      ],
      containerStatuses: [
        {
          name: 'main',
          image: 'registry.home/shop/main:1.4.2',
          imageID: 'sha256:1111',
          containerID: `containerd://${name}`,
          ready: true,
          started: true,
          restartCount: 2,
          state: { running: { startedAt: '2026-11-22T19:40:00Z' } },
          lastState: {
            terminated: {
              exitCode: 137,
              reason: 'OOMKilled',
              startedAt: '2026-11-22T18:00:03Z',
              finishedAt: '2026-11-22T19:39:58Z',
            },
          },
        },
      ],
    },
  }
}

const waitingPod: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'import-x1',
    namespace: 'shop',
    labels: { app: 'import', tier: 'batch' },
    creationTimestamp: '2026-11-22T19:59:00Z',
  },
  spec: {
    nodeName: 'birch',
    containers: [
      { name: 'main', image: 'registry.home/shop/import:0.1' },
      { name: 'side', image: 'registry.home/shop/side:0.1' },
    ],
  },
  status: {
    phase: 'Pending',
    conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
    containerStatuses: ['main', 'side'].map((name) => ({
      name,
      image: `registry.home/shop/${name}:0.1`,
      imageID: '',
      ready: false,
      started: false,
      restartCount: 0,
      state: { waiting: { reason: 'ContainerCreating' } },
      lastState: {},
    })),
  },
}

const cartDeployment: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'cart',
    namespace: 'shop',
    labels: { app: 'cart' },
    generation: 1,
    creationTimestamp: '2026-11-20T20:00:00Z',
  },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'cart' } },
    template: {
      metadata: { labels: { app: 'cart' } },
      spec: { containers: [{ name: 'main', image: 'registry.home/shop/main:1.4.2' }] },
    },
  },
  status: {
    observedGeneration: 1,
    replicas: 2,
    readyReplicas: 2,
    updatedReplicas: 2,
    availableReplicas: 2,
    conditions: [{ type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' }],
  },
}

function cartReplicaSet(deployment: KubeObject): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: 'cart-7d4b9',
      namespace: 'shop',
      labels: { app: 'cart' },
      creationTimestamp: '2026-11-20T20:00:00Z',
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'cart',
          uid: deployment.metadata.uid ?? '',
          controller: true,
        },
      ],
    },
    spec: { replicas: 2, selector: { matchLabels: { app: 'cart' } } },
    status: { replicas: 2, readyReplicas: 2 },
  }
}

function service(namespace: string, name: string, app: string, port: number): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.43.0.10',
      selector: { app },
      ports: [{ name: 'http', port, targetPort: 'http', protocol: 'TCP' }],
    },
  }
}

const backOffEvent: KubeObject = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'import-x1.1', namespace: 'shop' },
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'import-x1', apiVersion: 'v1' },
  reason: 'BackOff',
  message: 'Back-off pulling image',
  type: 'Warning',
  source: { component: 'kubelet', host: 'birch' },
  firstTimestamp: '2026-11-22T19:59:10Z',
  lastTimestamp: '2026-11-22T19:59:40Z',
  count: 3,
}

const definition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'kustomizations.kustomize.toolkit.fluxcd.io' },
  spec: {
    group: 'kustomize.toolkit.fluxcd.io',
    scope: 'Namespaced',
    names: { plural: 'kustomizations', kind: 'Kustomization', shortNames: ['ks'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
          { name: 'Revision', type: 'string', priority: 1, jsonPath: '.status.lastAppliedRevision' },
        ],
      },
    ],
  },
}

const kustomization: KubeObject = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'apps', namespace: 'default', creationTimestamp: '2026-11-22T14:00:00Z' },
  spec: { path: './apps', interval: '10m', suspend: false },
  status: {
    lastAppliedRevision: 'main@sha1:abc',
    conditions: [{ type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded' }],
  },
}
