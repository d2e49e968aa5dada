// obsdeck demo: the embedded homelab in a process of its own, and the cockpit on it. `--serve` is that process.
import { type Command, type CommandCall, type Outcome, type Settings, UsageError } from '#commands/command.ts'

/** More would take minutes to make, and more memory than a machine has to spare. */
const mostPods = 10_000

const flags = {
  serve: { type: 'boolean', help: 'keep the homelab running and print its kubeconfig line' },
  detach: { type: 'boolean', help: 'with --serve: in the background, until --stop' },
  stop: { type: 'boolean', help: 'end the homelab that runs in the background' },
  scenario: { type: 'string', value: 'NAME|FILE', help: 'what happens in it (see --list)' },
  seed: { type: 'number', value: 'N', help: 'another homelab of the same make' },
  pods: { type: 'number', value: 'N', help: 'scale it up to 10000 pods' },
  port: { type: 'number', value: 'N', help: 'always at this port, with the same kubeconfig' },
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
    if (call.flags.detach && !call.flags.serve)
      throw new UsageError('--detach goes with --serve', 'obsdeck demo --serve --detach')
    if (call.flags.detach)
      return { view: 'text', text: await process.startDetached(call.outside, passedOn(call), call.signal) }
    if (call.flags.serve) return serve(call)
    return open(call)
  },
}

/** The homelab itself: serves until the signal, or until whoever started it is gone. */
async function serve({ flags, outside, signal }: CommandCall): Promise<Outcome> {
  const { startHomelab } = await import('#homelab/start.ts')
  const { readScenario } = await import('#commands/demo-scenarios.ts')
  const { fixedPlace, temporaryPlace } = await import('#commands/demo-place.ts')
  const port = portOf(flags.port)
  const options = {
    seed: whole(flags.seed, 'seed') ?? 1,
    speed: positive(flags.speed, 'speed') ?? 1,
    pods: podCount(flags.pods),
    scenario: await readScenario(String(flags.scenario ?? 'calm'), outside.cwd),
  }
  const place = port === undefined ? temporaryPlace() : await fixedPlace(outside, port)
  const homelab = await startHomelab({ ...options, port, identity: place.identity }).catch(portTaken)
  outside.announce(`export KUBECONFIG=${await place.write(homelab.kubeconfig)}`)
  outside.notice(`homelab at ${homelab.url}; ctrl-c ends it`)
  await Promise.race([whenAborted(signal), outside.parentGone])
  await Promise.all([homelab.close(), place.remove()])
  return { view: 'nothing' }
}

function portTaken(error: NodeJS.ErrnoException): never {
  if (error.code === 'EADDRINUSE')
    throw new UsageError('another program listens on that port', 'choose another --port, or leave it out')
  if (error.code === 'EACCES')
    throw new UsageError('that port is not for everyone', 'choose a --port above 1023')
  throw error
}

function portOf(value: unknown): number | undefined {
  const port = whole(value, 'port')
  if (port === undefined || (port >= 1 && port <= 65_535)) return port
  throw new UsageError('--port takes a number from 1 to 65535', 'for example --port 16443')
}

/** The cockpit on a homelab that ends with it. */
async function open(call: CommandCall): Promise<Outcome> {
  const { startChild } = await import('#commands/demo-process.ts')
  const child = await startChild(call.outside, passedOn(call), call.signal)
  const { cockpit } = await import('#commands/cockpit.ts')
  const settings = onHomelab(call, child.kubeconfig)
  const outcome = await cockpit.run({ ...call, settings, connect: () => call.connectTo(settings) })
  return { ...outcome, after: child.stop }
}

/** A person's usual context, namespace and Prometheus are not those of the homelab; what was typed for this run is meant. */
export function onHomelab(
  { settings, flags }: Pick<CommandCall, 'settings' | 'flags'>,
  kubeconfig: string,
): Settings {
  const { context, namespace, prometheusUrl, ...shared } = settings
  return {
    ...shared,
    kubeconfig,
    ...(flags.context !== undefined && context !== undefined && { context }),
    ...(flags.namespace !== undefined && namespace !== undefined && { namespace }),
    ...(flags.prometheusUrl !== undefined && prometheusUrl !== undefined && { prometheusUrl }),
  }
}

/** The homelab's own flags, as they go to the process that serves it. */
function passedOn({ flags }: CommandCall): string[] {
  return ['scenario', 'seed', 'pods', 'speed', 'port'].flatMap((name) =>
    flags[name] === undefined ? [] : [`--${name}=${String(flags[name])}`],
  )
}

function whole(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  throw new UsageError(`--${name} takes a whole number`, `for example --${name} 1000`)
}

function podCount(value: unknown): number | undefined {
  const count = whole(value, 'pods')
  if (count === undefined || count <= mostPods) return count
  throw new UsageError(`--pods takes at most ${mostPods}`, 'for example --pods 1000')
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
