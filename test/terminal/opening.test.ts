// The moment between the first frame and Ink's: what is pressed, said or done to the terminal then is not lost.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Program, startProgram, until } from './pty.ts'
import { continued, expectRestored } from './restored.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
const folder = mkdtempSync(join(tmpdir(), 'obsdeck-opening-'))
const programs: Program[] = []
beforeAll(async () => {
  homelab = await serveHomelabProcess()
})
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end()))
})
afterAll(async () => {
  await homelab.stop()
  rmSync(folder, { recursive: true })
})

/** Runs `body`, which may use `url`, before the cockpit's own chunk is loaded. */
function beforeCockpit(body: string): Record<string, string> {
  const hook = `
    import { existsSync } from 'node:fs'
    import { registerHooks } from 'node:module'
    registerHooks({ load(url, context, next) {
      if (/[/]open-[A-Z0-9]+[.]js$/.test(url)) { ${body} }
      return next(url, context)
    } })`
  return {
    KUBECONFIG: homelab.kubeconfig,
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hook)}`,
  }
}

/** A cockpit that is still loading when its first frame stands: does something to it then, and lets it go on. */
async function openAnd(act: (program: Program) => void | Promise<void>): Promise<Program> {
  const go = join(folder, `go-${programs.length}-${performance.now()}`)
  const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)'
  const program = startProgram(process.execPath, [launcher], {
    columns: 100,
    rows: 30,
    env: beforeCockpit(`while (!existsSync(${JSON.stringify(go)})) ${wait}`),
  })
  programs.push(program)
  await until(program, 'the first frame', () => program.text().includes('q quit'))
  // Ink's own frame begins by asking for the keyboard's protocol.
  expect(program.written()).not.toContain('[?u')
  await act(program)
  writeFileSync(go, '')
  return program
}

/** Whether the system still holds a signal that the process has not taken; never where it does not tell. */
function signalsWaiting(pid: number): boolean {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return false
  return !/^ShdPnd:\s*0+$/m.test(readFileSync(status, 'utf8'))
}

describe('while Ink is loaded', () => {
  test('keys are neither echoed nor lost', async () => {
    const program = await openAnd(({ write }) => write(':pods\r'))
    await until(program, 'the pods', () => program.text().includes('pods · all namespaces'))
    expect(program.written().split('[?u')[0]).not.toContain(':pods')
    program.write('\u0003')
    expect((await program.exited).exitCode).toBe(0)
  })

  test('ctrl-c leaves', async () => {
    const program = await openAnd(({ write }) => write('\u0003'))
    expect((await program.exited).exitCode).toBe(0)
    await expectRestored(program)
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ] as const)('%s ends it with %d, and nothing more is drawn', async (signal, exitCode) => {
    const program = await openAnd((opened) => opened.signal(signal))
    expect((await program.exited).exitCode).toBe(exitCode)
    await expectRestored(program)
    expect(program.written()).not.toContain('[?u')
  })

  test('a second signal ends it at once, and the terminal is given back', async () => {
    const program = await openAnd((opened) => {
      opened.signal('SIGTERM')
      opened.signal('SIGINT')
    })
    expect([143, 130]).toContain((await program.exited).exitCode)
    await expectRestored(program)
  })

  test('it can be stopped and continued', async () => {
    const program = await openAnd((opened) => opened.signal('SIGTSTP'))
    await continued(program)
    program.write('\u0003')
    expect((await program.exited).exitCode).toBe(0)
    await expectRestored(program)
  })

  test('a stop that is taken back is none', async () => {
    const program = await openAnd(async (opened) => {
      opened.signal('SIGTSTP')
      // Two signals at once may be taken by two threads, and come the other way round.
      await expect.poll(() => signalsWaiting(opened.pid), { interval: 20 }).toBe(false)
      opened.signal('SIGCONT')
    })
    await until(program, 'live overview', () => /nodes \d+\/\d+/.test(program.text()))
    expect(program.inAlternateScreen()).toBe(true)
  })

  test.each([
    [60, 20],
    [140, 45],
  ])('a terminal that becomes %dx%d is drawn at its size', async (columns, rows) => {
    const program = await openAnd((opened) => opened.resize(columns, rows))
    await until(program, 'the overview', () => /nodes \d+\/\d+/.test(program.text()))
    const lines = program.lines()
    expect(lines[0]).toMatch(/^ obsdeck /)
    expect(lines[1]).toBe('─'.repeat(columns))
    expect(lines.filter((line) => line.startsWith('──'))).toHaveLength(1)
    const footer = /^ (?:enter open|\/ filter)/
    expect(lines.at(-1)).toMatch(footer)
    expect(lines.filter((line) => footer.test(line))).toHaveLength(1)
  })

  test('a terminal that goes away ends it', async () => {
    const program = await openAnd((opened) => opened.hangUp())
    expect((await program.exited).exitCode).toBe(129)
  })
})

test('what fails while it opens is said on the screen that was there before', async () => {
  const env = beforeCockpit("throw new Error('planted')")
  const program = startProgram(process.execPath, [launcher], { env })
  programs.push(program)
  expect((await program.exited).exitCode).toBe(2)
  await expectRestored(program)
  expect(program.written()).toContain('what is wrong')
  expect(program.text()).toContain('this is a bug, not your mistake: Error: planted')
})
