// The pods table: how soon it is there, what keys cost, what it sends, burns and holds while pods change.
import { type Program, startProgram, until } from '../terminal/pty.ts'
import { launcher } from '../terminal/served-homelab.ts'
import { type Api, type PodInView, startChanges } from './api.ts'
import type { Figure } from './figures.ts'
import { hasFrame, timeToScreen } from './start.ts'
import type { Target } from './target.ts'
import { cpuSeconds, median, peakMemory, percentile, sample, sleep, watchOthers } from './tools.ts'

const down = '\u001b[B'
const up = '\u001b[A'
const selection = '\u001b[7m'
const titled = /pods · all namespaces \((\d+)( so far)?\)/
const hasRows = (text: string) => titled.test(text)
const hasAll = (pods: number) => (text: string) => {
  const [, count, more] = titled.exec(text) ?? []
  return more === undefined && Number(count) >= pods
}

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
  readonly target: Target
  readonly api: Api
  readonly pods: number
  /** Seconds of changes without keys, and of nothing at all. */
  readonly changing: number
  readonly idle: number
  readonly memoryBudget: number
}

/** How long a list takes, beside kubectl's own where there is one: its milliseconds. */
export async function loadFigures(
  { target, api, pods }: TableBench,
  count: number,
  kubectl: number | undefined,
): Promise<Figure[]> {
  const { kubeconfig, pids } = target
  const { samples, note } = await sample(count, pids, async () => ({
    ...(await timeToScreen(kubeconfig, ['pods'], { frame: hasFrame, rows: hasRows, all: hasAll(pods) })),
    raw: (await api.raw('/api/v1/pods?limit=500')).milliseconds,
  }))
  const behind = median(samples.map(({ rows, frame }) => rows - frame))
  const raw = median(samples.map((one) => one.raw))
  const loaded = median(samples.map(({ all }) => all))
  const name = `all ${pods} pods loaded`
  return [
    {
      name: `first rows after the first frame, ${pods} pods`,
      value: behind / raw,
      unit: '× a raw limit=500 request',
      budget: 1.2,
      note: `${behind.toFixed(0)} ms, raw ${raw.toFixed(0)} ms; ${note}`,
    },
    kubectl === undefined
      ? { name, value: loaded, unit: 'ms', note: 'no kubectl here to compare with' }
      : {
          ...{ name, value: loaded / kubectl, unit: '× kubectl get pods -A', budget: 0.5 },
          note: `${loaded.toFixed(0)} ms, kubectl ${kubectl.toFixed(0)} ms; ${note}`,
        },
    ...(await keysWhileLoading(target, pods)),
  ]
}

async function keysWhileLoading({ kubeconfig, pids }: Target, pods: number): Promise<Figure[]> {
  const { samples, note } = await sample(5, pids, async () => {
    const times: number[] = []
    const program = openTable(kubeconfig)
    await until(program, 'rows', () => hasRows(program.text()))
    while (!hasAll(pods)(program.text())) {
      times.push(await program.press(times.length % 10 < 5 ? down : up))
      await sleep(20)
    }
    program.write('\u0003')
    await program.exited
    return times
  })
  return keyFigures('key to repaint while loading', samples.flat(), [12, 30, 65], note)
}

function keyFigures(
  name: string,
  times: readonly number[],
  [p50, p95, worst]: readonly [number, number, number],
  how: string,
): Figure[] {
  const note = `${times.length} keys; ${how}`
  return [
    { name: `${name}, p50`, value: percentile(times, 50), unit: 'ms', budget: p50, note },
    { name: `${name}, p95`, value: percentile(times, 95), unit: 'ms', budget: p95, note },
    { name: `${name}, worst`, value: Math.max(...times), unit: 'ms', budget: worst, note },
  ]
}

/** Loads, changes ten pods a second in view for two minutes, presses 200 keys in the second of them, then is left alone. */
export async function liveFigures(bench: TableBench): Promise<Figure[]> {
  const { target, api, pods, changing, idle } = bench
  const program = openTable(target.kubeconfig)
  await until(program, `all ${pods} pods`, () => hasAll(pods)(program.text()), 60_000)
  if (target.knowsUsage) await until(program, 'usage', () => /\d+Mi/.test(program.text()), 60_000)
  await sleep(3000)
  const changes = startChanges(api, await podsInView(api), 10)
  await sleep(2000)
  const whileChanging = await watch(program, target, changing)
  const others = watchOthers(...target.pids, program.pid)
  const times = await pressKeys(program, 200, Math.max(50, changing * 5))
  const quietly = `others took ${(others() * 100).toFixed(0)} % of the machine`
  await changes.stop()
  await sleep(2000)
  const whileIdle = await watch(program, target, idle)
  const memory = peakMemory(program.pid)
  program.write('\u0003')
  await program.exited
  const at = `${pods} pods`
  const sent = 'sent while nothing changes, '
  return [
    { name: `peak memory, ${at}`, value: memory, unit: 'MiB', budget: bench.memoryBudget },
    ...(pods >= 10_000 ? keyFigures(`key to repaint, ${at}, changing`, times, [6, 12, 30], quietly) : []),
    {
      ...{ name: `sent at 10 changes a second, ${at}`, value: whileChanging.bytes, unit: 'B/s' },
      ...{ budget: 1200, note: whileChanging.note },
    },
    {
      ...{ name: `processor at 10 changes a second, ${at}`, value: whileChanging.cpu, unit: '%' },
      ...{ budget: 5, note: whileChanging.note },
    },
    ...(idle < 60
      ? []
      : [
          // A minute's step of the ages is sent at once: over less than five minutes the mean says little.
          { name: sent + at, value: whileIdle.bytes, unit: 'B/s', note: whileIdle.note, ...atFive(idle) },
          {
            ...{ name: `processor while nothing changes, ${at}`, value: whileIdle.cpu, unit: '%' },
            ...{ budget: 0.5, note: whileIdle.note },
          },
        ]),
  ]
}

const atFive = (seconds: number) => (seconds >= 300 ? { budget: 20 } : {})

/** Bytes a second and percent of one processor over so many seconds. */
async function watch(program: Watched, target: Target, seconds: number) {
  const others = watchOthers(...target.pids, program.pid)
  const before = { bytes: program.byteCount(), cpu: cpuSeconds(program.pid), at: performance.now() }
  await sleep(seconds * 1000)
  const took = (performance.now() - before.at) / 1000
  return {
    bytes: (program.byteCount() - before.bytes) / took,
    cpu: ((cpuSeconds(program.pid) - before.cpu) / took) * 100,
    note: `${seconds} s; others took ${(others() * 100).toFixed(0)} % of the machine`,
  }
}

/** The first forty that run, as the table sorts them: what is broken or finished stands elsewhere. */
async function podsInView(api: Api): Promise<PodInView[]> {
  const { body } = await api.raw('/api/v1/pods?limit=500')
  const { items } = JSON.parse(body) as { items: PodInView[] }
  const key = ({ metadata }: PodInView) => `${metadata.namespace}/${metadata.name}`
  return items
    .filter(
      ({ status }) => status.phase === 'Running' && status.containerStatuses.every(({ ready }) => ready),
    )
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .slice(0, 40)
}
