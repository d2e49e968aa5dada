// A pod as the API server serves it, from what the kubelet knows. What all pods of a template share is built once
// and frozen, so that ten thousand pods stay small in memory.
import { stamp } from '#homelab/store.ts'
import type { App } from '#homelab/world/catalogue/shapes.ts'
import { hex } from '#homelab/world/random.ts'
import type { KubeObject } from '#model/kube.ts'
import { fieldsOf, type Owner } from './meta.ts'
import type { PodTemplate } from './template.ts'

export interface Ended {
  readonly exitCode: number
  readonly reason: string
  readonly message?: string
  readonly startedAt: number
  readonly finishedAt: number
}

export type ContainerState =
  | { readonly is: 'waiting'; readonly reason: string; readonly message?: string }
  | { readonly is: 'running'; readonly startedAt: number }
  | ({ readonly is: 'terminated' } & Ended)

export interface ContainerFacts {
  readonly name: string
  readonly state: ContainerState
  readonly last?: Ended
  readonly restarts: number
  readonly ready: boolean
}

export interface PodFacts {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly app: App
  readonly template: PodTemplate
  readonly labels: Record<string, string>
  readonly owner?: Owner
  readonly createdAt: number
  readonly node?: string
  readonly nodeIp?: string
  readonly ip?: string
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
  readonly containers: readonly ContainerFacts[]
  /** When the pod's readiness last changed. */
  readonly readyChangedAt: number
  readonly reason?: string
  readonly message?: string
  readonly unschedulable?: string
  readonly deletingAt?: number
}

interface Shared {
  readonly spec: Record<string, unknown>
  readonly metaFields: Record<string, unknown>
  readonly statusFields: Record<string, unknown>
  readonly qos: 'Guaranteed' | 'Burstable' | 'BestEffort'
  readonly statics: ReadonlyMap<string, Record<string, unknown>>
}

const sharedOf = new WeakMap<PodTemplate, Shared>()
const API_ACCESS = 'kube-api-access'

const tolerations = ['not-ready', 'unreachable'].map((state) => ({
  key: `node.kubernetes.io/${state}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/ */
function qosOf(containers: PodTemplate['spec']['containers']): Shared['qos'] {
  const resources = containers.map(
    (container) => (container.resources ?? {}) as { requests?: object; limits?: object },
  )
  if (resources.every(({ requests, limits }) => !requests && !limits)) return 'BestEffort'
  const guaranteed = resources.every(
    ({ requests, limits }) =>
      requests &&
      limits &&
      JSON.stringify(requests) === JSON.stringify(limits) &&
      Object.keys(limits).length >= 2,
  )
  return guaranteed ? 'Guaranteed' : 'Burstable'
}

function share(template: PodTemplate): Shared {
  const known = sharedOf.get(template)
  if (known) return known
  const access = `${API_ACCESS}-${hex(JSON.stringify(template.metadata.labels), 5)}`
  const mount = { name: access, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }
  const containers = template.spec.containers.map(
    (container): Record<string, unknown> & { name: string } => ({
      ...container,
      volumeMounts: [...((container.volumeMounts as unknown[] | undefined) ?? []), mount],
    }),
  )
  const own = (template.spec.tolerations as unknown[] | undefined) ?? []
  const spec = {
    ...template.spec,
    volumes: [
      ...((template.spec.volumes as unknown[] | undefined) ?? []),
      {
        name: access,
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            {
              downwardAPI: {
                items: [
                  { path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
                ],
              },
            },
          ],
          defaultMode: 420,
        },
      },
    ],
    containers,
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    tolerations: [...own, ...tolerations],
  }
  const statics = new Map(
    containers.map((container) => [
      container.name,
      {
        volumeMounts: (
          container.volumeMounts as { name: string; mountPath: string; readOnly?: boolean }[]
        ).map(({ name, mountPath, readOnly }) => ({
          name,
          mountPath,
          ...(readOnly && { readOnly, recursiveReadOnly: 'Disabled' }),
        })),
        resources: container.resources ?? {},
        user: { linux: { uid: 65532, gid: 65532, supplementalGroups: [65532] } },
      },
    ]),
  )
  const condition = {
    '.': {},
    'f:lastProbeTime': {},
    'f:lastTransitionTime': {},
    'f:status': {},
    'f:type': {},
  }
  const shared = freeze({
    spec,
    metaFields: fieldsOf(
      { metadata: { labels: template.metadata.labels, generateName: '' }, spec: template.spec },
      2,
    ),
    statusFields: {
      'f:status': {
        'f:conditions': Object.fromEntries(
          ['ContainersReady', 'Initialized', 'PodReadyToStartContainers', 'Ready'].map((type) => [
            `k:{"type":"${type}"}`,
            condition,
          ]),
        ),
        'f:containerStatuses': {},
        'f:hostIP': {},
        'f:hostIPs': {},
        'f:observedGeneration': {},
        'f:phase': {},
        'f:podIP': {},
        'f:podIPs': { '.': {}, 'k:{"ip":"pod"}': { '.': {}, 'f:ip': {} } },
        'f:startTime': {},
      },
    },
    qos: qosOf(template.spec.containers),
  })
  const whole = { ...shared, statics: new Map([...statics].map(([name, part]) => [name, freeze(part)])) }
  sharedOf.set(template, whole)
  return whole
}

function endedJson({ exitCode, reason, message, startedAt, finishedAt }: Ended, containerID: string) {
  return {
    exitCode,
    reason,
    ...(message && { message }),
    startedAt: stamp(startedAt),
    finishedAt: stamp(finishedAt),
    containerID,
  }
}

function stateJson(state: ContainerState, containerID: string) {
  if (state.is === 'waiting') {
    return { waiting: { reason: state.reason, ...(state.message && { message: state.message }) } }
  }
  if (state.is === 'running') return { running: { startedAt: stamp(state.startedAt) } }
  return { terminated: endedJson(state, containerID) }
}

function containerStatus(pod: PodFacts, facts: ContainerFacts, statics: Record<string, unknown> | undefined) {
  const image = pod.template.spec.containers.find(({ name }) => name === facts.name)?.image ?? ''
  const id = (restarts: number) => `containerd://${hex(`${pod.uid}/${facts.name}/${restarts}`, 64)}`
  // A container that waits after a crash still shows the id of the one that ended.
  const run = facts.state.is === 'waiting' && facts.last ? facts.restarts - 1 : facts.restarts
  const everRan = facts.state.is !== 'waiting' || facts.last !== undefined
  return {
    name: facts.name,
    state: stateJson(facts.state, id(run)),
    lastState: facts.last ? { terminated: endedJson(facts.last, id(Math.max(0, facts.restarts - 1))) } : {},
    ready: facts.ready,
    restartCount: facts.restarts,
    image,
    imageID: everRan ? `${image.slice(0, image.lastIndexOf(':'))}@sha256:${hex(image, 64)}` : '',
    ...(everRan && { containerID: id(run) }),
    started: facts.state.is === 'running',
    ...statics,
  }
}

function conditionsOf(pod: PodFacts, ready: boolean) {
  const condition = (
    type: string,
    holds: boolean,
    at: number,
    why?: { reason: string; message: string },
  ) => ({
    type,
    observedGeneration: 1,
    status: holds ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: stamp(at),
    ...(!holds && why),
  })
  if (pod.unschedulable) {
    return [
      condition('PodScheduled', false, pod.createdAt, {
        reason: 'Unschedulable',
        message: pod.unschedulable,
      }),
    ]
  }
  const unready = pod.containers.filter((container) => !container.ready).map(({ name }) => name)
  const why =
    pod.phase === 'Succeeded'
      ? { reason: 'PodCompleted', message: '' }
      : { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` }
  return [
    condition('PodReadyToStartContainers', pod.ip !== undefined, pod.createdAt + 1000),
    condition('Initialized', true, pod.createdAt),
    condition('Ready', ready, pod.readyChangedAt, why),
    condition('ContainersReady', ready, pod.readyChangedAt, why),
    condition('PodScheduled', true, pod.createdAt),
  ]
}

export const isReady = (pod: PodFacts): boolean =>
  pod.phase === 'Running' && pod.containers.every((container) => container.ready)

export function podObject(pod: PodFacts): KubeObject {
  const shared = share(pod.template)
  const created = stamp(pod.createdAt)
  const ready = isReady(pod)
  const mirror = pod.owner?.kind === 'Node'
  const annotations = mirror
    ? { 'kubernetes.io/config.mirror': hex(pod.uid, 32), 'kubernetes.io/config.source': 'file' }
    : pod.template.metadata.annotations
  const generateName = pod.owner && !mirror ? pod.name.slice(0, pod.name.lastIndexOf('-') + 1) : undefined
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      ...(generateName && { generateName }),
      namespace: pod.namespace,
      uid: pod.uid,
      generation: 1,
      creationTimestamp: created,
      ...(pod.deletingAt !== undefined && {
        deletionTimestamp: stamp(pod.deletingAt + 30_000),
        deletionGracePeriodSeconds: 30,
      }),
      labels: pod.labels,
      ...(annotations && { annotations }),
      ...(pod.owner && { ownerReferences: [pod.owner] }),
      managedFields: [
        {
          manager: mirror ? 'kubelet' : 'kube-controller-manager',
          operation: 'Update',
          apiVersion: 'v1',
          time: created,
          fieldsType: 'FieldsV1',
          fieldsV1: shared.metaFields,
        },
        {
          manager: 'kubelet',
          operation: 'Update',
          apiVersion: 'v1',
          time: stamp(pod.readyChangedAt),
          fieldsType: 'FieldsV1',
          fieldsV1: shared.statusFields,
          subresource: 'status',
        },
      ],
    },
    spec: pod.node ? { ...shared.spec, nodeName: pod.node } : shared.spec,
    status: {
      observedGeneration: 1,
      phase: pod.phase,
      conditions: conditionsOf(pod, ready),
      ...(pod.reason && { reason: pod.reason }),
      ...(pod.message && { message: pod.message }),
      ...(pod.nodeIp && { hostIP: pod.nodeIp, hostIPs: [{ ip: pod.nodeIp }] }),
      ...(pod.ip && { podIP: pod.ip, podIPs: [{ ip: pod.ip }] }),
      ...(pod.node && { startTime: created }),
      ...(!pod.unschedulable && {
        containerStatuses: pod.containers.map((facts) =>
          containerStatus(pod, facts, shared.statics.get(facts.name)),
        ),
      }),
      qosClass: shared.qos,
    },
  }
}
