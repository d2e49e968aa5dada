// How a pod's containers ended, from the pod as the server has it.
import { expect, test } from 'vitest'
import { containerRuns } from '#sources/kubernetes/container-runs.ts'

const pod = (status: unknown) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, status })
const at = '2026-03-01T03:12:00Z'

test('each container, the ones that prepare first; how it ended last, also where it has not run since', () => {
  const ended = { reason: 'OOMKilled', exitCode: 137, finishedAt: at }
  const runs = containerRuns(
    pod({
      initContainerStatuses: [{ name: 'migrate', restartCount: 0, state: { terminated: { exitCode: 0 } } }],
      containerStatuses: [
        { name: 'app', restartCount: 3, state: { running: {} }, lastState: { terminated: ended } },
        { name: 'proxy', restartCount: 0, state: { running: {} }, lastState: {} },
      ],
    }),
  )
  expect(runs).toEqual([
    { name: 'migrate', restarts: 0, end: { exitCode: 0 } },
    { name: 'app', restarts: 3, end: { reason: 'OOMKilled', exitCode: 137, at: Date.parse(at) } },
    { name: 'proxy', restarts: 0 },
  ])
})

test('a pod whose containers nobody has started yet has none, and what is not as promised is left out', () => {
  expect(containerRuns(pod(undefined))).toEqual([])
  const garbage = [{ name: 'app', restartCount: 0, lastState: { terminated: { finishedAt: 'yesterday' } } }]
  expect(containerRuns(pod({ containerStatuses: garbage }))).toEqual([{ name: 'app', restarts: 0, end: {} }])
})
