// Reads one dashboard of the cluster: the object that holds it, its JSON, decoded.
import type { Cluster } from '#cluster/cluster.ts'
import { fields, text, textsByName } from '#cluster/fields.ts'
import type { Dashboard } from '#model/dashboard/dashboard.ts'
import { SourceError } from '#model/reading.ts'
import { unpacked } from './content.ts'
import { decodeDashboard } from './dashboard.ts'
import { type ClusterDashboard, howOf, inputsOf } from './dashboard-entry.ts'
import { configMaps, grafanaDashboards } from './resources.ts'

/** Nothing is fetched from outside the cluster: what is not in it is a SourceError that says why. */
export async function loadDashboard(
  cluster: Cluster,
  entry: ClusterDashboard,
  signal: AbortSignal,
): Promise<Dashboard> {
  if (entry.resource === undefined) {
    if (entry.how.kind !== 'configmap') throw missing(entry, 'it has no content')
    return decodeDashboard(await ofConfigMap(cluster, entry.namespace, entry.how, signal))
  }
  const object = await cluster.get(grafanaDashboards, entry.resource, entry.namespace, signal)
  const spec = fields(object.spec)
  const status = fields(object.status)
  // As it is now: it may have changed since it was listed.
  const how = howOf(spec, status)
  const inputs = inputsOf(spec)
  switch (how.kind) {
    case 'json':
      return decodeDashboard(text(spec.json) ?? '', inputs)
    case 'gzip':
      return decodeDashboard(unpacked(text(spec.gzipJson) ?? ''), inputs)
    case 'copy':
      return decodeDashboard(unpacked(text(status.contentCache) ?? ''), inputs)
    case 'configmap':
      return decodeDashboard(await ofConfigMap(cluster, entry.namespace, how, signal), inputs)
    case 'none':
      throw missing(entry, how.why)
  }
}

async function ofConfigMap(
  cluster: Cluster,
  namespace: string,
  { name, key }: { readonly name: string; readonly key: string },
  signal: AbortSignal,
): Promise<string> {
  const object = await cluster.get(configMaps, name, namespace, signal)
  const data = textsByName(object.data)
  if (Object.hasOwn(data, key)) return data[key] ?? ''
  const keys = Object.keys(data).join(', ') || 'none'
  throw new SourceError({
    reason: 'not-found',
    detail: `configmap ${namespace}/${name} has no key ${key} (keys: ${keys})`,
  })
}

function missing({ namespace, name }: ClusterDashboard, why: string): SourceError {
  return new SourceError({
    reason: 'not-found',
    detail: `dashboard ${namespace}/${name}: ${why}`,
    fix: `look at kubectl -n ${namespace} describe grafanadashboard ${name}`,
  })
}
