// obsdeck dashboard [NAME|FILE]: a Grafana dashboard drawn from its own JSON; without a name, which there are.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Cluster } from '#cluster/cluster.ts'
import { type Command, type CommandCall, type Outcome, UsageError } from '#commands/command.ts'
import type { Dashboard, VariableState } from '#model/dashboard/dashboard.ts'
import type { LaidPanel } from '#model/dashboard/layout.ts'

export const dashboard: Command = {
  name: 'dashboard',
  usage: 'obsdeck dashboard [NAME|FILE]',
  summary: 'a Grafana dashboard drawn in the terminal; NAME is its name, title, uid or number',
  flags: {
    var: { type: 'string', value: 'NAME=VALUE,…', help: 'what to choose for variables: a=x,y;b=z' },
    whole: { type: 'boolean', help: 'collapsed rows too' },
  },
  outputs: ['text', 'json', 'svg'],
  async run(call) {
    const word = call.args.join(' ')
    const wanted = wantedOf(call.flags.var)
    const cluster = await call.connect()
    if (word === '') return listed(call, cluster)
    const read = isFile(word) ? await ofFile(call, word) : await ofCluster(call, cluster, word)
    const { readDashboard } = await import('#live/dashboard-once.ts')
    const { systemTiming } = await import('#live/timing.ts')
    const { settings, outside, signal } = call
    const { range, timeout, prometheusUrl } = settings
    // What a dashboard says of its own range holds where nothing else was asked for.
    const board = await read(signal)
    await refuseUnknown(board, Object.keys(wanted))
    const own = call.flags.range === undefined && board.span !== undefined ? { span: board.span } : range
    const width = Math.max(80, outside.columns)
    const shown = await readDashboard({
      ...{ cluster, prometheusUrl, timing: systemTiming(outside.now), timeout, signal, wanted },
      read: async () => board,
      range: own,
      columns: (panel: LaidPanel) => Math.max(28, Math.floor((panel.grid.width / 24) * width) - 10),
      whole: call.flags.whole === true,
    })
    refuseUnchosen(shown.variables.state, wanted)
    return { view: 'dashboard', shown, range: own }
  },
}

/** A title may have a stroke in it, and a namespace stands before one. */
const isFile = (word: string) => word === '-' || word.endsWith('.json') || /^\.{0,2}\//.test(word)

/** `a=x,y;b=z`. */
function wantedOf(flag: unknown): Readonly<Record<string, readonly string[]>> {
  if (typeof flag !== 'string') return {}
  const pairs = flag.split(';').map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1)
      throw new UsageError(
        `--var ${pair}: it needs a name and a value`,
        "for example: --var 'namespace=shop,db'",
      )
    return [pair.slice(0, at).trim(), pair.slice(at + 1).split(',')] as const
  })
  return Object.fromEntries(pairs)
}

/** Grafana passes over what a variable has not to choose from; whoever types it wants to know. */
function refuseUnchosen(
  { chosen, options }: VariableState,
  wanted: Readonly<Record<string, readonly string[]>>,
): void {
  for (const [name, values] of Object.entries(wanted)) {
    const unknown = values.find((value) => !chosen[name]?.includes(value))
    if (unknown === undefined) continue
    const known = (options[name] ?? []).map(({ value }) => value).slice(0, 20)
    throw new UsageError(
      `--var ${name}=${unknown}: there is no such value`,
      known.length === 0 ? 'nothing is there to choose from' : `it may be ${known.join(', ')}`,
    )
  }
}

/** A name that nothing has is a slip. */
async function refuseUnknown({ title, variables }: Dashboard, wanted: readonly string[]): Promise<void> {
  const names = variables.map(({ name }) => name)
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown === undefined) return
  const { nearest } = await import('#model/nearest.ts')
  const near = nearest(unknown, names)
  throw new UsageError(
    `--var ${unknown}: "${title}" has no such variable`,
    near === undefined ? `it has ${names.join(', ') || 'none'}` : `did you mean ${near}?`,
  )
}

type Read = (signal: AbortSignal) => Promise<Dashboard>

async function ofFile({ outside }: CommandCall, word: string): Promise<Read> {
  const path = word === '-' ? '/dev/stdin' : resolve(outside.cwd, word)
  let content: string
  try {
    content = await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${word} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const { decodeDashboard } = await import('#sources/grafana/dashboard.ts')
  return async () => decodeDashboard(content)
}

async function ofCluster({ signal }: CommandCall, cluster: Cluster, word: string): Promise<Read> {
  const { listDashboards } = await import('#sources/grafana/resources.ts')
  const { findDashboard } = await import('#model/dashboard/find-dashboard.ts')
  const { loadDashboard } = await import('#sources/grafana/load.ts')
  const { entries, gaps } = await listDashboards(cluster, signal)
  const found = findDashboard(entries, word)
  if (found.kind === 'one') return (until) => loadDashboard(cluster, found.entry, until)
  if (found.kind === 'several')
    throw new UsageError(
      `"${word}" may be ${found.entries.length} dashboards`,
      `name one of them: ${found.entries.map(({ namespace, name }) => `${namespace}/${name}`).join(', ')}`,
    )
  const [gap] = gaps
  const near = found.suggestion === undefined ? '' : `did you mean ${found.suggestion}? `
  throw new UsageError(
    gap === undefined
      ? `there is no dashboard "${word}"`
      : `no dashboard "${word}" among those that could be read: ${gap.detail}`,
    `${near}obsdeck dashboard lists them; a file's name ends in .json`,
  )
}

async function listed({ signal, settings }: CommandCall, cluster: Cluster): Promise<Outcome> {
  const { listDashboards } = await import('#sources/grafana/resources.ts')
  const { entries, gaps, notes } = await listDashboards(cluster, signal)
  const shown = entries.filter(
    ({ namespace }) => settings.namespace === undefined || namespace === settings.namespace,
  )
  const none = shown.length > 0 ? [] : ['the cluster keeps no dashboards']
  return {
    view: 'list',
    list: {
      columns: [
        { header: 'namespace' },
        { header: 'name' },
        { header: 'title' },
        { header: 'number', align: 'right' },
      ],
      cells: shown.map(({ namespace, name, title, gnetId }) => [
        namespace,
        name,
        title ?? '',
        gnetId?.toString() ?? '',
      ]),
      items: shown.map((entry) => ({
        ...entry,
        uid: `${entry.namespace}/${entry.name}`,
        createdAt: 0,
        labels: {},
      })),
      notes: [...gaps.map(({ detail }) => detail), ...notes, ...none],
    },
  }
}
