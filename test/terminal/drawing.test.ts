// What the frames are drawn with: no colour and no other than ASCII where that is asked for, and what is read-only.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Program, startProgram, until } from './pty.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
const programs: Program[] = []
beforeAll(async () => {
  homelab = await serveHomelabProcess('--scenario', 'checkout-errors')
})
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end()))
})
afterAll(() => homelab.stop())

function open(args: readonly string[], env: Record<string, string> = {}): Program {
  const program = startProgram(process.execPath, [launcher, ...args], {
    env: { KUBECONFIG: homelab.kubeconfig, ...env },
  })
  programs.push(program)
  return program
}

const live = (program: Program) => () =>
  /nodes 5\/5/.test(program.text()) && /cpu +\d+ %/.test(program.text())

/** The colours in what was written: the numbers of SGR that are neither bold, dim, reverse nor their ends. */
function colours(written: string): string[] {
  const plain = new Set(['', '0', '1', '2', '4', '7', '22', '24', '27'])
  const found = written.matchAll(new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`, 'g'))
  return [...new Set([...found].flatMap(([, codes = '']) => codes.split(';')))].filter(
    (one) => !plain.has(one),
  )
}

test.each([
  ['NO_COLOR', [], { NO_COLOR: '1' }],
  ['--no-color', ['--no-color'], {}],
  ['a dumb terminal', [], { TERM: 'dumb' }],
])('%s: no colour', async (_, args, env) => {
  const program = open(args, env)
  await until(program, 'live overview', live(program))
  program.write(':pods\r')
  await until(program, 'pods', () => /checkout-/.test(program.text()))
  expect(colours(program.written())).toEqual([])
  // What is off does not look like the rest, and a title stands out.
  expect(program.written()).toContain(`${String.fromCharCode(27)}[2m`)
  expect(program.written()).toContain(`${String.fromCharCode(27)}[1m`)
})

test('with colour there is some', async () => {
  const program = open([])
  await until(program, 'live overview', live(program))
  expect(colours(program.written()).length).toBeGreaterThan(0)
})

test('--ascii: every screen in ASCII', async () => {
  const program = open(['--ascii'])
  await until(program, 'live overview', live(program))
  for (const [keys, wanted] of [
    [':pods\r', /pods - all namespaces/],
    ['?', /everywhere/],
    ['?', /pods - all namespaces/],
    [':nodes\r', /nodes - homelab/],
    [':events\r', /events - all namespaces/],
    [':workloads\r', /workloads - all namespaces/],
    ['\r', /Deployment|StatefulSet|DaemonSet|Job/],
  ] as const) {
    program.write(keys)
    await until(program, String(wanted), () => wanted.test(program.text()))
  }
  // Control sequences are ASCII themselves.
  const foreign = [...new Set(program.written())].filter((char) => char.charCodeAt(0) > 127)
  expect(foreign).toEqual([])
})

test('--read-only is said in the header', async () => {
  const program = open(['--read-only'])
  await until(program, 'live overview', live(program))
  expect(program.lines()[0]).toContain('read-only')
})
