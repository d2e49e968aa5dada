// What a run loads, and how large it is: an early warning before the bench's budgets are missed.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProgram, until } from './terminal/pty.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from './terminal/served-homelab.ts'

const folder = mkdtempSync(join(tmpdir(), 'obsdeck-lean-'))
const hook = join(folder, 'hook.cjs')
const dist = join(import.meta.dirname, '../dist')
let homelab: ServedHomelab

beforeAll(async () => {
  writeFileSync(
    hook,
    `const files = []
require('node:module').registerHooks({ load(url, context, next) { files.push(url); return next(url, context) } })
process.on('exit', () => require('node:fs').writeFileSync(process.env.LOADED, JSON.stringify({
  files, undici: process.moduleLoadList.some((name) => name.includes('undici')),
})))`,
  )
  homelab = await serveHomelabProcess()
})
afterAll(async () => {
  await homelab.stop()
  rmSync(folder, { recursive: true })
})

/** The chunks by their names' beginnings, and whether Node's fetch came along. */
async function loaded(args: readonly string[], screen?: RegExp) {
  const out = join(folder, `${args.join('-')}.json`)
  const program = startProgram(process.execPath, ['--require', hook, launcher, ...args], {
    columns: 160,
    rows: 50,
    env: { KUBECONFIG: homelab.kubeconfig, LOADED: out },
  })
  if (screen) {
    await until(program, String(screen), () => screen.test(program.text()))
    program.write('\u0003')
  }
  expect((await program.exited).exitCode).toBe(0)
  const { files, undici } = JSON.parse(readFileSync(out, 'utf8')) as { files: string[]; undici: boolean }
  return { undici, chunks: files.map((file) => /([a-z-]+?)(?:-[A-Z0-9]{8})?\.js$/.exec(file)?.[1]) }
}

test('get -o json loads neither Ink, nor the Kubernetes library, nor fetch', async () => {
  const { chunks, undici } = await loaded(['get', 'nodes', '-o', 'json'])
  expect(chunks).toContain('connect')
  expect(chunks).not.toContain('open')
  expect(chunks).not.toContain('delegated')
  expect(undici).toBe(false)
})

test('version connects to nothing', async () => {
  const { chunks } = await loaded(['version'])
  expect(chunks).toContain('cli')
  expect(chunks).not.toContain('connect')
  expect(chunks).not.toContain('open')
})

test('the cockpit loads neither the Kubernetes library nor fetch', async () => {
  const { chunks, undici } = await loaded(['pods'], /pods · all namespaces \(\d+\)/)
  expect(chunks).toContain('open')
  expect(chunks).not.toContain('delegated')
  expect(undici).toBe(false)
})

test('what is loaded before the first frame stays small', () => {
  const kilobytes = (name: RegExp) =>
    readdirSync(dist)
      .filter((file) => name.test(file))
      .reduce((sum, file) => sum + statSync(join(dist, file)).size / 1000, 0)
  expect(kilobytes(/^cli\.js$/)).toBeLessThan(100)
  expect(kilobytes(/^open-[A-Z0-9]{8}\.js$/)).toBeLessThan(560)
  expect(kilobytes(/^connect-[A-Z0-9]{8}\.js$/)).toBeLessThan(50)
})
