// A real Prometheus 3 on loopback with an empty store, for tests that compare with it.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '#test/cluster/programs/find.ts'

/** The binary by PROMETHEUS_BIN, the user's cache folder or PATH; undefined where none is of major 3. */
export const findPrometheus = (): string | undefined =>
  process.env.PROMETHEUS_BIN || findProgram('prometheus')

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export interface RealPrometheus {
  readonly url: string
  stop(): Promise<void>
}

export async function startPrometheus(binary: string, rules?: string): Promise<RealPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'obsdeck-prometheus-'))
  const config = join(folder, 'prometheus.yml')
  await writeFile(
    config,
    `global: {evaluation_interval: 1m}\nstorage: {tsdb: {out_of_order_time_window: 30d}}\n${rules ? 'rule_files: [rules.yml]\n' : ''}`,
  )
  if (rules) await writeFile(join(folder, 'rules.yml'), rules)
  const port = await freePort()
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${port}`,
    '--web.enable-remote-write-receiver',
    '--log.level=error',
  ]
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
  for (;;) {
    if (child.exitCode !== null) {
      await stop()
      throw new Error(`prometheus ended: ${log}`)
    }
    const ready = await fetch(`${url}/-/ready`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return { url, stop }
    await new Promise((later) => setTimeout(later, 50))
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exit
}
