// The pods table: how soon it is there, what keys cost, what it sends, burns and holds while pods change.
import { type Program, startProgram, until } from '../terminal/pty.ts'
import { launcher } from '../terminal/served-homelab.ts'
import { type Api, startChanges } from './api.ts'
import type { Figure } from './figures.ts'
import { hasFrame, timeToScreen } from './start.ts'
import { cpuSeconds, median, peakMemory, percentile, sleep } from './tools.ts'

const down = '\u001b[B'
const up = '\u001b[A'
const selection = '\u001b[7m'
const titled = /pods · all namespaces \((\d+)\)/
const hasRows = (text: string) => titled.test(text)
export const hasAll = (pods: number) => (text: string) =>
  Number(titled.exec(text)?.[1] ?? 0) >= pods && !/more to come/.test(text)

interface Watched extends Program {
  /** Presses a key and resolves with the milliseconds until the selection was painted anew. */
  press(key: string): Promise<number>
}

function openTable(kubeconfig: string): Watched {
  let painted: (() => void) | undefined
  const program = startProgram(process.execPath, [launcher, 'pods'], {
    columns: 200,
    rows: 50,
    env: { KUBECONFIG: kubeconfig },
    onBytes: (text) => {
      if (text.includes(selection)) painted?.()
    },
  })
  return {
    ...program,
    press: (key) =>
      new Promise((resolve) => {
        const begun = performance.now()
        painted = () => {
          painted = undefined
          resolve(performance.now() - begun)
        }
        program.write(key)
      }),
  }
}

/** Keys at a hand's pace, `count` of them, never beyond the rows that are there. */
async function pressKeys(program: Watched, count: number, pause: number): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    times.push(await program.press(index % 40 < 20 ? down : up))
    await sleep(pause)
  }
  return times
}

export interface TableBench {
  readonly kubeconfig: string
  readonly api: Api
  readonly pods: number
  /** Seconds of changes without keys, and of nothing at all. */
  readonly changing: number
  readonly idle: number
  readonly memoryBudget: number
}

export async function loadFigures(
  { kubeconfig, api, pods }: TableBench,
  count: number,
  kubectl: number | undefined,
): Promise<Figure[]> {
  const seen: Record<string, number>[] = []
  for (let index = 0; index < count; index++) {
    seen.push(await timeToScreen(kubeconfig, ['pods'], { frame: hasFrame, rows: hasRows, all: hasAll(pods) }))
  }
  const raw: number[] = []
  for (let index = 0; index < count; index++) raw.push((await api.raw('/api/v1/pods?limit=500')).milliseconds)
  const of = (name: string) => median(seen.map((one) => one[name] ?? Number.NaN))
  const behind = median(seen.map((one) => (one['rows'] ?? Number.NaN) - (one['frame'] ?? Number.NaN)))
  const loaded = of('all')
  return [
    {
      name: `first rows after the first frame, ${pods} pods`,
      value: behind / median(raw),
      unit: '× a raw limit=500 request',
      budget: 1.2,
      note: `${behind.toFixed(0)} ms, raw ${median(raw).toFixed(0)} ms`,
    },
    kubectl === undefined
      ? {
          name: `all ${pods} pods loaded`,
          value: loaded,
          unit: 'ms',
          note: 'no kubectl here to compare with',
        }
      : {
          name: `all ${pods} pods loaded`,
          value: loaded / kubectl,
          unit: '× kubectl get pods -A',
          budget: 0.5,
          note: `${loaded.toFixed(0)} ms, kubectl ${kubectl.toFixed(0)} ms`,
        },
    ...keyFigures('key to repaint while loading', await keysWhileLoading(kubeconfig, pods), [12, 30, 65]),
  ]
}

async function keysWhileLoading(kubeconfig: string, pods: number): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const program = openTable(kubeconfig)
    await until(program, 'rows', () => hasRows(program.text()))
    while (!hasAll(pods)(program.text())) {
      times.push(await program.press(times.length % 10 < 5 ? down : up))
      await sleep(20)
    }
    program.write('\u0003')
    await program.exited
  }
  return times
}

function keyFigures(
  name: string,
  times: readonly number[],
  [p50, p95, worst]: readonly [number, number, number],
): Figure[] {
  const note = `${times.length} keys`
  return [
    { name: `${name}, p50`, value: percentile(times, 50), unit: 'ms', budget: p50, note },
    { name: `${name}, p95`, value: percentile(times, 95), unit: 'ms', budget: p95, note },
    { name: `${name}, worst`, value: Math.max(...times), unit: 'ms', budget: worst, note },
  ]
}

/** Loads, changes ten pods a second in view, presses 200 keys meanwhile, then is left alone. */
export async function liveFigures(bench: TableBench): Promise<Figure[]> {
  const { kubeconfig, api, pods, changing, idle } = bench
  const program = openTable(kubeconfig)
  await until(program, `all ${pods} pods`, () => hasAll(pods)(program.text()), 60_000)
  await sleep(3000)
  const inView = await podsInView(api)

  const changes = startChanges(api, inView, 10)
  await sleep(2000)
  const before = { bytes: program.byteCount(), cpu: cpuSeconds(program.pid) }
  await sleep(changing * 1000)
  const sent = (program.byteCount() - before.bytes) / changing
  const burnt = ((cpuSeconds(program.pid) - before.cpu) / changing) * 100
  const times = await pressKeys(program, 200, Math.max(50, (120 - changing) * 5))
  await changes.stop()
  await sleep(2000)

  const still = { bytes: program.byteCount(), cpu: cpuSeconds(program.pid) }
  await sleep(idle * 1000)
  const idleBytes = (program.byteCount() - still.bytes) / idle
  const idleCpu = ((cpuSeconds(program.pid) - still.cpu) / idle) * 100
  const memory = peakMemory(program.pid)
  program.write('\u0003')
  await program.exited
  const at = `${pods} pods`
  return [
    { name: `peak memory, ${at}`, value: memory, unit: 'MiB', budget: bench.memoryBudget },
    ...(pods >= 10_000 ? keyFigures(`key to repaint, ${at}, changing`, times, [6, 12, 30]) : []),
    ...(idle >= 60
      ? [
          {
            name: `sent while nothing changes, ${at}`,
            value: idleBytes,
            unit: 'B/s',
            budget: 20,
            note: `${idle} s`,
          },
        ]
      : []),
    {
      name: `sent at 10 changes a second, ${at}`,
      value: sent,
      unit: 'B/s',
      budget: 1200,
      note: `${changing} s`,
    },
    ...(idle >= 60
      ? [{ name: `processor while nothing changes, ${at}`, value: idleCpu, unit: '%', budget: 0.5 }]
      : []),
    { name: `processor at 10 changes a second, ${at}`, value: burnt, unit: '%', budget: 5 },
  ]
}

/** The first forty by name, as the table sorts them. */
async function podsInView(api: Api): Promise<{ namespace: string; name: string }[]> {
  const { body } = await api.raw('/api/v1/pods')
  const { items } = JSON.parse(body) as { items: { metadata: { namespace: string; name: string } }[] }
  return items
    .map(({ metadata }) => ({ namespace: metadata.namespace, name: metadata.name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, 40)
}
