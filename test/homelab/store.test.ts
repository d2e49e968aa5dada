// The store's past: as long as anything tells of it, and no longer.
import { expect, test } from 'vitest'
import { manualClock } from '#homelab/clock.ts'
import { createStore } from '#homelab/store.ts'
import type { KubeObject, Resource } from '#model/kube.ts'

const leases: Resource = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  namespaced: true,
}
const pods: Resource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true }
const object = (kind: string, name: string, turn = 0): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'a' },
  spec: { turn },
})
const MINUTE = 60_000
const DAY = 86_400_000

test('an object that changes every minute keeps its first version, its newest and no more than 1,200', () => {
  const clock = manualClock(0)
  const store = createStore(clock)
  for (let turn = 0; turn < 5000; turn += 1) {
    store.put(leases, object('Lease', 'node', turn))
    clock.advance(MINUTE)
  }
  const versions = [...store.history(leases)][0]?.versions ?? []
  expect(versions.length).toBeLessThanOrEqual(1200)
  expect(versions[0]?.at).toBe(0)
  expect(versions.at(-1)?.object?.spec).toEqual({ turn: 4999 })
  // The last hours are complete.
  expect(versions.slice(-500).map(({ at }) => at)).toEqual(
    Array.from({ length: 500 }, (_, index) => (4500 + index) * MINUTE),
  )
})

test('what was deleted more than fourteen days ago is forgotten in time', () => {
  const clock = manualClock(0)
  const store = createStore(clock)
  store.put(pods, object('Pod', 'old'))
  store.remove(pods, 'a', 'old')
  clock.advance(15 * DAY)
  for (let turn = 0; turn < 5000; turn += 1) store.put(pods, object('Pod', `new-${turn % 10}`))
  expect([...store.history(pods)].map(({ name }) => name)).not.toContain('old')
})

test('a kind has its own revision', () => {
  const store = createStore(manualClock(0))
  store.put(pods, object('Pod', 'one'))
  const before = store.revisionOf(pods)
  store.put(leases, object('Lease', 'node'))
  expect(store.revisionOf(pods)).toBe(before)
  expect(store.revisionOf(leases)).toBe(store.revision)
})
