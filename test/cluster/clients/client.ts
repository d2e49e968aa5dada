// A client that operators already use, run against the homelab of the built program: what it prints and how it ends.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveHomelabProcess } from '#test/terminal/served-homelab.ts'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Client {
  /** To its end; killed, without a code, after the deadline. */
  run(args: readonly string[], input?: string): Promise<Ended>
  /** Until all that it printed matches; then it is ended. */
  follow(args: readonly string[], pattern: RegExp): Promise<RegExpExecArray>
  /** As `follow`, and `use` comes before it is ended. */
  during<T>(args: readonly string[], pattern: RegExp, use: (match: RegExpExecArray) => Promise<T>): Promise<T>
}

export interface Homelab {
  readonly folder: string
  client(program: string): Client
  stop(): Promise<void>
}

const deadline = 40_000

/** `demo --serve` of the built program, and a folder for what clients keep. */
export async function startHomelab(...flags: readonly string[]): Promise<Homelab> {
  const homelab = await serveHomelabProcess(...flags)
  const folder = await mkdtemp(join(tmpdir(), 'obsdeck-clients-'))
  // Nothing of the user's own configuration counts, and nothing is left in it.
  const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: homelab.kubeconfig, TZ: 'UTC' }
  return {
    folder,
    client: (program) => clientOf(program, env),
    async stop() {
      await homelab.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function clientOf(program: string, env: NodeJS.ProcessEnv): Client {
  const start = (args: readonly string[]) => {
    const child = spawn(program, args, { env })
    const late = setTimeout(() => child.kill('SIGKILL'), deadline)
    child.once('close', () => clearTimeout(late))
    child.stdin.on('error', () => undefined)
    return child
  }
  const during: Client['during'] = async (args, pattern, use) => {
    const child = start(args)
    try {
      return await use(await printed(child, pattern))
    } finally {
      const closed = once(child, 'close')
      if (child.exitCode === null && child.signalCode === null && child.kill()) await closed
    }
  }
  return {
    async run(args, input = '') {
      const child = start(args)
      child.stdin.end(input)
      const texts = { out: '', err: '' }
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        texts.out += text
      })
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        texts.err += text
      })
      const [code] = (await once(child, 'close')) as [number | null]
      return { code, ...texts }
    },
    follow: (args, pattern) => during(args, pattern, async (match) => match),
    during,
  }
}

function printed(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let text = ''
  return new Promise((resolve, reject) => {
    const look = (chunk: Buffer) => {
      text += chunk.toString()
      const match = pattern.exec(text)
      if (match) resolve(match)
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('close', (code) => reject(new Error(`it ended with ${code} and said ${text}`)))
  })
}

/** A table as kubectl, flux and their like print it: cells by the header's names. */
export function tableOf(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = text.trimEnd().split('\n')
  const columns = [...header.matchAll(/\S+(?: \S+)*/g)]
  return lines.map((line) =>
    Object.fromEntries(
      columns.map((column, index) => [
        column[0],
        line.slice(column.index, columns[index + 1]?.index ?? line.length).trim(),
      ]),
    ),
  )
}
