// kube-state-metrics in general: each metric is a function of one version of one object, and holds for as long
// as that version did.
import type { ObjectHistory } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'
import type { Labels } from '#model/prometheus.ts'
import type { Draft, Family, Piece, Scope } from './family.ts'
import { versionsIn } from './objects.ts'

/** One series of an object: its own labels and what it is worth. */
export type Row = readonly [labels: Labels, value: number]

export interface ObjectMetric<T> {
  readonly name: string
  readonly type: 'gauge' | 'counter'
  readonly help: string
  rows(facts: T): readonly Row[]
}

export interface ObjectKind<T> {
  readonly plural: string
  readonly group?: string
  /** The label that carries the object's name, where every metric of the kind has one. */
  readonly nameLabel?: string
  /** The label that carries its namespace: `namespace`, unless said. */
  readonly namespaceLabel?: string
  decode(object: KubeObject): T
  readonly metrics: readonly ObjectMetric<T>[]
}

const KUBE_STATE_METRICS = 'kube-state-metrics'

/** The families of a kind; an object whose namespace or name the filter rules out is not looked at. */
export function familiesOf<T>(kind: ObjectKind<T>): readonly Family[] {
  const { plural, group, nameLabel, namespaceLabel = 'namespace' } = kind
  const concerns = ({ filter }: Scope, history: ObjectHistory) =>
    (history.namespace === undefined || filter.accepts(namespaceLabel, history.namespace)) &&
    (nameLabel === undefined || filter.accepts(nameLabel, history.name))
  return kind.metrics.map((metric) => ({
    name: metric.name,
    type: metric.type,
    help: metric.help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      const targets = scope.targets(KUBE_STATE_METRICS)
      if (targets.length === 0) return
      for (const history of scope.objects.histories(plural, group)) {
        if (!concerns(scope, history)) continue
        for (const [labels, pieces] of seriesOf(history, scope, (object) =>
          metric.rows(kind.decode(object)),
        )) {
          for (const target of targets) yield { target, labels, pieces }
        }
      }
    },
  }))
}

function* seriesOf(
  history: ObjectHistory,
  scope: Scope,
  rowsOf: (object: KubeObject) => readonly Row[],
): Iterable<readonly [Labels, readonly Piece[]]> {
  const versions = versionsIn(history, scope.from, scope.to)
  const [only] = versions
  if (!only) return
  if (versions.length === 1) {
    const { from, to } = only
    for (const [labels, value] of rowsOf(only.object)) yield [labels, [{ from, to, value }]]
    return
  }
  const series = new Map<string, { labels: Labels; pieces: Piece[] }>()
  for (const { object, from, to } of versions) {
    for (const [labels, value] of rowsOf(object)) {
      const key = JSON.stringify(labels)
      const entry = series.get(key) ?? { labels, pieces: [] }
      const last = entry.pieces.at(-1)
      if (last && last.to === from && last.value === value)
        entry.pieces[entry.pieces.length - 1] = { ...last, to }
      else entry.pieces.push({ from, to, value })
      series.set(key, entry)
    }
  }
  for (const { labels, pieces } of series.values()) yield [labels, pieces]
}

export const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)
export const flag = (holds: boolean): number => (holds ? 1 : 0)
