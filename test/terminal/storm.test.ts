// Keys and sizes at random, from a seed: nothing crashes, and the screen is right afterwards.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProgram, until } from './pty.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
beforeAll(async () => {
  homelab = await serveHomelabProcess('--scenario', 'checkout-errors')
})
afterAll(() => homelab.stop())

/** mulberry32: small, seeded, good enough for picking keys. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const esc = '\u001b'
// Not `q` and ctrl-c: leaving is another test's matter. ctrl-z would stop a shell's job, here it is a key.
const keys = [
  ...'abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789/:?-[]{}!$%&()=+*~#.,;_<>|\\"\'`@ ',
  ...['[A', '[B', '[C', '[D', '[5~', '[6~', '[H', '[F', '[3~', 'OA', 'OB', ''].map((end) => esc + end),
  '\r',
  '\t',
  '\u007f',
  '\u0004',
  '\u0015',
  '\u0006',
  '\u0002',
  '\u001a',
  'é',
  '漢',
  '🙂',
]

test('two thousand keys', async () => {
  const program = startProgram(process.execPath, [launcher], { env: { KUBECONFIG: homelab.kubeconfig } })
  await until(program, 'live overview', () => /nodes \d+\/\d+/.test(program.text()))
  let ended = false
  void program.exited.then(() => {
    ended = true
  })
  const next = random(20_26)
  let typed = ''
  for (let count = 0; count < 2000 && !ended; count++) {
    const key = keys[Math.floor(next() * keys.length)] ?? ' '
    typed += key
    program.write(key)
    // `:q` and `q` at the first view leave: a line that would do so is never finished.
    if (/:[^\r]*$/.test(typed) && key === '\r') typed = ''
    if (count % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(ended, program.text()).toBe(false)
  program.write(esc)
  await new Promise((resolve) => setTimeout(resolve, 60))
  program.write('\u0003')
  expect((await program.exited).exitCode).toBe(0)
})

test('two hundred sizes', async () => {
  const program = startProgram(process.execPath, [launcher, 'pods'], {
    env: { KUBECONFIG: homelab.kubeconfig },
  })
  await until(program, 'pods', () => /pods · all namespaces \(\d+\)/.test(program.text()))
  const next = random(7)
  for (let count = 0; count < 200; count++) {
    program.resize(20 + Math.floor(next() * 281), 5 + Math.floor(next() * 86))
    if (count % 4 === 3) program.write(count % 8 === 3 ? `${esc}[B` : `${esc}[6~`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  program.resize(100, 30)
  await until(program, 'a right screen', () => {
    const lines = program.lines()
    return lines[0]?.startsWith(' obsdeck') === true && lines[29]?.includes('help') === true
  })
  // The same size drawn from nothing must look the same, but for what changed meanwhile: the frame's own lines.
  expect(program.lines()[1]).toMatch(/^─{100}$/)
  program.write('\u0003')
  expect((await program.exited).exitCode).toBe(0)
})
