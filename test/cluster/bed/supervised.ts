// The owner's hold on a bed's supervisor: starts and ends processes by name, knows how they ended, reads their logs.
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type Order =
  | {
      readonly order: 'start'
      readonly name: string
      readonly command: string
      readonly args: readonly string[]
      readonly env: Readonly<Record<string, string>>
    }
  | { readonly order: 'signal'; readonly name: string; readonly signal: NodeJS.Signals }

export type Report =
  | { readonly news: 'ready'; readonly folder: string; readonly first: number }
  | { readonly news: 'started'; readonly name: string; readonly pid: number }
  | { readonly news: 'ended'; readonly name: string; readonly how: string }

export interface Supervised {
  readonly folder: string
  /** The first of the bed's ports. */
  readonly firstPort: number
  /** The supervisor's own. */
  readonly pid: number
  start(name: string, command: string, args: readonly string[], env?: Readonly<Record<string, string>>): void
  /** Resolves when it is gone; asked by SIGTERM it is killed after the deadline. Nothing to do where it is not running. */
  stop(name: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Running, by name. */
  pids(): ReadonlyMap<string, number>
  /** How it ended, where it did so without being asked. */
  endedHow(name: string): string | undefined
  logTail(name: string): Promise<string>
  /** Ends everything and removes the folder. */
  close(): Promise<void>
}

/** Milliseconds that a process has to end by itself. */
const patience = 10_000

export async function supervise(): Promise<Supervised> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'supervisor.ts')], {
    // A session of its own: Ctrl-C reaches the owner alone, and the closing pipe does the rest.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  child.stdin.on('error', () => undefined)
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const pids = new Map<string, number>()
  const ends = new Map<string, string>()
  const waiting = new Map<string, () => void>()
  const send = (order: Order) => child.stdin.write(`${JSON.stringify(order)}\n`)

  const { folder, first } = await new Promise<Extract<Report, { news: 'ready' }>>((resolve, reject) => {
    void gone.then(() => reject(new Error(`the bed's supervisor ended: ${complaints}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const news = JSON.parse(line) as Report
      if (news.news === 'ready') resolve(news)
      else if (news.news === 'started') pids.set(news.name, news.pid)
      else {
        pids.delete(news.name)
        ends.set(news.name, news.how)
        waiting.get(news.name)?.()
        waiting.delete(news.name)
      }
    })
  })

  return {
    folder,
    firstPort: first,
    pid: child.pid ?? 0,
    start(name, command, args, env = {}) {
      ends.delete(name)
      // Until its number is known it counts as running, so that it can be stopped at once.
      pids.set(name, 0)
      send({ order: 'start', name, command, args, env })
    },
    async stop(name, signal) {
      if (!pids.has(name)) return
      const ended = new Promise<void>((resolve) => waiting.set(name, resolve))
      send({ order: 'signal', name, signal })
      const late = setTimeout(() => send({ order: 'signal', name, signal: 'SIGKILL' }), patience)
      await Promise.race([ended, gone])
      clearTimeout(late)
      ends.delete(name)
    },
    pids: () => pids,
    endedHow: (name) => ends.get(name),
    async logTail(name) {
      const text = await readFile(join(folder, 'logs', `${name}.log`), 'utf8').catch(() => '')
      return text.trimEnd().split('\n').slice(-25).join('\n')
    },
    async close() {
      child.stdin.end()
      await gone
    },
  }
}
