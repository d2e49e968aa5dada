// The program in a pipe: results on stdout, the rest on stderr, exit codes, and one line that helps on.
import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startProgram } from './pty.ts'
import { launcher, runProgram, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
beforeAll(async () => {
  homelab = await serveHomelabProcess('--scenario', 'checkout-errors')
})
afterAll(() => homelab.stop())

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  runProgram(args, { KUBECONFIG: homelab.kubeconfig, ...env })
const esc = '\u001b'

test('without a screen the overview is printed once', async () => {
  const { code, out, err } = await run(['--timeout', '25s'])
  // Something critical was found.
  expect({ code, err }).toEqual({ code: 1, err: '' })
  expect(out).toMatch(/^ ✗ 1 critical {3}nodes 5\/5/)
  expect(out).toContain('shop/checkout')
  expect(out).not.toContain(esc)
})

test('a pipe is as wide as COLUMNS says, else a hundred columns', async () => {
  const widest = async (env: Record<string, string>) => {
    const { out } = await run(['--timeout', '25s'], env)
    return Math.max(...out.split('\n').map((line) => line.length))
  }
  const wide = await widest({ COLUMNS: '160' })
  expect(wide).toBeGreaterThan(100)
  expect(wide).toBeLessThanOrEqual(160)
  expect(await widest({ COLUMNS: 'many' })).toBeLessThanOrEqual(100)
})

test('-o json is the overview itself', async () => {
  const { code, out, err } = await run(['-o', 'json', '--timeout', '25s'])
  expect({ code, err }).toEqual({ code: 1, err: '' })
  const overview = JSON.parse(out)
  expect(overview).toMatchObject({
    context: 'homelab',
    nodes: { data: { ready: 5, total: 5 } },
    blind: [],
    wrong: [{ severity: 'critical', ref: { kind: 'Deployment', namespace: 'shop', name: 'checkout' } }, {}],
  })
  expect(Object.keys(overview)).toEqual(
    expect.arrayContaining([
      'at',
      'range',
      'pods',
      'capacity',
      'topCpu',
      'flux',
      'alerts',
      'stack',
      'sources',
    ]),
  )
})

test('a namespace that is not there is said, and nothing is looked over', async () => {
  const { code, out, err } = await run(['-n', 'shpo'])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toBe('obsdeck: there is no namespace shpo; did you mean shop?\n')
})

test('a list as JSON is a list of rows, an object the object', async () => {
  const list = JSON.parse((await run(['get', 'nodes', '-o', 'json'])).out)
  expect(Object.keys(list)).toEqual(['items'])
  expect(list.items.map((node: { name: string }) => node.name)).toContain('nuc-1')
  const node = JSON.parse((await run(['get', 'node', 'nuc-1', '-o', 'json'])).out)
  expect(node).toMatchObject({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'nuc-1' } })
})

test('top nodes as JSON has what the nodes table shows, wide as columns', async () => {
  const { code, out } = await run(['top', 'nodes', '-o', 'json'])
  expect(code).toBe(0)
  const { items } = JSON.parse(out) as { items: { name: string; figures: Record<string, number> }[] }
  expect(items.map(({ name }) => name)).toContain('nuc-1')
  for (const { figures } of items) {
    expect(figures).toMatchObject({ network: expect.any(Number), load: expect.any(Number) })
    expect(figures.disk).toBeGreaterThan(0)
    expect(figures.disk).toBeLessThanOrEqual(1)
  }
  const wide = await run(['top', 'nodes', '-o', 'wide'])
  expect(wide.out).toMatch(/^NAME .* DISK +NET B\/S +LOAD +STALL +TEMP$/m)
  expect(wide.out).toMatch(/^nuc-1 .* \d+ % +[\d.]+Mb\/s +\d+\.\d\d +[\d.]+ % +\d+C$/m)
  expect((await run(['top', 'nodes'])).out).not.toContain('LOAD')
})

test('top as JSON has cores and bytes, the most first', async () => {
  const { code, out } = await run(['top', 'workloads', '-A', '--sort', 'memory', '-o', 'json'])
  expect(code).toBe(0)
  const { items } = JSON.parse(out) as { items: { name: string; used: { cpu: number; memory: number } }[] }
  const memory = items.map(({ used }) => used.memory)
  expect(memory).toEqual([...memory].sort((a, b) => b - a))
  expect(items.find(({ name }) => name === 'llm-serving')).toMatchObject({
    kind: 'Deployment',
    namespace: 'ml',
    limits: { memory: 8 * 2 ** 30 },
  })
})

test.each([[['get', 'pods', '-A']], [['get', 'pods', '-A', '-o', 'json']], [[]]])(
  'a reader that has enough ends %j without a word',
  async (args) => {
    const child = spawn(process.execPath, [launcher, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, KUBECONFIG: homelab.kubeconfig },
    })
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    // Closed before anything was written: the very first write finds nobody.
    child.stdout.destroy()
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect({ code, err }).toEqual({ code: 0, err: '' })
  },
)

describe('a word that means nothing', () => {
  const cases: readonly [string, string[], RegExp, RegExp][] = [
    ['a command', ['quer', 'up'], /there is no command, screen or kind "quer"/, /did you mean query\?/],
    ['a screen', ['pdos'], /there is no command, screen or kind "pdos"/, /did you mean pods\?/],
    ['a kind', ['kustomizatoin'], /no command, screen or kind/, /did you mean kustomization\?/],
    ['nothing near', ['xyzzy'], /no command, screen or kind "xyzzy"/, /obsdeck --help/],
    ['a kind to get', ['get', 'podz'], /the server serves no kind named podz/, /did you mean pods\?/],
    ['a flag', ['get', 'pods', '--namspace', 'x'], /unknown flag --namspace/, /did you mean --namespace\?/],
    ['a flag of the cockpit', ['--redonly'], /unknown flag --redonly for obsdeck$/m, /--read-only\?/],
    ['a scenario', ['demo', '--scenario', 'chekout-errors'], /^obsdeck: no scenario/, /checkout-errors\?/],
    [
      'a form of the overview',
      ['-o', 'yaml'],
      /^obsdeck: obsdeck cannot print yaml\n/,
      /-o takes text, json/,
    ],
    ['a form', ['get', 'pods', '-o', 'jsn'], /cannot print jsn/, /-o takes text, wide, json, yaml/],
  ]
  test.each(cases)('%s', async (_, args, says, fix) => {
    const { code, out, err } = await run(args)
    expect(err).toMatch(says)
    expect(err).toMatch(fix)
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })

  test.each(cases)('%s, on a terminal', async (_, args, says, fix) => {
    const program = startProgram(process.execPath, [launcher, ...args], {
      columns: 200,
      env: { KUBECONFIG: homelab.kubeconfig },
    })
    expect((await program.exited).exitCode).toBe(2)
    await program.drawn()
    expect(program.text()).toMatch(says)
    expect(program.text()).toMatch(fix)
    expect(program.written()).not.toContain('[?1049h')
  })
})

test('top nodes stands by any figure, and asks for that one alone', async () => {
  const { code, out } = await run(['top', 'nodes', '--sort', 'disk', '-o', 'json'])
  expect(code).toBe(0)
  const disks = (JSON.parse(out) as { items: { figures: { disk: number } }[] }).items.map(
    ({ figures }) => figures.disk,
  )
  expect(disks).toEqual(disks.toSorted((a, b) => b - a))
  expect((await run(['top', 'pods', '--sort', 'disk'])).err).toContain('--sort disk is of nodes')
})

test('top of nothing says what there is none of, and a range that it is of now', async () => {
  const { out, err } = await run(['top', 'pods', '-n', 'nothing-here', '--range', '6h'])
  expect(out).toBe('')
  expect(err).toBe(
    'obsdeck: there is no namespace nothing-here\nobsdeck: top is of now: --range changes nothing of it\n',
  )
})

test('screens that are more than a list have their commands', async () => {
  expect((await run(['dashboards'])).out).toMatch(/node-exporter-full/)
  expect(await run(['metrics'])).toMatchObject({ code: 2, err: expect.stringContaining('obsdeck query') })
  expect(await run(['config', 'set', 'range'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('settings are changed in '),
  })
})

test('an object that is not there', async () => {
  const { code, out, err } = await run(['get', 'pod', 'nobody', '-n', 'shop'])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('pods "nobody" not found')
})

test('broken PromQL shows where', async () => {
  const { code, out, err } = await run(['query', 'sum by (job) (rate(up))'])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  const [says, query = '', mark = ''] = err.trimEnd().split('\n')
  expect(says).toMatch(/1:20: parse error: expected type range vector/)
  expect(query.trim()).toBe('sum by (job) (rate(up))')
  expect(query.slice(mark.indexOf('^'))).toBe('up))')
})

test('--timeout bounds each request', async () => {
  const { code, out, err } = await run(['get', 'pods', '-A', '--timeout', '1ms'])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(/did not answer within 1 ms\n.*--timeout waits longer/)
})

test.each([
  [['--timeout', 'soon'], /--timeout: "soon" is not a duration/],
  [['demo', '--seed', 'x'], /--seed takes a whole number/],
  [['demo', '--speed', '0'], /--speed takes a number above 0/],
  [['demo', '--pods', '1000000'], /--pods takes at most 10000/],
  [['demo', '--pods=-5'], /--pods takes a whole number/],
  [['demo', '--port', '70000'], /--port takes a number from 1 to 65535/],
])('%j is refused', async (args, says) => {
  const { code, out, err } = await run(args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(says)
})

const isAscii = (text: string) => [...text].every((char) => char.charCodeAt(0) < 128)

test.each([
  [[], 1],
  [['query', 'sum(up)', '--range', '1h'], 0],
  [['get', 'nodes'], 0],
])('--ascii prints %j in ASCII', async (args, exit) => {
  const { code, out } = await run([...args, '--ascii'])
  expect(code).toBe(exit)
  expect(out.split('\n').filter((line) => !isAscii(line))).toEqual([])
})
