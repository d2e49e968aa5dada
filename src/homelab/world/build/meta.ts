// Metadata as real objects have it: recommended labels, Flux's and Helm's marks, managed fields.
import { createHash } from 'node:crypto'
import { stamp } from '#homelab/store.ts'
import type { App } from '#homelab/world/catalogue/shapes.ts'
import type { KubeObject } from '#model/kube.ts'

export type Metadata = KubeObject['metadata']
export interface Owner {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

/** What selects an app's pods. */
export function selectorOf(app: Pick<App, 'name' | 'owner' | 'kind'>): Record<string, string> {
  if (app.kind === 'Postgres') return { 'cnpg.io/cluster': app.name }
  return {
    'app.kubernetes.io/instance': app.owner?.kind === 'hr' ? app.owner.name : app.name,
    'app.kubernetes.io/name': app.name,
  }
}

export function appLabels(app: App): Record<string, string> {
  return {
    ...selectorOf(app),
    'app.kubernetes.io/name': app.name,
    'app.kubernetes.io/version': app.version,
    ...(app.component && { 'app.kubernetes.io/component': app.component }),
    ...(app.partOf && { 'app.kubernetes.io/part-of': app.partOf }),
  }
}

export interface FluxOwner {
  readonly kind: 'ks' | 'hr'
  readonly name: string
  readonly namespace: string
}

/** The labels by which Flux knows what it applied. */
export function ownerLabels(owner: FluxOwner | undefined): Record<string, string> {
  if (!owner) return {}
  if (owner.kind === 'ks') {
    return {
      'kustomize.toolkit.fluxcd.io/name': owner.name,
      'kustomize.toolkit.fluxcd.io/namespace': owner.namespace,
    }
  }
  return {
    'app.kubernetes.io/managed-by': 'Helm',
    'helm.toolkit.fluxcd.io/name': owner.name,
    'helm.toolkit.fluxcd.io/namespace': owner.namespace,
  }
}

export function ownerAnnotations(owner: FluxOwner | undefined): Record<string, string> | undefined {
  if (owner?.kind !== 'hr') return undefined
  return { 'meta.helm.sh/release-name': owner.name, 'meta.helm.sh/release-namespace': owner.namespace }
}

const managers = { ks: 'kustomize-controller', hr: 'helm-controller' } as const

/** Who wrote which fields: `fieldsV1` marks each field that the object has, two levels deep. */
export function managed(
  object: Pick<KubeObject, 'apiVersion'> & Record<string, unknown>,
  owner: FluxOwner | undefined,
  at: number,
): Metadata['managedFields'] {
  return [
    {
      manager: owner ? managers[owner.kind] : 'kubectl-create',
      operation: owner ? 'Apply' : 'Update',
      apiVersion: object.apiVersion,
      time: stamp(at),
      fieldsType: 'FieldsV1',
      fieldsV1: fieldsOf(object),
    },
  ]
}

export function fieldsOf(object: Record<string, unknown>, depth = 3): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(object)) {
    if (['apiVersion', 'kind', 'status', 'managedFields', 'uid', 'resourceVersion'].includes(name)) continue
    const nested = value !== null && typeof value === 'object' && !Array.isArray(value) && depth > 0
    fields[`f:${name}`] = nested ? fieldsOf(value as Record<string, unknown>, depth - 1) : {}
  }
  return fields
}

/** A short digest of any plain data, as `pod-template-hash` is one of a template. */
export function digest(data: unknown): string {
  return createHash('sha1').update(JSON.stringify(data)).digest('hex')
}
