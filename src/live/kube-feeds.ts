// What the cockpit shows of the Kubernetes API, as feeds. Each is made once; those of a namespace follow the one chosen.
import type { Cluster, Decoder } from '#cluster/cluster.ts'
import type { EventRow, FluxRow, KubeObject, ObjectRef, Resource, Row, WorkloadRow } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { eventDecoder, eventResource, eventsAboutSelector } from '#sources/kubernetes/events.ts'
import { fluxDecoder, fluxResources } from '#sources/kubernetes/flux.ts'
import { namespaceDecoder, namespaceResource } from '#sources/kubernetes/namespaces.ts'
import { nodeDecoder, nodeResource } from '#sources/kubernetes/nodes.ts'
import { podDecoder, podResource } from '#sources/kubernetes/pods.ts'
import { fullName } from '#sources/kubernetes/resolve.ts'
import { withoutSecrets } from '#sources/kubernetes/secrets.ts'
import { workloadDecoder, workloadResources } from '#sources/kubernetes/workloads.ts'
import type { Deck, Rows, TableRows } from './deck.ts'
import { mapFeed, switchFeed } from './derive.ts'
import type { Cell, Feed } from './feed.ts'
import type { Live } from './live.ts'
import { mergeRows } from './merge-rows.ts'
import { poll } from './poll.ts'
import { rowsFeed } from './rows.ts'
import type { Timing } from './timing.ts'

export interface KubeParts {
  readonly cluster: Cluster
  readonly namespace: Cell<string | undefined>
  readonly timing: Timing
}

type KubeFeeds = Pick<
  Deck,
  | 'pods'
  | 'nodes'
  | 'workloads'
  | 'events'
  | 'flux'
  | 'namespaces'
  | 'resources'
  | 'table'
  | 'object'
  | 'eventsAbout'
>

const second = 1000
/** New kinds come with new software, seldom. */
const discoveryInterval = 300 * second
const tableInterval = 5 * second
const objectInterval = 5 * second

export function kubeFeeds(parts: KubeParts): KubeFeeds {
  const { cluster, timing } = parts
  const resources = poll<readonly Resource[]>({
    read: async (signal) => (await cluster.discover(signal)).resources,
    interval: discoveryInterval,
    timing,
  })
  return {
    pods: inNamespace(parts, podResource, podDecoder, { firstPage: 50, page: 250 }),
    nodes: rowsFeed({ cluster, timing, query: { resource: nodeResource }, decoder: nodeDecoder() }),
    workloads: workloads(parts),
    events: inNamespace(parts, eventResource, eventDecoder, { firstPage: 50, page: 250 }),
    flux: flux(parts, resources),
    namespaces: namespaces(parts),
    resources,
    table: (resource) => table(parts, resource),
    object: (ref) => object(parts, ref, resources),
    eventsAbout: (ref) => eventsAbout(parts, ref),
  }
}

/** The rows of the namespace chosen. Each choice has a decoder of its own, so that nothing of the last one is kept. */
function inNamespace<T extends Row>(
  { cluster, namespace, timing }: KubeParts,
  resource: Resource,
  decoder: () => Decoder<T>,
  pages: { firstPage?: number; page?: number } = {},
): Feed<Live<Rows<T>>> {
  return switchFeed(namespace, (chosen) => {
    const query = { resource, ...pages, ...(chosen !== undefined && { namespace: chosen }) }
    return rowsFeed({ cluster, timing, query, decoder: decoder() })
  })
}

function workloads(parts: KubeParts): Feed<Live<Rows<WorkloadRow>>> {
  return mergeRows(
    workloadResources.map((resource) => ({
      name: resource.plural,
      feed: inNamespace(parts, resource, () => workloadDecoder(resource.kind as WorkloadRow['kind'])),
    })),
  )
}

/** The kinds followed change only when the server serves others, not with every discovery. */
function flux(parts: KubeParts, resources: Feed<Live<readonly Resource[]>>): Feed<Live<Rows<FluxRow>>> {
  const known = new Map<string, Feed<Live<Rows<FluxRow>>>>()
  const served = mapFeed(resources, (live) =>
    live.data ? JSON.stringify(fluxResources(live.data)) : undefined,
  )
  return switchFeed(served, (text) => {
    if (text === undefined) return mapFeed(resources, withoutRows)
    const kinds: readonly Resource[] = JSON.parse(text)
    if (kinds.length === 0) {
      const gap = { reason: 'not-installed', detail: 'the cluster serves no Flux kinds' } as const
      return mapFeed(resources, (live) => ({ ...withoutRows(live), gap }))
    }
    return mergeRows(
      kinds.map((resource) => {
        const name = fullName(resource)
        const id = `${name}/${resource.version}`
        const feed = known.get(id) ?? inNamespace(parts, resource, () => fluxDecoder(resource.kind))
        known.set(id, feed)
        return { name, feed }
      }),
    )
  })
}

/** Why there are no rows: what discovery says of itself. */
function withoutRows(live: Live<unknown>): Live<never> {
  const { data: _data, dataAt: _dataAt, ...rest } = live
  return rest
}

function namespaces({ cluster, timing }: KubeParts): Deck['namespaces'] {
  const rows = rowsFeed({
    cluster,
    timing,
    query: { resource: namespaceResource },
    decoder: namespaceDecoder(),
  })
  let from: readonly Row[] | undefined
  let names: readonly string[] = []
  return mapFeed(rows, ({ data, ...rest }) => {
    if (data && data.rows !== from) {
      from = data.rows
      names = data.rows.map((row) => row.name).sort()
    }
    return { ...rest, ...(data && { data: names }) }
  })
}

function table({ cluster, namespace, timing }: KubeParts, resource: Resource): Feed<Live<TableRows>> {
  return switchFeed(namespace, (chosen) => {
    const scope = resource.namespaced && chosen !== undefined ? { namespace: chosen } : {}
    return poll<TableRows>({
      read: async (signal) => {
        const { columns, rows } = await cluster.table({ resource, ...scope }, signal)
        return { resource, columns, rows, complete: true }
      },
      interval: tableInterval,
      timing,
    })
  })
}

function object(
  { cluster, timing }: KubeParts,
  ref: ObjectRef,
  resources: Deck['resources'],
): Feed<Live<KubeObject>> {
  let resource: Resource | undefined
  return poll<KubeObject>({
    read: async (signal) => {
      if (!resource) {
        const isIt = (one: Resource) => one.kind === ref.kind && one.group === ref.group
        // The kinds last discovered may be older than this one.
        resource = resources.get().data?.find(isIt) ?? (await cluster.discover(signal)).resources.find(isIt)
      }
      if (!resource) {
        const group = ref.group === '' ? 'the core group' : ref.group
        throw new SourceError({ reason: 'not-found', detail: `the server serves no ${ref.kind} of ${group}` })
      }
      return withoutSecrets(await cluster.get(resource, ref.name, ref.namespace, signal))
    },
    interval: objectInterval,
    timing,
  })
}

function eventsAbout({ cluster, timing }: KubeParts, ref: ObjectRef): Feed<Live<Rows<EventRow>>> {
  return rowsFeed({
    cluster,
    timing,
    query: {
      resource: eventResource,
      fieldSelector: eventsAboutSelector(ref),
      ...(ref.namespace !== undefined && { namespace: ref.namespace }),
    },
    decoder: eventDecoder(),
  })
}
