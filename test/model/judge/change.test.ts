// The nearest change: which one is named for a trouble, and which is not.
import { expect, test } from 'vitest'
import { fluxRef } from '#model/judge-flux.ts'
import type { EventRow, FluxRow, ObjectRef } from '#model/kube.ts'
import { collectChanges, nearestChange } from '#model/triage-change.ts'
import { ago, deployment, event, flux, hour, minute } from './rows.ts'

const subject: ObjectRef = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'checkout' }
const labels = (name: string) => ({
  'kustomize.toolkit.fluxcd.io/name': name,
  'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
})
const workloads = [
  deployment('shop/checkout', { labels: labels('apps') }),
  deployment('shop/cart', { labels: labels('carts') }),
  deployment('db/pg', { labels: labels('databases') }),
]
const revision = 'main@sha1:9f3c2e1a0b4d5c6e7f8091a2b3c4d5e6f7081920'
const before = 'main@sha1:1b77aa0a0b4d5c6e7f8091a2b3c4d5e6f7081920'
const ks = (name: string, at: number): FluxRow =>
  flux(`Kustomization/flux-system/${name}`, { changedAt: at, revision, changedFrom: before })

function nearest(rows: readonly FluxRow[], events: readonly EventRow[] = [], nodes: readonly string[] = []) {
  const candidates = collectChanges({ flux: rows, workloads, events })
  const found = nearestChange({ ref: subject, nodes }, ago(4 * minute), candidates)
  return (
    found &&
    `${found.change.ref.kind}/${found.change.ref.name} ${found.change.what} ${found.change.before / minute}m`
  )
}

const rows: readonly [string, readonly FluxRow[], string | undefined][] = [
  ['nothing changed', [], undefined],
  ['its own applier', [ks('apps', ago(7 * minute))], 'Kustomization/apps 1b77aa0 → 9f3c2e1 3m'],
  ['a change after it began is no cause', [ks('apps', ago(2 * minute))], undefined],
  [
    'a change within the clocks’ difference counts',
    [ks('apps', ago(4 * minute - 20_000))],
    'Kustomization/apps 1b77aa0 → 9f3c2e1 0m',
  ],
  ['a change long before is none', [ks('apps', ago(35 * minute))], undefined],
  [
    'its own before a nearer one of the namespace',
    [ks('apps', ago(20 * minute)), ks('carts', ago(5 * minute))],
    'Kustomization/apps 1b77aa0 → 9f3c2e1 16m',
  ],
  [
    'the namespace before the cluster',
    [ks('carts', ago(20 * minute)), ks('databases', ago(5 * minute))],
    'Kustomization/carts 1b77aa0 → 9f3c2e1 16m',
  ],
  [
    'the latest of the cluster',
    [ks('databases', ago(9 * minute)), ks('other', ago(6 * minute))],
    'Kustomization/other 1b77aa0 → 9f3c2e1 2m',
  ],
  [
    'a source that fetched changed nothing yet',
    [{ ...ks('apps', ago(6 * minute)), kind: 'GitRepository' }],
    undefined,
  ],
]
test.each(rows)('%s', (_, flux, expected) => {
  expect(nearest(flux)).toBe(expected)
})

const about = (name: string) => fluxRef({ kind: 'Kustomization', namespace: 'flux-system', name })

test('a change set tells what was really touched, and when: the status says so only after the health check', () => {
  const applied = event(about('apps'), {
    type: 'Normal',
    reason: 'Progressing',
    message: 'Deployment/shop/checkout configured\nConfigMap/shop/flags configured',
    firstAt: ago(6 * minute),
    lastAt: ago(6 * minute),
  })
  expect(nearest([ks('apps', ago(minute))], [applied])).toBe(
    'Kustomization/apps 1b77aa0 → 9f3c2e1, 2 objects 2m',
  )
})

test('a change set that leaves the workload out is only near it', () => {
  const elsewhere = event(about('apps'), {
    message: 'Deployment/db/pg configured',
    firstAt: ago(6 * minute),
    lastAt: ago(6 * minute),
  })
  const rolled = event(subject, {
    reason: 'ScalingReplicaSet',
    message: 'Scaled up replica set checkout-7d9f8c from 0 to 1',
    firstAt: ago(5 * minute),
  })
  expect(nearest([ks('apps', ago(6 * minute))], [elsewhere, rolled])).toBe(
    'Deployment/checkout rollout checkout-7d9f8c 1m',
  )
})

test('what happened to its node, where nothing nearer changed', () => {
  const rebooted = event(
    { group: '', kind: 'Node', name: 'nuc-3' },
    { reason: 'Rebooted', lastAt: ago(5 * minute) },
  )
  expect(nearest([], [rebooted], ['nuc-3'])).toBe('Node/nuc-3 Rebooted 1m')
  expect(nearest([ks('databases', ago(5 * minute))], [rebooted], ['nuc-3'])).toBe('Node/nuc-3 Rebooted 1m')
  expect(nearest([ks('databases', ago(hour))], [], ['nuc-3'])).toBeUndefined()
})

test('an upgrade under way or failed is known by the chart that it attempts', () => {
  const helm = { 'helm.toolkit.fluxcd.io/name': 'shop', 'helm.toolkit.fluxcd.io/namespace': 'shop' }
  const source = flux('OCIRepository/shop/shop', {
    changedAt: ago(6 * minute),
    revision: '0.12.0@sha256:abc',
  })
  const facts = { workloads: [deployment('shop/checkout', { labels: helm })], events: [] }
  const nearestTo = (state: FluxRow['state']) =>
    nearestChange(
      { ref: subject, nodes: [] },
      ago(4 * minute),
      collectChanges({ ...facts, flux: [flux('HelmRelease/shop/shop', { state }), source] }),
    )?.change
  expect(nearestTo('failed')).toMatchObject({
    ref: { kind: 'HelmRelease', name: 'shop' },
    what: 'chart 0.12.0',
  })
  expect(nearestTo('ready')).toBeUndefined()
})

test('growing a replica set that serves already is no rollout', () => {
  const scaled = event(subject, {
    reason: 'ScalingReplicaSet',
    message: 'Scaled up replica set checkout-7d9f8c from 2 to 3',
    firstAt: ago(5 * minute),
  })
  expect(nearest([], [scaled])).toBeUndefined()
})

test('an upgrade that failed is told as one', () => {
  const release = flux('HelmRelease/shop/shop', {
    ...{ changedAt: ago(7 * minute), revision: '0.12.0', changedFrom: '0.11.2', changeFailed: true },
  })
  expect(nearest([release])).toBe('HelmRelease/shop 0.11.2 → 0.12.0 failed 3m')
})
