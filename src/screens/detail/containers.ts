// The containers of a pod with their states, or of a pod template as they will be.
import type { KubeObject } from '#model/kube.ts'
import { type Fields, fields, items, text, time } from './fields.ts'

export interface ContainerDetail {
  readonly name: string
  readonly init: boolean
  readonly image: string
  /** `running`, `waiting: CrashLoopBackOff`, `ended: OOMKilled (137)`; absent where the kubelet has not said. */
  readonly state?: string
  readonly well: boolean
  readonly since?: number | undefined
  /** What the kubelet says of why it waits. */
  readonly message?: string | undefined
  readonly restarts: number
  /** How the run before this one ended. */
  readonly lastEnd?: { readonly what: string; readonly at?: number | undefined }
  readonly ports: readonly string[]
  readonly requests: string
  readonly limits: string
}

/** Of a pod; of anything with a pod template the containers as they will be, without a state. */
export function containerDetails(object: KubeObject): ContainerDetail[] {
  const spec = podSpecOf(object)
  const status = object.kind === 'Pod' ? fields(object.status) : {}
  const statuses = new Map(
    [...items(status.initContainerStatuses), ...items(status.containerStatuses)].map((one) => [
      text(fields(one).name),
      fields(one),
    ]),
  )
  const of = (list: unknown, init: boolean) =>
    items(list).map((one) => {
      const container = fields(one)
      return containerDetail(container, statuses.get(text(container.name)), init)
    })
  return [...of(spec.initContainers, true), ...of(spec.containers, false)]
}

function podSpecOf(object: KubeObject): Fields {
  const spec = fields(object.spec)
  if (object.kind === 'Pod') return spec
  const template = object.kind === 'CronJob' ? fields(fields(spec.jobTemplate).spec).template : spec.template
  return fields(fields(template).spec)
}

function containerDetail(container: Fields, status: Fields | undefined, init: boolean): ContainerDetail {
  const resources = fields(container.resources)
  const now = status && stateOf(fields(status.state))
  const before = status && stateOf(fields(status.lastState))
  return {
    name: text(container.name) ?? '',
    init,
    image: text(container.image) ?? '',
    ...(now && { state: now.what, since: now.at, message: now.message }),
    well: now === undefined || now.kind === 'running' || (init && now.exitCode === 0) || now.exitCode === 0,
    restarts: typeof status?.restartCount === 'number' ? status.restartCount : 0,
    ...(before && { lastEnd: { what: before.what, at: before.at } }),
    ports: items(container.ports).map((one) => {
      const port = fields(one)
      return `${text(port.name) ?? ''}${port.name ? ':' : ''}${text(port.containerPort) ?? ''}`
    }),
    requests: amounts(resources.requests),
    limits: amounts(resources.limits),
  }
}

interface ContainerState {
  readonly kind: 'running' | 'waiting' | 'ended'
  readonly what: string
  readonly at?: number | undefined
  readonly message?: string | undefined
  readonly exitCode?: number | undefined
}

function stateOf(state: Fields): ContainerState | undefined {
  if (state.running) return { kind: 'running', what: 'running', at: time(fields(state.running).startedAt) }
  if (state.waiting) {
    const waiting = fields(state.waiting)
    return {
      kind: 'waiting',
      what: `waiting: ${text(waiting.reason) ?? 'no reason given'}`,
      message: text(waiting.message),
    }
  }
  if (!state.terminated) return undefined
  const ended = fields(state.terminated)
  const exitCode = typeof ended.exitCode === 'number' ? ended.exitCode : undefined
  return {
    kind: 'ended',
    what: `ended: ${text(ended.reason) ?? 'no reason given'} (${exitCode ?? '?'})`,
    at: time(ended.finishedAt),
    message: text(ended.message),
    exitCode,
  }
}

const amounts = (value: unknown): string =>
  Object.entries(fields(value))
    .map(([name, amount]) => `${name} ${text(amount) ?? ''}`)
    .join(' ')
