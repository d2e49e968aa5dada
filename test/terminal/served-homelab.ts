// A homelab served by the real program for a test file: `demo --serve`, ended by closing its stdin.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** The real launcher; OBSDECK_LAUNCHER names another build's. */
export const launcher = process.env.OBSDECK_LAUNCHER ?? join(import.meta.dirname, '../../bin/obsdeck.js')

export interface ServedHomelab {
  readonly kubeconfig: string
  readonly pid: number
  stop(): Promise<void>
}

export async function serveHomelabProcess(...flags: readonly string[]): Promise<ServedHomelab> {
  const child: ChildProcess = spawn(process.execPath, [launcher, 'demo', '--serve', ...flags], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, OBSDECK_ENDS_WITH_STDIN: '1' },
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
    async stop() {
      child.stdin?.end()
      child.kill('SIGTERM')
      await exited
    },
  }
}
