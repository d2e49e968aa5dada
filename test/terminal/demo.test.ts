// The demo's life: its homelab ends with the cockpit however that ends, and leaves nothing behind.
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Program, startProgram, until } from './pty.ts'
import {
  launcher,
  runProgram,
  type ServedHomelab,
  serveHomelabProcess,
  serveHomelabWith,
} from './served-homelab.ts'

let home: string
const programs: Program[] = []
const homelabs: ServedHomelab[] = []
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'obsdeck-test-'))
})
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end()))
  await Promise.all(homelabs.splice(0).map((homelab) => homelab.stop()))
})
afterAll(() => rm(home, { recursive: true, force: true }))

/** A folder for temporary files of its own, so that what is left in it was left by this run. */
const ownTemp = () => mkdtemp(join(home, 'tmp-'))
const gone = async (pid: number) => {
  await expect.poll(() => alive(pid), { timeout: 5000 }).toBe(false)
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The processes that a process started, as Linux lists them. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.trim().split(/\s+/).filter(Boolean).map(Number)
}

async function openDemo(temp: string, ...args: string[]): Promise<{ program: Program; child: number }> {
  // Neither a kubeconfig nor a usual context of the person's own matters to a demo.
  const env = { TMPDIR: temp, HOME: home, KUBECONFIG: join(home, 'none'), OBSDECK_CONTEXT: 'production' }
  const program = startProgram(process.execPath, [launcher, 'demo', ...args], { env })
  programs.push(program)
  await until(program, 'live overview', () => /pods \D*\d+\/\d+/.test(program.text()))
  const [child] = await childrenOf(program.pid)
  if (child === undefined) throw new Error('the demo has no child')
  return { program, child }
}

describe.skipIf(process.platform !== 'linux')('the homelab ends with the cockpit', () => {
  test.each([
    ['qq', (program: Program) => program.write('qq'), 0],
    ['ctrl-c', (program: Program) => program.write('\u0003'), 0],
    ['SIGTERM', (program: Program) => program.signal('SIGTERM'), 143],
    ['SIGHUP', (program: Program) => program.signal('SIGHUP'), 129],
    ['SIGKILL', (program: Program) => program.signal('SIGKILL'), undefined],
    ['a terminal that goes away', (program: Program) => program.hangUp(), undefined],
  ] as const)('%s', async (_, leave, exitCode) => {
    const temp = await ownTemp()
    const { program, child } = await openDemo(temp)
    leave(program)
    if (exitCode !== undefined) expect((await program.exited).exitCode).toBe(exitCode)
    await gone(program.pid)
    await gone(child)
    expect(await readdir(temp)).toEqual([])
  })

  test('before it serves', async () => {
    const temp = await ownTemp()
    const program = startProgram(process.execPath, [launcher, 'demo'], { env: { TMPDIR: temp } })
    programs.push(program)
    await expect.poll(() => childrenOf(program.pid).catch(() => []), { timeout: 5000 }).toHaveLength(1)
    const [child = 0] = await childrenOf(program.pid)
    program.signal('SIGTERM')
    expect((await program.exited).exitCode).toBe(143)
    await gone(child)
    expect(await readdir(temp)).toEqual([])
  })
})

test('the narrowed users of its homelab are contexts to go to', async () => {
  const { program } = await openDemo(await ownTemp(), '--context', 'no-nodes')
  await until(program, 'what that user may not see', () =>
    /nodes forbidden for no-nodes/.test(program.text()),
  )
  program.write(':ctx homelab\r')
  await until(program, 'the other context', () => /^ obsdeck +homelab/.test(program.lines()[0] ?? ''))
  await until(program, 'the nodes', () => /nodes 5\/5/.test(program.text()))
})

test('two demos side by side', async () => {
  const [first, second] = await Promise.all([
    openDemo(await ownTemp(), '--scenario', 'calm'),
    openDemo(await ownTemp(), '--scenario', 'checkout-errors'),
  ])
  await until(second.program, 'its trouble', () => /1 critical/.test(second.program.text()))
  expect(first.program.text()).not.toMatch(/critical/)
  first.program.write('qq')
  expect((await first.program.exited).exitCode).toBe(0)
  expect(alive(second.child)).toBe(true)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'demo --serve ends by %s and removes its folder',
  async (signal) => {
    const temp = await ownTemp()
    const homelab = await serveHomelabWith({ TMPDIR: temp })
    homelabs.push(homelab)
    expect(dirname(dirname(homelab.kubeconfig))).toBe(temp)
    expect(((await stat(homelab.kubeconfig)).mode & 0o777).toString(8)).toBe('600')
    process.kill(homelab.pid, signal)
    await gone(homelab.pid)
    expect(await readdir(temp)).toEqual([])
  },
)

test('--detach stays until --stop', async () => {
  const temp = await ownTemp()
  const env = { TMPDIR: temp, HOME: temp, XDG_RUNTIME_DIR: await ownTemp(), XDG_CACHE_HOME: await ownTemp() }
  const started = await runProgram(['demo', '--serve', '--detach'], env)
  expect(started.code, started.err).toBe(0)
  const KUBECONFIG = /^export KUBECONFIG=(\S+)\n$/.exec(started.out)?.[1] ?? ''
  try {
    const nodes = await runProgram(['get', 'nodes'], { ...env, KUBECONFIG })
    expect(nodes.out).toContain('nuc-1')
    const again = await runProgram(['demo', '--serve', '--detach'], env)
    expect(again).toMatchObject({ code: 2, out: '' })
    expect(again.err).toMatch(/a homelab runs already .*\n.*demo --stop/)
  } finally {
    const stopped = await runProgram(['demo', '--stop'], env)
    expect(stopped.out).toMatch(/^homelab ended \(process \d+\)\n$/)
    await gone(Number(/\d+/.exec(stopped.out)?.[0]))
  }
  await expect
    .poll(async () => (await readdir(temp)).filter((name) => name.startsWith('obsdeck-')))
    .toEqual([])
  expect((await runProgram(['demo', '--stop'], env)).out).toBe('no homelab runs in the background\n')
})

describe('what is asked for', () => {
  test('--list', async () => {
    const { code, out } = await runProgram(['demo', '--list'])
    expect(code).toBe(0)
    const names = out
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/)[0])
    expect(names).toEqual(
      expect.arrayContaining(['calm', 'checkout-errors', 'failed-rollout', 'node-pressure']),
    )
    const asJson = JSON.parse((await runProgram(['demo', '--list', '-o', 'json'])).out)
    expect(asJson.items.map((item: { name: string }) => item.name)).toEqual(names)
  })

  async function podsOf(...flags: string[]): Promise<string[]> {
    const homelab = await serveHomelabProcess(...flags)
    homelabs.push(homelab)
    const { out } = await runProgram(['get', 'pods', '-A', '-o', 'json'], { KUBECONFIG: homelab.kubeconfig })
    return JSON.parse(out).items.map((pod: { name: string }) => pod.name)
  }

  test('--seed makes another homelab, the same seed the same', async () => {
    const [one, same, other] = await Promise.all([
      podsOf('--seed', '7'),
      podsOf('--seed', '7'),
      podsOf('--seed', '8'),
    ])
    // Jobs carry the minute of their run in their names, which may pass between two starts.
    const lasting = (names: string[]) => names.filter((name) => !/-\d{8,}-/.test(name))
    expect(lasting(one)).toEqual(lasting(same))
    expect(one).not.toEqual(other)
  })

  test('--pods grows it', async () => {
    expect((await podsOf('--pods', '400')).length).toBeGreaterThanOrEqual(380)
  })

  test('--speed makes its time go faster', async () => {
    const homelab = await serveHomelabProcess('--speed', '600')
    homelabs.push(homelab)
    const time = async () => {
      const { out } = await runProgram(['query', 'time()', '-o', 'json'], { KUBECONFIG: homelab.kubeconfig })
      return Number(JSON.parse(out).value)
    }
    const began = Date.now()
    const first = await time()
    await expect.poll(time, { timeout: 10_000 }).toBeGreaterThan(first + 300)
    expect(Date.now() - began).toBeLessThan(60_000)
  })
})
