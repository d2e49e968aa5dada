// A terminal in the test's own process: what is written goes into an xterm buffer, keys are written like a person's.
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import xterm from '@xterm/headless'

export interface FakeTerminal {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly screen: InstanceType<typeof xterm.Terminal>
  /** Everything written so far, for what is not on the screen: modes, bytes. */
  written(): string
  /** The screen as text, one line a row, without spaces at the ends. */
  text(): string
  /** Resolves once all that was written so far is on the screen. */
  drawn(): Promise<void>
  press(keys: string): void
  /** What was written while the terminal still echoed keys, and after it did so again. */
  writtenCooked(): string
  resize(columns: number, rows: number): void
  /** Resolves when `test` holds for the screen's text; rejects after ten seconds with what is there instead. */
  until(test: (text: string) => boolean): Promise<string>
}

export function fakeTerminal(columns: number, rows: number): FakeTerminal {
  const screen = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    scrollback: 0,
    convertEol: true,
  })
  let all = ''
  let cooked = ''
  const changed = new EventEmitter()
  // What is written between cork and uncork, and who waits for it; undefined outside.
  let corked: { text: string; waiting: (() => void)[] } | undefined
  const stdout = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    rows,
    writable: true,
    cork() {
      corked = { text: '', waiting: [] }
    },
    uncork() {
      const { text: held, waiting } = corked ?? { text: '', waiting: [] }
      corked = undefined
      stdout.write(held, () => {
        for (const tell of waiting) tell()
      })
    },
    write(chunk: string | Uint8Array, ...rest: unknown[]) {
      const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined
      if (corked !== undefined) {
        corked.text += String(chunk)
        if (done !== undefined) corked.waiting.push(done)
        return true
      }
      all += String(chunk)
      if (!stdin.isRaw) cooked += String(chunk)
      screen.write(String(chunk), () => {
        changed.emit('drawn')
        done?.()
      })
      return true
    },
  }) as unknown as NodeJS.WriteStream
  const input = new PassThrough()
  const stdin: NodeJS.ReadStream = Object.assign(input, {
    isTTY: true,
    isRaw: false,
    setRawMode: (raw: boolean) => Object.assign(stdin, { isRaw: raw }),
    ref: () => stdin,
    unref: () => stdin,
  }) as unknown as NodeJS.ReadStream
  const text = () => {
    const buffer = screen.buffer.active
    return Array.from({ length: screen.rows }, (_, row) =>
      (buffer.getLine(row)?.translateToString(true, 0, screen.cols) ?? '').trimEnd(),
    ).join('\n')
  }
  return {
    stdin,
    stdout,
    screen,
    written: () => all,
    text,
    drawn: () => new Promise((resolve) => screen.write('', resolve)),
    press: (keys) => void input.write(keys),
    writtenCooked: () => cooked,
    resize(nextColumns, nextRows) {
      screen.resize(nextColumns, nextRows)
      Object.assign(stdout, { columns: nextColumns, rows: nextRows })
      stdout.emit('resize')
    },
    until: (test) =>
      new Promise((resolve, reject) => {
        const limit = setTimeout(() => finish(), 10_000)
        const look = () => {
          if (test(text())) finish()
        }
        const finish = () => {
          clearTimeout(limit)
          changed.off('drawn', look)
          if (test(text())) resolve(text())
          else reject(new Error(`the screen is:\n${text()}`))
        }
        changed.on('drawn', look)
        look()
      }),
  }
}
