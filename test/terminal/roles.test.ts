// Users who may not see everything: each gap is named with who, what and where, what can be read is there, and nothing
// unknown is shown as zero or as an empty table.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Program, startProgram, until } from './pty.ts'
import { launcher, runProgram, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
const programs: Program[] = []
beforeAll(async () => {
  homelab = await serveHomelabProcess()
})
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end()))
})
afterAll(() => homelab.stop())

const run = (...args: string[]) =>
  runProgram([...args, '--timeout', '25s'], { KUBECONFIG: homelab.kubeconfig })

function open(...args: string[]): Program {
  const program = startProgram(process.execPath, [launcher, ...args], {
    columns: 200,
    rows: 50,
    env: { KUBECONFIG: homelab.kubeconfig },
  })
  programs.push(program)
  return program
}

async function overviewOf(context: string, ...more: string[]) {
  const { code, out, err } = await run('--context', context, '-o', 'json', ...more)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

const blindOf = (overview: { blind: { what: string; gap: { detail: string } }[] }) =>
  Object.fromEntries(overview.blind.map(({ what, gap }) => [what, gap.detail]))

/** The lines of a table below its header and above the footer. */
const bodyOf = (program: Program) => program.lines().slice(3, -1).join('\n').trim()

describe('no-nodes', () => {
  const gap = 'nodes forbidden for no-nodes cluster-wide'

  test('as JSON', async () => {
    const overview = await overviewOf('no-nodes')
    expect(blindOf(overview)).toEqual({ nodes: gap })
    expect(overview.nodes).toEqual({ pending: false, gap: expect.objectContaining({ detail: gap }) })
    expect(overview.pods.data.total).toBeGreaterThan(100)
    expect(overview.stack.data.every((one: { state: string }) => one.state === 'well')).toBe(true)
    // Without the nodes nobody knows how much there is: the use stands without a limit.
    const cpu = overview.capacity.data.find((line: { name: string }) => line.name === 'cpu')
    expect(cpu.limit).toBeUndefined()
  })

  test('on the overview and on its own screen', async () => {
    const program = open('--context', 'no-nodes')
    await until(program, 'what can be read', () => /pods \d+\/\d+/.test(program.text()))
    await until(program, 'the gap', () => program.text().includes(`cannot read nodes: ${gap}`))
    expect(program.text()).toMatch(/nodes –/)
    expect(program.text()).not.toMatch(/nodes 0|all well/)
    program.write(':nodes\r')
    await until(program, 'the gap where the table would be', () =>
      bodyOf(program).includes(`no nodes in no-nodes: ${gap}`),
    )
    expect(program.lines()[2]).not.toContain('(0')
  })

  test('get', async () => {
    expect(await run('get', 'nodes', '--context', 'no-nodes')).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(`^obsdeck: ${gap}\n  ask for a role`),
    })
  })
})

describe('no-proxy', () => {
  const why = 'services/proxy forbidden for no-proxy in observability, port-forward to pod'

  test('goes by port-forward, and says so', async () => {
    const overview = await overviewOf('no-proxy')
    expect(overview.blind).toEqual([])
    const source = overview.sources.find((one: { name: string }) => one.name === 'prometheus')
    expect(source).toMatchObject({ route: 'forward', why: expect.stringContaining(why) })
    expect(overview.capacity.data.length).toBeGreaterThan(0)
  })

  test('on the overview', async () => {
    const program = open('--context', 'no-proxy')
    await until(program, 'charts', () => /cpu +\d+ %/.test(program.text()))
    await until(program, 'the route', () => /prometheus +forward/.test(program.text()))
    await until(program, 'why', () => /services\/proxy forbidden for no-proxy/.test(program.text()))
    expect(program.lines()[0]).toContain('prom forward')
  })

  test('query', async () => {
    const { code, out } = await run('query', 'count(up == 1)', '--context', 'no-proxy')
    expect(code).toBe(0)
    expect(Number(out.trim().split('\n')[1])).toBeGreaterThan(10)
  })
})

describe('top', () => {
  test('goes by port-forward too', async () => {
    const { code, out, err } = await run('top', 'nodes', '--context', 'no-proxy')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^nuc-1 +\d+m /m)
  })

  test('of nodes that may not be seen says so', async () => {
    const { code, out, err } = await run('top', 'nodes', '--context', 'no-nodes')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('nodes forbidden for no-nodes cluster-wide')
  })

  test('without Prometheus has the figures of metrics.k8s.io', async () => {
    const url = ['--prometheus-url', 'http://127.0.0.1:1']
    const { code, out, err } = await run('top', 'pods', '-n', 'shop', '--context', 'one-namespace', ...url)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^cart-\S+ +\d+m +50m +500m +[\d.]+ % +\d+Mi +64Mi +256Mi +[\d.]+ %$/m)
  })
})

describe('one-namespace', () => {
  const gaps = {
    pods: 'pods forbidden for one-namespace cluster-wide',
    nodes: 'nodes forbidden for one-namespace cluster-wide',
    workloads: 'deployments forbidden for one-namespace cluster-wide',
    events: 'events forbidden for one-namespace cluster-wide',
  }

  test('of the whole cluster nothing is known, and nothing is zero', async () => {
    const overview = JSON.parse((await run('--context', 'one-namespace', '-o', 'json')).out)
    expect(blindOf(overview)).toMatchObject(gaps)
    for (const part of ['nodes', 'pods', 'capacity', 'topCpu', 'flux', 'alerts'])
      expect(overview[part], part).not.toHaveProperty('data')
    expect(overview.stack.data.every((one: { state: string }) => one.state === 'unknown')).toBe(true)
    const { code, out, err } = await run('--context', 'one-namespace')
    // That nothing was found is no good news here.
    expect({ code, err }).toEqual({
      code: 2,
      err: 'obsdeck: neither nodes nor pods nor workloads could be read: whether all is well is not known\n',
    })
    expect(out).toMatch(/nodes – {3}pods – {3}flux – {3}stack –/)
    expect(out).not.toMatch(/ 0\/|all well|not installed/)
  })

  test('in its namespace all is there but what lies outside', async () => {
    const overview = await overviewOf('one-namespace', '-n', 'shop')
    const blind = blindOf(overview)
    expect(blind.nodes).toBe(gaps.nodes)
    expect(blind.alerts).toBe('no Prometheus in sight: services forbidden for one-namespace cluster-wide')
    expect(blind).not.toHaveProperty('pods')
    expect(overview.pods.data.total).toBeGreaterThan(5)
    const states = overview.stack.data.map((one: { state: string }) => one.state)
    expect(new Set(states)).toEqual(new Set(['unknown']))
  })

  test('the pods table says whose pods it has', async () => {
    const program = open('pods', '--context', 'one-namespace', '-n', 'shop')
    await until(program, 'pods of shop', () => /pods · shop \(\d+\)/.test(program.text()))
    expect(bodyOf(program)).toContain('cart-')
  })

  test('all namespaces are refused where the table would be', async () => {
    const program = open('pods', '--context', 'one-namespace')
    await until(program, 'the gap', () => bodyOf(program).includes(`no pods in all namespaces: ${gaps.pods}`))
    expect(program.text()).not.toMatch(/pods · all namespaces \(0\)/)
    program.write(':ns shop\r')
    await until(program, 'pods of shop', () => /pods · shop \(\d+\)/.test(program.text()))
  })
})

describe('no-secrets', () => {
  test('only Secrets are missing', async () => {
    expect((await overviewOf('no-secrets')).blind).toEqual([])
    const { code, out, err } = await run('get', 'secrets', '-A', '--context', 'no-secrets')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('secrets forbidden for no-secrets cluster-wide')
  })

  test('on the screen', async () => {
    const program = open('--context', 'no-secrets')
    await until(program, 'live overview', () => /nodes 5\/5/.test(program.text()))
    program.write(':secrets\r')
    await until(program, 'the gap', () =>
      /no secrets in all namespaces: secrets forbidden for/.test(program.text()),
    )
  })
})
