// obsdeck top nodes|pods|workloads: what is used now, against what was asked for and the most there may be.
import { type Command, UsageError } from '#commands/command.ts'
import type { TextColumn } from '#commands/get-columns.ts'
import { nothingThere } from '#commands/nothing-there.ts'
import type { Top, TopKind } from '#live/top-once.ts'
import { celsius, percent } from '#model/amount-words.ts'
import { nearest } from '#model/nearest.ts'
import { hasNumber, type NumberFigure, numberFigures } from '#model/node-figures.ts'
import type { TopOrder, TopRow } from '#model/top.ts'

const kinds: Readonly<Record<string, TopKind>> = {
  ...{ node: 'nodes', nodes: 'nodes', no: 'nodes' },
  ...{ pod: 'pods', pods: 'pods', po: 'pods' },
  ...{ workload: 'workloads', workloads: 'workloads' },
}
const orders = ['cpu', 'memory', 'name', ...numberFigures] as const satisfies readonly TopOrder[]
const isOrder = (word: unknown): word is TopOrder => orders.some((order) => order === word)

export const top: Command = {
  name: 'top',
  usage: 'obsdeck top nodes|pods|workloads',
  summary: 'what is used now, against requests and limits',
  flags: {
    sort: {
      type: 'string',
      value: 'BY',
      help: `cpu, memory or name; of nodes also ${numberFigures.join(', ')}`,
      choices: orders,
    },
  },
  outputs: ['text', 'wide', 'json'],
  args: ['nodes', 'pods', 'workloads'],
  async run({ args, flags, settings, outside, signal, connect }) {
    const [word] = args
    const kind = word === undefined ? undefined : kinds[word]
    if (kind === undefined) throw unknownKind(word)
    const { sort = 'cpu' } = flags
    if (!isOrder(sort)) throw new UsageError(`--sort ${String(sort)}`, `it takes ${orders.join(', ')}`)
    if (hasNumber(sort) && kind !== 'nodes')
      throw new UsageError(`--sort ${sort} is of nodes`, `${kind} are sorted by cpu, memory or name`)
    const cluster = await connect()
    const namespace = settings.allNamespaces ? undefined : (settings.namespace ?? cluster.namespace)
    const { readTop } = await import('#live/top-once.ts')
    const { prometheusUrl, timeout } = settings
    const clock = outside.now
    const { sortTop } = await import('#model/top.ts')
    const all = kind === 'nodes' && settings.output !== 'text'
    const figures = all ? numberFigures : hasNumber(sort) ? [sort] : []
    const request = { cluster, kind, figures, namespace, prometheusUrl, timeout, clock, signal }
    const { rows, gaps } = await readTop(request)
    const { listOf } = await import('#commands/get-columns.ts')
    const one = kind === 'nodes' || namespace !== undefined
    const list = listOf(columnsOf(kind), sortTop(rows, sort), clock(), one)
    const past = flags.range === undefined ? [] : ['top is of now: --range changes nothing of it']
    // Of what is not there no figures are missing.
    const notes = rows.length > 0 ? notesOf(gaps) : [await nothingThere(cluster, kind, namespace, signal)]
    return { view: 'list', list: { ...list, notes: [...notes, ...past] } }
  },
}

/** What is missing for the same reason is named together. */
function notesOf(gaps: Top['gaps']): string[] {
  return [...Map.groupBy(gaps, ({ gap }) => gap.detail)].map(
    ([detail, alike]) => `no ${alike.map(({ of }) => of).join(', ')}: ${detail}`,
  )
}

function unknownKind(word: string | undefined): UsageError {
  if (word === undefined) return new UsageError('top needs a kind', 'for example: obsdeck top pods -A')
  const near = nearest(word, Object.keys(kinds))
  return new UsageError(`top knows no "${word}"`, near ? `did you mean ${near}?` : 'nodes, pods or workloads')
}

const unknown = '-'
const cores = (value: number | undefined) =>
  value === undefined ? unknown : `${Math.max(value > 0 ? 1 : 0, Math.round(value * 1000))}m`
const mebibytes = (value: number | undefined) =>
  value === undefined ? unknown : `${Math.round(value / 2 ** 20)}Mi`
const share = (used: number | undefined, of: number | undefined) =>
  used === undefined || of === undefined || of === 0 ? unknown : percent(used / of)

function columnsOf(kind: TopKind): readonly TextColumn<TopRow>[] {
  const right = (header: string, text: (row: TopRow) => string): TextColumn<TopRow> => ({
    header,
    align: 'right',
    text,
  })
  const most = kind === 'nodes' ? 'allocatable' : 'limit'
  return [
    { header: 'namespace', text: (row) => row.namespace ?? unknown },
    { header: 'name', text: (row) => row.name },
    ...(kind === 'workloads' ? [{ header: 'kind', text: (row: TopRow) => row.kind }] : []),
    right('cpu', ({ used }) => cores(used.cpu)),
    right('request', ({ requests }) => cores(requests.cpu)),
    right(most, ({ limits }) => cores(limits.cpu)),
    right('%', ({ used, limits }) => share(used.cpu, limits.cpu)),
    right('memory', ({ used }) => mebibytes(used.memory)),
    right('request', ({ requests }) => mebibytes(requests.memory)),
    right(most, ({ limits }) => mebibytes(limits.memory)),
    right('%', ({ used, limits }) => share(used.memory, limits.memory)),
    ...(kind === 'pods' ? [] : [right('pods', (row: TopRow) => String(row.pods))]),
    ...(kind === 'nodes' ? figureColumns : []),
  ]
}

const figure = (
  header: string,
  name: NumberFigure,
  format: (value: number) => string,
): TextColumn<TopRow> => ({
  ...{ header, wide: true, align: 'right' },
  text: ({ figures }) => {
    const value = figures?.[name]
    return value === undefined ? unknown : format(value)
  },
})

/** Under the headers of the nodes table. */
const figureColumns: readonly TextColumn<TopRow>[] = [
  figure('disk', 'disk', percent),
  // The unit in the cell too: a header in capitals does not tell bits from bytes.
  figure('net b/s', 'network', (bytes) => `${((bytes * 8) / 1e6).toFixed(1)}Mb/s`),
  figure('load', 'load', (value) => value.toFixed(2)),
  figure('stall', 'stall', percent),
  figure('temp', 'temperature', celsius),
]
