// obsdeck get KIND [NAME]: resources as rows, or one object as the API server has it.
import type { Cluster, Decoder, ListQuery } from '#cluster/cluster.ts'
import { type Command, type CommandCall, type Outcome, UsageError } from '#commands/command.ts'
import type { TextColumn } from '#commands/get-columns.ts'
import type { Resource, Row } from '#model/kube.ts'

export const get: Command = {
  name: 'get',
  usage: 'obsdeck get KIND [NAME]',
  summary: 'list resources of any kind, or print one object',
  flags: {
    selector: { type: 'string', short: 'l', value: 'LABELS', help: 'only objects with these labels' },
  },
  outputs: ['text', 'wide', 'json', 'yaml'],
  args: [
    'pods',
    'nodes',
    'workloads',
    'deployments',
    'statefulsets',
    'daemonsets',
    'jobs',
    'cronjobs',
    'events',
    'flux',
  ],
  async run(call) {
    const [word, objectName] = call.args
    if (!word) throw new UsageError('get needs a kind', 'for example: obsdeck get pods -A')
    const cluster = await call.connect()
    if (objectName) return one(call, cluster, word, objectName)
    if (call.settings.output === 'yaml')
      throw new UsageError('-o yaml needs a name', `obsdeck get ${word} NAME -o yaml`)
    const { listedKind } = await import('#commands/get-kinds.ts')
    const known = await listedKind(cluster, word, call.signal)
    return known ? listed(call, cluster, known) : asTable(call, cluster, word)
  },
}

/** A kind (or a family of kinds, such as workloads) that we have a decoder for. */
export interface ListedKind<T extends Row = Row> {
  readonly parts: readonly { readonly resource: Resource; readonly decoder: Decoder<T> }[]
  readonly columns: readonly TextColumn<T>[]
}

async function listed<T extends Row>(
  call: CommandCall,
  cluster: Cluster,
  kind: ListedKind<T>,
): Promise<Outcome> {
  const namespaced = kind.parts.some(({ resource }) => resource.namespaced)
  const namespace = namespaced ? namespaceOf(call, cluster) : undefined
  const lists = await Promise.all(
    kind.parts.map(async ({ resource, decoder }) => {
      let rows: T[] = []
      for await (const page of cluster.list(query(call, resource, namespace), decoder, call.signal)) {
        if (page.restarted) rows = []
        for (const row of page.items) rows.push(row)
      }
      return rows
    }),
  )
  const { listOf } = await import('#commands/get-columns.ts')
  const rows = lists.length === 1 ? (lists[0] ?? []) : lists.flat().sort(byKey)
  return {
    view: 'list',
    list: listOf(kind.columns, rows, call.outside.now(), namespace !== undefined || !namespaced),
  }
}

async function asTable(call: CommandCall, cluster: Cluster, word: string): Promise<Outcome> {
  const resource = await resolve(cluster, word, call.signal)
  const namespace = resource.namespaced ? namespaceOf(call, cluster) : undefined
  return { view: 'table', table: await cluster.table(query(call, resource, namespace), call.signal) }
}

async function one(call: CommandCall, cluster: Cluster, word: string, name: string): Promise<Outcome> {
  const resource = await resolve(cluster, word, call.signal)
  const namespace = resource.namespaced ? (call.settings.namespace ?? cluster.namespace) : undefined
  if (call.settings.output === 'json' || call.settings.output === 'yaml')
    return { view: 'object', object: await cluster.get(resource, name, namespace, call.signal) }
  const table = await cluster.table(
    { ...query(call, resource, namespace), fieldSelector: `metadata.name=${name}` },
    call.signal,
  )
  // An empty table would say nothing of why: the plain get answers with the server's own not-found.
  if (table.rows.length === 0) await cluster.get(resource, name, namespace, call.signal)
  return { view: 'table', table }
}

async function resolve(cluster: Cluster, word: string, signal: AbortSignal): Promise<Resource> {
  const { resolveResource } = await import('#sources/kubernetes/resolve.ts')
  const { resources } = await cluster.discover(signal)
  return resolveResource(resources, word)
}

function namespaceOf({ settings }: CommandCall, cluster: Cluster): string | undefined {
  return settings.allNamespaces ? undefined : (settings.namespace ?? cluster.namespace)
}

function query({ flags }: CommandCall, resource: Resource, namespace: string | undefined): ListQuery {
  const selector = flags.selector
  return {
    resource,
    ...(namespace !== undefined && { namespace }),
    ...(typeof selector === 'string' && { labelSelector: selector }),
    // Nobody watches the first rows arrive, so all pages are large.
    firstPage: 500,
    page: 500,
  }
}

const key = (row: Row) => `${row.namespace ?? ''}/${row.name}`
const byKey = (a: Row, b: Row) => (key(a) < key(b) ? -1 : 1)
