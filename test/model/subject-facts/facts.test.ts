// What is said of a pod, a workload and a node above their charts, and what is said where something is not known.
import { describe, expect, test } from 'vitest'
import type { KubeObject, NodeRow, ObjectRef, PodRow, WorkloadRow } from '#model/kube.ts'
import type { Gap } from '#model/reading.ts'
import type { Fact, RowsReading } from '#model/subject-facts/fact.ts'
import { factsOf } from '#model/subject-facts/facts-of.ts'
import { containerRestarts, podRestarts, workloadRestarts } from '#model/subject-facts/restarts.ts'
import type { FactSources } from '#model/subject-facts/sources.ts'

const row = (name: string, labels: Record<string, string> = {}) => ({
  ...{ uid: name, namespace: 'shop', name, createdAt: 0, labels },
})
const pod = (name: string, more: Partial<PodRow> = {}): PodRow => ({
  ...row(name, { 'pod-template-hash': '7d4b9' }),
  ...{ ready: 1, containers: 1, status: 'Running', phase: 'Running', restarts: 0, requests: {}, limits: {} },
  owner: { kind: 'ReplicaSet', name: 'cart-7d4b9' },
  node: 'nuc-1',
  ...more,
})
const workload = (more: Partial<WorkloadRow> = {}): WorkloadRow => ({
  ...row('cart'),
  ...{ kind: 'Deployment', ready: 2, desired: 2, images: [], conditions: [], selector: '' },
  ...more,
})
const node = (more: Partial<NodeRow> = {}): NodeRow => ({
  ...{ uid: 'nuc-1', name: 'nuc-1', createdAt: 0, labels: {}, roles: [], ready: 'True', cordoned: false },
  ...{ conditions: [{ type: 'Ready', status: 'True' }], taints: [], allocatable: { pods: 110 } },
  ...more,
})
const read = <T>(...rows: T[]): RowsReading<T> => ({ data: { rows, complete: true }, pending: false })
const refused = (detail: string): { pending: false; gap: Gap } => ({
  ...{ pending: false, gap: { reason: 'forbidden', detail } },
})
const coming = { pending: true } as const
const measured = (lines: Readonly<Record<string, number>>) => ({
  pending: false,
  data: {
    ...{ from: 0, to: 600_000, limits: [] },
    lines: Object.entries(lines).map(([name, value]) => ({
      name,
      step: 30_000,
      times: [600_000],
      values: [value],
    })),
  },
})
const noSeries = { pending: false, gap: { reason: 'no-series', detail: 'no series' } } as const
const whole = (kind: string, name: string, spec: unknown): { pending: false; data: KubeObject } => ({
  pending: false,
  data: { apiVersion: 'v1', kind, metadata: { name }, spec },
})
const claiming = (...names: string[]) => ({
  volumes: names.map((claimName) => ({ persistentVolumeClaim: { claimName } })),
})
const calm: FactSources = {
  pods: read(pod('cart-7d4b9-a'), pod('cart-7d4b9-b')),
  workloads: read(workload()),
  ...{ nodes: read(node()), events: read(), flux: read(), namespace: undefined, marks: [] },
  ...{ object: whole('Pod', 'cart-7d4b9-a', {}), containers: undefined, measured: noSeries },
}
const podRef: ObjectRef = { group: '', kind: 'Pod', namespace: 'shop', name: 'cart-7d4b9-a' }
const cart: ObjectRef = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'cart' }
const nuc: ObjectRef = { group: '', kind: 'Node', name: 'nuc-1' }

const written = ({ text, at, since, tone }: Fact) =>
  [
    tone === 'bad' || tone === 'warn' ? `${tone}:` : '',
    text,
    at ?? '',
    since === undefined ? '' : `for ${since}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
const said = (ref: ObjectRef, more: Partial<FactSources> = {}) =>
  factsOf(ref, { ...calm, ...more }).map((facts) => facts.map(written))

describe('restarts', () => {
  test('each container by itself, the one that ended last first', () => {
    const facts = containerRestarts([
      { name: 'api', restarts: 3, end: { reason: 'OOMKilled', exitCode: 137, at: 100 } },
      { name: 'proxy', restarts: 1, end: { reason: 'Completed', exitCode: 0, at: 200 } },
      { name: 'quiet', restarts: 0 },
    ])
    expect(facts.map(written)).toEqual([
      'proxy restarted 1×, last Completed (0) 200',
      'warn: api restarted 3×, last OOMKilled (137) 100',
    ])
  })

  test('an end that nobody keeps is named so, one without a restart is an end', () => {
    const facts = containerRestarts([
      { name: 'api', restarts: 2 },
      { name: 'job', restarts: 0, end: { reason: 'Error', exitCode: 1 } },
      { name: 'migrate', restarts: 0, end: { reason: 'Completed', exitCode: 0 } },
    ])
    expect(facts.map(written)).toEqual([
      'warn: api restarted 2×, last end not kept',
      'warn: job ended Error (1)',
    ])
  })

  test('of a pod that could not be read, from its row', () => {
    const killed = { restarts: 4, lastReason: 'OOMKilled', lastExitCode: 137, lastRestartAt: 300 }
    expect(written(podRestarts(pod('a', killed)))).toBe('warn: restarted 4×, last OOMKilled (137) 300')
    expect(written(podRestarts(pod('a')))).toBe('no restarts')
  })

  test('over the pods of a workload: how many, the latest end, and the most frequent where it is another', () => {
    const error = { restarts: 2, lastReason: 'Error', lastExitCode: 1, lastRestartAt: 100 }
    const killed = { restarts: 1, lastReason: 'OOMKilled', lastExitCode: 137, lastRestartAt: 300 }
    const pods = [pod('a', error), pod('b', error), pod('c', killed), pod('d')]
    expect(written(workloadRestarts(pods))).toBe(
      'warn: 5 restarts (3/4 pods), mostly Error, last OOMKilled (137) 300',
    )
    expect(written(workloadRestarts([pod('c', killed)]))).toBe('warn: 1 restart, last OOMKilled (137) 300')
    expect(written(workloadRestarts([pod('d')]))).toBe('no restarts')
  })
})

describe('a pod', () => {
  test('that is well: its owner, where it runs, its changes', () => {
    const marks = [
      { at: 10, letter: 'F', text: 'apps 1111111' },
      { at: 20, letter: 'F', text: 'apps 9f3c2e1' },
      { at: 30, letter: 'R', text: 'cart rollout cart-7d4b9' },
    ] as const
    expect(said(podRef, { marks })).toEqual([
      ['Running, 1/1 ready', 'no restarts'],
      ['of Deployment cart', 'on nuc-1', 'no volume claims', 'Flux apps 9f3c2e1 20', 'rollout cart-7d4b9 30'],
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
      'owned by nothing',
      'on nuc-1',
      'no volume claims',
    ])
    const fixed = { ...free, owner: { kind: 'Node', name: 'nuc-1' } }
    expect(said(podRef, { pods: read(fixed) })[1]?.[0]).toBe('a static pod')
  })

  test('that is gone, is not read, or is still to come', () => {
    expect(said(podRef, { pods: read() })[0]).toEqual(['warn: it is not there now'])
    expect(said(podRef, { pods: refused('pods forbidden') })[0]).toEqual([
      'warn: pods not known: pods forbidden',
    ])
    expect(said(podRef, { pods: read(), namespace: 'db' })[0]).toEqual([
      'warn: pods not known: only those in db are read',
    ])
    const [waiting] = factsOf(podRef, { ...calm, pods: coming })[0]
    expect(waiting).toMatchObject({ text: 'waiting for pods', waiting: true })
  })

  test('whose list is old', () => {
    const pods = { ...read(pod('cart-7d4b9-a')), dataAt: 50, gap: { reason: 'timeout', detail: '' } } as const
    expect(said(podRef, { pods })[0]).toContain('warn: pods last read 50')
  })
})

describe('claims', () => {
  const claims = (object: FactSources['object'], fill: FactSources['measured']) =>
    said(podRef, { object, measured: fill })[1]?.slice(2, -2)

  test('the fullest first, and what is not measured is named', () => {
    const object = whole('Pod', 'a', claiming('cache', 'data', 'new', 'logs'))
    expect(claims(object, measured({ data: 0.96, cache: 0.424, logs: 0.9 }))).toEqual([
      'bad: data 96 % full',
      'warn: logs 90 % full',
      'cache 42 % full',
      '1 more claim',
    ])
    expect(claims(whole('Pod', 'a', claiming('data')), noSeries)).toEqual(['data not measured'])
  })

  test('what cannot be read is named with its reason', () => {
    expect(claims(whole('Pod', 'a', claiming('data')), refused('services/proxy forbidden'))).toEqual([
      'warn: fill of data not known: services/proxy forbidden',
    ])
    expect(claims(refused('pods forbidden'), noSeries)).toEqual([
      'warn: volume claims not known: pods forbidden',
    ])
    expect(claims(refused('pods forbidden'), measured({ data: 0.5 }))).toEqual(['data 50 % full'])
  })

  test('a figure of long ago is none of now', () => {
    const old = measured({ data: 0.5 })
    const later = { ...old, data: { ...old.data, to: 3_600_000 } }
    expect(claims(whole('Pod', 'a', claiming('data')), later)).toEqual(['data not measured'])
  })

  test.each<[string, unknown, string[]]>([
    ['Deployment', { template: { spec: claiming('media') } }, ['media']],
    ['CronJob', { jobTemplate: { spec: { template: { spec: claiming('dump') } } } }, ['dump']],
    [
      'StatefulSet',
      { replicas: 2, volumeClaimTemplates: [{ metadata: { name: 'data' } }], template: { spec: {} } },
      ['data-cart-0', 'data-cart-1'],
    ],
  ])('of a %s are in its template', (kind, spec, names) => {
    const facts = said({ ...cart, kind }, { object: whole(kind, 'cart', spec), measured: noSeries })
    expect(facts[1]?.filter((text) => text.includes('measured'))).toEqual(
      names.map((name) => `${name} not measured`),
    )
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
    expect(said(cart, { pods })[1]?.[0]).toBe('rollout 7d4b9 at least 30')
    const set = {
      owner: { kind: 'StatefulSet', name: 'redis' },
      labels: { 'controller-revision-hash': 'redis-5f6' },
    }
    const redis = { ...cart, kind: 'StatefulSet', name: 'redis' }
    expect(said(redis, { pods: read(pod('redis-0', { ...set, createdAt: 5 })) })[1]?.[0]).toBe(
      'rollout 5f6 at least 5',
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
    expect(said(nuc, { measured: measured({ boot: 12 }) })).toEqual([
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
    const marks = [{ at: 7, letter: 'K', text: '2 OOM kills' }] as const
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

  test('with a part of its pods alone says so', () => {
    expect(said(nuc, { namespace: 'shop' })[1]?.[0]).toBe('2 pods of shop')
    const pods = { pending: false, data: { rows: [pod('a')], complete: true, partial: 'db is forbidden' } }
    expect(said(nuc, { pods })[1]?.[0]).toBe('warn: at least 1 pod: db is forbidden')
  })
})
