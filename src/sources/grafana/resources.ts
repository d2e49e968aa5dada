// The dashboards that are in the cluster: GrafanaDashboard resources of the Grafana operator, and the ConfigMaps that
// Grafana's sidecar looks for. The list has what is needed to choose one; load.ts reads the one that is meant.
// https://grafana.github.io/grafana-operator/docs/api/#grafanadashboard
import type { Cluster, Decoder, ListQuery } from '#cluster/cluster.ts'
import { fields, known, text, textsByName } from '#cluster/fields.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { type Gap, gapOf, SourceError } from '#model/reading.ts'
import { allowedNamespaces } from '#sources/kubernetes/allowed.ts'
import { dashboardTitle } from './dashboard.ts'
import { type ClusterDashboard, ofResource } from './dashboard-entry.ts'

export const grafanaDashboards: Resource = {
  group: 'grafana.integreatly.org',
  version: 'v1beta1',
  plural: 'grafanadashboards',
  kind: 'GrafanaDashboard',
  namespaced: true,
}
export const configMaps: Resource = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
}

export interface ClusterDashboards {
  readonly entries: readonly ClusterDashboard[]
  /** What could not be listed, and why. */
  readonly gaps: readonly Gap[]
  /** What was only listed in part, one sentence each. */
  readonly notes: readonly string[]
}

/** Ordered by title or name. A cluster without the operator's resources simply has none of them. */
export async function listDashboards(cluster: Cluster, signal: AbortSignal): Promise<ClusterDashboards> {
  const [resources, labelled] = await Promise.all([
    listed(cluster, { resource: grafanaDashboards }, { json: ofResource }, signal),
    listed(
      cluster,
      { resource: configMaps, labelSelector: 'grafana_dashboard=1' },
      { json: ofConfigMap },
      signal,
    ),
  ])
  const all = merged(resources.items, labelled.items.flat())
  return {
    entries: all.toSorted((a, b) => (a.title ?? a.name).localeCompare(b.title ?? b.name)),
    gaps: [...resources.gaps, ...labelled.gaps],
    notes: [...resources.notes, ...labelled.notes],
  }
}

interface Listed<T> {
  readonly items: readonly T[]
  readonly gaps: readonly Gap[]
  readonly notes: readonly string[]
}

async function listed<T>(
  cluster: Cluster,
  query: ListQuery,
  decoder: Decoder<T>,
  signal: AbortSignal,
): Promise<Listed<T>> {
  try {
    return { items: await pages(cluster, query, decoder, signal), gaps: [], notes: [] }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    if (error.reason === 'not-found') return { items: [], gaps: [], notes: [] }
    if (error.reason !== 'forbidden') return { items: [], gaps: [gapOf(error)], notes: [] }
    return inAllowed(cluster, query, decoder, error, signal)
  }
}

async function inAllowed<T>(
  cluster: Cluster,
  query: ListQuery,
  decoder: Decoder<T>,
  refused: SourceError,
  signal: AbortSignal,
): Promise<Listed<T>> {
  const { allowed, note } = await allowedNamespaces(cluster, query.resource, signal)
  if (allowed.length === 0) return { items: [], gaps: [gapOf(refused)], notes: [] }
  const lists = await Promise.all(
    allowed.map((namespace) => pages(cluster, { ...query, namespace }, decoder, signal)),
  )
  return { items: lists.flat(), gaps: [], notes: [note] }
}

async function pages<T>(
  cluster: Cluster,
  query: ListQuery,
  decoder: Decoder<T>,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const found: T[] = []
  for await (const page of cluster.list(query, decoder, signal)) {
    if (page.restarted) found.length = 0
    found.push(...page.items)
  }
  return found
}

/** Each key is a dashboard; a single one goes by the ConfigMap's name. */
function ofConfigMap(object: KubeObject): readonly ClusterDashboard[] {
  const { name, namespace = '', annotations } = object.metadata
  const contents = Object.entries(textsByName(fields(object).data)).filter(([key]) => key.endsWith('.json'))
  return contents.map(([key, content]) => ({
    name: contents.length === 1 ? name : key.replace(/\.json$/, ''),
    namespace,
    how: { kind: 'configmap', name, key },
    ...titled(content),
    ...known({ folder: text(fields(annotations).grafana_folder) }),
  }))
}

/** What is no dashboard is listed too: whoever opens it is told. */
function titled(content: string): ReturnType<typeof dashboardTitle> {
  try {
    return dashboardTitle(content)
  } catch (error) {
    if (error instanceof SourceError) return {}
    throw error
  }
}

/** A resource that refers to a listed ConfigMap is the same dashboard once. */
function merged(
  resources: readonly ClusterDashboard[],
  labelled: readonly ClusterDashboard[],
): readonly ClusterDashboard[] {
  const placeOf = ({ namespace, how }: ClusterDashboard) =>
    how.kind === 'configmap' ? `${namespace}/${how.name}/${how.key}` : ''
  const byPlace = new Map(labelled.map((one) => [placeOf(one), one]))
  const named = resources.map((one) => {
    const { title, uid, gnetId } = byPlace.get(placeOf(one)) ?? {}
    return { ...known({ title, uid, gnetId }), ...one }
  })
  const taken = new Set(resources.map(placeOf))
  return [...named, ...labelled.filter((one) => !taken.has(placeOf(one)))]
}
