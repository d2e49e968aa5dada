// A pod as the API server serves it, from what the kubelet knows.
import { stamp } from '#homelab/store.ts'
import type { App } from '#homelab/world/catalogue/shapes.ts'
import { hex } from '#homelab/world/random.ts'
import type { KubeObject } from '#model/kube.ts'
import type { Owner } from './meta.ts'
import { type Shared, share } from './pod-shared.ts'
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

/** A pod of its own claim has it as its volume: `data-NAME` of a StatefulSet's, the pod's own name of a database's. */
function volumesOf({ app, name, owner }: PodFacts, { spec }: Shared): readonly unknown[] {
  const prefix = app.volume === undefined ? undefined : claimPrefixes[owner?.kind ?? '']
  if (prefix === undefined) return spec.volumes
  return [{ name: 'data', persistentVolumeClaim: { claimName: `${prefix}${name}` } }, ...spec.volumes]
}

const claimPrefixes: Readonly<Record<string, string>> = { StatefulSet: 'data-', Cluster: '' }

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
    spec: { ...shared.spec, volumes: volumesOf(pod, shared), ...(pod.node && { nodeName: pod.node }) },
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
