// npm run bench: the figures of the design's budgets, measured on the cockpit's process alone against a homelab that
// already serves, or with `--cluster` against a real control plane. Prints a table on stderr and one JSON object on
// stdout; exits with 1 where a budget is exceeded. `--quick` halves the waiting, for work in between; `--keep` writes
// the figures of a whole run where `npm run docs` takes them from for the README.
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { openApi } from './api.ts'
import { clusterOf } from './cluster.ts'
import { type Figure, figureTable, isWithin } from './figures.ts'
import { keep } from './measured.ts'
import { onceFigures } from './once.ts'
import { startFigures } from './start.ts'
import { liveFigures, loadFigures } from './table.ts'
import { homelab, homelabOf } from './target.ts'

const asked = (flag: string) => process.argv.includes(flag)
const quick = asked('--quick')
const onCluster = asked('--cluster')
const only = process.argv.find((word) => word.startsWith('--only='))?.slice(7)
const wanted = (part: string) => only === undefined || only.split(',').includes(part)
/** Of starts: enough that a median of another run is much the same. */
const count = quick ? 3 : 21
const seconds = (whole: number) => (quick ? Math.ceil(whole / 5) : whole)
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0
const figures: Figure[] = []

if (asked('--keep') && (quick || only !== undefined)) {
  process.stderr.write('--keep is for the figures of a whole run: without --quick and --only\n')
  process.exit(2)
}

function add(...more: readonly Figure[]): void {
  figures.push(...more)
  for (const figure of more)
    process.stderr.write(
      `${isWithin(figure) ? ' ' : '!'} ${figure.name}: ${figure.value.toFixed(2)} ${figure.unit}\n`,
    )
}

if (wanted('start')) {
  const target = await (onCluster ? clusterOf(0) : homelab())
  add(...(await startFigures(target, count)))
  await target.stop()
}
for (const [pods, memoryBudget, idle] of [
  [120, 120, 5],
  [1000, 120, 300],
  [10_000, 170, 120],
] as const) {
  if (!wanted(String(pods))) continue
  const target = await (onCluster ? clusterOf(pods) : homelabOf(pods))
  const api = openApi(target.kubeconfig)
  const bench = { target, api, pods, changing: seconds(60), idle: seconds(idle), memoryBudget }
  if (pods === 10_000) {
    const once = await onceFigures(target, hasKubectl, quick ? 2 : 3)
    add(...once.figures)
    add(...(await loadFigures(bench, quick ? 2 : 5, once.kubectl)))
  }
  add(...(await liveFigures(bench)))
  api.close()
  await target.stop()
}

process.stderr.write(`\n${figureTable(figures)}\n`)
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.versions.node }
const run = { machine, figures }
process.stdout.write(`${JSON.stringify(run)}\n`)
if (asked('--keep')) keep(onCluster ? 'cluster' : 'homelab', run)
process.exitCode = figures.every(isWithin) ? 0 : 1
