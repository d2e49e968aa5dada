// What is said of workloads from their pods: which troubles count, in which words, since when, how bad.
import { expect, test } from 'vitest'
import { wordsOf } from '#model/finding-draft.ts'
import { judgePods, type PodFacts } from '#model/judge-pods.ts'
import type { PodRow, WorkloadRow } from '#model/kube.ts'
import { registryWords } from '#model/pod-trouble.ts'
import { ago, deployment, event, hour, minute, now, pod, podRef } from './rows.ts'

function judge(facts: Partial<PodFacts>) {
  const none = { pods: [], workloads: [], events: [], usage: new Map(), restarts: new Map() }
  return judgePods({ ...none, ...facts }, now).map((draft) => ({
    ...draft,
    evidence: wordsOf(draft.evidence),
  }))
}

const well: readonly [string, Partial<PodRow>][] = [
  ['runs', {}],
  ['ran to its end', { status: 'Completed', phase: 'Succeeded', ready: 0 }],
  [
    'waits for a node since half a minute',
    { status: 'Pending', phase: 'Pending', ready: 0, createdAt: ago(30_000) },
  ],
  ['is being created', { status: 'ContainerCreating', phase: 'Pending', ready: 0, createdAt: ago(90_000) }],
  [
    'runs through its init containers',
    { status: 'Init:0/2', phase: 'Pending', ready: 0, createdAt: ago(2 * minute) },
  ],
  ['starts and is not ready yet', { ready: 0, createdAt: ago(90_000), notReadySince: ago(90_000) }],
  ['was not ready for a moment', { ready: 0, notReadySince: ago(20_000) }],
  ['goes away', { status: 'Terminating', ready: 0, notReadySince: ago(minute) }],
  ['restarted yesterday', { restarts: 9, lastRestartAt: ago(20 * hour), lastReason: 'OOMKilled' }],
  [
    'a Job’s container that failed once and was tried again',
    { status: 'Error', phase: 'Failed', ready: 0, owner: { kind: 'Job', name: 'backup-29384400' } },
  ],
]

test.each(well)('no trouble: a pod that %s', (_, more) => {
  const workloads = [
    deployment('shop/checkout'),
    deployment('shop/backup', { kind: 'CronJob', desired: 0, ready: 0 }),
  ]
  expect(judge({ pods: [pod('shop/checkout-7d9f8c-x2x4z', more)], workloads })).toEqual([])
})

const troubled: readonly [Partial<PodRow>, readonly string[], number][] = [
  [
    {
      status: 'CrashLoopBackOff',
      ready: 0,
      restarts: 6,
      lastReason: 'OOMKilled',
      lastRestartAt: ago(2 * hour),
      notReadySince: ago(12 * minute),
    },
    ['CrashLoopBackOff', 'OOM killed'],
    12 * minute,
  ],
  [
    {
      status: 'CrashLoopBackOff',
      ready: 0,
      restarts: 6,
      lastReason: 'Error',
      lastExitCode: 3,
      lastRestartAt: ago(3 * minute),
      notReadySince: ago(12 * minute),
    },
    ['CrashLoopBackOff', 'exit 3', '1+ restarts'],
    12 * minute,
  ],
  [
    { status: 'Pending', phase: 'Pending', ready: 0, createdAt: ago(3 * minute) },
    ['not scheduled'],
    3 * minute,
  ],
  [
    { status: 'ContainerCreating', phase: 'Pending', ready: 0, createdAt: ago(4 * minute) },
    ['does not start'],
    4 * minute,
  ],
  [{ status: 'Init:0/2', phase: 'Pending', ready: 0, createdAt: ago(9 * minute) }, ['init 0/2'], 9 * minute],
  [
    { status: 'Init:CrashLoopBackOff', phase: 'Pending', ready: 0, notReadySince: ago(9 * minute) },
    ['CrashLoopBackOff'],
    9 * minute,
  ],
  [{ ready: 0, notReadySince: ago(4 * minute) }, ['not ready'], 4 * minute],
  [{ status: 'Terminating', ready: 0, notReadySince: ago(11 * minute) }, ['does not terminate'], 11 * minute],
  [
    {
      status: 'CreateContainerConfigError',
      ready: 0,
      message: 'secret "pg" not found',
      notReadySince: ago(minute),
    },
    ['CreateContainerConfigError', 'secret "pg" not found'],
    minute,
  ],
]

test.each(troubled)('trouble %#: %j', (more, evidence, began) => {
  const pods = [pod('shop/checkout-7d9f8c-x2x4z', more)]
  const [draft, ...others] = judge({
    pods,
    workloads: [deployment('shop/checkout', { desired: 1, ready: 0 })],
  })
  expect(others).toEqual([])
  expect(draft?.evidence).toEqual(evidence)
  expect(draft?.since).toBe(ago(began))
  expect(draft?.ref).toEqual({ group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'checkout' })
})

const loop = {
  restarts: 4,
  lastRestartAt: ago(minute),
  lastReason: 'Error',
  ready: 0,
  notReadySince: ago(8 * minute),
}
test.each([
  ['backing off', { status: 'CrashLoopBackOff' }],
  ['having just ended', { status: 'Error' }],
  ['running for a moment', { status: 'Running', notReadySince: ago(5000) }],
])('a crash loop is one in each of its moments: %s', (_, more) => {
  const pods = [pod('shop/checkout-7d9f8c-x2x4z', { ...loop, ...more })]
  expect(judge({ pods })[0]?.evidence[0]).toBe('CrashLoopBackOff')
})

test('many pods of one workload are one finding, with how many are ready', () => {
  const crashing = { status: 'CrashLoopBackOff', ready: 0, restarts: 3, lastReason: 'Error' }
  const pods = [
    pod('shop/checkout-7d9f8c-aaaaa', { ...crashing, notReadySince: ago(4 * minute), node: 'nuc-1' }),
    pod('shop/checkout-7d9f8c-bbbbb', { ...crashing, notReadySince: ago(6 * minute), node: 'nuc-2' }),
    pod('shop/checkout-5b7c9d-ccccc'),
  ]
  const drafts = judge({ pods, workloads: [deployment('shop/checkout', { desired: 3, ready: 1 })] })
  expect(drafts).toHaveLength(1)
  expect(drafts[0]).toMatchObject({
    severity: 'warning',
    since: ago(6 * minute),
    evidence: ['CrashLoopBackOff ×2', '1/3 ready'],
    nodes: ['nuc-1', 'nuc-2'],
  })
})

const severities: readonly [string, Partial<WorkloadRow>, string][] = [
  ['nothing ready serves nobody', { desired: 2, ready: 0 }, 'critical'],
  ['one of two still serves', { desired: 2, ready: 1 }, 'warning'],
]
test.each(severities)('%s', (_, workload, severity) => {
  const pods = [pod('shop/checkout-7d9f8c-aaaaa', { status: 'CrashLoopBackOff', ready: 0 })]
  expect(judge({ pods, workloads: [deployment('shop/checkout', workload)] })[0]?.severity).toBe(severity)
})

test('the registry’s own words, not the kubelet’s', () => {
  const name = 'media/photos-6c5f9b-q9w8e'
  const message =
    'Failed to pull image "ghcr.io/a/b:v1": failed to resolve reference "ghcr.io/a/b:v1": unexpected status: 429 Too Many Requests'
  const events = [
    event(podRef(name), { reason: 'Failed', message, lastAt: ago(3 * minute) }),
    event(podRef(name), { reason: 'Failed', message: 'Error: ImagePullBackOff', lastAt: ago(minute) }),
  ]
  const pods = [pod(name, { status: 'ImagePullBackOff', ready: 0, message: 'Back-off pulling image' })]
  expect(judge({ pods, events })[0]?.evidence).toEqual(['image pull back-off', '429 Too Many Requests'])
  expect(registryWords('rpc error: code = NotFound desc = x: not found')).toBe('x: not found')
})

test('why a pod has no node, from the scheduler', () => {
  const name = 'ml/llm-6c5f9b-q9w8e'
  const events = [
    event(podRef(name), {
      reason: 'FailedScheduling',
      message: '0/5 nodes are available: 5 Insufficient memory.',
    }),
  ]
  const pods = [pod(name, { status: 'Pending', phase: 'Pending', ready: 0, createdAt: ago(hour) })]
  expect(judge({ pods, events })[0]?.evidence).toEqual([
    'not scheduled',
    '0/5 nodes are available: 5 Insufficient memory.',
  ])
})

test('killed within the hour but running again: how often, and how full its memory is', () => {
  const name = 'ml/llm-serving-6c5f9b-q9w8e'
  const gi = 2 ** 30
  const pods = [
    pod(name, {
      restarts: 12,
      lastReason: 'OOMKilled',
      lastRestartAt: ago(26 * minute),
      limits: { memory: 8 * gi },
    }),
  ]
  const usage = new Map([[name, { memory: 7.9 * gi }]])
  const [draft] = judge({ pods, usage, restarts: new Map([[name, 3.01]]) })
  expect(draft).toMatchObject({
    severity: 'warning',
    since: ago(26 * minute),
    evidence: ['OOM killed ×3', 'memory 7.9/8Gi'],
  })
})

test('an evicted pod is history once its workload is whole again', () => {
  const evicted = {
    status: 'Evicted',
    phase: 'Failed',
    ready: 0,
    message: 'The node was low on resource: ephemeral-storage.',
  }
  const pods = [
    pod('shop/checkout-7d9f8c-aaaaa', { ...evicted, createdAt: ago(3 * hour) }),
    pod('shop/checkout-7d9f8c-bbbbb'),
  ]
  const whole = [deployment('shop/checkout', { desired: 1, ready: 1 })]
  const short = [deployment('shop/checkout', { desired: 2, ready: 1 })]
  expect(judge({ pods, workloads: whole })).toEqual([])
  expect(judge({ pods, workloads: short })[0]).toMatchObject({
    nodeMade: true,
    evidence: ['Evicted', 'The node was low on resource: ephemeral-storage.', '1/2 ready'],
  })
})

test('an evicted pod says so, however its containers ended', () => {
  const evicted = { status: 'Error', reason: 'Evicted', phase: 'Failed', ready: 0, lastExitCode: 137 }
  const [draft] = judge({
    pods: [pod('shop/checkout-7d9f8c-aaaaa', evicted), pod('shop/checkout-7d9f8c-bbbbb')],
    workloads: [deployment('shop/checkout', { desired: 2, ready: 1 })],
  })
  expect(draft).toMatchObject({ nodeMade: true, evidence: ['Evicted', '1/2 ready'] })
})

test('a pod of no workload stands for itself', () => {
  const { owner: _, ...bare } = pod('default/debug', { status: 'Error', phase: 'Failed', ready: 0 })
  expect(judge({ pods: [bare] })[0]).toMatchObject({ kind: 'pod', ref: { kind: 'Pod', name: 'debug' } })
})
