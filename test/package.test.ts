// What is published: the tarball's contents and size, and that it works where nothing else is installed.
import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')

interface Packed {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

let folder: string
let packed: Packed
let bin: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-test-'))
  // The build that is there is packed: `npm test` has just made it.
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const { stdout } = await run('npm', args, { cwd: root })
  // One packed folder is listed as an array by some versions of npm, by its name in others.
  const answer: unknown = JSON.parse(stdout)
  packed = Object.values(answer as Record<string, Packed>)[0] as Packed
  await writeFile(join(folder, 'package.json'), '{"name":"empty","private":true}')
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`], {
    cwd: folder,
  })
  bin = join(folder, 'node_modules/.bin/obsdeck')
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const obsdeck = (args: readonly string[], env: Record<string, string> = {}) =>
  run(bin, args, { cwd: folder, env: { ...process.env, HOME: folder, XDG_CACHE_HOME: folder, ...env } })

test('it holds the program and nothing else', async () => {
  const outside = packed.files
    .map(({ path }) => path)
    .filter((path) => !/^(?:bin\/obsdeck\.js|dist\/.+|LICENSE|README\.md|package\.json)$/.test(path))
  expect(outside).toEqual([])
  expect(packed.files.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'bin/obsdeck.js',
      'dist/cli.js',
      'dist/scenarios/calm.yaml',
      'dist/dashboards/flux.json',
      'LICENSE',
      'README.md',
    ]),
  )
})

test('it is small', () => {
  expect(packed.size).toBeLessThan(1.5 * 1024 * 1024)
  expect(packed.unpackedSize).toBeLessThan(5 * 1024 * 1024)
})

test('it needs nothing and runs nothing when it is installed', async () => {
  const manifest = JSON.parse(await readFile(join(folder, 'node_modules/obsdeck/package.json'), 'utf8'))
  for (const key of ['dependencies', 'optionalDependencies', 'bundleDependencies'])
    expect(manifest[key] ?? {}, key).toEqual({})
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(manifest.scripts?.[hook], hook).toBeUndefined()
  expect(existsSync(join(folder, 'node_modules/react'))).toBe(false)
})

test('version, help and the list of scenarios', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  expect((await obsdeck(['version'])).stdout).toContain(version)
  expect((await obsdeck(['--help'])).stdout).toMatch(/obsdeck \[SCREEN\]/)
  expect((await obsdeck(['demo', '--list'])).stdout).toMatch(/^calm /m)
})

test('the homelab serves, and a command reads it', async () => {
  const homelab = spawn(bin, ['demo', '--serve'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise((resolve) => homelab.once('exit', resolve))
  try {
    const KUBECONFIG = await new Promise<string>((resolve, reject) => {
      let out = ''
      homelab.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString()
        const path = /^export KUBECONFIG=(.+)$/m.exec(out)?.[1]
        if (path) resolve(path)
      })
      homelab.once('exit', (code) => reject(new Error(`the homelab ended with ${code}`)))
    })
    expect((await obsdeck(['get', 'nodes'], { KUBECONFIG })).stdout).toMatch(/^nuc-1 +Ready/m)
  } finally {
    homelab.kill('SIGTERM')
    await exited
  }
})

/** A Node of this machine that is too old for the program. */
async function oldNode(): Promise<string | undefined> {
  for (const place of (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin')) {
    const path = join(place, 'node')
    if (place.includes('node_modules') || !existsSync(path)) continue
    const { stdout } = await run(path, ['-p', 'process.versions.node'])
    const [major = 0, minor = 0] = stdout.trim().split('.').map(Number)
    if (major < 22 || (major === 22 && minor < 19)) return path
  }
  return undefined
}

test('an old Node is told in one line', async (context) => {
  const node = await oldNode()
  if (node === undefined) return context.skip('this machine has no Node below 22.19')
  const ended = await run(node, [join(folder, 'node_modules/obsdeck/bin/obsdeck.js'), 'version']).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
  expect(ended).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^obsdeck needs Node 22\.19 or newer, this is [\d.]+\. Try: npx .+\n$/),
  })
})
