// How soon: first frame, first live data, and the commands that never draw. Each as a ratio to the bare Node of the
// same moment.
import { startProgram, until } from '../terminal/pty.ts'
import { launcher } from '../terminal/served-homelab.ts'
import type { Figure } from './figures.ts'
import type { Target } from './target.ts'
import { median, run, sample } from './tools.ts'

const node = process.execPath

/** From the start of the process to the moment when the screen passes each test, milliseconds. */
export async function timeToScreen<K extends string>(
  kubeconfig: string,
  args: readonly string[],
  tests: Readonly<Record<K, (text: string) => boolean>>,
): Promise<Readonly<Record<K, number>>> {
  const begun = performance.now()
  const names = Object.keys(tests) as K[]
  const seen = Object.fromEntries(names.map((name) => [name, Number.NaN])) as Record<K, number>
  const look = () => {
    const text = program.text()
    for (const name of names)
      if (Number.isNaN(seen[name]) && tests[name](text)) seen[name] = performance.now() - begun
  }
  const program = startProgram(node, [launcher, ...args], {
    columns: 200,
    rows: 50,
    env: { KUBECONFIG: kubeconfig },
    // Looked at as soon as the terminal has taken it in, so that no wait of ours is measured.
    onBytes: () => void setImmediate(() => void program.drawn().then(look)),
  })
  const all = () => names.every((name) => !Number.isNaN(seen[name]))
  await until(program, names.join(' and '), all, 60_000)
  program.write('\u0003')
  await program.exited
  return seen
}

export const hasFrame = (text: string) => text.includes('obsdeck')
/** The cluster's own figures are there. */
const isLive = (text: string) => /nodes \d+\/\d+/.test(text)
/** Prometheus has answered too, about all that the Overview asks. */
const isWhole = (text: string) => isLive(text) && /\d Mb\/s|\dGi of/.test(text)

export async function startFigures(target: Target, count: number): Promise<Figure[]> {
  const { kubeconfig, pids, knowsUsage } = target
  const env = { KUBECONFIG: kubeconfig }
  const screens = { frame: hasFrame, live: isLive, whole: knowsUsage ? isWhole : isLive }
  const own = (args: readonly string[]) => run(node, [launcher, ...args], env)
  const commands = { version: ['version'], help: ['--help'], get: ['get', 'nodes', '-o', 'json'] }
  // The first runs fill the compile cache, as a person's first run does.
  await timeToScreen(kubeconfig, [], screens)
  for (const args of Object.values(commands)) await own(args)
  const { samples, note } = await sample(count, pids, async () => {
    const bare: number[] = []
    for (let index = 0; index < 5; index++) bare.push((await run(node, ['-e', '0'])).milliseconds)
    const base = median(bare)
    const seen = await timeToScreen(kubeconfig, [], screens)
    return {
      base,
      frame: seen.frame / base,
      live: seen.live / base,
      whole: seen.whole / base,
      version: (await own(commands.version)).milliseconds / base,
      help: (await own(commands.help)).milliseconds / base,
      get: (await own(commands.get)).milliseconds / base,
    }
  })
  const of = (name: keyof (typeof samples)[number]) => median(samples.map((one) => one[name]))
  const beside = `node -e 0: ${of('base').toFixed(0)} ms; ${note}`
  const figure = (name: string, value: number, budget: number): Figure => ({
    ...{ name, value, unit: '×', budget },
    note: beside,
  })
  return [
    figure('first frame', of('frame'), 7),
    figure('first frame with live data', of('live'), 11),
    ...(knowsUsage
      ? [
          {
            ...{ name: 'Overview whole, Prometheus too', value: of('whole'), unit: '×' },
            note: "most of it the homelab's own work",
          },
        ]
      : []),
    figure('obsdeck version', of('version'), 3),
    figure('obsdeck --help', of('help'), 3),
    figure('obsdeck get nodes -o json', of('get'), 6),
  ]
}
