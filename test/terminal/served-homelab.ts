// A homelab served by the real program for a test file: `demo --serve`, ended by closing its stdin.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** The real launcher; OBSDECK_LAUNCHER names another build's. */
export const launcher = process.env.OBSDECK_LAUNCHER ?? join(import.meta.dirname, '../../bin/obsdeck.js')

export interface ServedHomelab {
  readonly kubeconfig: string
  readonly pid: number
  /** Ends it as a power cut does: nothing is tidied up. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** What a run of the program printed, and how it ended. */
export interface Finished {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the program without a terminal to its end. */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Finished> {
  const child = spawn(process.execPath, [launcher, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, err }
}

/** A port of loopback that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export function serveHomelabProcess(...flags: readonly string[]): Promise<ServedHomelab> {
  return serveHomelabWith({}, ...flags)
}

export async function serveHomelabWith(
  env: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Promise<ServedHomelab> {
  const child: ChildProcess = spawn(process.execPath, [launcher, 'demo', '--serve', ...flags], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, OBSDECK_ENDS_WITH_STDIN: '1', ...env },
  })
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kubeconfig = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const path = /^export KUBECONFIG=(.+)$/m.exec(out)?.[1]
      if (path) resolve(path)
    })
    child.once('exit', (code) => reject(new Error(`the homelab ended with ${code}: ${errors}`)))
  })
  return {
    kubeconfig,
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.stdin?.end()
      child.kill('SIGTERM')
      await exited
    },
  }
}
