// How custom resources are put into the store: the metadata and conditions that their operators give them.
import { type ObjectStore, stamp } from '#homelab/store.ts'
import { apiVersion } from '#homelab/world/kinds.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { type FluxOwner, ownerLabels } from './meta.ts'

export interface CustomResource {
  readonly resource: Resource
  readonly name: string
  /** `observability` where it is absent. */
  readonly namespace?: string
  readonly owner: FluxOwner
  readonly spec: Readonly<Record<string, unknown>>
  readonly status?: Readonly<Record<string, unknown>>
  readonly labels?: Readonly<Record<string, string>>
}

export const NAMESPACE = 'observability'

export const kustomization = (name: string): FluxOwner => ({ kind: 'ks', name, namespace: 'flux-system' })

export function putCustomResource(store: ObjectStore, at: number, one: CustomResource): KubeObject {
  const { resource, name, namespace = NAMESPACE, owner, spec, status, labels } = one
  return store.put(resource, {
    apiVersion: apiVersion(resource),
    kind: resource.kind,
    metadata: {
      name,
      namespace,
      creationTimestamp: stamp(at),
      generation: 1,
      labels: { ...ownerLabels(owner), ...labels },
    },
    spec,
    ...(status && { status }),
  })
}

/** Conditions that are true since `at`, each with its type as the reason. */
export const trueConditions = (at: number, ...types: readonly string[]) =>
  types.map((type) => ({
    type,
    status: 'True',
    reason: type,
    message: '',
    observedGeneration: 1,
    lastTransitionTime: stamp(at),
  }))
