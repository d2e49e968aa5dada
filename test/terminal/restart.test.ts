// A cluster that goes away and comes back while the cockpit runs: what was read stays with its age, everything
// connects again by itself, and what is shown then is what the cluster has.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Program, startProgram, until } from './pty.ts'
import { freePort, launcher, runProgram, type ServedHomelab, serveHomelabWith } from './served-homelab.ts'

let cache: string
let port: number
let homelab: ServedHomelab
const programs: Program[] = []
const serve = () => serveHomelabWith({ XDG_CACHE_HOME: cache }, '--port', String(port))

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'obsdeck-test-'))
  port = await freePort()
  homelab = await serve()
})
afterAll(async () => {
  await Promise.all(programs.map((program) => program.end()))
  await homelab.stop()
  await rm(cache, { recursive: true, force: true })
})

function open(screen: string): Program {
  // Long enough for all pods on one screen.
  const program = startProgram(process.execPath, [launcher, screen], {
    columns: 160,
    rows: 140,
    env: { KUBECONFIG: homelab.kubeconfig },
  })
  programs.push(program)
  return program
}

const unread = /cannot read|no metrics|no alerts|unread/

test('what a fixed port keeps is for this user alone', async () => {
  const folder = dirname(homelab.kubeconfig)
  expect(folder).toBe(join(cache, 'obsdeck', `homelab-${port}`))
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)
  expect(await mode(folder)).toBe('700')
  expect(await mode(join(folder, 'identity.json'))).toBe('600')
  expect(await mode(homelab.kubeconfig)).toBe('600')
})

test('a port that is taken is said', async () => {
  const second = await runProgram(['demo', '--serve', '--port', String(port)], { XDG_CACHE_HOME: cache })
  expect(second).toMatchObject({ code: 2, out: '' })
  expect(second.err).toContain('another program listens on that port')
  // The one that serves keeps its kubeconfig.
  expect((await stat(homelab.kubeconfig)).isFile()).toBe(true)
})

test('it survives a homelab that is killed and started again', { timeout: 60_000 }, async () => {
  const kubeconfig = await readFile(homelab.kubeconfig, 'utf8')
  const overview = open('overview')
  const pods = open('pods')
  await until(overview, 'charts', () => /cpu +\d+ %/.test(overview.text()) && !unread.test(overview.text()))
  await until(pods, 'pods', () => /pods · all namespaces \(\d+\)/.test(pods.text()))
  const before = pods.text().split('\n').slice(4, -1).length

  await homelab.kill()
  await until(pods, 'age of the pods', () => /old: https:\S+ refuses connections/.test(pods.text()))
  await until(overview, 'age of the cluster', () => /[▲✗] kube <1m/.test(overview.text()))
  // Another range asks Prometheus at once: the route is lost, and said.
  overview.write('{')
  await until(overview, 'the lost route', () => /no metrics: \S+ refuses/.test(overview.text()))
  expect(pods.text().split('\n').slice(4, -1).length).toBe(before)
  // A job that has just begun may be on its way.
  expect(overview.text()).toMatch(/nodes 5\/5 +pods (▲ )?\d+\/\d+/)

  homelab = await serve()
  expect(await readFile(homelab.kubeconfig, 'utf8')).toBe(kubeconfig)
  await until(pods, 'current pods', () => !/refuses/.test(pods.text()), 10_000)
  await until(overview, 'everything again', () => !/refuses|cannot read|unread/.test(overview.text()), 10_000)
  await until(overview, 'charts again', () => /cpu +\d+ %/.test(overview.text()), 10_000)
  expect(overview.text()).toMatch(/● prometheus +proxy/)

  const listed = await runProgram(['get', 'pods', '-A', '-o', 'json'], { KUBECONFIG: homelab.kubeconfig })
  const { items } = JSON.parse(listed.out) as { items: { namespace: string; name: string }[] }
  await until(pods, 'as many pods', () => pods.text().includes(`all namespaces (${items.length})`))
  const shown = pods.lines().slice(4, 4 + items.length)
  // Long names lose their middle on screen, never their end.
  const missing = items.filter(({ namespace, name }) => {
    const end = new RegExp(`[ >]${clipped(namespace)} +${clipped(name)} `)
    return !shown.some((line) => end.test(line))
  })
  expect(missing).toEqual([])
})

/** The text, or its start and end with a mark between. */
function clipped(text: string): string {
  const forms = [...text].map((_, cut) => `${text.slice(0, cut)}…\\S*`)
  return `(?:${[text, ...forms].join('|')})`
}
