// obsdeck [SCREEN]: the cockpit on a terminal; elsewhere the overview, printed once.
import type { Command } from '#commands/command.ts'

export const cockpit: Command = {
  name: '',
  usage: 'obsdeck [SCREEN]',
  summary: 'the cockpit; SCREEN is overview, nodes, pods, workloads, events or any kind by its name',
  flags: {},
  outputs: ['text', 'json'],
  async run({ args, settings, outside, signal, connect }) {
    const cluster = await connect()
    if (outside.stdoutIsTerminal && settings.output === 'text')
      return { view: 'screen', screen: args[0] ?? 'overview', args: args.slice(1), cluster }
    const { readOverview } = await import('#live/overview-once.ts')
    return {
      view: 'overview',
      overview: await readOverview({ cluster, settings, clock: outside.now, signal }),
    }
  },
}
