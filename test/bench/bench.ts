// npm run bench: the figures of the design's budgets, measured on the cockpit's process alone against a homelab that
// already serves. Prints a table on stderr and one JSON object on stdout; exits with 1 where a budget is exceeded.
// `--quick` halves the waiting, for work in between; the README's figures come from a whole run.
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { serveHomelabProcess } from '../terminal/served-homelab.ts'
import { openApi } from './api.ts'
import { type Figure, figureTable, isWithin } from './figures.ts'
import { onceFigures } from './once.ts'
import { startFigures } from './start.ts'
import { liveFigures, loadFigures } from './table.ts'

const quick = process.argv.includes('--quick')
const only = process.argv.find((word) => word.startsWith('--only='))?.slice(7)
const wanted = (part: string) => only === undefined || only.split(',').includes(part)
const count = quick ? 3 : 7
const seconds = (whole: number) => (quick ? Math.ceil(whole / 5) : whole)
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0
// A clock that almost stands: nothing changes but what the bench changes.
const still = ['--speed', '0.000001']
const figures: Figure[] = []

function add(...more: readonly Figure[]): void {
  figures.push(...more)
  for (const figure of more)
    process.stderr.write(
      `${isWithin(figure) ? ' ' : '!'} ${figure.name}: ${figure.value.toFixed(2)} ${figure.unit}\n`,
    )
}

if (wanted('start')) {
  const homelab = await serveHomelabProcess()
  add(...(await startFigures(homelab, count)))
  await homelab.stop()
}
for (const [pods, memoryBudget, idle] of [
  [120, 120, 5],
  [1000, 120, 300],
  [10_000, 170, 120],
] as const) {
  if (!wanted(String(pods))) continue
  const homelab = await serveHomelabProcess('--pods', String(pods), ...still)
  const api = openApi(homelab.kubeconfig)
  const bench = { homelab, api, pods, changing: seconds(60), idle: seconds(idle), memoryBudget }
  if (pods === 10_000) {
    const once = await onceFigures(homelab, hasKubectl, quick ? 2 : 3)
    add(...once.figures)
    add(...(await loadFigures(bench, quick ? 2 : 5, once.kubectl)))
  }
  add(...(await liveFigures(bench)))
  api.close()
  await homelab.stop()
}

process.stderr.write(`\n${figureTable(figures)}\n`)
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.versions.node }
process.stdout.write(`${JSON.stringify({ machine, figures })}\n`)
process.exitCode = figures.every(isWithin) ? 0 : 1
