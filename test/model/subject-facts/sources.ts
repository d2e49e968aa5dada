// A calm shop, and the pieces by which a test makes something of it otherwise; facts as one line of text each.
import type { KubeObject, NodeRow, ObjectRef, PodRow, WorkloadRow } from '#model/kube.ts'
import type { Gap } from '#model/reading.ts'
import type { Fact, RowsReading } from '#model/subject-facts/fact.ts'
import { factsOf } from '#model/subject-facts/facts-of.ts'
import type { FactSources } from '#model/subject-facts/sources.ts'

const row = (name: string, labels: Record<string, string> = {}) => ({
  ...{ uid: name, namespace: 'shop', name, createdAt: 0, labels },
})
export const pod = (name: string, more: Partial<PodRow> = {}): PodRow => ({
  ...row(name, { 'pod-template-hash': '7d4b9' }),
  ...{ ready: 1, containers: 1, status: 'Running', phase: 'Running', restarts: 0, requests: {}, limits: {} },
  owner: { kind: 'ReplicaSet', name: 'cart-7d4b9' },
  node: 'nuc-1',
  ...more,
})
export const workload = (more: Partial<WorkloadRow> = {}): WorkloadRow => ({
  ...row('cart'),
  ...{ kind: 'Deployment', ready: 2, desired: 2, images: [], conditions: [], selector: '' },
  ...more,
})
export const node = (more: Partial<NodeRow> = {}): NodeRow => ({
  ...{ uid: 'nuc-1', name: 'nuc-1', createdAt: 0, labels: {}, roles: [], ready: 'True', cordoned: false },
  ...{ conditions: [{ type: 'Ready', status: 'True' }], taints: [], allocatable: { pods: 110 } },
  ...more,
})
export const read = <T>(...rows: T[]): RowsReading<T> => ({ data: { rows, complete: true }, pending: false })
export const refused = (detail: string): { pending: false; gap: Gap } => ({
  ...{ pending: false, gap: { reason: 'forbidden', detail } },
})
export const coming = { pending: true } as const
export const measured = (figures: Readonly<Record<string, number>>) => ({
  ...{ pending: false, data: new Map(Object.entries(figures)) },
})
export const noSeries = { pending: false, gap: { reason: 'no-series', detail: 'no series' } } as const
export const whole = (kind: string, name: string, spec: unknown): { pending: false; data: KubeObject } => ({
  pending: false,
  data: { apiVersion: 'v1', kind, metadata: { name }, spec },
})
export const claiming = (...names: string[]) => ({
  volumes: names.map((claimName) => ({ persistentVolumeClaim: { claimName } })),
})
export const calm: FactSources = {
  pods: read(pod('cart-7d4b9-a'), pod('cart-7d4b9-b')),
  workloads: read(workload()),
  ...{ nodes: read(node()), events: read(), flux: read(), namespace: undefined, marks: [] },
  ...{
    object: whole('Pod', 'cart-7d4b9-a', {}),
    containers: undefined,
    ...{ volumes: noSeries, boot: noSeries },
  },
}
export const podRef: ObjectRef = { group: '', kind: 'Pod', namespace: 'shop', name: 'cart-7d4b9-a' }
export const cart: ObjectRef = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'cart' }
export const nuc: ObjectRef = { group: '', kind: 'Node', name: 'nuc-1' }

export const written = ({ text, at, since, tone }: Fact) =>
  [
    tone === 'bad' || tone === 'warn' ? `${tone}:` : '',
    text,
    at ?? '',
    since === undefined ? '' : `for ${since}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
export const said = (ref: ObjectRef, more: Partial<FactSources> = {}) =>
  factsOf(ref, { ...calm, ...more }).map((facts) => facts.map(written))
