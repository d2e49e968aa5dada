// What the fleet's Git holds. `cluster/` is what the Kustomization `fleet` applies: namespaces, sources, and one
// Kustomization or HelmRelease for each case; the rest is what those apply.
import { stringify } from 'yaml'
import type { KubeObject } from '#model/kube.ts'
import type { Files } from './archive.ts'
import { chartName } from './charts.ts'
import {
  FLEET_NAMESPACE,
  gitRepository,
  helmRelease,
  helmRepositoryObject,
  kustomization,
} from './flux-objects.ts'

export interface Tree {
  /** Where the fleet's server is. */
  readonly url: string
  /** The image of the Deployment `web`: another one is a change that rolls out. */
  readonly image: string
  /** Of the release `store`. */
  readonly chartVersion: string
}

export function filesOf(tree: Tree): Files {
  return {
    'cluster/namespace.yaml': documents({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: FLEET_NAMESPACE },
    }),
    'cluster/sources.yaml': documents(
      helmRepositoryObject('charts', `${tree.url}/charts`),
      gitRepository('resting', `${tree.url}/git/fleet.git`, { suspend: true }),
    ),
    'cluster/kustomizations.yaml': documents(...kustomizations()),
    'cluster/releases.yaml': documents(...releases(tree.chartVersion)),
    'web/all.yaml': documents(
      deployment('web', tree.image),
      configMap('web', { image: tree.image }),
      service('web'),
    ),
    'base/all.yaml': documents(deployment('base', 'example.test/base:1')),
    'middle/all.yaml': documents(configMap('middle')),
    'top/all.yaml': documents(deployment('top', 'example.test/top:1')),
    'homeless/all.yaml': documents(
      deployment('homeless', 'example.test/homeless:1', { nodeSelector: { no: 'such-node' } }),
    ),
    'waiting/all.yaml': documents(configMap('waiting')),
    'refused/all.yaml': documents(configMap('accepted'), service('refused', 70_000)),
    'unbuildable/kustomization.yaml': stringify({ resources: ['missing.yaml'] }),
    'resting/all.yaml': documents(configMap('resting')),
    // It says `suspend: false`, so that the parent owns the field and takes back whoever suspends its child.
    'parent/child.yaml': documents(kustomization('child', './child', { suspend: false })),
    'child/all.yaml': documents(configMap('child')),
  }
}

function kustomizations(): readonly KubeObject[] {
  const after = (name: string) => ({ dependsOn: [{ name }] })
  return [
    kustomization('web', './web', { wait: true }),
    kustomization('base', './base', { wait: true }),
    kustomization('middle', './middle', after('base')),
    kustomization('top', './top', { ...after('middle'), wait: true }),
    kustomization('homeless', './homeless', { wait: true }),
    kustomization('waiting', './waiting', after('homeless')),
    kustomization('refused', './refused'),
    kustomization('unbuildable', './unbuildable'),
    kustomization('resting', './resting', { suspend: true }),
    kustomization('parent', './parent'),
  ]
}

const releases = (version: string): readonly KubeObject[] => [
  helmRelease('store', chartName, version, { values: { replicas: 2 } }),
  // One attempt, and no other before somebody asks for it.
  helmRelease('stalled', chartName, '1.0.0', {
    values: { refused: true },
    install: { remediation: { retries: 0 } },
  }),
  helmRelease('resting', chartName, '1.0.0', { suspend: true }),
  helmRelease('waiting', chartName, '1.0.0', { dependsOn: [{ name: 'stalled' }] }),
]

function deployment(name: string, image: string, pod: Readonly<Record<string, unknown>> = {}): KubeObject {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: FLEET_NAMESPACE },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }], ...pod } },
    },
  }
}

const configMap = (name: string, data: Readonly<Record<string, string>> = { of: name }): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: FLEET_NAMESPACE },
  data,
})

const service = (name: string, port = 80): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: FLEET_NAMESPACE },
  spec: { selector: { app: name }, ports: [{ port }] },
})

const documents = (...objects: readonly KubeObject[]) =>
  objects.map((object) => stringify(object)).join('---\n')
