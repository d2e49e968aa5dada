// Which object stands for the newest revision of a workload, and when that tells the moment of its rollout.
import { expect, test } from 'vitest'
import { newestRevision, rolloutOf, withRollout } from '#model/subject-facts/revision.ts'
import { cart, pod } from './sources.ts'

const minute = 60_000

test.each([
  ['Deployment', { 'pod-template-hash': '5b7c9' }, 'ReplicaSet', 'cart-5b7c9'],
  ['StatefulSet', { 'controller-revision-hash': 'cart-5f6' }, 'ControllerRevision', 'cart-5f6'],
  ['DaemonSet', { 'controller-revision-hash': '5f6' }, 'ControllerRevision', 'cart-5f6'],
])('of a %s', (kind, labels, revisionKind, name) => {
  const owner = kind === 'Deployment' ? { kind: 'ReplicaSet', name } : { kind, name: 'cart' }
  const pods = [
    pod('a', { owner, labels, createdAt: 30 }),
    pod('b', { owner, labels, createdAt: 20 }),
    pod('old', { createdAt: 10 }),
  ]
  expect(newestRevision(pods)).toEqual({
    workload: { ...cart, kind },
    oldest: 20,
    ref: { group: 'apps', kind: revisionKind, namespace: 'shop', name },
  })
})

test('pods without a revision have none', () => {
  expect(newestRevision([pod('a', { labels: {} })])).toBeUndefined()
  expect(newestRevision([])).toBeUndefined()
})

const revisionWith = (oldest: number) => newestRevision([pod('a', { createdAt: oldest })])

test('the rollout is when its object was made, where one of its first pods is there to witness it', () => {
  const fresh = revisionWith(minute)
  expect(fresh && rolloutOf(fresh, 0)).toMatchObject({ at: 0, ref: cart, what: 'rollout cart-7d4b9' })
  // Rolled back to, or all its pods replaced since: nothing says which.
  const later = revisionWith(60 * minute)
  expect(later && rolloutOf(later, 0)).toBeUndefined()
})

test('a rollout that an event tells is not told twice', () => {
  const nothing: ReadonlySet<string> = new Set()
  const change = { what: 'x', objects: nothing, namespaces: nothing, nodes: nothing }
  const seen = { ...change, ref: cart, at: 5 * minute, declared: false }
  const flux = { ...change, ref: cart, at: 5 * minute, declared: true }
  const other = { ...seen, ref: { ...cart, name: 'frontend' } }
  const rollout = { ...seen, at: 4 * minute }
  expect(withRollout([seen, flux], rollout)).toEqual([seen, flux])
  expect(withRollout([flux, other], rollout)).toEqual([flux, other, rollout])
  expect(withRollout([{ ...seen, at: 40 * minute }], rollout)).toHaveLength(2)
  expect(withRollout([flux], undefined)).toEqual([flux])
})
