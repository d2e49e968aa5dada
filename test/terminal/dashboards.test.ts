// `obsdeck dashboard` in a pipe: the list, one by each of its names, one from a file, as text, JSON and a picture; and
// a clear word for what is no dashboard.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Finished, runProgram, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
let folder: string
beforeAll(async () => {
  homelab = await serveHomelabProcess()
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-dashboards-'))
})
afterAll(async () => {
  await homelab.stop()
  await rm(folder, { recursive: true, force: true })
})

const run = (...args: readonly string[]): Promise<Finished> =>
  runProgram(['dashboard', ...args], { KUBECONFIG: homelab.kubeconfig, COLUMNS: '120' })

/** The file's path. */
async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

interface Printed {
  readonly title: string
  readonly variables: Readonly<Record<string, readonly string[]>>
  readonly rows: readonly {
    readonly title?: string
    readonly collapsed: boolean
    readonly panels: readonly {
      readonly title: string
      readonly kind: string
      readonly frames?: readonly { readonly fields: readonly { readonly values: readonly unknown[] }[] }[]
    }[]
  }[]
}

async function json(...args: readonly string[]): Promise<Printed> {
  const { code, out, err } = await run(...args, '-o', 'json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

const panelsOf = ({ rows }: Printed) => rows.flatMap((row) => row.panels)

test('without a name, which there are', async () => {
  const { code, out, err } = await run()
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^NAMESPACE +NAME +TITLE +NUMBER\n/)
  expect(out).toMatch(/^observability +node-exporter-full +Node Exporter \/ Node +1860$/m)
  expect(out.trimEnd().split('\n').length).toBe(7)
  const { items } = JSON.parse((await run('-o', 'json')).out) as { items: { name: string }[] }
  expect(items.map(({ name }) => name)).toContain('cnpg')
})

test.each(['node-exporter-full', 'observability/node-exporter-full', 'Node Exporter / Node', '1860'])(
  'one by %s',
  async (name) => {
    const board = await json(name)
    expect(board.title).toBe('Node Exporter / Node')
    expect(panelsOf(board).length).toBeGreaterThanOrEqual(10)
  },
)

test('by its uid; every panel that is open has values', async () => {
  const board = await json('cloudnative-pg')
  expect(board.title).toBe('CloudNativePG / Cluster')
  const open = board.rows.filter(({ collapsed }) => !collapsed).flatMap(({ panels }) => panels)
  const empty = open.filter(
    ({ kind, frames = [] }) =>
      !['text', 'alertlist', 'unsupported'].includes(kind) &&
      !frames.some(({ fields }) => fields.some(({ values }) => values.length > 0)),
  )
  expect(empty.map(({ title }) => title)).toEqual([])
})

test('as text it is drawn, and only what is open is read', async () => {
  const { code, out, err } = await run('1860', '--range', '6h')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^ Node Exporter \/ Node {2}Job node-exporter/)
  expect(out).toMatch(/[⠁-⣿]/)
  expect(out).toMatch(/^ \+ Pressure and disks {2}4 panels$/m)
  const whole = await run('1860', '--whole')
  expect(whole.out).toMatch(/^ - Pressure and disks$/m)
  expect(whole.out.split('\n').length).toBeGreaterThan(out.split('\n').length)
})

test.each(['1860', 'cnpg', 'envoy-gateway', 'flux'])(
  '%s finds nothing broken in a calm cluster',
  async (name) => {
    const { out } = await run(name)
    expect(out).toMatch(/[⠁-⣿]/)
    expect(out.split('\n').filter((line) => line.includes('✗'))).toEqual([])
  },
)

test('in ASCII', async () => {
  const { code, out } = await run('flux', '--ascii')
  expect(code).toBe(0)
  expect(out).toMatch(/^[\x20-\x7e\n]*$/)
})

test('as a picture that a viewer takes', async () => {
  const { code, out, err } = await run('cnpg', '-o', 'svg')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^<svg xmlns=/)
  expect(out).toContain('<title>CloudNativePG / Cluster</title>')
  // It throws where the picture is not well-formed.
  const { width, height } = new Resvg(out, { font: { loadSystemFonts: false } })
  expect(width).toBeGreaterThan(500)
  expect(height).toBeGreaterThan(500)
})

test('with other values of its variables', async () => {
  const all = await json('1860')
  const chosen = await json('1860', '--var', 'nodename=nuc-1')
  expect(all.variables.nodename).not.toEqual(['nuc-1'])
  expect(chosen.variables.nodename).toEqual(['nuc-1'])
  // What depends on it goes with it.
  expect(chosen.variables.node).not.toEqual(all.variables.node)
  const { code, out, err } = await run('1860', '--var', 'nodenam=nuc-1')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toBe(
    'obsdeck: --var nodenam: "Node Exporter / Node" has no such variable\n  did you mean nodename?\n',
  )
})

test('a value that a variable has not is told, with those that it has', async () => {
  const { code, out, err } = await run('1860', '--var', 'nodename=nope')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(/^obsdeck: --var nodename=nope: there is no such value\n {2}it may be .*nuc-1/)
})

const panel = (expr: string) => ({
  ...{ type: 'timeseries', title: 'Pods', gridPos: { x: 0, y: 0, w: 24, h: 8 } },
  targets: [{ refId: 'A', expr, legendFormat: '{{namespace}}' }],
})

test('one from a file', async () => {
  const path = await file('mine.json', {
    ...{ title: 'Mine', schemaVersion: 39 },
    panels: [panel('count by (namespace) (kube_pod_info)')],
  })
  const { code, out, err } = await run(path)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^ Mine\s/)
  expect(out).toContain('observability')
})

test('what a file holds beside text never reaches the terminal', async () => {
  const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m'
  const text = { type: 'text', title: `${evil}T`, gridPos: { x: 0, y: 0, w: 24, h: 4 } }
  const path = await file('hostile.json', {
    ...{ title: `${evil}Mine`, schemaVersion: 39 },
    templating: { list: [{ name: `n${evil}`, label: `L${evil}`, type: 'custom', query: `a${evil},b` }] },
    panels: [
      { ...text, options: { content: `# ${evil}C`, mode: 'markdown' } },
      { type: 'row', title: `${evil}R`, gridPos: { x: 0, y: 4, w: 24, h: 1 }, panels: [] },
      { ...panel('count by (namespace) (kube_pod_info)'), title: `${evil}P` },
      { ...panel(`nothing_${'x'.repeat(9)}`), type: `odd${evil}` },
      { ...panel(`broken ${evil} (`), title: 'B' },
    ],
  })
  for (const output of ['text', 'svg']) {
    const { code, out, err } = await run(path, '-o', output)
    expect(code).toBe(0)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the test
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  }
})

test('one with circular variables says so and draws the rest', async () => {
  const query = (name: string, other: string) => ({
    ...{ name, type: 'query', datasource: { type: 'prometheus' } },
    query: `label_values(up{${other}="$${other}"}, ${name})`,
  })
  const path = await file('circular.json', {
    ...{ title: 'Circular', schemaVersion: 39 },
    templating: { list: [query('a', 'b'), query('b', 'a')] },
    panels: [panel('count(kube_pod_info)')],
  })
  const { code, out } = await run(path)
  expect(code).toBe(0)
  expect(out).toContain('a: a, b wait for each other')
  expect(out).toMatch(/[⠁-⣿]/)
})

describe('what is none', () => {
  const refused = async (says: RegExp, ...args: readonly string[]) => {
    const { code, out, err } = await run(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(says)
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
  }
  test('a name that nobody has', () => refused(/no dashboard "cnpgg"\n.*did you mean cnpg\?/, 'cnpgg'))
  test('a number that nobody has', () => refused(/no dashboard "186"/, '186'))
  test('a name of several', () => refused(/may be \d dashboards\n.*name one of them: observability/, 'e'))
  test('a file that is not there', () => refused(/cannot be read: .*no such file/, './none.json'))
  test('a file that is no JSON', async () =>
    refused(/not a Grafana dashboard: it is no JSON/, await file('bad.json', '<html>')))
  test('a file that is another JSON', async () =>
    refused(/not a Grafana dashboard: its JSON has neither panels nor rows/, await file('other.json', {})))
  test('a file of more than 2 MB', async () =>
    refused(/has 2\.1 MB, more than the 2 MB that are read/, await file('big.json', 'x'.repeat(2_100_000))))
  test('variables that make no sense', () =>
    refused(/--var x: it needs a name and a value/, 'cnpg', '--var', 'x'))
})
