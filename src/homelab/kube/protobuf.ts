// Pods in protobuf, as k8s.io/api v0.36 defines them (core/v1 and meta/v1 generated.proto).
import { PbfWriter } from 'pbf'
import type { KubeObject } from '#model/kube.ts'
import type { Fields } from './json.ts'
import type { ListPage } from './list.ts'
import { listMeta } from './list.ts'
import { perObject } from './per-object.ts'
import { envelope, lengthPrefix, type Message, writeFields } from './protobuf-writer.ts'

const OWNER: Message = {
  kind: [1, 'string'],
  name: [3, 'string'],
  uid: [4, 'string'],
  apiVersion: [5, 'string'],
  controller: [6, 'bool'],
  blockOwnerDeletion: [7, 'bool'],
}

const OBJECT_META: Message = {
  name: [1, 'string'],
  generateName: [2, 'string'],
  namespace: [3, 'string'],
  uid: [5, 'string'],
  resourceVersion: [6, 'string'],
  generation: [7, 'int'],
  creationTimestamp: [8, 'time'],
  deletionTimestamp: [9, 'time'],
  deletionGracePeriodSeconds: [10, 'int'],
  labels: [11, 'strings'],
  annotations: [12, 'strings'],
  ownerReferences: [13, OWNER],
  finalizers: [14, 'string'],
}

const RESOURCES: Message = { limits: [1, 'quantities'], requests: [2, 'quantities'] }

const CONTAINER: Message = {
  name: [1, 'string'],
  image: [2, 'string'],
  command: [3, 'string'],
  args: [4, 'string'],
  ports: [
    6,
    { name: [1, 'string'], hostPort: [2, 'int'], containerPort: [3, 'int'], protocol: [4, 'string'] },
  ],
  resources: [8, RESOURCES],
  imagePullPolicy: [14, 'string'],
  restartPolicy: [24, 'string'],
}

const STATE: Message = {
  waiting: [1, { reason: [1, 'string'], message: [2, 'string'] }],
  running: [2, { startedAt: [1, 'time'] }],
  terminated: [
    3,
    {
      exitCode: [1, 'int'],
      signal: [2, 'int'],
      reason: [3, 'string'],
      message: [4, 'string'],
      startedAt: [5, 'time'],
      finishedAt: [6, 'time'],
      containerID: [7, 'string'],
    },
  ],
}

const CONTAINER_STATUS: Message = {
  name: [1, 'string'],
  state: [2, STATE],
  lastState: [3, STATE],
  ready: [4, 'bool'],
  restartCount: [5, 'int'],
  image: [6, 'string'],
  imageID: [7, 'string'],
  containerID: [8, 'string'],
  started: [9, 'bool'],
  resources: [11, RESOURCES],
}

const CONDITION: Message = {
  type: [1, 'string'],
  status: [2, 'string'],
  lastProbeTime: [3, 'time'],
  lastTransitionTime: [4, 'time'],
  reason: [5, 'string'],
  message: [6, 'string'],
  observedGeneration: [7, 'int'],
}

const POD: Message = {
  metadata: [1, OBJECT_META],
  spec: [
    2,
    {
      containers: [2, CONTAINER],
      restartPolicy: [3, 'string'],
      terminationGracePeriodSeconds: [4, 'int'],
      nodeSelector: [7, 'strings'],
      serviceAccountName: [8, 'string'],
      nodeName: [10, 'string'],
      hostNetwork: [11, 'bool'],
      schedulerName: [19, 'string'],
      initContainers: [20, CONTAINER],
      priorityClassName: [24, 'string'],
      priority: [25, 'int'],
      readinessGates: [28, { conditionType: [1, 'string'] }],
    },
  ],
  status: [
    3,
    {
      phase: [1, 'string'],
      conditions: [2, CONDITION],
      message: [3, 'string'],
      reason: [4, 'string'],
      hostIP: [5, 'string'],
      podIP: [6, 'string'],
      startTime: [7, 'time'],
      containerStatuses: [8, CONTAINER_STATUS],
      qosClass: [9, 'string'],
      initContainerStatuses: [10, CONTAINER_STATUS],
      nominatedNodeName: [11, 'string'],
      podIPs: [12, { ip: [1, 'string'] }],
    },
  ],
}

const LIST_META: Message = {
  resourceVersion: [2, 'string'],
  continue: [3, 'string'],
  remainingItemCount: [4, 'int'],
}

/** One pod's message. */
const podBytes = perObject((pod: KubeObject): Uint8Array => {
  const writer = new PbfWriter()
  writeFields(POD, pod, writer)
  return Uint8Array.from(writer.finish())
})

export function podEnvelope(pod: KubeObject): Uint8Array {
  return envelope('Pod', [podBytes(pod)])
}

export function podListEnvelope(page: ListPage): Uint8Array {
  const head = new PbfWriter()
  head.writeMessage(1, (meta: Fields, writer) => writeFields(LIST_META, meta, writer), listMeta(page))
  const parts: Uint8Array[] = [Uint8Array.from(head.finish())]
  for (const pod of page.items) {
    const bytes = podBytes(pod)
    parts.push(lengthPrefix(2, bytes.length), bytes)
  }
  return envelope('PodList', parts)
}
