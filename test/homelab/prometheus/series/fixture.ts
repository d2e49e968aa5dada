// A small world made by hand: two nodes and a few pods whose signals are plain lines, so that a test can say
// what each sample must be.
import { type ManualClock, manualClock } from '#homelab/clock.ts'
import { createStore, stamp } from '#homelab/store.ts'
import type { ContainerSignals, Curve, NodeSignals, PodSignals, World } from '#homelab/world.ts'
import type { KubeObject, Resource } from '#model/kube.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** 2026-08-20 00:00 UTC: the fixture's history begins here. */
export const BEGAN = Date.UTC(2026, 7, 20)
export const MiB = 2 ** 20
const GiB = 2 ** 30

export const resource = (
  group: string,
  version: string,
  plural: string,
  kind: string,
  namespaced = true,
): Resource => ({
  group,
  version,
  plural,
  kind,
  namespaced,
})
export const pods = resource('', 'v1', 'pods', 'Pod')
export const nodes = resource('', 'v1', 'nodes', 'Node', false)

export const line = (value: number): Curve => ({
  at: () => value,
  total: (from, to) => (value * (to - from)) / 1000,
})

/** The same as `line`, but stepping to another value at a moment. */
export const step = (before: number, at: number, after: number): Curve => ({
  at: (time) => (time < at ? before : after),
  total: (from, to) =>
    (before * Math.max(0, Math.min(to, at) - from) + after * Math.max(0, to - Math.max(from, at))) / 1000,
})

export const container = (cpu: number, memory: number, throttled = 0): ContainerSignals => ({
  cpu: line(cpu),
  memory: line(memory),
  throttled: line(throttled),
  diskRead: line(1000),
  diskWrite: line(2000),
})

export function nodeSignals(more: Partial<NodeSignals> = {}): NodeSignals {
  return {
    cpus: 4,
    memoryTotal: 16 * GiB,
    systemCpu: line(0.2),
    systemMemory: line(GiB),
    load1: line(0.8),
    temperature: line(48),
    filesystems: [
      { device: '/dev/nvme0n1p2', mountpoint: '/', fstype: 'ext4', size: 100 * GiB, used: line(40 * GiB) },
    ],
    disks: [{ device: 'nvme0n1', read: line(10_000), written: line(50_000), busy: line(0.05) }],
    nics: [{ device: 'eth0', received: line(100_000), sent: line(80_000) }],
    pressure: { cpu: line(0.02), memory: line(0), io: line(0.04) },
    oomKills: line(0),
    bootedAt: BEGAN - 3 * DAY,
    ...more,
  }
}

export interface PodOptions {
  readonly namespace?: string
  readonly node?: string
  readonly ip?: string
  readonly labels?: Record<string, string>
  readonly phase?: string
  readonly startedAt?: number
  readonly restarts?: number
  readonly state?: Record<string, unknown>
  readonly lastState?: Record<string, unknown>
  readonly ready?: boolean
  readonly owner?: { readonly kind: string; readonly name: string }
  readonly limits?: Record<string, string>
}

/** A pod with one container, `app`. */
export function pod(name: string, options: PodOptions = {}): KubeObject {
  const {
    namespace = 'shop',
    node = 'alpha',
    phase = 'Running',
    startedAt = BEGAN - HOUR,
    restarts = 0,
  } = options
  const ready = options.ready ?? true
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      creationTimestamp: stamp(BEGAN - HOUR),
      labels: options.labels ?? {},
      ...(options.owner && {
        ownerReferences: [{ apiVersion: 'apps/v1', ...options.owner, uid: 'owner', controller: true }],
      }),
    },
    spec: {
      nodeName: node,
      containers: [
        {
          name: 'app',
          image: 'shop/app:1',
          resources: {
            requests: { cpu: '100m', memory: '128Mi' },
            limits: options.limits ?? { memory: '256Mi' },
          },
        },
      ],
    },
    status: {
      phase,
      qosClass: 'Burstable',
      hostIP: node === 'alpha' ? '10.0.0.1' : '10.0.0.2',
      podIP: options.ip ?? '10.42.0.9',
      startTime: stamp(BEGAN - HOUR),
      conditions: [
        { type: 'Ready', status: ready ? 'True' : 'False' },
        { type: 'PodScheduled', status: 'True' },
      ],
      containerStatuses: [
        {
          name: 'app',
          image: 'docker.io/shop/app:1',
          imageID: 'docker.io/shop/app@sha256:1',
          containerID: `containerd://${name}-${restarts}`,
          ready,
          restartCount: restarts,
          state: options.state ?? { running: { startedAt: stamp(startedAt) } },
          lastState: options.lastState ?? {},
        },
      ],
    },
  }
}

export function node(
  name: string,
  address: string,
  status: 'True' | 'False' | 'Unknown' = 'True',
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      creationTimestamp: stamp(BEGAN - 30 * DAY),
      labels: name === 'alpha' ? { 'node-role.kubernetes.io/control-plane': '' } : {},
    },
    spec: { podCIDR: '10.42.0.0/24' },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      capacity: { cpu: '4', memory: '16Gi', pods: '110', 'ephemeral-storage': '100Gi' },
      allocatable: { cpu: '3800m', memory: '15Gi', pods: '110', 'ephemeral-storage': '90Gi' },
      conditions: [
        { type: 'MemoryPressure', status: 'False' },
        { type: 'Ready', status },
      ],
      nodeInfo: {
        kernelVersion: '6.12.41-talos',
        osImage: 'Talos (v1.11.0)',
        kubeletVersion: 'v1.34.0',
        containerRuntimeVersion: 'containerd://2.1.4',
        systemUUID: `uuid-${name}`,
        machineID: `machine-${name}`,
        architecture: 'amd64',
      },
    },
  }
}

export interface Fixture {
  readonly world: World
  readonly clock: ManualClock
  /** Gives a pod its signals; until then it has 0.1 cores and 64 MiB. */
  signal(namespace: string, name: string, signals: PodSignals): void
  /** Scrapes of this job fail from now until `to`. */
  failScrapes(job: string, to: number): void
}

const exporter = (name: string, app: string, on: string, ip: string) =>
  pod(name, { namespace: 'observability', node: on, ip, labels: { 'app.kubernetes.io/name': app } })

/** Nodes alpha and beta with their exporters, kube-state-metrics, and the pod shop/checkout-1 on alpha. */
export function fixture(more: Partial<World> = {}): Fixture {
  const clock = manualClock(BEGAN)
  const store = createStore(clock)
  const signals = new Map<string, PodSignals>()
  const failures: { job: string; from: number; to: number }[] = []
  store.put(nodes, node('alpha', '10.0.0.1'))
  store.put(nodes, node('beta', '10.0.0.2'))
  store.put(pods, exporter('node-exporter-a', 'prometheus-node-exporter', 'alpha', '10.0.0.1'))
  store.put(pods, exporter('node-exporter-b', 'prometheus-node-exporter', 'beta', '10.0.0.2'))
  store.put(pods, exporter('ksm-0', 'kube-state-metrics', 'beta', '10.42.0.5'))
  store.put(pods, pod('checkout-1', { owner: { kind: 'ReplicaSet', name: 'checkout' } }))
  const usual: PodSignals = {
    containers: new Map([['app', container(0.1, 64 * MiB)]]),
    received: line(1000),
    sent: line(500),
  }
  const world: World = {
    seed: 1,
    clock,
    store,
    beganAt: BEGAN,
    nodes: new Map([
      ['alpha', nodeSignals()],
      ['beta', nodeSignals()],
    ]),
    pod: (namespace, name) => signals.get(`${namespace}/${name}`) ?? usual,
    services: [],
    logLines: () => [],
    extraSeries: [],
    scrapeSucceeds: (job, _instance, time) =>
      !failures.some((failure) => failure.job === job && time >= failure.from && time < failure.to),
    stop: () => {},
    ...more,
  }
  return {
    world,
    clock,
    signal: (namespace, name, value) => signals.set(`${namespace}/${name}`, value),
    failScrapes: (job, to) => failures.push({ job, from: clock.now(), to }),
  }
}
