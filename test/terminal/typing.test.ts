// Keys as a slow line delivers them: several in one piece, an escape sequence cut in two, a paste.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Program, startProgram, until } from './pty.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
const programs: Program[] = []
beforeAll(async () => {
  homelab = await serveHomelabProcess()
})
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end()))
})
afterAll(() => homelab.stop())

const esc = '\u001b'

async function open(...args: string[]): Promise<Program> {
  const program = startProgram(process.execPath, [launcher, ...args], {
    env: { KUBECONFIG: homelab.kubeconfig },
  })
  programs.push(program)
  await until(program, 'live data', () => /nodes 5\/5|all namespaces \(\d+\)/.test(program.text()))
  return program
}

test.each([
  [':pods\r', /pods · all namespaces \(\d+\)/],
  [':ns shop\r:pods\r', /pods · shop \(\d+\)/],
  [':nodes\rjj\r', /nuc-2/],
  [':pods\r/checkout\r', /pods · all namespaces \(2 of \d+\)|checkout-\S+ .*\n.*checkout-/],
])('%j in one piece', async (keys, wanted) => {
  const program = await open()
  program.write(keys)
  await until(program, String(wanted), () => wanted.test(program.text()))
})

test('a command typed before the first frame is not lost', async () => {
  const program = startProgram(process.execPath, [launcher], { env: { KUBECONFIG: homelab.kubeconfig } })
  programs.push(program)
  program.write(':pods\r')
  await until(program, 'pods', () => /pods · all namespaces \(\d+\)/.test(program.text()))
})

test('a command typed as soon as something is drawn spoils nothing of it', async () => {
  let typed = false
  const program = startProgram(process.execPath, [launcher, 'nodes'], {
    env: { KUBECONFIG: homelab.kubeconfig },
    onBytes(text) {
      if (typed || !text.includes('obsdeck')) return
      typed = true
      program.write(':pods\r')
    },
  })
  programs.push(program)
  await until(program, 'the pods', () => /pods · all namespaces \(\d+\)/.test(program.text()))
  expect(program.lines()[0]).toMatch(/^ obsdeck /)
  expect(program.lines()[2]).toMatch(/^ pods · all namespaces/)
  expect(program.lines()[3]).toMatch(/^ {3}namespace +name /)
})

test('arrows in one piece move one row each', async () => {
  const program = await open('pods')
  const cursor = () => program.lines().findIndex((line) => line.startsWith('>'))
  const first = cursor()
  program.write(`${esc}[B`.repeat(5))
  await until(program, 'fifth row', () => cursor() === first + 5)
  program.write(`${esc}[A${esc}[A`)
  await until(program, 'third row', () => cursor() === first + 3)
})

test('a paste runs nothing', async () => {
  const program = await open()
  program.write(`${esc}[200~q:pods\rq${esc}[201~`)
  // A key after it shows that the paste was taken in.
  program.write('?')
  await until(program, 'help', () => /everywhere/.test(program.text()))
  program.write('?')
  await until(program, 'the overview still', () => /what is wrong/.test(program.text()))
})

test('a paste goes into the line that is typed, as text', async () => {
  const program = await open()
  program.write(':')
  await until(program, 'the prompt', () => /^ :/.test(program.lines().at(-1) ?? ''))
  program.write(`${esc}[200~pods\r\n:q\r${esc}[201~`)
  await until(program, 'the pasted text', () => /^ :pods :q/.test(program.lines().at(-1) ?? ''))
  expect(program.text()).toMatch(/what is wrong/)
})
