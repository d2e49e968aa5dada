// What was changed, as rows: who did it, what it touched, and whether that is what is asked of.
import { expect, test } from 'vitest'
import { changeRows, isChangeIn, touchedBy } from '#model/change-rows.ts'
import type { EventRow, FluxRow, ObjectRef, PodRow } from '#model/kube.ts'
import type { RowsReading } from '#model/subject-facts/fact.ts'

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
const read: RowsReading<PodRow> = { data: { rows: [pod], complete: true }, pending: false }
const unread: RowsReading<PodRow> = { gap: { reason: 'forbidden', detail: '' }, pending: false }
const podRef = { group: '', kind: 'Pod', namespace: 'shop', name: pod.name }
const told = (subject: ObjectRef, pods = read) =>
  changeRows(facts, touchedBy(subject, pods))
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(
      ({ letter, createdAt, name, own }) =>
        `${letter}${createdAt} ${name}${own === undefined ? ' ?' : own ? ' own' : ''}`,
    )

test('each change once, with what it is, and whether it touched a pod’s owner', () => {
  expect(told(podRef)).toEqual(['F50 infra', 'F100 apps own', 'R200 cart own', 'B300 nuc-1'])
})

test('a node is touched by what changed what runs on it, and by what happened to it', () => {
  expect(told(nuc)).toEqual(['F50 infra', 'F100 apps own', 'R200 cart own', 'B300 nuc-1 own'])
  expect(told({ ...nuc, name: 'nuc-2' })).toEqual(['F50 infra', 'F100 apps', 'R200 cart', 'B300 nuc-1'])
})

test('a change names what it touched and leads to what made it', () => {
  const applied = changeRows(facts, touchedBy(cart, unread)).find(({ name }) => name === 'apps')
  expect(applied).toMatchObject({ ref: apps, objects: ['Deployment/shop/cart'], what: '1 object', own: true })
})

test('without its pods nothing tells what touched a pod or a node; of a workload its name does', () => {
  expect(told(podRef, unread)).toEqual(['F50 infra ?', 'F100 apps ?', 'R200 cart ?', 'B300 nuc-1 ?'])
  expect(told(nuc, unread)).toEqual(['F50 infra ?', 'F100 apps ?', 'R200 cart ?', 'B300 nuc-1 own'])
  expect(told(cart, unread)).toEqual(['F50 infra', 'F100 apps own', 'R200 cart own', 'B300 nuc-1'])
  const gone = { data: { rows: [], complete: true }, pending: false }
  expect(told(podRef, gone)[0]).toBe('F50 infra ?')
  const some = { data: { rows: [pod], complete: true, partial: 'db is forbidden' }, pending: false }
  expect(told(nuc, some)[0]).toBe('F50 infra ?')
})

test('a rollout that only its revision tells is a row; one that an event tells is not told twice', () => {
  const rollout = {
    ...{ ref: cart, what: 'rollout cart-5b7c9', at: 2_000_000, declared: false },
    ...{
      objects: new Set(['Deployment/shop/cart']),
      namespaces: new Set(['shop']),
      nodes: new Set<string>(),
    },
  }
  const rolled = (at: number) =>
    changeRows({ ...facts, rollout: { ...rollout, at } }, touchedBy(podRef, read))
      .filter(({ letter }) => letter === 'R')
      .map(({ createdAt, what, own }) => `${createdAt} ${what} ${own}`)
  expect(rolled(2_000_000)).toEqual(['200 rollout cart-7d4b9 true', '2000000 rollout cart-5b7c9 true'])
  expect(rolled(60_000)).toEqual(['200 rollout cart-7d4b9 true'])
})

test('a change is of a namespace where it was made, and where it changed something', () => {
  const within = (namespace: string) =>
    changeRows(facts, () => false)
      .filter((change) => isChangeIn(change, namespace))
      .map(({ name }) => name)
  expect(within('shop')).toEqual(['apps', 'cart'])
  expect(within('flux-system')).toEqual(['apps', 'infra'])
})
