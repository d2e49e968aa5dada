// What a person wants to know of any Kubernetes object, read from the object itself: conditions, containers,
// owner, and the rest as plain lines. Pure; the object is as the server sent it.
import type { KubeObject, ObjectRef } from '#model/kube.ts'

type Fields = Readonly<Record<string, unknown>>

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined
const time = (value: unknown): number | undefined => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

export interface ConditionDetail {
  readonly type: string
  readonly status: string
  readonly reason?: string | undefined
  readonly message?: string | undefined
  readonly since?: number | undefined
}

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

export function conditionDetails(object: KubeObject): ConditionDetail[] {
  return items(fields(object.status).conditions).map((one) => {
    const condition = fields(one)
    return {
      type: text(condition.type) ?? '',
      status: text(condition.status) ?? 'Unknown',
      reason: text(condition.reason),
      message: text(condition.message),
      since: time(condition.lastTransitionTime),
    }
  })
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

/** The controlling owner, and the Flux object that applied it where its labels name one. */
export function ownersOf(object: KubeObject): ObjectRef[] {
  const { namespace, ownerReferences = [], labels = {} } = object.metadata
  const owners = ownerReferences.map((owner) => ({
    group: owner.apiVersion.includes('/') ? (owner.apiVersion.split('/')[0] ?? '') : '',
    kind: owner.kind,
    name: owner.name,
    ...(namespace !== undefined && owner.kind !== 'Node' && { namespace }),
  }))
  const flux = (['helm', 'kustomize'] as const).flatMap((tool) => {
    const name = labels[`${tool}.toolkit.fluxcd.io/name`]
    const inNamespace = labels[`${tool}.toolkit.fluxcd.io/namespace`]
    if (name === undefined || inNamespace === undefined) return []
    return [
      {
        group: `${tool}.toolkit.fluxcd.io`,
        kind: tool === 'helm' ? 'HelmRelease' : 'Kustomization',
        namespace: inNamespace,
        name,
      },
    ]
  })
  return [...owners, ...flux]
}

const told = new Set([
  'conditions',
  'containerStatuses',
  'initContainerStatuses',
  'containers',
  'initContainers',
  'template',
  'jobTemplate',
])

/** `spec` and `status` as `key: value` lines, two spaces a level, without what is told elsewhere. */
export function restLines(object: KubeObject, part: 'spec' | 'status' | 'data'): string[] {
  return linesOf(fields(object[part]), 0)
}

function linesOf(value: unknown, depth: number): string[] {
  const indent = '  '.repeat(depth)
  if (Array.isArray(value)) {
    return value.flatMap((one) => {
      const [first = '', ...rest] = linesOf(one, 0)
      return [`${indent}- ${first}`, ...rest.map((line) => `${indent}  ${line}`)]
    })
  }
  if (typeof value !== 'object' || value === null) return [`${indent}${String(value)}`]
  return Object.entries(value)
    .filter(([key]) => depth > 0 || !told.has(key))
    .flatMap(([key, inside]) => {
      if (typeof inside !== 'object' || inside === null) {
        const [first = '', ...more] = String(inside).split('\n')
        return [`${indent}${key}: ${first}`, ...more.map((line) => `${indent}  ${line}`)]
      }
      const lines = linesOf(inside, depth + 1)
      return lines.length === 0 ? [] : [`${indent}${key}:`, ...lines]
    })
}
