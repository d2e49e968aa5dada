// The moment between the first frame and Ink's: what is pressed, said or done to the terminal then is not lost.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Program, startProgram, until } from './pty.ts'
import { alive, expectRestored } from './restored.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
beforeAll(async () => {
  homelab = await serveHomelabProcess()
})
afterAll(() => homelab.stop())

/** Does something as soon as the first frame has arrived; Ink needs some fifty milliseconds more. */
function openAnd(act: (program: Program) => void, ...args: string[]): Program {
  let written = ''
  let acted = false
  const program = startProgram(process.execPath, [launcher, ...args], {
    columns: 100,
    rows: 30,
    env: { KUBECONFIG: homelab.kubeconfig },
    onBytes(text) {
      written += text
      if (acted || !written.includes(' quit')) return
      acted = true
      // Ink's own frame begins by asking for the keyboard's protocol.
      expect(written).not.toContain('[?u')
      act(program)
    },
  })
  return program
}

describe('while Ink is loaded', () => {
  test('keys are neither echoed nor lost', async () => {
    const program = openAnd(({ write }) => write(':pods\r'))
    await until(program, 'the pods', () => program.text().includes('pods · all namespaces'))
    expect(program.written().split('[?u')[0]).not.toContain(':pods')
    program.write('\u0003')
    expect((await program.exited).exitCode).toBe(0)
  })

  test('ctrl-c leaves', async () => {
    const program = openAnd(({ write }) => write('\u0003'))
    expect((await program.exited).exitCode).toBe(0)
    await expectRestored(program)
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('%s ends it with %d', async (signal, exitCode) => {
    const program = openAnd((opened) => opened.signal(signal))
    expect((await program.exited).exitCode).toBe(exitCode)
    await expectRestored(program)
  })

  test('a second signal ends it at once, and the terminal is given back', async () => {
    const program = openAnd((opened) => {
      opened.signal('SIGTERM')
      opened.signal('SIGINT')
    })
    expect([143, 130]).toContain((await program.exited).exitCode)
    await expectRestored(program)
  })

  test('it can be stopped and continued', async () => {
    const program = openAnd((opened) => opened.signal('SIGTSTP'))
    await until(program, 'the shell has the terminal', () => {
      const written = program.written()
      return written.lastIndexOf('[?1049l') > written.lastIndexOf('[?1049h')
    })
    program.signal('SIGCONT')
    await until(
      program,
      'the screen',
      () => program.inAlternateScreen() && /nodes \d+\/\d+/.test(program.text()),
    )
    program.write('\u0003')
    expect((await program.exited).exitCode).toBe(0)
    await expectRestored(program)
  })

  test.each([
    [60, 20],
    [140, 45],
  ])('a terminal that becomes %dx%d is drawn at its size', async (columns, rows) => {
    const program = openAnd((opened) => opened.resize(columns, rows))
    await until(program, 'the overview', () => /nodes \d+\/\d+/.test(program.text()))
    const lines = program.lines()
    expect(lines[0]).toMatch(/^ obsdeck /)
    expect(lines[1]).toBe('─'.repeat(columns))
    expect(lines.filter((line) => line.startsWith('──'))).toHaveLength(1)
    const footer = /^ (?:enter open|\/ filter)/
    expect(lines.at(-1)).toMatch(footer)
    expect(lines.filter((line) => footer.test(line))).toHaveLength(1)
    program.write('\u0003')
    await program.exited
  })

  test('a terminal that goes away ends it', async () => {
    const program = openAnd((opened) => opened.hangUp())
    await expect.poll(() => alive(program.pid), { timeout: 5000 }).toBe(false)
  })
})

test('what fails while it opens is said on the screen that was there before', async () => {
  // Ink's module fails to load, as it does on a full disk or with half an installation.
  const broken = `data:text/javascript,${encodeURIComponent(`
    import { registerHooks } from 'node:module'
    registerHooks({ load(url, context, next) {
      if (/open-[A-Z0-9]+[.]js$/.test(url)) throw new Error('planted')
      return next(url, context)
    } })`)}`
  const program = startProgram(process.execPath, [launcher], {
    env: { KUBECONFIG: homelab.kubeconfig, NODE_OPTIONS: `--import ${broken}` },
  })
  expect((await program.exited).exitCode).toBe(2)
  await expectRestored(program)
  expect(program.written()).toContain(' quit')
  expect(program.text()).toContain('this is a bug, not your mistake: Error: planted')
})
