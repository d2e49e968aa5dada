// What any Kubernetes object says of itself: its conditions, and whom it belongs to.
import type { KubeObject, ObjectRef } from '#model/kube.ts'
import { fields, items, text, time } from './fields.ts'

export interface ConditionDetail {
  readonly type: string
  readonly status: string
  readonly reason?: string | undefined
  readonly message?: string | undefined
  readonly since?: number | undefined
}

export function conditionDetails(object: KubeObject): ConditionDetail[] {
  return items(fields(object.status).conditions).map((one) => {
    const condition = fields(one)
    return {
      type: text(condition.type) ?? '',
      status: text(condition.status) ?? 'Unknown',
      reason: text(condition.reason),
      message: text(condition.message),
      since: time(condition.lastTransitionTime),
    }
  })
}

/** The controlling owner, and the Flux object that applied it where its labels name one. */
export function ownersOf(object: KubeObject): ObjectRef[] {
  const { namespace, ownerReferences = [], labels = {} } = object.metadata
  const owners = ownerReferences.map((owner) => ({
    group: owner.apiVersion.includes('/') ? (owner.apiVersion.split('/')[0] ?? '') : '',
    kind: owner.kind,
    name: owner.name,
    ...(namespace !== undefined && owner.kind !== 'Node' && { namespace }),
  }))
  const flux = (['helm', 'kustomize'] as const).flatMap((tool) => {
    const name = labels[`${tool}.toolkit.fluxcd.io/name`]
    const inNamespace = labels[`${tool}.toolkit.fluxcd.io/namespace`]
    if (name === undefined || inNamespace === undefined) return []
    return [
      {
        group: `${tool}.toolkit.fluxcd.io`,
        kind: tool === 'helm' ? 'HelmRelease' : 'Kustomization',
        namespace: inNamespace,
        name,
      },
    ]
  })
  return [...owners, ...flux]
}
