// Whose charts ask for whose series.
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, test } from 'vitest'
import type { ObjectRef, WorkloadKind } from '#model/kube.ts'
import { chartsOf } from '#model/subject-charts/charts-of.ts'
import { hasCharts } from '#model/subject-charts/has-charts.ts'
import { extremes, linesOf } from '#model/subject-charts/lines.ts'
import { podNamesOf } from '#model/subject-charts/pod-names.ts'
import { rate } from '#model/subject-charts/spec.ts'

const ref = (kind: string, name: string, group = ''): ObjectRef => ({ group, kind, namespace: 'shop', name })
const expressions = (subject: ObjectRef, address?: string) =>
  chartsOf(subject, address).flatMap(({ lines, limits }) => [
    ...lines.map(({ query }) => (query.type === 'rate' ? query.expr('5m') : query.expr)),
    ...limits.map(({ expr }) => expr),
  ])

describe('pods are known by their names', () => {
  test.each<[WorkloadKind, string, string[], string[]]>([
    [
      'Deployment',
      'cart',
      ['cart-7d4b9c6f5-x2x4z', 'cart-42719b7abe-4xnw2'],
      ['cart-db-7d4b9c6f5-x2x4z', 'cart-0'],
    ],
    ['StatefulSet', 'redis', ['redis-0', 'redis-12'], ['redis-cart-0', 'redis-x2x4z']],
    ['DaemonSet', 'cilium', ['cilium-x2x4z'], ['cilium-operator-7d4b9c6f5-x2x4z', 'cilium-0']],
    ['Job', 'load', ['load-x2x4z', 'load-0-x2x4z'], ['load-generator-x2x4z']],
    ['CronJob', 'sync', ['sync-29929040-x2x4z'], ['sync-x2x4z']],
    ['Deployment', 'a.b', ['a.b-7d4b9c6f5-x2x4z'], ['axb-7d4b9c6f5-x2x4z']],
  ])('of a %s %s', (kind, name, its, others) => {
    const matches = new RegExp(`^(?:${podNamesOf(kind, name)})$`)
    for (const pod of its) expect(pod).toMatch(matches)
    for (const pod of others) expect(pod).not.toMatch(matches)
  })
})

test.each([
  ref('Pod', 'cart-0'),
  ref('Deployment', 'cart'),
  ref('Node', 'nuc-1'),
  ref('Cluster', 'pg', 'postgresql.cnpg.io'),
])('all that is asked about a $kind parses, and is about it', (subject) => {
  const asked = expressions(subject, '10.0.0.1')
  expect(asked.length).toBeGreaterThan(8)
  for (const expr of asked) {
    const errors: number[] = []
    parser.parse(expr).iterate({ enter: (node) => void (node.type.isError && errors.push(node.from)) })
    expect(errors, expr).toEqual([])
    expect(expr).toMatch(subject.kind === 'Node' ? /nuc-1/ : /namespace(="shop"|=~"\|shop")/)
  }
})

test('a node is known by its name and its address, with a port or without', () => {
  const [cpu = ''] = expressions(ref('Node', 'nuc-1'), '10.0.0.1')
  const [, pattern = ''] = /instance=~"((?:[^"\\]|\\.)*)"/.exec(cpu) ?? []
  const matches = new RegExp(`^(?:${JSON.parse(`"${pattern}"`)})$`)
  for (const instance of ['10.0.0.1:9100', 'nuc-1', 'nuc-1:9100', '[10.0.0.1]:9100'])
    expect(instance).toMatch(matches)
  for (const instance of ['10.0.0.10:9100', '10x0.0.1:9100', 'nuc-11']) expect(instance).not.toMatch(matches)
})

test('what nobody measures has no charts', () => {
  expect(hasCharts(ref('ConfigMap', 'x'))).toBe(false)
  expect(hasCharts(ref('Cluster', 'x', 'cluster.x-k8s.io'))).toBe(false)
  expect(chartsOf(ref('ConfigMap', 'x'))).toEqual([])
})

test('the least of a step stands before its greatest, and is left out where they are one', () => {
  const labels = { mountpoint: '/' }
  const greatest = [{ labels, times: [60, 120, 240], values: [9, 2, 5] }]
  const least = [{ labels, times: [60, 120, 240], values: [1, 2, 4] }]
  expect(extremes(least, greatest, 60)).toEqual([
    { labels, times: [30, 60, 120, 210, 240], values: [1, 9, 2, 4, 5] },
  ])
})

test('a line is named by its label, or by its own name', () => {
  const series = [{ labels: { container: 'app' }, times: [], values: [] }]
  const query = rate(() => 'x')
  expect(linesOf({ name: { label: 'container' }, query }, series, 60)[0]?.name).toBe('app')
  expect(linesOf({ name: { text: 'sent' }, query }, series, 60)[0]?.name).toBe('sent')
})
