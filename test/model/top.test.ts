// What is summed and what stays unknown when usage is set against requests and limits.
import { expect, test } from 'vitest'
import type { NodeRow, PodRow } from '#model/kube.ts'
import { sortTop, type TopRow, topNodes, topPods, topWorkloads } from '#model/top.ts'

const pod = (name: string, more: Partial<PodRow> = {}): PodRow => ({
  ...{ uid: name, namespace: 'shop', name, createdAt: 0, labels: {} },
  ...{ ready: 1, containers: 1, status: 'Running', phase: 'Running', restarts: 0, requests: {}, limits: {} },
  ...more,
})
const node = (name: string): NodeRow => ({
  ...{ uid: name, name, createdAt: 0, labels: {}, roles: [], ready: 'True', cordoned: false },
  ...{ conditions: [], taints: [], allocatable: { cpu: 4, memory: 1000, pods: 110 } },
})
const ofCart = { owner: { kind: 'ReplicaSet', name: 'cart-7d4b9' }, labels: { 'pod-template-hash': '7d4b9' } }

test('a workload is the sum of its pods; one pod without a limit leaves the limit unknown', () => {
  const pods = [
    pod('cart-7d4b9-a', { ...ofCart, requests: { cpu: 0.1, memory: 100 }, limits: { cpu: 1, memory: 200 } }),
    pod('cart-7d4b9-b', { ...ofCart, requests: { cpu: 0.1, memory: 100 }, limits: { memory: 200 } }),
  ]
  const usage = new Map([['shop/cart-7d4b9-a', { cpu: 0.5, memory: 60 }]])
  expect(topWorkloads(pods, usage)).toMatchObject([
    {
      kind: 'Deployment',
      name: 'cart',
      pods: 2,
      used: { cpu: 0.5, memory: 60 },
      requests: { cpu: 0.2, memory: 200 },
      limits: { memory: 400 },
    },
  ])
  expect(topWorkloads(pods, usage)[0]?.limits).not.toHaveProperty('cpu')
})

test('a node counts what its running pods ask for, and nothing for those that ask for nothing', () => {
  const pods = [
    pod('a', { node: 'n1', requests: { cpu: 1 } }),
    pod('b', { node: 'n1' }),
    pod('done', { node: 'n1', phase: 'Succeeded', requests: { cpu: 9 } }),
    pod('c', { node: 'n2', requests: { cpu: 2 } }),
  ]
  const [first, second] = topNodes([node('n1'), node('n3')], pods, new Map([['n1', { cpu: 2 }]]))
  expect(first).toMatchObject({
    used: { cpu: 2 },
    requests: { cpu: 1 },
    limits: { cpu: 4, memory: 1000 },
    pods: 2,
  })
  expect(second).toMatchObject({ used: {}, requests: {}, pods: 0 })
})

test('a node has the usage and the figures of its address, and none where nobody measured', () => {
  const here = { ...node('n1'), ip: '10.0.0.1' }
  const figures = {
    disk: new Map([['10.0.0.1', 0.86]]),
    load: new Map([
      ['10.0.0.2', 3],
      ['n2', 0],
    ]),
  }
  const rows = topNodes([here, node('n2')], [], new Map([['10.0.0.1', { cpu: 2 }]]), figures)
  expect(rows.map(({ used }) => used)).toEqual([{ cpu: 2 }, {}])
  expect(rows.map((row) => row.figures)).toEqual([{ disk: 0.86 }, { load: 0 }])
  expect(topNodes([here], [], new Map())[0]).not.toHaveProperty('figures')
})

test('nodes stand by their figures too, those without it last', () => {
  const named = (name: string, disk?: number) => ({
    ...topNodes([node(name)], [], new Map())[0],
    ...(disk !== undefined && { figures: { disk } }),
  })
  const rows = [named('a'), named('b', 0.2), named('c', 0.9), named('d')] as TopRow[]
  expect(sortTop(rows, 'disk').map(({ name }) => name)).toEqual(['c', 'b', 'a', 'd'])
})

test('the most comes first, the unknown last, equals by name', () => {
  const usage = new Map([
    ['shop/a', { cpu: 1, memory: 5 }],
    ['shop/b', { cpu: 3 }],
    ['shop/d', { cpu: 1, memory: 9 }],
  ])
  const rows = topPods([pod('c'), pod('d'), pod('b'), pod('a')], usage)
  const names = (by: 'cpu' | 'memory' | 'name') => sortTop(rows, by).map(({ name }) => name)
  expect(names('cpu')).toEqual(['b', 'a', 'd', 'c'])
  expect(names('memory')).toEqual(['d', 'a', 'b', 'c'])
  expect(names('name')).toEqual(['a', 'b', 'c', 'd'])
})
