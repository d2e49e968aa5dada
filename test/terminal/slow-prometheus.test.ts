// A dashboard over two weeks on a Prometheus that needs five seconds for every answer: the keys stay alive, what is
// waited for is said, no more than eight questions are under way, and the data come.
import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Asked, standIn } from '#test/sources/prometheus/stand-in.ts'
import { type Program, startProgram, until } from './pty.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

const slowness = 5000
/** Milliseconds from a key to what it draws. */
const most = 200

let homelab: ServedHomelab
let program: Program | undefined
beforeAll(async () => {
  homelab = await serveHomelabProcess()
})
afterAll(async () => {
  await program?.end()
  await homelab.stop()
})

/** One series, rising from 1 to 60: at once, or as late as `slow` says. */
async function prometheus() {
  const state = { slow: false, underWay: 0, mostUnderWay: 0, answered: 0 }
  const { url, asked } = await standIn((one, response) => {
    state.underWay += 1
    state.mostUnderWay = Math.max(state.mostUnderWay, state.underWay)
    response.once('close', () => {
      state.underWay -= 1
    })
    const timer = setTimeout(() => reply(one, response), state.slow ? slowness : 0)
    response.once('close', () => clearTimeout(timer))
  })
  const reply = (one: Asked, response: ServerResponse) => {
    state.answered += 1
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status: 'success', data: dataOf(one) }))
  }
  return { url, asked, state }
}

function dataOf({ path, params }: Asked): unknown {
  const metric = { instance: 'nuc-1', job: 'node-exporter', nodename: 'nuc-1', device: 'eth0' }
  if (path.startsWith('/api/v1/label')) return ['nuc-1']
  if (path === '/api/v1/series') return [metric]
  if (path === '/api/v1/query') {
    return { resultType: 'vector', result: [{ metric, value: [Number(params.get('time')), '60'] }] }
  }
  const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(params.get(name)))
  const count = Math.floor(((end ?? 0) - (start ?? 0)) / (step ?? 1)) + 1
  const values = Array.from({ length: count }, (_, index) => [
    (start ?? 0) + index * (step ?? 1),
    String(1 + (59 * index) / Math.max(1, count - 1)),
  ])
  return { resultType: 'matrix', result: [{ metric, values }] }
}

/** The focused panel, by the mark before its title. */
const focused = (shown: Program) => />(\S[^>]*?)\s{2,}/.exec(shown.text())?.[1]

/** Moves about, and opens the help and the choice of a variable; how long each key took to be seen, milliseconds. */
async function pressAll(shown: Program): Promise<number[]> {
  const took: number[] = []
  const press = async (keys: string, what: string, done: () => boolean) => {
    const at = performance.now()
    shown.write(keys)
    await until(shown, what, done, 2000)
    took.push(performance.now() - at)
  }
  const has = (text: string) => shown.text().includes(text)
  for (const key of ['j', 'j', 'j', 'k', 'k', '\t', 'k']) {
    const from = focused(shown)
    await press(key, `another panel after ${JSON.stringify(key)}`, () => focused(shown) !== from)
  }
  await press('?', 'the help', () => has('the panel alone'))
  await press('?', 'the panels', () => !has('the panel alone'))
  await press('v', 'the choice', () => has('v next variable'))
  // A lone escape is waited with: it may begin a longer sequence.
  shown.write('\u001b')
  await until(shown, 'the panels', () => !has('v next variable'))
  return took
}

test('a range of 14 days on a slow Prometheus leaves the keys alive and says what is loading', async () => {
  const { url, asked, state } = await prometheus()
  const cockpit = startProgram(process.execPath, [launcher, 'dashboards'], {
    // Three rounds of eight are what is in view.
    rows: 40,
    env: { KUBECONFIG: homelab.kubeconfig, OBSDECK_PROMETHEUS_URL: url },
  })
  program = cockpit
  const shows = (...texts: readonly string[]) =>
    until(cockpit, texts.join(', '), () => texts.every((text) => cockpit.text().includes(text)))
  await shows('Node Exporter / Node')
  cockpit.write('G\r')
  await shows('CPU by mode', ' max ')
  await until(cockpit, 'all loaded', () => !cockpit.text().includes('waiting for'))

  // What the same keys take while nothing is waited for: on a busy machine that is what they can be held to.
  const usual = Math.max(...(await pressAll(cockpit)))

  state.slow = true
  const before = { answered: state.answered, asked: asked.length }
  const began = performance.now()
  cockpit.write(':range 14d\r')
  await shows('last 14d', 'waiting for 1 query', 'panels')

  // While nothing has been answered every key does at once what it always does.
  const took = await pressAll(cockpit)
  expect(state.answered).toBe(before.answered)
  expect(took.filter((milliseconds) => milliseconds > Math.max(most, 2 * usual))).toEqual([])

  // How long it takes, how much there is, and how much of a panel with several queries has come.
  await until(cockpit, 'how long', () => /waiting for 1 query, [1-4]s/.test(cockpit.text()))
  expect(cockpit.text()).toMatch(/waiting for \d+ of \d+ panels/)
  await until(cockpit, 'all loaded', () => !/waiting for/.test(cockpit.text()), 5 * slowness)
  const shown = cockpit.text()
  expect(shown).toContain('CPU by mode')
  expect(shown).toContain(' max ')
  expect(shown).not.toMatch(/no answer|no data|no Prometheus/)
  expect(performance.now() - began).toBeGreaterThan(slowness)

  // Nothing is asked twice, though the help and the choice were opened over it while it was waited for.
  const questions = asked.slice(before.asked).map(({ params }) => params.get('query'))
  expect(new Set(questions).size).toBe(questions.length)
  const ranges = asked.slice(before.asked).filter(({ path }) => path === '/api/v1/query_range')
  expect(ranges.length).toBeGreaterThan(8)
  for (const { params } of ranges) {
    expect(Number(params.get('end')) - Number(params.get('start'))).toBeGreaterThan(13 * 86_400)
  }
  expect(state.mostUnderWay).toBe(8)
})
