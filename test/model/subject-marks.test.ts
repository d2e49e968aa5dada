// Which happenings belong to which object's charts.
import { describe, expect, test } from 'vitest'
import type { EventRow, FluxRow, PodRow, WorkloadRow } from '#model/kube.ts'
import { type MarkFacts, marksAbout, marksOfNode, markText } from '#model/subject-marks.ts'

const row = (name: string, labels: Record<string, string> = {}) => ({
  uid: name,
  namespace: 'shop',
  name,
  createdAt: 0,
  labels,
})
const pod = (name: string, more: Partial<PodRow> = {}): PodRow => ({
  ...row(name, { 'pod-template-hash': '7d4b9' }),
  ...{ ready: 1, containers: 1, status: 'Running', phase: 'Running', restarts: 0, requests: {}, limits: {} },
  owner: { kind: 'ReplicaSet', name: 'cart-7d4b9' },
  node: 'nuc-1',
  ...more,
})
const cart: WorkloadRow = {
  ...row('cart', {
    'kustomize.toolkit.fluxcd.io/name': 'apps',
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
  }),
  ...{ kind: 'Deployment', ready: 1, desired: 1, images: [], conditions: [], selector: '' },
}
const apps: FluxRow = {
  ...row('apps'),
  ...{
    namespace: 'flux-system',
    kind: 'Kustomization',
    state: 'ready',
    revision: 'main@sha1:9f3c2e1',
    changedAt: 100,
  },
}
const rollout: EventRow = {
  ...row('event'),
  ...{ type: 'Normal', reason: 'ScalingReplicaSet', message: 'Scaled up replica set cart-7d4b9 from 0 to 1' },
  about: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'cart' },
  ...{ count: 1, firstAt: 200, lastAt: 200 },
}
const facts: MarkFacts = {
  pods: [
    pod('cart-7d4b9-a', { lastReason: 'OOMKilled', lastRestartAt: 300 }),
    pod('cart-7d4b9-b', { lastReason: 'Error', lastRestartAt: 310 }),
    pod('other-1', {
      owner: { kind: 'StatefulSet', name: 'other' },
      node: 'nuc-2',
      lastReason: 'OOMKilled',
      lastRestartAt: 320,
    }),
  ],
  workloads: [cart],
  flux: [apps],
  events: [rollout],
  alerts: [
    {
      ...{ name: 'CartSlow', state: 'firing', labels: {}, annotations: {}, activeAt: 400 },
      subject: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'cart' },
    },
  ],
}
const letters = (ref: Parameters<typeof marksAbout>[0], given = facts) =>
  marksAbout(ref, given).map(({ at, letter }) => `${letter}${at}`)
const deployment = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'cart' }

describe('an object’s marks are', () => {
  test('a workload’s: what Flux applied to it, its rollouts, what its pods met, its alerts', () => {
    expect(letters(deployment)).toEqual(['F100', 'R200', 'K300', 'A400'])
  })

  test('said with what did it', () => {
    const texts = marksAbout(deployment, facts).map(markText)
    expect(texts).toEqual(['apps 9f3c2e1', 'cart rollout cart-7d4b9', 'cart-7d4b9-a OOM killed', 'CartSlow'])
  })

  test('a pod’s: those of what owns it, and its own kills alone', () => {
    const ref = { group: '', kind: 'Pod', namespace: 'shop', name: 'cart-7d4b9-b' }
    expect(letters(ref)).toEqual(['F100', 'R200', 'A400'])
  })

  test('a node’s: the kills on it, not those elsewhere', () => {
    expect(letters({ group: '', kind: 'Node', name: 'nuc-2' })).toContain('K320')
    expect(letters({ group: '', kind: 'Node', name: 'nuc-2' })).not.toContain('K300')
  })

  test('a ReplicaSet’s: those of its pods and of the Deployment that they belong to', () => {
    expect(letters({ ...deployment, kind: 'ReplicaSet', name: 'cart-7d4b9' })).toEqual([
      ...['F100', 'R200', 'K300', 'A400'],
    ])
    expect(letters({ ...deployment, kind: 'ReplicaSet', name: 'cart-aaaaa' })).toEqual([])
  })

  test('none of another object of the namespace', () => {
    expect(letters({ ...deployment, name: 'frontend' })).toEqual([])
  })
})

test('reboots are where the boot time lies, kills where their count grows', () => {
  const line = (name: string, values: number[]) => ({
    name,
    step: 60,
    times: [60_000, 120_000, 180_000],
    values,
  })
  const data = {
    from: 0,
    to: 180_000,
    limits: [],
    lines: [line('boot', [-5, 100, 100]), line('oom', [7, 7, 9])],
  }
  expect(marksOfNode({ name: 'nuc-1' }, data)).toEqual([
    { at: 100_000, letter: 'B', name: 'nuc-1', what: 'booted' },
    { at: 180_000, letter: 'K', what: '2 OOM kills' },
  ])
})
