// Flux objects of every kind as rows: state, revision, and the last change they applied.
import type { Decoder } from '#cluster/cluster.ts'
import { type Fields, fields, known, number, text, time } from '#cluster/fields.ts'
import { fluxState } from '#model/flux-status.ts'
import type { FluxRow, KubeObject, Resource } from '#model/kube.ts'
import { fluxChange } from './flux-change.ts'
import { createPool, type Pool } from './pool.ts'
import { conditionsOf, rowOf } from './row.ts'

const groups = [
  'source.toolkit.fluxcd.io',
  'source.extensions.fluxcd.io',
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'notification.toolkit.fluxcd.io',
  'image.toolkit.fluxcd.io',
  'fluxcd.controlplane.io',
]

/** The Flux kinds that the server serves: by their group, or by the category that Flux gives its own. */
export function fluxResources(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter((one) => {
    const listed = one.verbs === undefined || one.verbs.includes('list')
    return listed && (groups.includes(one.group) || one.categories?.some(isFluxCategory) === true)
  })
}

const isFluxCategory = (category: string) => category === 'fluxcd' || category.startsWith('fluxcd-')

export function fluxDecoder(kind: string): Decoder<FluxRow> {
  const pool = createPool()
  return { json: (object) => fluxRow(object, kind, pool) }
}

function fluxRow(object: KubeObject, kind: string, pool: Pool): FluxRow {
  const row = rowOf(object, pool)
  const metadata = fields(object.metadata)
  const spec = fields(object.spec)
  const status = fields(object.status)
  const annotations = fields(metadata.annotations)
  const conditions = conditionsOf(status.conditions, pool)
  const suspended = isSuspended(spec, annotations)
  const state = fluxState({
    conditions,
    withoutStatus: hasNoStatus(kind, spec),
    suspended,
    ...known({
      deletedAt: time(metadata.deletionTimestamp),
      generation: number(metadata.generation),
      observedGeneration: number(status.observedGeneration),
    }),
  })
  return {
    ...row,
    namespace: row.namespace ?? '',
    kind,
    ...state,
    ...known({
      suspendedBy: suspended ? text(annotations['fluxcd.controlplane.io/suspendedBy']) : undefined,
    }),
    ...fluxChange(kind, status, conditions),
  }
}

const disabled = ['source.extensions.fluxcd.io/reconcile', 'fluxcd.controlplane.io/reconcile']

/** Most kinds have `spec.suspend`; those of the operator and the source watcher are told by an annotation. */
function isSuspended(spec: Fields, annotations: Fields): boolean {
  return spec.suspend === true || disabled.some((name) => annotations[name] === 'disabled')
}

/** These have no status by design: being there is all they do. */
function hasNoStatus(kind: string, spec: Fields): boolean {
  return kind === 'Alert' || kind === 'Provider' || (kind === 'HelmRepository' && spec.type === 'oci')
}
