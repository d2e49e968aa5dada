// Pods as rows, from JSON or from protobuf: both encodings give the same facts, one function makes the row.
import type { Decoder } from '#cluster/cluster.ts'
import type { PodRow, Resource } from '#model/kube.ts'
import { type ContainerAmounts, type PodAmounts, podAmounts } from '#model/pod-amounts.ts'
import { type PodFacts, podStatus } from '#model/pod-status.ts'
import { SourceError } from '#model/reading.ts'
import { podFactsOfJson } from './pod-json.ts'
import { podFactsOfProtobuf } from './pod-protobuf.ts'
import { createPool, type Pool, shareLabels } from './pool.ts'

export const podResource: Resource = {
  group: '',
  version: 'v1',
  plural: 'pods',
  kind: 'Pod',
  namespaced: true,
  shortNames: ['po'],
}

/** What a row needs of a pod, whatever encoding it came in. */
export interface PodSource {
  uid: string
  namespace: string
  name: string
  createdAt: number
  labels: Readonly<Record<string, string>>
  node: string | undefined
  ip: string | undefined
  qos: string | undefined
  owner: { readonly kind: string; readonly name: string } | undefined
  status: PodFacts
  containers: readonly ContainerAmounts[]
  init: readonly ContainerAmounts[]
  whole: PodAmounts
}

/** A decoder for one table of pods; rows of the same decoder share equal strings and labels. */
export function podDecoder(): Decoder<PodRow> {
  const pool = createPool()
  return {
    json: (object) => podRow(podFactsOfJson(object), pool),
    protobuf: (bytes) => podRow(readProtobuf(bytes), pool),
  }
}

/** Bytes that are no pod are the server's fault, not ours. */
function readProtobuf(bytes: Uint8Array): PodSource {
  try {
    return podFactsOfProtobuf(bytes)
  } catch (cause) {
    throw new SourceError({ reason: 'garbage', detail: 'a pod in the list is not valid protobuf' }, { cause })
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Optional fields are set in one fixed order, so that 10,000 rows are of few hidden classes. */
function podRow(pod: PodSource, pool: Pool): PodRow {
  const status = podStatus(pod.status)
  const { requests, limits } = podAmounts(pod.containers, pod.init, pod.whole)
  const row: Mutable<PodRow> = {
    uid: pod.uid || `${pod.namespace}/${pod.name}`,
    namespace: pool.text(pod.namespace),
    name: pod.name,
    createdAt: pod.createdAt,
    labels: shareLabels(pool, pod.labels),
    ready: status.ready,
    containers: status.containers,
    status: pool.text(status.status),
    phase: pool.text(pod.status.phase || 'Unknown'),
    restarts: status.restarts,
    requests: pool.share(`amounts ${requests.cpu} ${requests.memory}`, () => requests),
    limits: pool.share(`amounts ${limits.cpu} ${limits.memory}`, () => limits),
  }
  const { node, ip, qos, owner } = pod
  if (node) row.node = pool.text(node)
  if (ip) row.ip = ip
  if (qos) row.qos = pool.text(qos)
  if (owner) row.owner = pool.share(`owner ${owner.kind} ${owner.name}`, () => owner)
  if (status.lastRestartAt !== undefined) row.lastRestartAt = status.lastRestartAt
  if (status.lastReason !== undefined) row.lastReason = pool.text(status.lastReason)
  if (status.lastExitCode !== undefined) row.lastExitCode = status.lastExitCode
  if (status.reason !== undefined) row.reason = pool.text(status.reason)
  if (status.message !== undefined) row.message = status.message
  if (status.notReadySince !== undefined) row.notReadySince = status.notReadySince
  return row
}
