// Measuring from outside: clocks, medians, and what the kernel says of processes (Linux's /proc).
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export const median = (values: readonly number[]): number => percentile(values, 50)

/** Nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN
}

/** MiB: the most that the process ever held. */
export function peakMemory(pid: number): number {
  const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? Number.NaN) / 1024
}

function statFields(pid: number | 'self'): number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
}

/** Seconds of processor time, user and system; the kernel counts in hundredths. */
export function cpuSeconds(pid: number | 'self'): number {
  const fields = statFields(pid)
  return ((fields[11] ?? 0) + (fields[12] ?? 0)) / 100
}

/** The same of all children of this process that have ended. */
function childSeconds(): number {
  const fields = statFields('self')
  return ((fields[13] ?? 0) + (fields[14] ?? 0)) / 100
}

/** Seconds that the machine's processors were busy, and how many there would have been. */
function machineSeconds(): { busy: number; all: number } {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? ''
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number)
  const busy = user + nice + system + irq + soft + steal
  return { busy: busy / 100, all: (busy + idle + wait) / 100 }
}

/** Starts to watch; the answer is the share of the machine, 0 to 1, that others took since. `ours` still run at both ends. */
export function watchOthers(...ours: readonly number[]): () => number {
  const own = () => cpuSeconds('self') + childSeconds() + ours.reduce((sum, pid) => sum + cpuSeconds(pid), 0)
  const before = { machine: machineSeconds(), own: own() }
  return () => {
    const machine = machineSeconds()
    const others = machine.busy - before.machine.busy - (own() - before.own)
    return Math.max(0, others / (machine.all - before.machine.all))
  }
}

/** More than this share of the machine in other hands, and a sample is thrown away. */
const quiet = 0.05

export interface Sampled<T> {
  readonly samples: readonly T[]
  /** What to say beside the figure: how many samples, and how quiet the machine was. */
  readonly note: string
}

/**
 * `count` samples from quiet moments; gives up after four times as many, and then takes the quietest and says so.
 * `ours` are processes that belong to the measurement.
 */
export async function sample<T>(
  count: number,
  ours: readonly number[],
  measure: () => Promise<T>,
): Promise<Sampled<T>> {
  const taken: { value: T; others: number }[] = []
  const kept = () => taken.filter(({ others }) => others <= quiet)
  while (kept().length < count && taken.length < 4 * count) {
    const others = watchOthers(...ours)
    const value = await measure()
    taken.push({ value, others: others() })
    await sleep(100)
  }
  const best = taken.sort((a, b) => a.others - b.others).slice(0, count)
  const noise = Math.max(...best.map(({ others }) => others))
  return {
    samples: best.map(({ value }) => value),
    note: `${best.length} of ${taken.length} samples${noise > quiet ? `, BUSY MACHINE: others took up to ${(noise * 100).toFixed(0)} %` : ''}`,
  }
}

export interface RunResult {
  readonly milliseconds: number
  /** MiB, the last that was seen before it ended. */
  readonly memory: number
}

/** Runs a command to its end, its output thrown away; throws where it fails. */
export async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<RunResult> {
  const begun = performance.now()
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  child.stdout.resume()
  let memory = 0
  const watch = setInterval(() => {
    try {
      memory = peakMemory(child.pid ?? 0) || memory
    } catch {
      // It ended between two looks.
    }
  }, 10)
  let ended = begun
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status) => {
      ended = performance.now()
      resolve(status)
    })
  })
  clearInterval(watch)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`)
  return { milliseconds: ended - begun, memory }
}

export { sleep }
