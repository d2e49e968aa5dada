// The process that owns a bed's children, its ports and its folder. It takes orders as JSON lines on stdin and ends
// everything when stdin closes, which the kernel sees to however the owner ends. Never imported: it is run.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { claimPorts } from './ports.ts'
import type { Order, Report } from './supervised.ts'

const { first, release } = await claimPorts()
const folder = await mkdtemp(join(tmpdir(), 'obsdeck-bed-'))
await mkdir(join(folder, 'logs'))
const children = new Map<string, ChildProcess>()
let ending = false

const report = (news: Report) => process.stdout.write(`${JSON.stringify(news)}\n`)

/** A child leads a process group of its own, so that what it starts goes with it. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name)
  } catch {
    // It is gone already.
  }
}

function start({ name, command, args, env }: Extract<Order, { order: 'start' }>): void {
  if (ending) return
  const log = openSync(join(folder, 'logs', `${name}.log`), 'a')
  const child = spawn(command, args, {
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
  })
  closeSync(log)
  children.set(name, child)
  child.once('error', (error) => {
    children.delete(name)
    report({ news: 'ended', name, how: error.message })
  })
  child.once('exit', (code, by) => {
    children.delete(name)
    // What it left in its group, such as a command that kwok runs for it, ends with it.
    signal(child, 'SIGKILL')
    report({ news: 'ended', name, how: by ?? `exit code ${code}` })
  })
  if (child.pid !== undefined) report({ news: 'started', name, pid: child.pid })
}

/** Nothing of a bed is worth saving: everything is killed, the last started first. */
async function end(): Promise<void> {
  if (ending) return
  ending = true
  const gone = [...children.values()].reverse().map((child) => {
    const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    signal(child, 'SIGKILL')
    return exit
  })
  await Promise.all(gone)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  release()
  process.exit()
}

// The owner's end of the pipe may be gone when an end is reported.
process.stdout.on('error', () => undefined)
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void end())

report({ news: 'ready', folder, first })
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order
  if (order.order === 'start') start(order)
  else {
    const child = children.get(order.name)
    if (child) signal(child, order.signal)
  }
}
await end()
