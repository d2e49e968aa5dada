// Which object stands for the newest revision of a workload, and when that tells the moment of its rollout.
import { expect, test } from 'vitest'
import { newestRevision, rolloutMark, withRollout } from '#model/subject-facts/revision.ts'
import { cart, pod } from './sources.ts'

const minute = 60_000

test.each([
  ['Deployment', { 'pod-template-hash': '5b7c9' }, 'ReplicaSet', 'cart-5b7c9'],
  ['StatefulSet', { 'controller-revision-hash': 'cart-5f6' }, 'ControllerRevision', 'cart-5f6'],
  ['DaemonSet', { 'controller-revision-hash': '5f6' }, 'ControllerRevision', 'cart-5f6'],
])('of a %s', (kind, labels, revisionKind, name) => {
  const pods = [
    pod('a', { labels, createdAt: 30 }),
    pod('b', { labels, createdAt: 20 }),
    pod('old', { createdAt: 10 }),
  ]
  const revision = newestRevision({ ...cart, kind }, pods)
  expect(revision?.ref).toEqual({ group: 'apps', kind: revisionKind, namespace: 'shop', name })
  expect(revision?.oldest).toBe(20)
})

test('pods without a revision have none', () => {
  expect(newestRevision(cart, [pod('a', { labels: {} })])).toBeUndefined()
  expect(newestRevision(cart, [])).toBeUndefined()
})

const revisionWith = (oldest: number) => newestRevision(cart, [pod('a', { createdAt: oldest })])

test('the rollout is when its object was made, where one of its first pods is there to witness it', () => {
  const fresh = revisionWith(minute)
  expect(fresh && rolloutMark(fresh, 0)).toEqual({ at: 0, letter: 'R', text: 'cart rollout cart-7d4b9' })
  // Rolled back to, or all its pods replaced since: nothing says which.
  const later = revisionWith(60 * minute)
  expect(later && rolloutMark(later, 0)).toBeUndefined()
})

test('a rollout that an event tells is not told twice', () => {
  const seen = { at: 5 * minute, letter: 'R', text: 'cart rollout cart-7d4b9' } as const
  const flux = { at: 40 * minute, letter: 'F', text: 'apps' } as const
  const rollout = { ...seen, at: 4 * minute }
  expect(withRollout([seen, flux], rollout)).toEqual([seen, flux])
  expect(withRollout([flux], rollout)).toEqual([rollout, flux])
  expect(withRollout([flux], undefined)).toEqual([flux])
})
