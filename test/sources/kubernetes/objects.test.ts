import { expect, test } from 'vitest'
import type { KubeObject } from '#model/kube.ts'
import { nodeStatus, troubledConditions } from '#model/node-status.ts'
import { workloadState } from '#model/workload-status.ts'
import { eventDecoder } from '#sources/kubernetes/events.ts'
import { nodeDecoder } from '#sources/kubernetes/nodes.ts'
import { withoutSecrets } from '#sources/kubernetes/secrets.ts'
import { workloadDecoder } from '#sources/kubernetes/workloads.ts'

const object = (kind: string, rest: Readonly<Record<string, unknown>>): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'one', namespace: 'shop', uid: 'u', creationTimestamp: '2026-03-01T00:00:00Z' },
  ...rest,
})

const node = (unschedulable: boolean, ready: string) =>
  nodeDecoder().json({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: 'nuc-1',
      uid: 'n',
      labels: { 'node-role.kubernetes.io/worker': '', 'kubernetes.io/role': 'control-plane', other: 'x' },
    },
    spec: {
      unschedulable,
      taints: [
        { key: 'dedicated', value: 'db', effect: 'NoSchedule' },
        { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
      ],
    },
    status: {
      allocatable: { cpu: '3800m', memory: '16Gi', pods: '110' },
      addresses: [
        { type: 'Hostname', address: 'nuc-1' },
        { type: 'InternalIP', address: '192.168.1.11' },
      ],
      nodeInfo: { architecture: 'amd64', kubeletVersion: 'v1.36.3', osImage: 'Talos (v1.12)' },
      conditions: [
        { type: 'DiskPressure', status: 'True', reason: 'KubeletHasDiskPressure' },
        { type: 'MemoryPressure', status: 'False' },
        { type: 'Ready', status: ready, lastTransitionTime: '2026-03-01T00:00:00Z' },
      ],
    },
  })

test('a node as a row', () => {
  expect(node(true, 'Unknown')).toMatchObject({
    name: 'nuc-1',
    roles: ['control-plane', 'worker'],
    ready: 'Unknown',
    cordoned: true,
    taints: ['dedicated=db:NoSchedule', 'node.kubernetes.io/unreachable:NoExecute'],
    allocatable: { cpu: 3.8, memory: 16 * 2 ** 30, pods: 110 },
    arch: 'amd64',
    kubelet: 'v1.36.3',
    os: 'Talos (v1.12)',
    ip: '192.168.1.11',
  })
})

test('a node in one word, and what speaks against it', () => {
  expect(nodeStatus(node(false, 'True'))).toBe('Ready')
  expect(nodeStatus(node(true, 'True'))).toBe('Ready,SchedulingDisabled')
  expect(nodeStatus(node(false, 'Unknown'))).toBe('NotReady')
  expect(nodeStatus({ ...node(false, 'True'), conditions: [] })).toBe('Unknown')
  expect(troubledConditions(node(false, 'False')).map((one) => one.type)).toEqual(['Ready', 'DiskPressure'])
})

const template = { spec: { containers: [{ image: 'web:1' }, { image: 'side:2' }] } }

test('a Deployment in a rollout, and one past its deadline', () => {
  const rollout = (condition: object, status: object = {}) =>
    workloadDecoder('Deployment').json(
      object('Deployment', {
        spec: { replicas: 3, template, selector: { matchLabels: { b: '2', a: '1' } } },
        status: { readyReplicas: 2, updatedReplicas: 1, conditions: [condition], ...status },
      }),
    )
  const progressing = rollout({ type: 'Progressing', status: 'True' })
  expect(progressing).toMatchObject({
    kind: 'Deployment',
    ready: 2,
    desired: 3,
    updated: 1,
    images: ['web:1', 'side:2'],
    selector: 'a=1,b=2',
  })
  expect(workloadState(progressing)).toBe('progressing')
  expect(workloadState(rollout({ type: 'Progressing', status: 'False' }))).toBe('failed')
  const done = { readyReplicas: 3, updatedReplicas: 3 }
  expect(workloadState(rollout({ type: 'Progressing', status: 'True' }, done))).toBe('well')
})

test('a controller leaves zeroes out: absent counts are zero, absent replicas are one', () => {
  const row = workloadDecoder('StatefulSet').json(object('StatefulSet', { spec: {}, status: {} }))
  expect(row).toMatchObject({ ready: 0, desired: 1, updated: 0, selector: '' })
  const none = workloadDecoder('DaemonSet').json(object('DaemonSet', { spec: {} }))
  expect([none.ready, none.desired, workloadState(none)]).toEqual([0, 0, 'idle'])
})

test('selectors by expression', () => {
  const selector = {
    matchLabels: { app: 'web' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['b', 'a'] },
      { key: 'env', operator: 'NotIn', values: ['dev'] },
      { key: 'live', operator: 'Exists' },
      { key: 'old', operator: 'DoesNotExist' },
    ],
  }
  const row = workloadDecoder('DaemonSet').json(object('DaemonSet', { spec: { selector } }))
  expect(row.selector).toBe('app=web,tier in (a,b),env notin (dev),live,!old')
})

test('jobs count completions, and end when they complete or fail', () => {
  const job = (status: object, spec: object = {}) =>
    workloadDecoder('Job').json(object('Job', { spec: { completions: 2, ...spec }, status }))
  const complete = job({
    succeeded: 2,
    completionTime: '2026-03-01T01:00:00Z',
    conditions: [{ type: 'Complete', status: 'True' }],
  })
  expect(complete).toMatchObject({ ready: 2, desired: 2, lastAt: Date.UTC(2026, 2, 1, 1) })
  expect(workloadState(complete)).toBe('complete')
  const failed = job({
    failed: 3,
    conditions: [{ type: 'Failed', status: 'True', lastTransitionTime: '2026-03-01T02:00:00Z' }],
  })
  expect(failed).toMatchObject({ ready: 0, failed: 3, lastAt: Date.UTC(2026, 2, 1, 2) })
  expect(workloadState(failed)).toBe('failed')
  expect(workloadState(job({}, { suspend: true }))).toBe('suspended')
})

test('a CronJob shows its runs under way and when it last ran', () => {
  const row = workloadDecoder('CronJob').json(
    object('CronJob', {
      spec: { suspend: true, jobTemplate: { spec: { template } } },
      status: { active: [{ name: 'x' }], lastScheduleTime: '2026-03-01T02:00:00Z' },
    }),
  )
  expect(row).toMatchObject({
    ready: 1,
    images: ['web:1', 'side:2'],
    suspended: true,
    lastAt: Date.UTC(2026, 2, 1, 2),
  })
})

test('events of the old API and of the new one', () => {
  const involvedObject = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
  const old = eventDecoder().json(
    object('Event', {
      type: 'Warning',
      reason: 'FailedCreate',
      message: 'no quota\n',
      involvedObject,
      count: 7,
      firstTimestamp: '2026-03-01T01:00:00Z',
      lastTimestamp: '2026-03-01T02:00:00Z',
      source: { component: 'deployment-controller' },
    }),
  )
  expect(old).toMatchObject({
    type: 'Warning',
    message: 'no quota',
    about: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' },
    count: 7,
    firstAt: Date.UTC(2026, 2, 1, 1),
    lastAt: Date.UTC(2026, 2, 1, 2),
    from: 'deployment-controller',
  })
  const series = { count: 4, lastObservedTime: '2026-03-01T05:00:00.000001Z' }
  const newer = eventDecoder().json(
    object('Event', {
      involvedObject,
      eventTime: '2026-03-01T04:00:00.123456Z',
      firstTimestamp: null,
      lastTimestamp: null,
      series,
      reportingComponent: 'kubelet',
    }),
  )
  expect(newer).toMatchObject({
    type: 'Normal',
    count: 4,
    firstAt: Date.UTC(2026, 2, 1, 4, 0, 0, 123),
    lastAt: Date.UTC(2026, 2, 1, 5),
    from: 'kubelet',
  })
})

test('what is not of the promised shape is unknown, never an exception', () => {
  const odd = { spec: 'none', status: [1], metadata: null, involvedObject: 7 } as unknown as KubeObject
  expect(nodeDecoder().json(odd)).toMatchObject({ ready: 'Unknown', roles: [] })
  expect(workloadDecoder('Job').json(odd)).toMatchObject({ ready: 0, desired: 1 })
  expect(eventDecoder().json(odd)).toMatchObject({ count: 1, about: { kind: '' } })
})

test('a secret shows keys and sizes, and not even the copy that apply left', () => {
  const secret: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'db',
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"aHVudGVyMg=="}}',
        keep: 'me',
      },
    },
    data: { password: 'aHVudGVyMg==' },
    stringData: { user: 'größe' },
  }
  const shown = withoutSecrets(secret)
  expect(shown).toMatchObject({
    data: { password: '<7 bytes>' },
    stringData: { user: '<7 bytes>' },
    metadata: { annotations: { keep: 'me' } },
  })
  expect(JSON.stringify(shown)).not.toMatch(/aHVudGVyMg|hunter2/)
  const map: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'b' } }
  expect(withoutSecrets(map)).toBe(map)
})
