// A pod as its series need it: decoded once for each version that the object had.
import type { KubeObject } from '#model/kube.ts'
import { count, type Fields, fields, list, moment, quantity, text, texts } from './fields.ts'

export interface Ended {
  readonly reason: string
  readonly exitCode: number
  readonly finishedAt: number | undefined
}

export interface ContainerFacts {
  readonly name: string
  readonly image: string
  readonly requests: Readonly<Record<string, number>>
  readonly limits: Readonly<Record<string, number>>
  /** Absent until the kubelet has said something of it. */
  readonly status?: {
    readonly id: string
    readonly image: string
    readonly imageId: string
    readonly ready: boolean
    readonly restarts: number
    readonly startedAt?: number
    readonly waiting?: string
    readonly terminated?: Ended
    readonly lastTerminated?: Ended
  }
}

export interface PodFacts {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly labels: Readonly<Record<string, string>>
  readonly createdAt: number
  readonly startedAt?: number
  readonly deletedAt?: number
  readonly owner?: { readonly kind: string; readonly name: string }
  readonly node: string
  readonly priorityClass: string
  readonly hostNetwork: boolean
  readonly hostIp: string
  readonly ip: string
  readonly phase: string
  readonly reason: string
  readonly qos: string
  readonly conditions: Readonly<Record<string, string>>
  readonly containers: readonly ContainerFacts[]
  readonly initContainers: readonly ContainerFacts[]
  readonly claims: readonly { readonly volume: string; readonly claim: string }[]
}

const known = new WeakMap<KubeObject, PodFacts>()

export function podAt(object: KubeObject): PodFacts {
  let facts = known.get(object)
  if (!facts) {
    facts = decode(object)
    known.set(object, facts)
  }
  return facts
}

function decode(object: KubeObject): PodFacts {
  const { metadata } = object
  const spec = fields(object.spec)
  const status = fields(object.status)
  const owner =
    metadata.ownerReferences?.find((reference) => reference.controller) ?? metadata.ownerReferences?.[0]
  const startedAt = moment(status.startTime)
  const deletedAt = moment(metadata.deletionTimestamp)
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    labels: metadata.labels ?? {},
    createdAt: moment(metadata.creationTimestamp) ?? 0,
    ...(startedAt !== undefined && { startedAt }),
    ...(deletedAt !== undefined && { deletedAt }),
    ...(owner && { owner: { kind: owner.kind, name: owner.name } }),
    node: text(spec.nodeName),
    priorityClass: text(spec.priorityClassName),
    hostNetwork: spec.hostNetwork === true,
    hostIp: text(status.hostIP),
    ip: text(status.podIP),
    phase: text(status.phase),
    reason: text(status.reason),
    qos: text(status.qosClass),
    conditions: Object.fromEntries(
      list(status.conditions).map((entry) => [text(entry.type), text(entry.status)]),
    ),
    containers: containersOf(spec.containers, status.containerStatuses),
    initContainers: containersOf(spec.initContainers, status.initContainerStatuses),
    claims: list(spec.volumes).flatMap((volume) => {
      const claim = text(fields(volume.persistentVolumeClaim).claimName)
      return claim === '' ? [] : [{ volume: text(volume.name), claim }]
    }),
  }
}

function containersOf(specs: unknown, statuses: unknown): readonly ContainerFacts[] {
  const byName = new Map(list(statuses).map((status) => [text(status.name), status]))
  return list(specs).map((spec) => {
    const status = byName.get(text(spec.name))
    const resources = fields(spec.resources)
    return {
      name: text(spec.name),
      image: text(spec.image),
      requests: amounts(resources.requests),
      limits: amounts(resources.limits),
      ...(status && { status: statusOf(status) }),
    }
  })
}

function statusOf(status: Fields): NonNullable<ContainerFacts['status']> {
  const state = fields(status.state)
  const startedAt = moment(fields(state.running).startedAt)
  const terminated = endedOf(state.terminated)
  const lastTerminated = endedOf(fields(status.lastState).terminated)
  return {
    id: text(status.containerID),
    image: text(status.image),
    imageId: text(status.imageID),
    ready: status.ready === true,
    restarts: count(status.restartCount),
    ...(startedAt !== undefined && { startedAt }),
    ...(state.waiting !== undefined && { waiting: text(fields(state.waiting).reason) }),
    ...(terminated && { terminated }),
    ...(lastTerminated && { lastTerminated }),
  }
}

function endedOf(value: unknown): Ended | undefined {
  if (value === undefined) return undefined
  const ended = fields(value)
  return { reason: text(ended.reason), exitCode: count(ended.exitCode), finishedAt: moment(ended.finishedAt) }
}

function amounts(value: unknown): Readonly<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [name, amount] of Object.entries(texts(value))) {
    const parsed = quantity(amount)
    if (parsed !== undefined) found[name] = parsed
  }
  return found
}
