// The kinds that `get` shows as rows of our own, by any of their names. Everything else is the server's Table.
import type { Cluster, Decoder } from '#cluster/cluster.ts'
import type { ListedKind } from '#commands/get.ts'
import {
  eventColumns,
  fluxColumns,
  nodeColumns,
  podColumns,
  type TextColumn,
  workloadColumns,
} from '#commands/get-columns.ts'
import type { Resource, Row, WorkloadKind, WorkloadRow } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { eventDecoder, eventResource } from '#sources/kubernetes/events.ts'
import { fluxDecoder, fluxResources } from '#sources/kubernetes/flux.ts'
import { nodeDecoder, nodeResource } from '#sources/kubernetes/nodes.ts'
import { podDecoder, podResource } from '#sources/kubernetes/pods.ts'
import { workloadDecoder, workloadResources } from '#sources/kubernetes/workloads.ts'

/** Undefined where the kind has no rows of its own. Only `flux` asks the server which kinds it has. */
export async function listedKind(
  cluster: Cluster,
  word: string,
  signal: AbortSignal,
): Promise<ListedKind | undefined> {
  const wanted = word.toLowerCase()
  const isNamed = (resource: Resource) =>
    [resource.plural, resource.kind.toLowerCase(), ...(resource.shortNames ?? [])].includes(wanted)
  if (isNamed(podResource)) return single(podResource, podDecoder(), podColumns)
  if (isNamed(nodeResource)) return single(nodeResource, nodeDecoder(), nodeColumns)
  if (isNamed(eventResource)) return single(eventResource, eventDecoder(), eventColumns)
  const workload = workloadResources.find(isNamed)
  if (workload)
    return workloads(
      [workload],
      workloadColumns.filter(({ header }) => header !== 'kind'),
    )
  if (wanted === 'workloads' || wanted === 'wl') return workloads(workloadResources, workloadColumns)
  if (wanted !== 'flux') return undefined
  const { resources } = await cluster.discover(signal)
  const served = fluxResources(resources)
  if (served.length === 0)
    throw new SourceError({ reason: 'not-installed', detail: 'the cluster serves no Flux kinds' })
  const parts = served.map((resource) => ({
    resource,
    decoder: fluxDecoder(resource.kind),
  }))
  return widen({ parts, columns: fluxColumns })
}

function workloads(resources: readonly Resource[], columns: readonly TextColumn<WorkloadRow>[]): ListedKind {
  const parts = resources.map((resource) => ({
    resource,
    decoder: workloadDecoder(resource.kind as WorkloadKind),
  }))
  return widen({ parts, columns })
}

function single<T extends Row>(
  resource: Resource,
  decoder: Decoder<T>,
  columns: readonly TextColumn<T>[],
): ListedKind {
  return widen({ parts: [{ resource, decoder }], columns })
}

/** The columns of a kind only ever meet the rows of its own decoders, which the general type cannot say. */
function widen<T extends Row>(kind: ListedKind<T>): ListedKind {
  return kind as unknown as ListedKind
}
