import { expect, test } from 'vitest'
import type { Resource } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { fullName, resolveResource } from '#sources/kubernetes/resolve.ts'

const resource = (group: string, plural: string, kind: string, shortNames: string[] = []): Resource => ({
  group,
  version: 'v1',
  plural,
  kind,
  namespaced: true,
  shortNames,
})

const served = [
  resource('', 'pods', 'Pod', ['po']),
  resource('metrics.k8s.io', 'pods', 'PodMetrics'),
  resource('apps', 'deployments', 'Deployment', ['deploy']),
  resource('', 'events', 'Event', ['ev']),
  resource('events.k8s.io', 'events', 'Event', ['ev']),
  resource('kustomize.toolkit.fluxcd.io', 'kustomizations', 'Kustomization', ['ks']),
  resource('helm.toolkit.fluxcd.io', 'helmreleases', 'HelmRelease', ['hr']),
  resource('postgresql.cnpg.io', 'clusters', 'Cluster'),
  resource('cluster.x-k8s.io', 'clusters', 'Cluster'),
]

test.each([
  ['po', 'pods'],
  ['pod', 'pods'],
  ['Pods', 'pods'],
  ['podmetrics', 'pods.metrics.k8s.io'],
  ['pods.metrics.k8s.io', 'pods.metrics.k8s.io'],
  ['ev', 'events'],
  ['event.events.k8s.io', 'events.events.k8s.io'],
  ['ks', 'kustomizations.kustomize.toolkit.fluxcd.io'],
  ['hr.helm', 'helmreleases.helm.toolkit.fluxcd.io'],
  ['helmreleases.helm.toolkit.fluxcd.io', 'helmreleases.helm.toolkit.fluxcd.io'],
  ['cluster.postgresql', 'clusters.postgresql.cnpg.io'],
])('%s is %s', (name, expected) => {
  expect(fullName(resolveResource(served, name))).toBe(expected)
})

function errorOf(name: string): SourceError {
  try {
    resolveResource(served, name)
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
  throw new Error(`${name} was resolved`)
}

test('a name of two kinds asks which', () => {
  expect(errorOf('clusters')).toMatchObject({
    reason: 'invalid',
    detail: 'clusters may be clusters.cluster.x-k8s.io or clusters.postgresql.cnpg.io',
  })
})

test.each([
  ['deploymnt', 'deployment'],
  ['kustomizaton', 'kustomization'],
  ['helmrelase', 'helmrelease'],
])('%s is unknown, but near %s', (name, near) => {
  expect(errorOf(name)).toMatchObject({ reason: 'not-found', fix: expect.stringContaining(near) })
})

test('a name near nothing is only unknown', () => {
  const error = errorOf('zzzzqqq')
  expect(error.detail).toBe('the server serves no kind named zzzzqqq')
  expect(error.fix).toBeUndefined()
})
