// Overviews as an operator meets them, for frames: an incident, a calm night, loading, stale, everything forbidden.

import type { FluxRow, ObjectRef } from '#model/kube.ts'
import type { CapacityLine, Consumer, Overview } from '#model/overview.ts'
import type { Gap } from '#model/reading.ts'
import { emptyOverview, fixedNow as now } from '#test/ui/fake-deck.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const Gi = 1024 ** 3
const Mi = 1024 ** 2

const workload = (namespace: string, name: string, kind = 'Deployment'): ObjectRef => ({
  group: 'apps',
  kind,
  namespace,
  name,
})
const pod = (namespace: string, name: string): ObjectRef => ({ group: '', kind: 'Pod', namespace, name })
const ks = (name: string): ObjectRef => ({
  group: 'kustomize.toolkit.fluxcd.io',
  kind: 'Kustomization',
  namespace: 'flux-system',
  name,
})

/** A series over the last hour, a sample each 30 s, none where `value` gives none. */
function series(value: (index: number) => number | undefined) {
  const times: number[] = []
  const values: number[] = []
  for (let index = 0; index <= 120; index++) {
    const found = value(index)
    if (found === undefined) continue
    times.push(now - hour + index * 30_000)
    values.push(found)
  }
  return { labels: {}, times, values }
}

const capacity: CapacityLine[] = [
  {
    name: 'cpu',
    unit: 'cores',
    series: series((i) => 13 + 3 * Math.sin(i / 9) + (i > 110 ? 6 : 0)),
    now: 16.4,
    limit: 40,
  },
  {
    name: 'memory',
    unit: 'bytes',
    series: series((i) => (88 + i * 0.11) * Gi),
    now: 101 * Gi,
    limit: 160 * Gi,
  },
  {
    name: 'disk',
    unit: 'ratio',
    series: series((i) => (i > 50 && i < 66 ? undefined : 0.89 + i * 0.000_17)),
    now: 0.61,
    limit: 1,
    worst: { label: 'nuc-3 /var', value: 0.91 },
  },
  {
    name: 'network',
    unit: 'bytes/s',
    series: series((i) => 30e6 + 8e6 * Math.abs(Math.sin(i / 5)) + (i === 70 ? 60e6 : 0)),
    now: 39e6,
  },
]

const consumer = (ref: ObjectRef, used: number, request?: number, limit?: number): Consumer => ({
  ref,
  now: used,
  ...(request === undefined ? {} : { request }),
  ...(limit === undefined ? {} : { limit }),
})

const change = (
  name: string,
  ago: number,
  revision: string,
  from?: string,
  kind = 'Kustomization',
): FluxRow => ({
  uid: `flux-${kind}-${name}`,
  namespace: 'flux-system',
  name,
  kind,
  createdAt: now - 90 * day,
  labels: {},
  state: 'ready',
  revision,
  changedAt: now - ago,
  ...(from === undefined ? {} : { changedFrom: from }),
})

const read = <T>(data: T) => ({ data, dataAt: now - 8000, pending: false })

/** What a well-kept cluster looks like at night. */
export const calm: Overview = {
  ...emptyOverview(now),
  nodes: read({ total: 5, ready: 5, cordoned: 0, troubled: [] }),
  pods: read({ total: 120, well: 120, troubled: 0, reasons: [], restartsLastHour: 0 }),
  capacity: read(
    capacity.map((line) =>
      line.name === 'disk' ? { ...line, worst: { label: 'nuc-3 /var', value: 0.61 } } : line,
    ),
  ),
  topCpu: read([
    consumer(workload('ml', 'llm-serving'), 11.8, 8, 16),
    consumer(pod('db', 'pg-main-1'), 2.1, 2),
    consumer(workload('media', 'transcode'), 1.9, 1, 2),
    consumer(workload('observability', 'clickstack-clickhouse'), 0.42, 0.5, 2),
    consumer(
      workload('observability', 'prometheus-kube-prometheus-stack-prometheus', 'StatefulSet'),
      0.31,
      0.1,
    ),
  ]),
  topMemory: read([
    consumer(workload('ml', 'llm-serving'), 7.1 * Gi, 6 * Gi, 16 * Gi),
    consumer(pod('db', 'pg-main-1'), 6.2 * Gi, 4 * Gi, 8 * Gi),
    consumer(
      workload('observability', 'prometheus-kube-prometheus-stack-prometheus', 'StatefulSet'),
      1.6 * Gi,
      512 * Mi,
      2 * Gi,
    ),
    consumer(workload('media', 'photos'), 812 * Mi, 512 * Mi),
    consumer(workload('shop', 'checkout'), 118 * Mi, 128 * Mi, 256 * Mi),
  ]),
  flux: read({
    total: 61,
    failed: 0,
    waiting: 0,
    suspended: 0,
    changes: [
      change('cilium', 2 * hour, '1.20.1', '1.20.0', 'HelmRelease'),
      change('infra', 9 * hour, 'main@sha1:1b77aa0c55d1f6d5f8f26d8af4e1d0c3a1b2c3d4'),
      change('kube-prometheus-stack', 3 * day, '79.4.1', '79.4.0', 'HelmRelease'),
      change('apps', 3 * day, 'main@sha1:77bc01d2', 'main@sha1:6fa9e00c'),
    ],
    troubled: [],
  }),
  alerts: read([]),
  stack: read([
    {
      id: 'prometheus',
      name: 'Prometheus',
      state: 'well',
      ready: 1,
      desired: 1,
      targets: { up: 1, total: 1 },
    },
    {
      id: 'alertmanager',
      name: 'Alertmanager',
      state: 'well',
      ready: 1,
      desired: 1,
      targets: { up: 1, total: 1 },
    },
    {
      id: 'clickhouse',
      name: 'ClickHouse',
      state: 'well',
      ready: 1,
      desired: 1,
      targets: { up: 1, total: 1 },
    },
    { id: 'hyperdx', name: 'HyperDX', state: 'well', ready: 1, desired: 1 },
    {
      id: 'collector',
      name: 'OTel collector',
      state: 'well',
      ready: 1,
      desired: 1,
      targets: { up: 1, total: 1 },
    },
    { id: 'agent', name: 'OTel agent', state: 'well', ready: 5, desired: 5, targets: { up: 5, total: 5 } },
    { id: 'grafana', name: 'Grafana', state: 'well', ready: 1, desired: 1, targets: { up: 1, total: 1 } },
    { id: 'ntfy', name: 'ntfy', state: 'well', ready: 1, desired: 1 },
  ]),
  sources: [
    { name: 'kubernetes', route: 'direct', at: now - 2000, pending: false },
    { name: 'prometheus', route: 'proxy', at: now - 8000, pending: false },
    { name: 'clickstack', route: 'forward', why: 'the proxy cannot POST', at: now - 8000, pending: false },
    { name: 'alertmanager', route: 'proxy', at: now - 8000, pending: false },
  ],
}

/** Ten past three: the shop is down since Flux applied a new revision. */
export const incident: Overview = {
  ...calm,
  wrong: [
    {
      id: 'checkout',
      severity: 'critical',
      kind: 'workload',
      ref: workload('shop', 'checkout'),
      evidence: ['0/2 ready', 'errors 12 % (0.3 % before)', 'new: "pq: too many connections"'],
      since: now - 4 * minute,
      change: { ref: ks('apps'), what: 'applied 9f3c2e1', at: now - 7 * minute, before: 3 * minute },
    },
    {
      id: 'llm',
      severity: 'warning',
      kind: 'pod',
      ref: pod('ml', 'llm-serving-5d8c7b9f4-qk2xv'),
      evidence: ['OOM killed ×3', 'memory 7.9/8Gi'],
      since: now - 26 * minute,
    },
    {
      id: 'photos',
      severity: 'warning',
      kind: 'workload',
      ref: workload('media', 'photos'),
      evidence: ['image pull back-off', '429 from the registry'],
      since: now - 2 * hour,
      change: {
        ref: { ...ks('photos'), group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
        what: '1.4.0',
        at: now,
        before: 40 * minute,
      },
    },
    {
      id: 'disk',
      severity: 'warning',
      kind: 'capacity',
      ref: { group: '', kind: 'Node', name: 'nuc-3' },
      evidence: ['/var 91 % full', 'full in 2d4h at this rate'],
      since: now - 5 * hour,
    },
    {
      id: 'monitoring',
      severity: 'info',
      kind: 'suspended',
      ref: ks('monitoring'),
      evidence: ['suspended by ben: "testing new retention"'],
      since: now - 3 * day,
    },
  ],
  pods: read({
    total: 120,
    well: 116,
    troubled: 4,
    reasons: [{ reason: 'CrashLoopBackOff', count: 2 }],
    restartsLastHour: 9,
  }),
  capacity: read(capacity),
  topMemory: read([
    consumer(workload('ml', 'llm-serving'), 7.9 * Gi, 6 * Gi, 8 * Gi),
    ...(calm.topMemory.data ?? []).slice(1),
  ]),
  flux: read({
    total: 61,
    failed: 1,
    waiting: 0,
    suspended: 1,
    changes: [
      change('apps', 7 * minute, 'main@sha1:9f3c2e1aa', 'main@sha1:77bc01d2'),
      ...(calm.flux.data?.changes ?? []),
    ],
    troubled: [],
  }),
  alerts: read([
    {
      name: 'KubePodCrashLooping',
      state: 'firing',
      severity: 'warning',
      labels: { namespace: 'shop', pod: 'checkout-7d9f8c-x2x4z' },
      annotations: {},
      subject: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'checkout' },
      activeAt: now - 3 * minute,
    },
    {
      name: 'CheckoutErrorBudgetBurn',
      state: 'firing',
      severity: 'critical',
      labels: { namespace: 'shop', service: 'checkout' },
      annotations: {},
      subject: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'checkout' },
      activeAt: now - 2 * minute,
    },
    {
      name: 'NodeFilesystemAlmostOutOfSpace',
      state: 'firing',
      severity: 'warning',
      labels: { node: 'nuc-3', mountpoint: '/var' },
      annotations: {},
      subject: { group: '', kind: 'Node', name: 'nuc-3' },
      activeAt: now - 5 * hour,
    },
    { name: 'KubeJobFailed', state: 'pending', severity: 'warning', labels: {}, annotations: {} },
  ]),
  stack: read(
    (calm.stack.data ?? []).map((component) =>
      component.id === 'agent'
        ? {
            ...component,
            state: 'degraded' as const,
            ready: 4,
            targets: { up: 4, total: 5 },
            note: 'nuc-3 not ready',
          }
        : component,
    ),
  ),
}

export const loading: Overview = {
  ...emptyOverview(now),
  sources: [
    { name: 'kubernetes', pending: true },
    { name: 'prometheus', pending: true },
  ],
}

/** Prometheus stopped answering six minutes ago: its figures stay, with their age. */
export const stale: Overview = (() => {
  const gap: Gap = { reason: 'timeout', detail: 'prometheus-operated:9090 did not answer within 10s' }
  const old = <T>(reading: { readonly data?: T }) => ({
    ...reading,
    dataAt: now - 6 * minute,
    gap,
    pending: false,
  })
  return {
    ...incident,
    blind: [{ what: 'metrics', gap }],
    capacity: old(incident.capacity),
    topCpu: old(incident.topCpu),
    topMemory: old(incident.topMemory),
    alerts: old(incident.alerts),
    sources: incident.sources.map((source) =>
      source.name === 'prometheus' ? { ...source, at: now - 6 * minute, gap } : source,
    ),
  }
})()

/** A user who may list pods in one namespace and nothing else. */
export const forbidden: Overview = (() => {
  const no = (detail: string, fix?: string): { readonly gap: Gap; readonly pending: false } => ({
    gap: { reason: 'forbidden', detail, ...(fix === undefined ? {} : { fix }) },
    pending: false,
  })
  const nodes = no('nodes forbidden for ben')
  const pods = no('pods forbidden for ben at cluster scope', 'try -n NAMESPACE')
  const flux = no('kustomizations.kustomize.toolkit.fluxcd.io forbidden for ben')
  const metrics = no('services/proxy forbidden for ben in observability', 'README: RBAC')
  return {
    ...emptyOverview(now),
    blind: [
      { what: 'nodes', gap: nodes.gap },
      { what: 'pods', gap: pods.gap },
      { what: 'Flux objects', gap: flux.gap },
      { what: 'metrics', gap: metrics.gap },
    ],
    nodes,
    pods,
    flux,
    capacity: metrics,
    topCpu: metrics,
    topMemory: metrics,
    alerts: metrics,
    stack: no('deployments.apps forbidden for ben'),
    sources: [
      { name: 'kubernetes', route: 'direct', at: now - 2000, pending: false },
      { name: 'prometheus', gap: metrics.gap, pending: false },
      {
        name: 'clickstack',
        gap: { reason: 'not-installed', detail: 'no service clickstack found' },
        pending: false,
      },
    ],
  }
})()

/** Text from the cluster that tries to break the terminal. */
export const hostile: Overview = {
  ...incident,
  context: 'talos\u001b[2J-home',
  wrong: [
    {
      id: 'evil',
      severity: 'critical',
      kind: 'pod',
      ref: pod('shop', 'check\u001b]0;owned\u0007out'),
      evidence: ['\u001b[31mred\u001b[0m \u202egnp.exe', '日本語のエラー'],
      since: now - minute,
    },
  ],
}
