// What is said of a pod, a workload and a node above their charts, and what is said where something is not known.
import { describe, expect, test } from 'vitest'
import type { PodRow } from '#model/kube.ts'
import { factsOf } from '#model/subject-facts/facts-of.ts'
import {
  calm,
  cart,
  claiming,
  coming,
  measured,
  node,
  nuc,
  pod,
  podRef,
  read,
  refused,
  said,
  whole,
  workload,
} from './sources.ts'

describe('a pod', () => {
  test('that is well: its changes, its owner, where it runs', () => {
    const marks = [
      { at: 10, letter: 'F', name: 'apps', what: '1111111' },
      { at: 20, letter: 'F', name: 'apps', what: '9f3c2e1' },
      { at: 30, letter: 'R', name: 'cart', what: 'rollout cart-7d4b9' },
    ] as const
    expect(said(podRef, { marks })).toEqual([
      ['Running, 1/1 ready', 'no restarts'],
      ['rollout cart-7d4b9 30', 'Flux apps 9f3c2e1 20', 'no volume claims', 'of Deployment cart', 'on nuc-1'],
    ])
  })

  test.each([
    ['CrashLoopBackOff', 'bad'],
    ['ContainerCreating', 'warn'],
    ['Init:0/2', 'warn'],
    ['Init:CrashLoopBackOff', 'bad'],
  ])('that is %s', (status, tone) => {
    const pods = read(pod('cart-7d4b9-a', { status, ready: 0, message: 'back-off 5m0s' }))
    expect(said(podRef, { pods })[0]).toEqual([
      `${tone}: ${status}, 0/1 ready`,
      'no restarts',
      'back-off 5m0s',
    ])
  })

  test('that nothing owns, and a static one', () => {
    const { owner: _none, ...free } = pod('cart-7d4b9-a')
    expect(said(podRef, { pods: read(free) })[1]).toEqual([
      'no volume claims',
      'owned by nothing',
      'on nuc-1',
    ])
    const fixed = { ...free, owner: { kind: 'Node', name: 'nuc-1' } }
    expect(said(podRef, { pods: read(fixed) })[1]?.[1]).toBe('a static pod')
  })

  test('that is gone, is not read, or is still to come', () => {
    expect(said(podRef, { pods: read() })[0]).toEqual(['warn: it is not there now'])
    expect(said(podRef, { pods: refused('pods forbidden') })[0]).toEqual([
      'warn: pods not known: pods forbidden',
    ])
    expect(said(podRef, { pods: read(), namespace: 'db' })[0]).toEqual([
      'warn: pods not known: only those in db are read',
    ])
    expect(said(podRef, { pods: refused('pods forbidden') })[1]).toEqual([
      'warn: last rollout not known: pods forbidden',
      'no Flux apply of it is known',
      'no volume claims',
    ])
    const [waiting] = factsOf(podRef, { ...calm, pods: coming })[0]
    expect(waiting).toMatchObject({ text: 'waiting for pods', waiting: true })
  })

  test('whose list is old', () => {
    const pods = { ...read(pod('cart-7d4b9-a')), dataAt: 50, gap: { reason: 'timeout', detail: '' } } as const
    expect(said(podRef, { pods })[0]).toContain('warn: pods last read 50')
  })
})

describe('what was done is told in one order of a pod and of its workload', () => {
  const marks = [{ at: 30, letter: 'R', name: 'cart', what: 'rollout cart-7d4b9' }] as const
  const object = whole('Pod', 'cart-7d4b9-a', claiming('data', 'new'))
  const spec = { template: { spec: claiming('data', 'new') } }
  const both = (volumes: typeof calm.volumes) => [
    said(podRef, { marks, object, volumes })[1],
    said(cart, { marks, object: whole('Deployment', 'cart', spec), volumes })[1],
  ]
  const flux = 'no Flux apply of it is known'
  const where = ['of Deployment cart', 'on nuc-1']

  test('what fills up, the rollout, Flux, the calm claims', () => {
    const full = ['bad: data 97 % full', 'rollout cart-7d4b9 30', flux, 'new not measured']
    expect(both(measured({ data: 0.97 }))).toEqual([[...full, ...where], full])
    const calmly = ['rollout cart-7d4b9 30', flux, 'data 40 % full', 'new not measured']
    expect(both(measured({ data: 0.4 }))).toEqual([[...calmly, ...where], calmly])
  })

  test('claims that cannot be read do not push the rollout away', () => {
    const unread = 'warn: fill of data, new not known: prometheus forbidden'
    const told = ['rollout cart-7d4b9 30', flux, unread]
    expect(both(refused('prometheus forbidden'))).toEqual([[...told, ...where], told])
  })

  test('of a ReplicaSet its own revision', () => {
    const replicaSet = { ...cart, kind: 'ReplicaSet', name: 'cart-7d4b9' }
    expect(said(replicaSet)[1]?.[0]).toBe('rollout cart-7d4b9 at least 0')
  })

  test('a pod of a job has no rollout', () => {
    const pods = read(pod('dump-x', { owner: { kind: 'Job', name: 'dump' }, labels: {} }))
    expect(said({ ...podRef, name: 'dump-x' }, { pods })[1]).toEqual([
      flux,
      'no volume claims',
      'of Job dump',
      'on nuc-1',
    ])
  })
})

describe('a workload', () => {
  test('that rolls out and fails', () => {
    const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] as const
    const workloads = read(workload({ ready: 1, updated: 1, conditions }))
    expect(said(cart, { workloads })[0]).toEqual([
      'bad: 1/2 ready, 1 updated',
      'bad: ProgressDeadlineExceeded',
      'no restarts',
    ])
  })

  test('without an event of its rollout: by when its newest revision ran', () => {
    const old = { createdAt: 10, labels: { 'pod-template-hash': 'aaaaa' } }
    const pods = read(pod('a', old), pod('b', { createdAt: 40 }), pod('c', { createdAt: 30 }))
    expect(said(cart, { pods })[1]?.[0]).toBe('rollout cart-7d4b9 at least 30')
    const set = {
      owner: { kind: 'StatefulSet', name: 'redis' },
      labels: { 'controller-revision-hash': 'redis-5f6' },
    }
    const redis = { ...cart, kind: 'StatefulSet', name: 'redis' }
    expect(said(redis, { pods: read(pod('redis-0', { ...set, createdAt: 5 })) })[1]?.[0]).toBe(
      'rollout redis-5f6 at least 5',
    )
  })

  test('of which nothing tells the rollout, or who applied it', () => {
    expect(said(cart, { pods: read() })[1]?.slice(0, 2)).toEqual([
      'last rollout not known: no event of it is kept',
      'no Flux apply of it is known',
    ])
    const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps' }
    expect(said(cart, { workloads: read(workload({ labels })) })[1]?.[1]).toBe(
      'applied by Flux apps, when is not known',
    )
    const shut = {
      pods: read<PodRow>(),
      events: refused('events forbidden'),
      flux: refused('flux forbidden'),
    }
    expect(said(cart, shut)[1]?.slice(0, 2)).toEqual([
      'warn: last rollout not known: events forbidden',
      'warn: last Flux apply not known: flux forbidden',
    ])
  })

  test('that runs now and then tells its last run and no rollout', () => {
    const workloads = read(workload({ name: 'sync', kind: 'CronJob', ready: 0, desired: 0, lastAt: 70 }))
    const sync = { ...cart, kind: 'CronJob', name: 'sync' }
    expect(said(sync, { workloads })).toEqual([
      ['between runs', 'last run 70', 'no pods'],
      ['no Flux apply of it is known', 'no volume claims'],
    ])
  })

  test('of a kind that is not listed is known by its pods', () => {
    const owner = { kind: 'Cluster', name: 'pg' }
    const pods = read(pod('pg-1', { owner }), pod('pg-2', { owner, ready: 0 }))
    const cluster = { ...cart, group: 'postgresql.cnpg.io', kind: 'Cluster', name: 'pg' }
    expect(said(cluster, { pods })[0]).toEqual(['warn: 1/2 pods ready', 'no restarts'])
  })

  test('whose pods are not read has no count of restarts', () => {
    expect(said(cart, { pods: refused('pods forbidden') })[0]).toEqual([
      '2/2 ready',
      'warn: restarts not known: pods forbidden',
    ])
  })
})

describe('a node', () => {
  test('that is well', () => {
    expect(said(nuc, { boot: measured({ '': 12 }) })).toEqual([
      ['Ready', 'no taints'],
      ['2 pods of 110', 'booted 12000'],
    ])
  })

  test('under pressure, cordoned, tainted, not ready', () => {
    const sick = node({
      cordoned: true,
      conditions: [
        { type: 'DiskPressure', status: 'True', since: 5 },
        { type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', since: 9 },
      ],
      taints: ['node.kubernetes.io/unschedulable:NoSchedule', 'dedicated=ml:NoExecute'],
    })
    const marks = [{ at: 7, letter: 'K', what: '2 OOM kills' }] as const
    expect(said(nuc, { nodes: read(sick), marks })).toEqual([
      [
        'bad: not ready: NodeStatusUnknown for 9',
        'warn: DiskPressure for 5',
        'warn: cordoned',
        'taint dedicated=ml:NoExecute',
      ],
      ['2 pods of 110', 'last boot not known: no series', 'warn: 2 OOM kills 7'],
    ])
  })

  test('whose finished pods take no room of it', () => {
    const pods = read(pod('a'), pod('b', { phase: 'Succeeded' }), pod('c', { phase: 'Failed' }))
    expect(said(nuc, { pods })[1]?.[0]).toBe('1 pod of 110')
  })

  test('with a part of its pods alone says so', () => {
    expect(said(nuc, { namespace: 'shop' })[1]?.[0]).toBe('2 pods of shop')
    const pods = { pending: false, data: { rows: [pod('a')], complete: true, partial: 'db is forbidden' } }
    expect(said(nuc, { pods })[1]?.[0]).toBe('warn: at least 1 pod: db is forbidden')
  })
})
