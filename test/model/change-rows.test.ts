// What was changed, as rows: who did it, what it touched, and whether that is what is asked of.
import { expect, test } from 'vitest'
import { changeRows } from '#model/change-rows.ts'
import type { EventRow, FluxRow, ObjectRef, PodRow } from '#model/kube.ts'

const row = (namespace: string, name: string) => ({ uid: name, namespace, name, createdAt: 0, labels: {} })
const event = (about: ObjectRef, reason: string, message: string, at: number): EventRow => ({
  ...row('shop', `${reason}-${at}`),
  ...{ type: 'Normal', reason, message, about, count: 1, firstAt: at, lastAt: at },
})
const cart: ObjectRef = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'cart' }
const apps: ObjectRef = { group: '', kind: 'Kustomization', namespace: 'flux-system', name: 'apps' }
const nuc: ObjectRef = { group: '', kind: 'Node', name: 'nuc-1' }
const flux: FluxRow = {
  ...row('flux-system', 'infra'),
  ...{ namespace: 'flux-system', kind: 'Kustomization', state: 'ready', changedAt: 50, revision: 'v1.2.0' },
}
const facts = {
  flux: [flux],
  workloads: [],
  events: [
    event(cart, 'ScalingReplicaSet', 'Scaled up replica set cart-7d4b9 from 0 to 1', 200),
    event(cart, 'ScalingReplicaSet', 'Scaled up replica set cart-7d4b9 from 0 to 1', 200),
    event(apps, 'Progressing', 'Deployment/shop/cart configured', 100),
    event(nuc, 'Rebooted', 'Node nuc-1 has been rebooted', 300),
    event(cart, 'Pulled', 'nothing that changes anything', 400),
  ],
}
const pod: PodRow = {
  ...row('shop', 'cart-7d4b9-x2x4z'),
  ...{ ready: 1, containers: 1, status: 'Running', phase: 'Running', restarts: 0, requests: {}, limits: {} },
  ...{ namespace: 'shop', node: 'nuc-1', owner: { kind: 'ReplicaSet', name: 'cart-7d4b9' } },
}
const told = (subject: ObjectRef) =>
  changeRows(facts, subject, [pod])
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(({ letter, createdAt, name, own }) => `${letter}${createdAt} ${name}${own ? ' own' : ''}`)

test('each change once, with what it is, and whether it touched a pod’s owner', () => {
  const ref = { group: '', kind: 'Pod', namespace: 'shop', name: pod.name }
  expect(told(ref)).toEqual(['F50 infra', 'F100 apps own', 'R200 cart own', 'B300 nuc-1'])
})

test('a node is touched by what changed what runs on it, and by what happened to it', () => {
  expect(told(nuc)).toEqual(['F50 infra', 'F100 apps own', 'R200 cart own', 'B300 nuc-1 own'])
  expect(told({ ...nuc, name: 'nuc-2' })).toEqual(['F50 infra', 'F100 apps', 'R200 cart', 'B300 nuc-1'])
})

test('a change names what it touched and leads to what made it', () => {
  const applied = changeRows(facts, cart, []).find(({ name }) => name === 'apps')
  expect(applied).toMatchObject({ ref: apps, objects: ['Deployment/shop/cart'], what: '1 object', own: true })
})
