// What kube-state-metrics reads of any object, and the metrics that many kinds share.
import type { KubeObject } from '#model/kube.ts'
import { count, type Fields, fields, moment } from './fields.ts'
import { type ObjectMetric, type Row, seconds } from './kube-object.ts'

export interface Facts {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly createdAt: number
  readonly generation: number
  readonly labels: Readonly<Record<string, string>>
  readonly owner?: { readonly kind: string; readonly name: string }
  readonly spec: Fields
  readonly status: Fields
  readonly object: KubeObject
}

export function factsOf(object: KubeObject): Facts {
  const { metadata } = object
  const owner = metadata.ownerReferences?.find((reference) => reference.controller)
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    createdAt: moment(metadata.creationTimestamp) ?? 0,
    generation: count(metadata.generation),
    labels: metadata.labels ?? {},
    ...(owner && { owner: { kind: owner.kind, name: owner.name } }),
    spec: fields(object.spec),
    status: fields(object.status),
    object,
  }
}

export type FactsMetric = ObjectMetric<Facts>

/** The metrics of one kind, whose name label is `label` (`deployment`, `job_name`…). */
export function metricsOf(prefix: string, label: string) {
  const idOf = ({ namespace, name }: Facts) => ({ ...(namespace && { namespace }), [label]: name })
  const gauge = (name: string, help: string, rows: FactsMetric['rows']): FactsMetric => ({
    name: `${prefix}_${name}`,
    type: 'gauge',
    help,
    rows,
  })
  return {
    idOf,
    gauge,
    /** One series an object; none where the value is undefined. */
    single: (name: string, help: string, worth: (facts: Facts) => number | undefined) =>
      gauge(name, help, (facts): readonly Row[] => {
        const value = worth(facts)
        return value === undefined ? [] : [[idOf(facts), value]]
      }),
    created: gauge('created', 'Unix creation timestamp.', (facts) => [
      [idOf(facts), seconds(facts.createdAt)],
    ]),
    // Without an allow list kube-state-metrics shows no label of the object itself.
    labels: gauge('labels', 'Kubernetes labels converted to Prometheus labels.', (facts) => [
      [idOf(facts), 1],
    ]),
    owner: gauge('owner', 'Information about the owner.', (facts) => [
      [
        {
          ...idOf(facts),
          owner_kind: facts.owner?.kind ?? '',
          owner_name: facts.owner?.name ?? '',
          owner_is_controller: facts.owner ? 'true' : '',
        },
        1,
      ],
    ]),
    info: (name: string, help: string, more: (facts: Facts) => Readonly<Record<string, string>>) =>
      gauge(name, help, (facts) => [[{ ...idOf(facts), ...more(facts) }, 1]]),
  }
}

/** A number of the spec or the status, 0 where the API server leaves it out. */
export const inStatus = (field: string) => (facts: Facts) => count(facts.status[field])
export const inSpec = (field: string) => (facts: Facts) =>
  typeof facts.spec[field] === 'number' ? count(facts.spec[field]) : undefined
