// Every way out of the cockpit leaves the terminal as it was and says how it ended.
import { constants } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Program, startProgram, until } from './pty.ts'
import { continued, expectRestored } from './restored.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
beforeAll(async () => {
  homelab = await serveHomelabProcess()
})
afterAll(() => homelab.stop())

async function open(...args: string[]): Promise<Program> {
  const program = startProgram(process.execPath, [launcher, ...args], {
    env: { KUBECONFIG: homelab.kubeconfig },
  })
  await until(program, 'live overview', () => /nodes \d+\/\d+/.test(program.text()))
  return program
}

test('it opens in the alternate screen', async () => {
  const program = await open()
  expect(program.inAlternateScreen()).toBe(true)
  program.write(':q\r')
  expect(await program.exited).toEqual({ exitCode: 0, signal: undefined })
  await expectRestored(program)
})

test.each([
  ['ctrl-c', '\u0003', 0],
  ['q twice at the first view', 'qq', 0],
])('%s leaves', async (_, keys, exitCode) => {
  const program = await open()
  program.write(keys)
  expect((await program.exited).exitCode).toBe(exitCode)
  await expectRestored(program)
})

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGQUIT', 131],
  ['SIGALRM', 128 + constants.signals.SIGALRM],
  ['SIGUSR2', 128 + constants.signals.SIGUSR2],
] as const)('%s ends it with %d', async (signal, exitCode) => {
  const program = await open()
  program.signal(signal)
  expect((await program.exited).exitCode).toBe(exitCode)
  await expectRestored(program)
})

test('a terminal that goes away ends it', async () => {
  const program = await open()
  program.hangUp()
  // Told by the signal, or by the streams before it: no bug either way.
  expect([0, 129]).toContain((await program.exited).exitCode)
})

test('it can be stopped and continued', async () => {
  const program = await open()
  program.signal('SIGTSTP')
  await continued(program)
  program.write('\u0003')
  expect((await program.exited).exitCode).toBe(0)
  await expectRestored(program)
})

test.each([
  ['a bug', "throw new Error('planted')"],
  [
    'a bug on the heels of another',
    "Promise.reject(new Error('planted')); Promise.reject(new Error('a second one'))",
  ],
])('%s hands the terminal back, then says how to report it', async (_, bug) => {
  const later = `data:text/javascript,${encodeURIComponent(`setTimeout(() => { ${bug} }, 2500)`)}`
  const program = startProgram(process.execPath, [launcher], {
    env: { KUBECONFIG: homelab.kubeconfig, NODE_OPTIONS: `--import ${later}` },
  })
  await until(program, 'live overview', () => /nodes \d+\/\d+/.test(program.text()))
  expect((await program.exited).exitCode).toBe(2)
  await expectRestored(program)
  expect(program.text()).toContain('this is a bug, not your mistake: Error: planted')
  expect(program.text()).toContain('Please report it')
})
