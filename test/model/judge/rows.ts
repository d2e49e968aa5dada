// Rows for tables of judgement: healthy by default, each test says what is different.
import type { EventRow, FluxRow, NodeRow, PodRow, WorkloadRow } from '#model/kube.ts'

export const now = Date.UTC(2026, 10, 22, 3, 12)
export const minute = 60_000
export const hour = 60 * minute
export const ago = (milliseconds: number) => now - milliseconds

const base = (namespace: string, name: string) => ({
  uid: `${namespace}/${name}`,
  namespace,
  name,
  createdAt: ago(48 * hour),
  labels: {},
})

/** A pod of the Deployment that `name` begins with: `shop/checkout-7d9f8c-x2x4z`. */
export function pod(path: string, more: Partial<PodRow> = {}): PodRow {
  const [namespace = '', name = ''] = path.split('/')
  const hash = name.split('-').at(-2) ?? ''
  return {
    ...base(namespace, name),
    ready: 1,
    containers: 1,
    status: 'Running',
    phase: 'Running',
    restarts: 0,
    node: 'nuc-1',
    owner: { kind: 'ReplicaSet', name: name.replace(/-[^-]+$/, '') },
    labels: { 'pod-template-hash': hash },
    requests: {},
    limits: {},
    ...more,
  }
}

export function deployment(path: string, more: Partial<WorkloadRow> = {}): WorkloadRow {
  const [namespace = '', name = ''] = path.split('/')
  return {
    ...base(namespace, name),
    kind: 'Deployment',
    ready: 2,
    desired: 2,
    images: [],
    conditions: [],
    selector: '',
    ...more,
  }
}

export function node(name: string, more: Partial<NodeRow> = {}): NodeRow {
  const { namespace: _, ...rest } = base('', name)
  return {
    ...rest,
    roles: [],
    ready: 'True',
    cordoned: false,
    conditions: [{ type: 'Ready', status: 'True', since: ago(48 * hour) }],
    taints: [],
    allocatable: { cpu: 8, memory: 32 * 2 ** 30 },
    ...more,
  }
}

export function event(about: EventRow['about'], more: Partial<EventRow> = {}): EventRow {
  return {
    ...base(about.namespace ?? 'default', `${about.name}.${more.reason ?? ''}`),
    type: 'Warning',
    reason: 'Failed',
    message: '',
    about,
    count: 1,
    firstAt: ago(5 * minute),
    lastAt: ago(minute),
    ...more,
  }
}

export const podRef = (path: string): EventRow['about'] => {
  const [namespace = '', name = ''] = path.split('/')
  return { group: '', kind: 'Pod', namespace, name }
}

/** `Kustomization/flux-system/apps`. */
export function flux(path: string, more: Partial<FluxRow> = {}): FluxRow {
  const [kind = '', namespace = '', name = ''] = path.split('/')
  return { ...base(namespace, name), kind, state: 'ready', ...more }
}
