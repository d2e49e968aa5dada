// The stack's parts: found by label or name, judged by their pods and their targets, unknown where nothing can be known.
import { expect, test } from 'vitest'
import { judgeStack, stackFindings } from '#model/judge-stack.ts'
import type { WorkloadRow } from '#model/kube.ts'
import type { ComponentHealth } from '#model/overview.ts'
import type { TargetRow } from '#model/prometheus.ts'
import type { Reading } from '#model/reading.ts'
import { components } from '#model/stack-components.ts'
import { deployment } from './rows.ts'

const read = <T>(data: T): Reading<T> => ({ data, dataAt: 0, pending: false })
const target = (job: string, up: boolean, more: Partial<TargetRow> = {}): TargetRow => ({
  job,
  namespace: 'observability',
  instance: `${job}:80`,
  up,
  ...more,
})

function healthOf(
  id: string,
  rows: readonly WorkloadRow[],
  targets: readonly TargetRow[] = [],
): ComponentHealth | undefined {
  return judgeStack(read(rows), read(targets)).find((one) => one.id === id)
}

const one = { ready: 1, desired: 1 }
const names: readonly [string, WorkloadRow][] = [
  ['prometheus', deployment('observability/prometheus-kube-prometheus-stack', { kind: 'StatefulSet' })],
  ['prometheus', deployment('monitoring/prom', { labels: { 'app.kubernetes.io/name': 'prometheus' } })],
  ['alertmanager', deployment('observability/alertmanager-main', { kind: 'StatefulSet' })],
  ['prometheus-operator', deployment('observability/kube-prometheus-stack-operator')],
  ['kube-state-metrics', deployment('observability/kube-prometheus-stack-kube-state-metrics')],
  [
    'node-exporter',
    deployment('observability/kube-prometheus-stack-prometheus-node-exporter', { kind: 'DaemonSet' }),
  ],
  ['clickhouse', deployment('observability/clickstack-clickhouse-clickhouse-0-0', { kind: 'StatefulSet' })],
  ['hyperdx', deployment('observability/clickstack-app')],
  ['clickstack-collector', deployment('observability/clickstack-otel-collector')],
  ['otel-collector', deployment('observability/otel-router-collector')],
  ['otel-agent', deployment('observability/otel-agent-collector', { kind: 'DaemonSet' })],
  ['otel-operator', deployment('observability/opentelemetry-operator')],
  ['grafana', deployment('observability/grafana-deployment')],
  ['grafana-operator', deployment('observability/grafana-operator')],
  ['ntfy', deployment('observability/ntfy')],
  ['kustomize-controller', deployment('flux-system/kustomize-controller')],
]
test.each(names)('%s is known', (id, row) => {
  const well = judgeStack(read([row]), read([])).filter((health) => health.state === 'well')
  expect(well.map((health) => health.id)).toEqual([id])
})

const neighbours = [
  'clickhouse-operator',
  'clickstack-clickhouse-keeper-0',
  'pg-main',
  'otel-demo-shop',
  'prometheus-adapter',
]
test.each(neighbours)('%s is no part of it', (name) => {
  const states = judgeStack(read([deployment(`observability/${name}`)]), read([])).map(
    (health) => health.state,
  )
  expect(new Set(states)).toEqual(new Set(['absent']))
})

const states: readonly [string, Partial<WorkloadRow>, readonly TargetRow[], Partial<ComponentHealth>][] = [
  ['runs and is scraped', one, [target('ntfy', true)], { state: 'well', targets: { up: 1, total: 1 } }],
  ['runs, nothing scrapes it', one, [], { state: 'well', ready: 1, desired: 1 }],
  ['is partly there', { ready: 1, desired: 2 }, [], { state: 'degraded' }],
  ['is gone', { ready: 0, desired: 1 }, [], { state: 'down' }],
  ['is scaled to zero', { ready: 0, desired: 0 }, [], { state: 'down', note: 'scaled to zero' }],
  [
    'cannot be scraped',
    one,
    [target('ntfy', false, { lastError: 'connection refused' })],
    { state: 'degraded', note: 'connection refused', targets: { up: 0, total: 1 } },
  ],
  [
    'shares its name with a target elsewhere',
    one,
    [target('ntfy', false, { namespace: 'dev' })],
    { state: 'well' },
  ],
]
test.each(states)('a part that %s', (_, workload, targets, expected) => {
  expect(healthOf('ntfy', [deployment('observability/ntfy', workload)], targets)).toMatchObject(expected)
})

test('nothing read, or not all of it: unknown, with the reason', () => {
  const gap = { reason: 'forbidden', detail: 'deployments forbidden for ben' } as const
  const [none] = judgeStack({ gap, pending: false }, read([]))
  expect(none).toMatchObject({ state: 'unknown', note: 'workloads: deployments forbidden for ben' })
  const [some] = judgeStack({ data: [], gap, pending: false }, read([]))
  expect(some).toMatchObject({ state: 'unknown', note: expect.stringContaining('not all workloads') })
  const [waiting] = judgeStack({ pending: true }, read([]))
  expect(waiting).toMatchObject({ state: 'unknown', note: 'workloads are not read yet' })
})

test('a part that is down is a finding about its workload; an absent one is none', () => {
  const rows = [
    deployment('observability/ntfy', { ready: 0, desired: 1 }),
    deployment('observability/grafana-deployment', one),
  ]
  const targets = [target('grafana-service', false, { lastError: 'timeout' })]
  const findings = stackFindings(judgeStack(read(rows), read(targets)))
  expect(findings.map(({ ref, severity, evidence }) => [ref.name, severity, evidence[0]?.text])).toEqual([
    ['grafana-deployment', 'warning', 'Grafana: 0/1 targets up'],
    ['ntfy', 'critical', 'ntfy is down'],
  ])
})

test('every part has an id of its own', () => {
  expect(new Set(components.map(({ id }) => id)).size).toBe(components.length)
})

test('a part that is not in the one namespace read is not called absent', () => {
  const [health] = judgeStack(read([deployment('shop/cart')]), read([]), 'shop')
  expect(health).toMatchObject({ state: 'unknown', note: 'not in shop, and no other namespace is read' })
})
