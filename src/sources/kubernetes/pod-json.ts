// The facts of a pod in JSON.

import { fields, items, known, number, text, time } from '#cluster/fields.ts'
import type { Amounts, KubeObject } from '#model/kube.ts'
import type { ContainerAmounts, PodAmounts } from '#model/pod-amounts.ts'
import type { ContainerFacts, Ended } from '#model/pod-status.ts'
import { parseQuantity } from '#model/quantity.ts'
import type { PodSource } from './pods.ts'

export function podFactsOfJson(object: KubeObject): PodSource {
  const metadata = fields(object.metadata)
  const spec = fields(object.spec)
  const status = fields(object.status)
  const owners = items(metadata.ownerReferences).map(fields)
  const owner = owners.find((one) => one.controller === true)
  const init = items(spec.initContainers).map(fields)
  const containers = items(spec.containers).map(fields)
  return {
    uid: text(metadata.uid) ?? '',
    namespace: text(metadata.namespace) ?? '',
    name: text(metadata.name) ?? '',
    createdAt: time(metadata.creationTimestamp) ?? 0,
    labels: fields(metadata.labels) as Readonly<Record<string, string>>,
    node: text(spec.nodeName),
    ip: text(status.podIP),
    qos: text(status.qosClass),
    owner: owner && { kind: String(owner.kind), name: String(owner.name) },
    status: {
      phase: text(status.phase) ?? '',
      deleting: text(metadata.deletionTimestamp) !== undefined,
      ...known({ reason: text(status.reason), message: text(status.message) }),
      conditions: items(status.conditions).map((item) => {
        const one = fields(item)
        return {
          type: String(one.type),
          status: String(one.status),
          ...known({
            reason: text(one.reason),
            message: text(one.message),
            since: time(one.lastTransitionTime),
          }),
        }
      }),
      containers: containers.length,
      init: init.map((one) => ({ name: String(one.name), restartable: one.restartPolicy === 'Always' })),
      initStatuses: items(status.initContainerStatuses).map(containerFacts),
      statuses: items(status.containerStatuses).map(containerFacts),
    },
    containers: containers.map(containerAmounts),
    init: init.map(containerAmounts),
    whole: amounts(spec.resources),
  }
}

function containerFacts(item: unknown): ContainerFacts {
  const one = fields(item)
  const state = fields(one.state)
  const waiting = state.waiting === undefined ? undefined : fields(state.waiting)
  return {
    name: String(one.name),
    ready: one.ready === true,
    started: one.started === true,
    restarts: number(one.restartCount) ?? 0,
    running: state.running !== undefined,
    ...known({
      waiting: waiting && known({ reason: text(waiting.reason), message: text(waiting.message) }),
      ended: ended(state.terminated),
      endedBefore: ended(fields(one.lastState).terminated),
    }),
  }
}

function ended(value: unknown): Ended | undefined {
  if (value === undefined) return undefined
  const one = fields(value)
  return {
    exitCode: number(one.exitCode) ?? 0,
    signal: number(one.signal) ?? 0,
    ...known({ reason: text(one.reason), finishedAt: time(one.finishedAt) }),
  }
}

function containerAmounts(one: Readonly<Record<string, unknown>>): ContainerAmounts {
  return { ...amounts(one.resources), restartable: one.restartPolicy === 'Always' }
}

function amounts(value: unknown): PodAmounts {
  const resources = fields(value)
  return { requests: cpuAndMemory(resources.requests), limits: cpuAndMemory(resources.limits) }
}

/** Quantities are strings, but a manifest may have been stored with a bare number. */
export function cpuAndMemory(value: unknown): Amounts {
  const { cpu, memory } = fields(value)
  return known({
    cpu: cpu === undefined ? undefined : parseQuantity(String(cpu)),
    memory: memory === undefined ? undefined : parseQuantity(String(memory)),
  })
}
