import { expect, test } from 'vitest'
import { type ContainerFacts, type PodFacts, podStatus } from '#model/pod-status.ts'

const running = (name: string, more: Partial<ContainerFacts> = {}): ContainerFacts => ({
  name,
  ready: true,
  started: true,
  restarts: 0,
  running: true,
  ...more,
})
const waiting = (name: string, reason: string, more: Partial<ContainerFacts> = {}): ContainerFacts => ({
  ...running(name, { ready: false, started: false, running: false, waiting: { reason } }),
  ...more,
})
const ended = (name: string, exitCode: number, reason?: string, signal = 0): ContainerFacts =>
  running(name, {
    ready: false,
    started: false,
    running: false,
    ended: { exitCode, signal, finishedAt: 50, ...(reason !== undefined && { reason }) },
  })
const pod = (facts: Partial<PodFacts>): PodFacts => ({
  phase: 'Running',
  deleting: false,
  conditions: [],
  containers: facts.statuses?.length ?? 1,
  init: [],
  initStatuses: [],
  statuses: [],
  ...facts,
})
const condition = (type: string, status: string, more: object = {}) => ({ type, status, ...more })
const told = (facts: Partial<PodFacts>) => {
  const { status, ready, containers, restarts } = podStatus(pod(facts))
  return `${ready}/${containers} ${status} ${restarts}`
}

// Each expectation is what kubectl 1.36 prints for such a pod: READY STATUS RESTARTS.
test.each<[string, Partial<PodFacts>, string]>([
  ['running', { statuses: [running('a'), running('b', { restarts: 2 })] }, '2/2 Running 2'],
  ['not ready', { statuses: [running('a', { ready: false })] }, '0/1 Running 0'],
  ['pending', { phase: 'Pending', containers: 2 }, '0/2 Pending 0'],
  [
    'gated',
    { phase: 'Pending', conditions: [condition('PodScheduled', 'False', { reason: 'SchedulingGated' })] },
    '0/1 SchedulingGated 0',
  ],
  ['evicted', { phase: 'Failed', reason: 'Evicted' }, '0/1 Evicted 0'],
  [
    'creating',
    { phase: 'Pending', statuses: [waiting('a', 'ContainerCreating')] },
    '0/1 ContainerCreating 0',
  ],
  [
    'crash loop',
    { statuses: [waiting('a', 'CrashLoopBackOff', { restarts: 7 }), running('b')] },
    '1/2 CrashLoopBackOff 7',
  ],
  ['first trouble named', { statuses: [waiting('a', 'A'), waiting('b', 'B')] }, '0/2 A 0'],
  ['failed', { phase: 'Failed', statuses: [ended('a', 1, 'Error')] }, '0/1 Error 0'],
  ['exit code', { phase: 'Failed', statuses: [ended('a', 3)] }, '0/1 ExitCode:3 0'],
  ['signal', { phase: 'Failed', statuses: [ended('a', 137, undefined, 9)] }, '0/1 Signal:9 0'],
  ['completed', { phase: 'Succeeded', statuses: [ended('a', 0, 'Completed')] }, '0/1 Completed 0'],
  [
    'completed beside running, ready',
    { conditions: [condition('Ready', 'True')], statuses: [ended('a', 0, 'Completed'), running('b')] },
    '1/2 Running 0',
  ],
  [
    'completed beside running, not ready',
    { conditions: [condition('Ready', 'False')], statuses: [ended('a', 0, 'Completed'), running('b')] },
    '1/2 NotReady 0',
  ],
  ['terminating', { deleting: true, statuses: [running('a')] }, '1/1 Terminating 0'],
  [
    'deleted and done',
    { phase: 'Succeeded', deleting: true, statuses: [ended('a', 0, 'Completed')] },
    '0/1 Completed 0',
  ],
  ['node lost', { deleting: true, reason: 'NodeLost', statuses: [running('a')] }, '1/1 Unknown 0'],
  [
    'init waits for its turn',
    {
      phase: 'Pending',
      init: [
        { name: 'i', restartable: false },
        { name: 'j', restartable: false },
      ],
      initStatuses: [ended('i', 0, 'Completed'), waiting('j', 'PodInitializing')],
      statuses: [waiting('a', 'PodInitializing')],
    },
    '0/1 Init:1/2 0',
  ],
  [
    'init crash loop',
    {
      phase: 'Pending',
      init: [{ name: 'i', restartable: false }],
      initStatuses: [waiting('i', 'CrashLoopBackOff', { restarts: 4 })],
      statuses: [waiting('a', 'PodInitializing')],
    },
    '0/1 Init:CrashLoopBackOff 4',
  ],
  [
    'init failed',
    { phase: 'Failed', init: [{ name: 'i', restartable: false }], initStatuses: [ended('i', 1, 'Error')] },
    '0/1 Init:Error 0',
  ],
  [
    'init exit code',
    { phase: 'Pending', init: [{ name: 'i', restartable: false }], initStatuses: [ended('i', 2)] },
    '0/1 Init:ExitCode:2 0',
  ],
  [
    'sidecar counts as a container, its restarts stay',
    {
      init: [
        { name: 'i', restartable: false },
        { name: 'side', restartable: true },
      ],
      initStatuses: [{ ...ended('i', 0, 'Completed'), restarts: 5 }, running('side', { restarts: 2 })],
      statuses: [running('a', { restarts: 1 })],
    },
    '2/2 Running 3',
  ],
  [
    'sidecar not started yet',
    {
      phase: 'Pending',
      init: [{ name: 'side', restartable: true }],
      initStatuses: [running('side', { started: false, ready: false })],
      statuses: [waiting('a', 'PodInitializing')],
    },
    '0/2 Init:0/1 0',
  ],
  [
    'sidecar failed after start-up does not hide the containers',
    {
      conditions: [condition('Initialized', 'True')],
      init: [{ name: 'side', restartable: true }],
      initStatuses: [waiting('side', 'CrashLoopBackOff', { restarts: 3 })],
      statuses: [running('a', { restarts: 1 })],
    },
    '1/2 Init:CrashLoopBackOff 4',
  ],
])('%s', (_, facts, expected) => {
  expect(
    told({ containers: 1, ...facts, ...(facts.statuses && { containers: facts.statuses.length }) }),
  ).toBe(expected)
})

test('the newest end of any container is why it restarted last', () => {
  const status = podStatus(
    pod({
      statuses: [
        running('a', {
          restarts: 1,
          endedBefore: { exitCode: 1, signal: 0, reason: 'Error', finishedAt: 100 },
        }),
        running('b', {
          restarts: 1,
          endedBefore: { exitCode: 137, signal: 0, reason: 'OOMKilled', finishedAt: 200 },
        }),
      ],
    }),
  )
  expect(status).toMatchObject({ restarts: 2, lastRestartAt: 200, lastReason: 'OOMKilled' })
})

test('a waiting container tells why, else the pod, else the scheduler', () => {
  const image = waiting('a', 'ImagePullBackOff')
  const unscheduled = condition('PodScheduled', 'False', { message: '0/3 nodes are available' })
  const both = pod({ message: 'evicted for memory', conditions: [unscheduled] })
  const slow = { ...image, waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image' } }
  expect(podStatus({ ...both, statuses: [slow] }).message).toBe('Back-off pulling image')
  expect(podStatus(both).message).toBe('evicted for memory')
  expect(podStatus(pod({ phase: 'Pending', conditions: [unscheduled] })).message).toBe(
    '0/3 nodes are available',
  )
})

test('not ready since its condition says so, unless it ran to its end', () => {
  const facts = pod({ conditions: [condition('Ready', 'False', { since: 7 })] })
  expect(podStatus(facts).notReadySince).toBe(7)
  expect(podStatus({ ...facts, phase: 'Succeeded' })).not.toHaveProperty('notReadySince')
})
