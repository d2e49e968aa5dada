// obsdeck demo: the embedded homelab in a process of its own, and the cockpit on it. `--serve` is that process.
import { type Command, type CommandCall, type Outcome, UsageError } from '#commands/command.ts'

const flags = {
  serve: { type: 'boolean', help: 'keep the homelab running and print its kubeconfig line' },
  detach: { type: 'boolean', help: 'with --serve: in the background, until --stop' },
  stop: { type: 'boolean', help: 'end the homelab that runs in the background' },
  scenario: { type: 'string', value: 'NAME|FILE', help: 'what happens in it (see --list)' },
  seed: { type: 'number', value: 'N', help: 'another homelab of the same make' },
  pods: { type: 'number', value: 'N', help: 'scale it up to 10000 pods' },
  speed: { type: 'number', value: 'X', help: 'play its time X times as fast' },
  list: { type: 'boolean', help: 'list the scenarios' },
} as const

export const demo: Command = {
  name: 'demo',
  usage: 'obsdeck demo [SCREEN]',
  summary: 'a simulated homelab on this machine, and the cockpit on it',
  flags,
  outputs: ['text', 'json'],
  async run(call) {
    const scenarios = await import('#commands/demo-scenarios.ts')
    if (call.flags.list) {
      const known = await scenarios.listScenarios()
      return {
        view: 'text',
        text: known.map(({ name, title }) => `${name.padEnd(18)}${title}`).join('\n'),
        json: { items: known },
      }
    }
    const process = await import('#commands/demo-process.ts')
    if (call.flags.stop) return { view: 'text', text: await process.stopDetached(call.outside) }
    if (call.flags.serve && call.flags.detach)
      return { view: 'text', text: await process.startDetached(call.outside, passedOn(call), call.signal) }
    if (call.flags.serve) return serve(call)
    return open(call)
  },
}

/** The homelab itself: serves until the signal, or until whoever started it is gone. */
async function serve({ flags, outside, signal }: CommandCall): Promise<Outcome> {
  const { startHomelab } = await import('#homelab/start.ts')
  const { readScenario } = await import('#commands/demo-scenarios.ts')
  const homelab = await startHomelab({
    seed: whole(flags.seed, 'seed') ?? 1,
    speed: positive(flags.speed, 'speed') ?? 1,
    pods: whole(flags.pods, 'pods'),
    scenario: await readScenario(String(flags.scenario ?? 'calm'), outside.cwd),
  })
  const { writeKubeconfig } = await import('#commands/demo-process.ts')
  const written = await writeKubeconfig(homelab.kubeconfig)
  outside.announce(`export KUBECONFIG=${written.path}`)
  outside.notice(`homelab at ${homelab.url}; ctrl-c ends it`)
  await Promise.race([whenAborted(signal), outside.parentGone])
  await Promise.all([homelab.close(), written.remove()])
  return { view: 'nothing' }
}

/** The cockpit on a homelab that ends with it. */
async function open(call: CommandCall): Promise<Outcome> {
  const { startChild } = await import('#commands/demo-process.ts')
  const child = await startChild(call.outside, passedOn(call), call.signal)
  const { cockpit } = await import('#commands/cockpit.ts')
  const outcome = await cockpit.run({ ...call, connect: () => call.connectTo(child.kubeconfig) })
  return { ...outcome, after: child.stop }
}

/** The homelab's own flags, as they go to the process that serves it. */
function passedOn({ flags }: CommandCall): string[] {
  return ['scenario', 'seed', 'pods', 'speed'].flatMap((name) =>
    flags[name] === undefined ? [] : [`--${name}`, String(flags[name])],
  )
}

function whole(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  throw new UsageError(`--${name} takes a whole number`, `for example --${name} 1000`)
}

function positive(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && value > 0) return value
  throw new UsageError(`--${name} takes a number above 0`, `for example --${name} 10`)
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
