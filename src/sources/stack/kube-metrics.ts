// Usage from metrics.k8s.io (metrics-server), for clusters whose Prometheus cannot be asked.
// https://kubernetes.io/docs/reference/external-api/metrics.v1beta1/
import type { Cluster, Decoder, ListQuery } from '#cluster/cluster.ts'
import { fields, known } from '#cluster/fields.ts'
import type { Amounts, KubeObject, Resource } from '#model/kube.ts'
import type { UsageByName } from '#model/overview-inputs.ts'
import { parseQuantity } from '#model/quantity.ts'
import { SourceError } from '#model/reading.ts'

const group = { group: 'metrics.k8s.io', version: 'v1beta1' }
const pods: Resource = { ...group, plural: 'pods', kind: 'PodMetrics', namespaced: true }
const nodes: Resource = { ...group, plural: 'nodes', kind: 'NodeMetrics', namespaced: false }

/** By `namespace/pod`, summed over the containers. */
export function readPodMetrics(
  cluster: Cluster,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<UsageByName> {
  const query = { resource: pods, ...(namespace !== undefined && { namespace }) }
  const decoder: Decoder<Entry> = {
    json(object) {
      const containers = Array.isArray(object.containers) ? object.containers : []
      const used = containers.map((container: { usage?: unknown }) => amounts(container.usage))
      return [`${object.metadata.namespace ?? ''}/${object.metadata.name}`, used.reduce(add, {})]
    },
  }
  return readAll(cluster, query, decoder, signal)
}

/** By node name. */
export function readNodeMetrics(cluster: Cluster, signal: AbortSignal): Promise<UsageByName> {
  const decoder: Decoder<Entry> = {
    json: (object: KubeObject) => [object.metadata.name, amounts(object.usage)],
  }
  return readAll(cluster, { resource: nodes }, decoder, signal)
}

type Entry = readonly [string, Amounts]

async function readAll(
  cluster: Cluster,
  query: ListQuery,
  decoder: Decoder<Entry>,
  signal: AbortSignal,
): Promise<UsageByName> {
  const usage = new Map<string, Amounts>()
  for await (const page of cluster.list(query, decoder, signal))
    for (const [name, used] of page.items) usage.set(name, used)
  if (usage.size === 0)
    throw new SourceError({
      reason: 'no-series',
      detail: `metrics.k8s.io knows no usage of ${query.resource.plural}`,
    })
  return usage
}

function amounts(usage: unknown): Amounts {
  const { cpu, memory } = fields(usage)
  return known({ cpu: parseQuantity(String(cpu)), memory: parseQuantity(String(memory)) })
}

function add(a: Amounts, b: Amounts): Amounts {
  const sum = (of: keyof Amounts) =>
    a[of] === undefined && b[of] === undefined ? undefined : (a[of] ?? 0) + (b[of] ?? 0)
  return known({ cpu: sum('cpu'), memory: sum('memory') })
}
