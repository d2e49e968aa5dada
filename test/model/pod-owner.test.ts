// Which pods are an object's.
import { expect, test } from 'vitest'
import type { ObjectRef } from '#model/kube.ts'
import { isPodOf } from '#model/pod-owner.ts'
import { pod } from './subject-facts/sources.ts'

const pods = [
  pod('cart-7d4b9-a'),
  pod('cart-5b7c9-b', { labels: {}, owner: { kind: 'ReplicaSet', name: 'cart-5b7c9' }, node: 'nuc-2' }),
  pod('dump-28700000-c', { labels: {}, owner: { kind: 'Job', name: 'dump-28700000' } }),
  pod('pg-1', { labels: {}, owner: { kind: 'Cluster', name: 'pg' } }),
  pod('free', { labels: {}, owner: { kind: 'CloneSet', name: 'free' }, namespace: 'other' }),
]
const ref = (kind: string, name: string, namespace = 'shop', group = 'apps'): ObjectRef => ({
  ...{ group, kind, namespace, name },
})

test.each<[string, ObjectRef, string[]]>([
  ['a Deployment, of all its ReplicaSets', ref('Deployment', 'cart'), ['cart-7d4b9-a', 'cart-5b7c9-b']],
  ['one ReplicaSet of it', ref('ReplicaSet', 'cart-5b7c9'), ['cart-5b7c9-b']],
  ['a CronJob', ref('CronJob', 'dump', 'shop', 'batch'), ['dump-28700000-c']],
  ['one Job of it', ref('Job', 'dump-28700000', 'shop', 'batch'), ['dump-28700000-c']],
  ['a kind that nobody here knows', ref('CloneSet', 'free', 'other', 'apps.kruise.io'), ['free']],
  ['the same name elsewhere', ref('Deployment', 'cart', 'other'), []],
  ['a node', { group: '', kind: 'Node', name: 'nuc-2' }, ['cart-5b7c9-b']],
  ['a pod', ref('Pod', 'pg-1', 'shop', ''), ['pg-1']],
  ['a pod of another namespace', ref('Pod', 'pg-1', 'other', ''), []],
])('%s', (_, object, names) => {
  expect(pods.filter(isPodOf(object)).map(({ name }) => name)).toEqual(names)
})
