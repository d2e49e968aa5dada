// What each Kustomization and HelmRelease applied, from the labels that it left on the objects.
import type { ObjectStore } from '#homelab/store.ts'
import { apiVersion } from '#homelab/world/kinds.ts'
import type { Resource } from '#model/kube.ts'

type Entry = { readonly id: string; readonly v: string }

/** Kinds that other controllers derive and that only carry copied labels. */
const derived = new Set(['Endpoints', 'EndpointSlice', 'Pod', 'ReplicaSet', 'Job', 'Event', 'HelmChart'])

/** Before all others, in the order in which Flux applies them; the others follow by group and kind. */
const first = [
  'CustomResourceDefinition',
  'Namespace',
  'ClusterRole',
  'PriorityClass',
  'StorageClass',
  'ClusterRoleBinding',
  'ResourceQuota',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
  'Service',
  'LimitRange',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]

function byOrder(a: Resource, b: Resource): number {
  const rank = ({ kind }: Resource) => (first.includes(kind) ? first.indexOf(kind) : first.length)
  const key = ({ group, kind }: Resource) => `${group} ${kind}`
  return rank(a) - rank(b) || (key(a) < key(b) ? -1 : 1)
}

/** Entries by `ks/flux-system/NAME` and `hr/NAMESPACE/NAME`; the id is `<ns>_<name>_<group>_<kind>`. */
export function inventories(store: ObjectStore): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>()
  for (const resource of store.resources.toSorted(byOrder)) {
    if (derived.has(resource.kind)) continue
    for (const { metadata } of store.list(resource)) {
      const labels = metadata.labels ?? {}
      for (const [kind, group] of [
        ['ks', 'kustomize'],
        ['hr', 'helm'],
      ] as const) {
        const name = labels[`${group}.toolkit.fluxcd.io/name`]
        if (!name) continue
        const key = `${kind}/${labels[`${group}.toolkit.fluxcd.io/namespace`]}/${name}`
        const id = `${metadata.namespace ?? ''}_${metadata.name.replaceAll(':', '__')}_${resource.group}_${resource.kind}`
        const entries = found.get(key) ?? []
        found.set(key, entries)
        entries.push({ id, v: apiVersion(resource).split('/').at(-1) ?? 'v1' })
      }
    }
  }
  return found
}
