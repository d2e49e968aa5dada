// obsdeck [SCREEN]: the cockpit on a terminal; elsewhere the overview, or what the screen lists, printed once.
import type { Cluster } from '#cluster/cluster.ts'
import { type Command, type CommandCall, type Outcome, UsageError } from '#commands/command.ts'
import { missingNamespace } from '#commands/nothing-there.ts'
import { nearest } from '#model/nearest.ts'
import type { Overview } from '#model/overview.ts'
import { gapOf } from '#model/reading.ts'
import { screenNamed, screenNames } from '#model/screen-names.ts'

export const cockpit: Command = {
  name: '',
  usage: 'obsdeck [SCREEN]',
  summary:
    'the cockpit; SCREEN is overview, nodes, pods, workloads, events, changes, metrics, dashboards or any kind by its name',
  flags: {},
  outputs: ['text', 'json', 'wide'],
  args: Object.keys(screenNames),
  async run(call) {
    const { args, settings, outside } = call
    const [word = 'overview', ...rest] = args
    const screen = screenNamed(word)
    const onTerminal = outside.stdoutIsTerminal && settings.output === 'text'
    if (screen !== undefined && onTerminal)
      return { view: 'screen', screen, args: rest, cluster: await call.connect(), settings }
    if (screen === 'overview') return overviewOnce(call)
    if (screen === 'changes')
      throw new UsageError(
        'changes are shown on a terminal',
        'obsdeck -o json has what Flux changed, obsdeck events -o json the rollouts',
      )
    if (screen === 'dashboards')
      return (await import('#commands/dashboard.ts')).dashboard.run({ ...call, args: rest })
    if (screen === 'metrics' && rest.length === 0)
      throw new UsageError('the explorer is shown on a terminal', "obsdeck query 'sum(up)' asks one question")
    if (screen === 'metrics') return (await import('#commands/query.ts')).query.run(queriesOf(call, rest))
    if (screen === undefined) {
      const { cluster, plural, group } = await kindNamed(call, word)
      if (onTerminal) return { view: 'screen', screen: 'kind', args: [plural, group], cluster, settings }
    }
    const { get } = await import('#commands/get.ts')
    const allNamespaces = settings.allNamespaces || (settings.namespace === undefined && rest.length === 0)
    return get.run({ ...call, args: [screen ?? word, ...rest], settings: { ...settings, allNamespaces } })
  },
}

/** Where no screen can be: each argument is a query, as there. */
const queriesOf = (call: CommandCall, exprs: readonly string[]): CommandCall => ({
  ...call,
  args: exprs.slice(0, 1),
  flags: { ...call.flags, expr: exprs.slice(1) },
})

async function overviewOnce({ settings, outside, signal, connect }: CommandCall): Promise<Outcome> {
  const cluster = await connect()
  const { readOverview } = await import('#live/overview-once.ts')
  const overview = await readOverview({ cluster, settings, clock: outside.now, signal })
  if (settings.namespace !== undefined && overview.pods.data?.total === 0) {
    const missing = await missingNamespace(cluster, settings.namespace, signal)
    if (missing !== undefined) throw new UsageError(missing)
  }
  const failing = overview.wrong.some(({ severity }) => severity === 'critical')
  if (!failing && sawNothing(overview)) {
    outside.notice(
      'obsdeck: neither nodes nor pods nor workloads could be read: whether all is well is not known',
    )
    return { view: 'overview', overview, exit: 2 }
  }
  return { view: 'overview', overview, exit: failing ? 1 : 0 }
}

/** That nothing was found means nothing where none of what could be broken was seen. */
const sawNothing = ({ nodes, pods, blind }: Overview) =>
  nodes.data === undefined && pods.data === undefined && blind.some(({ what }) => what === 'workloads')

/** A word that is neither command nor screen may be a kind, which only the server knows. */
async function kindNamed(
  call: CommandCall,
  word: string,
): Promise<{ cluster: Cluster; plural: string; group: string }> {
  const { commands } = await import('#commands/registry.ts')
  const meant = nearest(word, [...commands.map((command) => command.name), ...Object.keys(screenNames)])
  try {
    const cluster = await call.connect()
    const { resolveResource } = await import('#sources/kubernetes/resolve.ts')
    const { plural, group } = resolveResource((await cluster.discover(call.signal)).resources, word)
    return { cluster, plural, group }
  } catch (error) {
    const { reason, fix } = gapOf(error)
    // Where a command was mistyped, that the cluster cannot be asked for a kind is not what went wrong.
    if (reason !== 'not-found' && meant === undefined) throw error
    throw new UsageError(
      `there is no command, screen or kind "${word}"`,
      meant ? `did you mean ${meant}?` : `${fix ? `${fix}; ` : ''}obsdeck --help lists commands and screens`,
    )
  }
}
