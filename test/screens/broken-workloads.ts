// Workloads broken in the ways that an operator meets: each with its pods, and what was said of them.
import type { EventRow, KubeObject, PodRow } from '#model/kube.ts'
import { fixedNow as now } from '#test/ui/fake-deck.ts'
import { day, eventRow, hour, minute, object, podRow } from './rows.ts'

export interface Broken {
  readonly object: KubeObject
  readonly pods: readonly PodRow[]
  /** About the workload itself. */
  readonly own: readonly EventRow[]
  /** About its pods. */
  readonly events: readonly EventRow[]
}

const at = (ago: number) => new Date(now - ago).toISOString()

interface Shape {
  readonly kind?: string
  readonly replicas: number
  readonly ready: number
  readonly image: string
  readonly conditions?: readonly object[]
}

const workload = (namespace: string, name: string, shape: Shape): KubeObject =>
  object(shape.kind ?? 'Deployment', namespace, name, {
    apiVersion: 'apps/v1',
    metadata: { name, namespace, creationTimestamp: at(90 * day) },
    spec: {
      replicas: shape.replicas,
      selector: { matchLabels: { app: name } },
      template: { spec: { containers: [{ name, image: shape.image }] } },
    },
    status: {
      readyReplicas: shape.ready,
      ...(shape.ready < shape.replicas && { unavailableReplicas: shape.replicas - shape.ready }),
      ...(shape.conditions && { conditions: shape.conditions }),
    },
  })

const condition = (type: string, status: string, reason: string, message: string, ago: number) => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: at(ago),
})

/** A pod of a Deployment's ReplicaSet with that hash. */
const replica = (namespace: string, name: string, hash: string, end: string, more: Partial<PodRow>) =>
  podRow(namespace, `${name}-${hash}-${end}`, {
    owner: { kind: 'ReplicaSet', name: `${name}-${hash}` },
    labels: { 'pod-template-hash': hash },
    ...more,
  })

const crashing: Partial<PodRow> = {
  ready: 0,
  status: 'CrashLoopBackOff',
  restarts: 6,
  lastRestartAt: now - 2 * minute,
  lastReason: 'Error',
  lastExitCode: 2,
  message: 'back-off 2m40s restarting failed container=checkout pod=checkout-7d9f8c-x2x4z_shop(73871f4b)',
  notReadySince: now - 9 * minute,
}

/** One waits, one runs for a moment before it crashes again, one is of the version before and well. */
export const crashLoop: Broken = {
  object: workload('shop', 'checkout', {
    replicas: 3,
    ready: 1,
    image: 'ghcr.io/ben-home/checkout:3.3.0',
    conditions: [
      condition('Available', 'False', 'MinimumReplicasUnavailable', 'Too few are available.', 9 * minute),
      condition('Progressing', 'True', 'ReplicaSetUpdated', 'ReplicaSet is progressing.', 9 * minute),
    ],
  }),
  pods: [
    replica('shop', 'checkout', '5b7c9', 'k8s2p', {}),
    replica('shop', 'checkout', '7d9f8c', 'x2x4z', crashing),
    replica('shop', 'checkout', '7d9f8c', 'b7f2q', {
      ...crashing,
      status: 'Running',
      lastRestartAt: now - 20_000,
    }),
  ],
  own: [
    eventRow('Deployment', 'shop', 'checkout', {
      reason: 'ScalingReplicaSet',
      message: 'Scaled up replica set checkout-7d9f8c from 0 to 2',
      lastAt: now - 9 * minute,
    }),
  ],
  events: [
    eventRow('Pod', 'shop', 'checkout-7d9f8c-x2x4z', {
      type: 'Warning',
      reason: 'BackOff',
      count: 27,
      message: 'Back-off restarting failed container checkout in pod checkout-7d9f8c-x2x4z_shop(73871f4b)',
      lastAt: now - minute,
    }),
    eventRow('Pod', 'shop', 'checkout-7d9f8c-b7f2q', {
      type: 'Warning',
      reason: 'Unhealthy',
      message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
      lastAt: now - 20_000,
    }),
    eventRow('Pod', 'shop', 'checkout-7d9f8c-b7f2q', {
      reason: 'Created',
      count: 7,
      message: 'Container created: checkout',
      lastAt: now - 2 * minute,
    }),
  ],
}

const pull = 'failed to resolve reference "ghcr.io/immich-app/immich-server:v2.5.0": 429 Too Many Requests'

export const imagePull: Broken = {
  object: workload('media', 'photos', {
    replicas: 1,
    ready: 1,
    image: 'ghcr.io/immich-app/immich-server:v2.5.0',
    conditions: [
      condition('Available', 'True', 'MinimumReplicasAvailable', 'It has.', 14 * day),
      condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'It has timed out.', minute),
    ],
  }),
  pods: [
    replica('media', 'photos', 'b05e9bc261', 'd9mwd', { restarts: 1, lastRestartAt: now - 20 * day }),
    replica('media', 'photos', '0123d0c325', 'zprgk', {
      ready: 0,
      status: 'ImagePullBackOff',
      phase: 'Pending',
      message: `Back-off pulling image "ghcr.io/immich-app/immich-server:v2.5.0": ErrImagePull: ${pull}`,
      notReadySince: now - 11 * minute,
    }),
  ],
  own: [],
  events: [
    eventRow('Pod', 'media', 'photos-0123d0c325-zprgk', {
      type: 'Warning',
      reason: 'Failed',
      count: 6,
      message: `Failed to pull image "ghcr.io/immich-app/immich-server:v2.5.0": ${pull}`,
      lastAt: now - 2 * minute,
    }),
  ],
}

/** It runs again: only its restarts and its events say what happens to it. */
export const outOfMemory: Broken = {
  object: workload('ml', 'llm-serving', {
    kind: 'StatefulSet',
    replicas: 1,
    ready: 1,
    image: 'ghcr.io/ggml-org/llama.cpp:server-cuda-b7200',
  }),
  pods: [
    podRow('ml', 'llm-serving-0', {
      owner: { kind: 'StatefulSet', name: 'llm-serving' },
      restarts: 3,
      lastRestartAt: now - 14 * minute,
      lastReason: 'OOMKilled',
      lastExitCode: 137,
    }),
  ],
  own: [],
  events: [
    eventRow('Pod', 'ml', 'llm-serving-0', {
      type: 'Warning',
      reason: 'OOMKilling',
      count: 3,
      message: 'Memory cgroup out of memory: killed process 4242 (llama-server)',
      lastAt: now - 14 * minute,
    }),
  ],
}

/** A DaemonSet on many nodes, nine of its pods evicted for one reason, one finished, the rest well. */
export const manyPods: Broken = {
  object: object('DaemonSet', 'observability', 'node-exporter', {
    apiVersion: 'apps/v1',
    spec: { selector: { matchLabels: { app: 'node-exporter' } } },
    status: { desiredNumberScheduled: 30, numberReady: 20, numberUnavailable: 10 },
  }),
  pods: Array.from({ length: 30 }, (_, index) =>
    podRow('observability', `node-exporter-${String(index).padStart(2, '0')}`, {
      owner: { kind: 'DaemonSet', name: 'node-exporter' },
      ...(index % 3 === 1 &&
        index < 27 && {
          ready: 0,
          status: 'Evicted',
          phase: 'Failed',
          reason: 'Evicted',
          message: 'The node was low on resource: memory.',
        }),
    }),
  ),
  own: [],
  events: Array.from({ length: 30 }, (_, index) =>
    eventRow('Pod', 'observability', `node-exporter-${String(index).padStart(2, '0')}`, {
      ...(index === 29 && { type: 'Warning', reason: 'Evicted', message: 'low on memory' }),
      lastAt: now - index * minute - hour / 2,
    }),
  ),
}
