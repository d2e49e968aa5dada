// How soon: first frame, first live data, and the commands that never draw.
import { startProgram, until } from '../terminal/pty.ts'
import { launcher } from '../terminal/served-homelab.ts'
import type { Figure } from './figures.ts'
import { median, run, runs, sleep } from './tools.ts'

const node = process.execPath

/** From the start of the process to the moment when the screen passes the test, milliseconds. */
export async function timeToScreen(
  kubeconfig: string,
  args: readonly string[],
  tests: Readonly<Record<string, (text: string) => boolean>>,
): Promise<Record<string, number>> {
  const begun = performance.now()
  const seen: Record<string, number> = {}
  const program = startProgram(node, [launcher, ...args], {
    columns: 200,
    rows: 50,
    env: { KUBECONFIG: kubeconfig },
  })
  await until(
    program,
    Object.keys(tests).join(' and '),
    () => {
      const text = program.text()
      for (const [name, test] of Object.entries(tests)) {
        if (seen[name] === undefined && test(text)) seen[name] = performance.now() - begun
      }
      return Object.keys(tests).every((name) => seen[name] !== undefined)
    },
    60_000,
  )
  program.write('\u0003')
  await program.exited
  return seen
}

export async function baseline(count: number): Promise<number> {
  return (await runs(count, () => run(node, ['-e', '0']))).milliseconds
}

export const hasFrame = (text: string) => text.includes('obsdeck')

export async function startFigures(kubeconfig: string, count: number): Promise<Figure[]> {
  const env = { KUBECONFIG: kubeconfig }
  // The first run fills the compile cache, as a person's first run does.
  await timeToScreen(kubeconfig, [], { frame: hasFrame })
  for (const args of [['version'], ['--help'], ['get', 'nodes', '-o', 'json']])
    await run(node, [launcher, ...args], env)
  const base = await baseline(count)
  const frames: number[] = []
  const live: number[] = []
  for (let index = 0; index < count; index++) {
    const seen = await timeToScreen(kubeconfig, [], {
      frame: hasFrame,
      live: (text) => /nodes \d+\/\d+/.test(text) && /\d Mb\/s|\dGi of/.test(text),
    })
    frames.push(seen['frame'] ?? Number.NaN)
    live.push(seen['live'] ?? Number.NaN)
    await sleep(100)
  }
  const ratio = async (args: readonly string[]) =>
    (await runs(count, () => run(node, [launcher, ...args], env))).milliseconds / base
  const note = `node -e 0: ${base.toFixed(0)} ms`
  return [
    { name: 'first frame', value: median(frames) / base, unit: '×', budget: 7, note },
    { name: 'first frame with live data', value: median(live) / base, unit: '×', budget: 11, note },
    { name: 'obsdeck version', value: await ratio(['version']), unit: '×', budget: 3, note },
    { name: 'obsdeck --help', value: await ratio(['--help']), unit: '×', budget: 3, note },
    {
      name: 'obsdeck get nodes -o json',
      value: await ratio(['get', 'nodes', '-o', 'json']),
      unit: '×',
      budget: 6,
      note,
    },
  ]
}
