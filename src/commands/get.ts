// obsdeck get KIND [NAME]: resources as rows, or one object as the API server has it.
import type { Cluster, Decoder, ListQuery } from '#cluster/cluster.ts'
import { type Command, type CommandCall, type Outcome, UsageError } from '#commands/command.ts'
import type { TextColumn } from '#commands/get-columns.ts'
import { nothingThere } from '#commands/nothing-there.ts'
import type { Resource, Row } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'

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
    // `deploy/checkout` is kubectl's other way to say `deploy checkout`.
    const [word, objectName] = call.args.flatMap((arg) => arg.split('/', 2))
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
      try {
        return { rows: await listAll(call, cluster, query(call, resource, namespace), decoder) }
      } catch (error) {
        if (!(error instanceof SourceError)) throw error
        return { error, note: `${resource.plural}: ${error.detail}` }
      }
    }),
  )
  // Of several kinds, what one of them refuses does not hide the others.
  const failed = lists.flatMap((list) => list.error ?? [])
  if (failed[0] && failed.length === lists.length) throw failed[0]
  const { listOf } = await import('#commands/get-columns.ts')
  const rows =
    lists.length === 1 ? (lists[0]?.rows ?? []) : lists.flatMap((list) => list.rows ?? []).sort(byKey)
  const list = listOf(kind.columns, rows, call.outside.now(), namespace !== undefined || !namespaced)
  const unread = lists.flatMap(({ note }) => note ?? [])
  const what = kind.parts.map(({ resource }) => resource.plural).join(', ')
  const none =
    rows.length > 0 ? [] : [await nothingOf(call, cluster, { plural: what, namespaced }, namespace)]
  return { view: 'list', list: { ...list, notes: [...unread, ...none] } }
}

async function listAll<T extends Row>(
  call: CommandCall,
  cluster: Cluster,
  asked: ListQuery,
  decoder: Decoder<T>,
): Promise<T[]> {
  let rows: T[] = []
  for await (const page of cluster.list(asked, decoder, call.signal)) {
    if (page.restarted) rows = []
    for (const row of page.items) rows.push(row)
  }
  return rows
}

async function asTable(call: CommandCall, cluster: Cluster, word: string): Promise<Outcome> {
  const resource = await resolve(cluster, word, call.signal)
  const namespace = resource.namespaced ? namespaceOf(call, cluster) : undefined
  const table = await cluster.table(query(call, resource, namespace), call.signal)
  const none = table.rows.length > 0 ? [] : [await nothingOf(call, cluster, resource, namespace)]
  return { view: 'table', table, namespaces: namespace === undefined ? 'all' : 'one', notes: none }
}

/** On stderr, as with kubectl: what counts lines of stdout counts none. */
async function nothingOf(
  { signal }: CommandCall,
  cluster: Cluster,
  { plural, namespaced }: Pick<Resource, 'plural' | 'namespaced'>,
  namespace: string | undefined,
): Promise<string> {
  return namespaced ? nothingThere(cluster, plural, namespace, signal) : `there are no ${plural}`
}

async function one(call: CommandCall, cluster: Cluster, word: string, name: string): Promise<Outcome> {
  const resource = await resolve(cluster, word, call.signal)
  if (resource.namespaced && call.settings.allNamespaces)
    throw new UsageError(
      'a name stands in one namespace: -A does not go with it',
      'name the namespace with -n',
    )
  const namespace = resource.namespaced ? (call.settings.namespace ?? cluster.namespace) : undefined
  if (call.settings.output === 'json' || call.settings.output === 'yaml') {
    const { withoutSecrets } = await import('#sources/kubernetes/secrets.ts')
    const object = await cluster.get(resource, name, namespace, call.signal)
    return { view: 'object', object: withoutSecrets(object) }
  }
  const table = await cluster.table(
    { ...query(call, resource, namespace), fieldSelector: `metadata.name=${name}` },
    call.signal,
  )
  // An empty table would say nothing of why: the plain get answers with the server's own not-found.
  if (table.rows.length === 0) await cluster.get(resource, name, namespace, call.signal)
  return { view: 'table', table, namespaces: 'one', notes: [] }
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
