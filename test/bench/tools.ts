// Measuring from outside: clocks, medians, and what the kernel says of a process (Linux's /proc).
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

/** Seconds of processor time, user and system; the kernel counts in hundredths. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
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
      memory = peakMemory(child.pid ?? 0)
    } catch {
      // It ended between two looks.
    }
  }, 10)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  clearInterval(watch)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`)
  return { milliseconds: performance.now() - begun, memory }
}

export async function runs(count: number, one: () => Promise<RunResult>): Promise<RunResult> {
  const results: RunResult[] = []
  for (let index = 0; index < count; index++) {
    results.push(await one())
    await sleep(100)
  }
  return {
    milliseconds: median(results.map((one) => one.milliseconds)),
    memory: median(results.map((one) => one.memory)),
  }
}

export { sleep }
