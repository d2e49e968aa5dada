import { expect, test } from 'vitest'
import type { KubeObject, Resource } from '#model/kube.ts'
import { fluxDecoder, fluxResources } from '#sources/kubernetes/flux.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 3, minute)).toISOString()
const ms = (minute: number) => Date.UTC(2026, 2, 1, 3, minute)
const condition = (type: string, status: string, reason: string, minute: number, message = reason) => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: at(minute),
})

interface Parts {
  readonly metadata?: object
  readonly spec?: object
  readonly status?: object
}

function row(kind: string, { metadata, spec, status }: Parts) {
  const object: KubeObject = {
    apiVersion: 'x/v1',
    kind,
    metadata: { name: 'apps', namespace: 'flux-system', uid: 'u', generation: 3, ...metadata },
    spec: spec ?? {},
    ...(status && { status }),
  }
  return fluxDecoder(kind).json(object)
}

const ready = {
  observedGeneration: 3,
  conditions: [condition('Ready', 'True', 'ReconciliationSucceeded', 5)],
}
const broken = {
  observedGeneration: 3,
  conditions: [
    condition('Ready', 'False', 'BuildFailed', 6, 'kustomization.yaml not found'),
    condition('Reconciling', 'True', 'ProgressingWithRetry', 6),
  ],
}

test.each<[string, Parts, object]>([
  ['ready', { status: ready }, { state: 'ready', since: ms(5), reason: 'ReconciliationSucceeded' }],
  [
    'failed, though it tries again',
    { status: broken },
    { state: 'failed', since: ms(6), message: 'kustomization.yaml not found' },
  ],
  [
    'waiting for what it depends on',
    { status: { conditions: [condition('Ready', 'False', 'DependencyNotReady', 6)] } },
    { state: 'waiting' },
  ],
  [
    'stalled',
    { status: { conditions: [...broken.conditions, condition('Stalled', 'True', 'RetriesExceeded', 7)] } },
    { state: 'stalled', reason: 'RetriesExceeded', since: ms(7) },
  ],
  ['suspended goes before failed', { spec: { suspend: true }, status: broken }, { state: 'suspended' }],
  [
    'deleting goes before suspended',
    { metadata: { deletionTimestamp: at(9) }, spec: { suspend: true }, status: ready },
    { state: 'deleting', since: ms(9) },
  ],
  [
    'reconciling',
    { status: { conditions: [condition('Ready', 'Unknown', 'Progressing', 8)] } },
    { state: 'reconciling', since: ms(8) },
  ],
  [
    'a new generation not looked at yet',
    { status: { ...ready, observedGeneration: 2 } },
    { state: 'reconciling' },
  ],
  ['never looked at', {}, { state: 'unknown' }],
])('a Kustomization is %s', (_, parts, expected) => {
  expect(row('Kustomization', parts)).toMatchObject(expected)
})

test('kinds without a status are ready by being there', () => {
  expect(row('Alert', {})).toMatchObject({ state: 'ready' })
  expect(row('Provider', { spec: { suspend: true } })).toMatchObject({ state: 'suspended' })
  expect(row('HelmRepository', { spec: { type: 'oci' } })).toMatchObject({ state: 'ready' })
  expect(row('HelmRepository', {})).toMatchObject({ state: 'unknown' })
})

test('the operator and the source watcher suspend by an annotation, and tell who did', () => {
  const off = {
    annotations: {
      'fluxcd.controlplane.io/reconcile': 'disabled',
      'fluxcd.controlplane.io/suspendedBy': 'ben',
    },
  }
  expect(row('ResourceSet', { metadata: off, status: ready })).toMatchObject({
    state: 'suspended',
    suspendedBy: 'ben',
  })
  const on = { annotations: { 'fluxcd.controlplane.io/suspendedBy': 'ben' } }
  expect(row('ResourceSet', { metadata: on, status: ready })).not.toHaveProperty('suspendedBy')
  const watcher = { annotations: { 'source.extensions.fluxcd.io/reconcile': 'disabled' } }
  expect(row('ArtifactGenerator', { metadata: watcher })).toMatchObject({ state: 'suspended' })
})

const entry = (revision: string, first: number, last: number) => ({
  digest: revision,
  firstReconciled: at(first),
  lastReconciled: at(last),
  metadata: { revision },
})

test('a Kustomization changed when its revision was first reconciled, not when it last looked', () => {
  const status = {
    ...ready,
    lastAppliedRevision: 'main@sha1:b',
    history: [entry('main@sha1:b', 20, 50), entry('main@sha1:a', 1, 19)],
  }
  expect(row('Kustomization', { status })).toMatchObject({
    revision: 'main@sha1:b',
    changedAt: ms(20),
    changedFrom: 'main@sha1:a',
  })
})

test('a retry of the same revision with another outcome is no change', () => {
  const failing = { ...entry('b', 48, 50), lastReconciledStatus: 'HealthCheckFailed' }
  const status = {
    ...ready,
    lastAppliedRevision: 'b',
    history: [failing, entry('b', 20, 47), entry('a', 1, 19)],
  }
  expect(row('Kustomization', { status })).toMatchObject({ changedAt: ms(20), changedFrom: 'a' })
})

test('a revision applied anew changed after the one it replaced was last seen', () => {
  const status = { ...ready, lastAppliedRevision: 'a', history: [entry('a', 1, 50), entry('b', 20, 30)] }
  expect(row('Kustomization', { status })).toMatchObject({
    revision: 'a',
    changedAt: ms(30),
    changedFrom: 'b',
  })
})

test('a HelmRelease changed when its newest release was deployed', () => {
  const release = (version: number, chartVersion: string, minute: number) => ({
    version,
    chartVersion,
    lastDeployed: at(minute),
    firstDeployed: at(0),
  })
  const status = { ...ready, history: [release(4, '1.2.0', 10), release(5, '1.3.0', 40)] }
  expect(row('HelmRelease', { status })).toMatchObject({
    revision: '1.3.0',
    changedAt: ms(40),
    changedFrom: '1.2.0',
  })
  const values = { ...ready, history: [release(4, '1.3.0', 10), release(5, '1.3.0', 40)] }
  expect(row('HelmRelease', { status: values })).not.toHaveProperty('changedFrom')
})

test('a HelmRelease whose newest release failed says so; an older one that failed is past', () => {
  const release = (version: number, chartVersion: string, status: string) => ({
    ...{ version, chartVersion, status, lastDeployed: at(version) },
  })
  const failed = { ...ready, history: [release(5, '0.12.0', 'failed'), release(4, '0.11.2', 'deployed')] }
  expect(row('HelmRelease', { status: failed })).toMatchObject({
    ...{ revision: '0.12.0', changedFrom: '0.11.2', changeFailed: true },
  })
  const mended = { ...ready, history: [release(5, '0.12.0', 'failed'), release(6, '0.12.1', 'deployed')] }
  expect(row('HelmRelease', { status: mended })).not.toHaveProperty('changeFailed')
})

test('a source changed when its artifact did', () => {
  const status = { ...ready, artifact: { revision: 'main@sha1:c', lastUpdateTime: at(33) } }
  expect(row('GitRepository', { status })).toMatchObject({ revision: 'main@sha1:c', changedAt: ms(33) })
  const policy = { ...ready, latestRef: { name: 'ghcr.io/a/b', tag: '1.4.2' } }
  expect(row('ImagePolicy', { status: policy })).toMatchObject({ revision: 'ghcr.io/a/b:1.4.2' })
})

test('Flux kinds are known by group or category, and must be listable', () => {
  const resource = (group: string, more: Partial<Resource> = {}): Resource => ({
    group,
    version: 'v1',
    plural: 'things',
    kind: 'Thing',
    namespaced: true,
    ...more,
  })
  const served = [
    resource('kustomize.toolkit.fluxcd.io'),
    resource('kustomize.config.k8s.io'),
    resource('new.example.io', { categories: ['all', 'fluxcd-sources'] }),
    resource('helm.toolkit.fluxcd.io', { verbs: ['create'] }),
    resource('apps'),
  ]
  expect(fluxResources(served).map((one) => one.group)).toEqual([
    'kustomize.toolkit.fluxcd.io',
    'new.example.io',
  ])
})
