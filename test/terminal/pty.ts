// The real program in a pseudo-terminal: its screen as @xterm/headless draws it, its bytes, its exit.
import { type IPty, spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'

export interface ProgramOptions {
  readonly columns?: number
  readonly rows?: number
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Called with each chunk that the program writes, as it arrives. */
  readonly onBytes?: (text: string) => void
}

export interface Program {
  readonly pid: number
  /** The visible lines, without trailing blanks. */
  lines(): string[]
  text(): string
  /** All bytes written so far, as text. */
  written(): string
  byteCount(): number
  write(keys: string): void
  resize(columns: number, rows: number): void
  signal(name: NodeJS.Signals): void
  /** Closes the terminal under the program, as a lost connection does. */
  hangUp(): void
  readonly exited: Promise<{ exitCode: number; signal: number | undefined }>
  /** Resolves once the terminal has taken in all that was written so far. */
  drawn(): Promise<void>
  /** True while the alternate screen is shown. */
  inAlternateScreen(): boolean
  readonly terminal: xterm.Terminal
  /** Ends it at once, where it still runs; for the end of a test. */
  end(): Promise<void>
}

export function startProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Program {
  const columns = options.columns ?? 120
  const rows = options.rows ?? 40
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 200 })
  const pty: IPty = spawn(command, [...args], {
    name: options.env?.TERM ?? 'xterm-256color',
    cols: columns,
    rows,
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, CI: 'false', TERM: 'xterm-256color', ...options.env },
  })
  let all = ''
  let bytes = 0
  pty.onData((text) => {
    options.onBytes?.(text)
    all += text
    bytes += Buffer.byteLength(text)
    terminal.write(text)
  })
  // The terminal answers queries (device attributes, keyboard protocol) as a real one does.
  terminal.onData((answer) => pty.write(answer))
  let running = true
  const exited = new Promise<{ exitCode: number; signal: number | undefined }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      running = false
      resolve({ exitCode, signal: signal || undefined })
    })
  })
  const lines = () => {
    const { active } = terminal.buffer
    return Array.from({ length: terminal.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true, 0, terminal.cols) ?? '').trimEnd(),
    )
  }
  return {
    pid: pty.pid,
    lines,
    text: () => lines().join('\n'),
    written: () => all,
    byteCount: () => bytes,
    write: (keys) => pty.write(keys),
    resize(width, height) {
      pty.resize(width, height)
      terminal.resize(width, height)
    },
    signal: (name) => process.kill(pty.pid, name),
    hangUp: () => (pty as IPty & { destroy(): void }).destroy(),
    exited,
    drawn: () => new Promise((resolve) => terminal.write('', resolve)),
    inAlternateScreen: () => terminal.buffer.active.type === 'alternate',
    terminal,
    async end() {
      if (running) process.kill(pty.pid, 'SIGKILL')
      await exited
    },
  }
}

/** Waits until `test` holds; fails with what was on the screen after `limit` milliseconds. */
export async function until(
  program: Program,
  what: string,
  test: () => boolean,
  limit = 15_000,
): Promise<void> {
  const deadline = performance.now() + limit
  while (!test()) {
    if (performance.now() > deadline)
      throw new Error(`no ${what} within ${limit} ms; the screen was:\n${program.text()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
