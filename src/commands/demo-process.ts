// The homelab's process: started as a child that ends with us, or detached until it is stopped.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Outside, UsageError } from '#commands/command.ts'

/** A homelab that ends when we do: it watches the other end of its stdin, so it goes even if we are killed. */
export async function startChild(
  outside: Outside,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<{ kubeconfig: string; stop: () => Promise<void> }> {
  const child = spawn(outside.self[0], [outside.self[1], 'demo', '--serve', ...flags], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // The terminal's own signals are for the cockpit, which then ends the homelab: a second one would cut that short.
    detached: true,
    env: { ...outside.env, OBSDECK_ENDS_WITH_STDIN: '1' },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  try {
    return { kubeconfig: await announced(child, signal), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The path in the line `export KUBECONFIG=PATH`, once the child serves. */
function announced(child: ChildProcess, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    let err = ''
    const abort = () => reject(new UsageError('interrupted while the homelab started'))
    signal.addEventListener('abort', abort, { once: true })
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const path = /^export KUBECONFIG=(.+)$/m.exec(out)?.[1]
      if (path) resolve(path)
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      err = (err + chunk.toString()).slice(-4000)
    })
    child.once('error', (error) => reject(new UsageError(`the homelab did not start: ${error.message}`)))
    child.once('exit', (code) => reject(endedError(code, err.trim())))
  })
}

/** What the child said it could not run for is the person's to mend, in the child's own words. */
function endedError(code: number | null, said: string): UsageError {
  const [, message, fix] = /^obsdeck: (.+)(?:\n {2}(.+))?$/.exec(said) ?? []
  if (code === 2 && message !== undefined) return new UsageError(message, fix)
  return new UsageError(`the homelab ended with ${code ?? 'a signal'}: ${said}`)
}

const runFolder = (outside: Outside) =>
  join(outside.env.XDG_RUNTIME_DIR || join(outside.home, '.cache'), 'obsdeck')
const pidFile = (outside: Outside) => join(runFolder(outside), 'homelab.json')

interface Detached {
  readonly pid: number
  readonly kubeconfig: string
}

async function readDetached(outside: Outside): Promise<Detached | undefined> {
  try {
    const kept: unknown = JSON.parse(await readFile(pidFile(outside), 'utf8'))
    if (typeof kept !== 'object' || kept === null) return undefined
    const { pid, kubeconfig } = kept as Partial<Detached>
    if (typeof pid !== 'number' || typeof kubeconfig !== 'string') return undefined
    // A pid alone may belong to somebody else by now; its kubeconfig is removed when the homelab ends.
    await readFile(kubeconfig)
    return outside.signalProcess(pid, 0) ? { pid, kubeconfig } : undefined
  } catch {
    return undefined
  }
}

export async function startDetached(
  outside: Outside,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const running = await readDetached(outside)
  if (running)
    throw new UsageError(`a homelab runs already (process ${running.pid})`, 'obsdeck demo --stop ends it')
  await mkdir(runFolder(outside), { recursive: true })
  const log = await open(join(runFolder(outside), 'homelab.log'), 'w', 0o600)
  const child = spawn(outside.self[0], [outside.self[1], 'demo', '--serve', ...flags], {
    stdio: ['ignore', 'pipe', log.fd],
    detached: true,
    env: { ...outside.env },
  })
  await log.close()
  const kubeconfig = await announced(child, signal)
  child.stdout?.destroy()
  child.unref()
  await writeFile(pidFile(outside), JSON.stringify({ pid: child.pid, kubeconfig }), { mode: 0o600 })
  return `export KUBECONFIG=${kubeconfig}`
}

export async function stopDetached(outside: Outside): Promise<string> {
  const running = await readDetached(outside)
  await rm(pidFile(outside), { force: true })
  if (!running) return 'no homelab runs in the background'
  outside.signalProcess(running.pid, 'SIGTERM')
  return `homelab ended (process ${running.pid})`
}
