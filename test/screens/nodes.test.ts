// What the nodes table asks for at each width, and what its keys do.
import { expect, test } from 'vitest'
import type { NodeFigure } from '#model/node-figures.ts'
import { figureView, wideView } from '#screens/nodes/columns.ts'
import { figuresAt } from '#screens/nodes/figures.ts'
import { remarkOn } from '#screens/nodes/remark.ts'
import { nodesScreen } from '#screens/nodes/screen.tsx'
import { fixedNow } from '#test/ui/fake-deck.ts'
import { layOut, type SizeClass } from '#ui/columns.ts'
import { createTheme } from '#ui/theme.ts'
import { figures, setFigure, setLines, withFigures } from './node-figures.ts'
import * as rows from './rows.ts'
import { keys, type Run, run } from './running.ts'

const ctrlW = '\u0017'
const open = (columns: number) => run({ screen: 'nodes', columns, rows: 24 }, withFigures)
/** The figures at whose lines, and at whose numbers, somebody looks now. */
const looked = ({ deck }: Run) => lookedAt(deck.nodeLineCells)
const lookedNumbers = ({ deck }: Run) => lookedAt(deck.nodeFigures)
const lookedAt = (cells: ReadonlyMap<string, { readonly lookers: () => number }>) =>
  [...cells].flatMap(([name, cell]) => (cell.lookers() > 0 ? [name] : []))

test.each([
  [80, []],
  [119, []],
  [120, ['cpu', 'memory', 'disk']],
  [160, ['cpu', 'memory', 'disk', 'network']],
  [200, Object.keys(figures)],
])('at %i columns only the figures that it shows are asked for', async (columns, asked) => {
  const running = await open(columns)
  await running.shows('2.79/8')
  expect(looked(running)).toEqual(asked)
  // Usage has the numbers of cpu and memory.
  expect(lookedNumbers(running)).toEqual(asked.slice(2))
  running.press('m')
  await running.shows('enter full')
  expect([...looked(running), ...lookedNumbers(running)]).toEqual([])
})

test('a resize asks for what there is room for now', async () => {
  const running = await open(200)
  await running.shows('stall')
  running.terminal.resize(120, 24)
  await running.hides('stall')
  await expect.poll(() => looked(running)).toEqual(['cpu', 'memory', 'disk'])
})

test('wide columns instead of figures ask for no figures, are kept while away, and turn back', async () => {
  const running = await open(160)
  await running.shows('net b/s')
  running.press(ctrlW)
  await running.shows('kubelet', '192.168.10.13')
  expect(looked(running)).toEqual([])
  running.press(keys.enter)
  await running.shows('Node ')
  running.press(keys.esc)
  await running.shows('kubelet')
  running.press(ctrlW)
  await running.shows('net b/s')
  expect(looked(running)).toEqual(['cpu', 'memory', 'disk', 'network'])
})

test('the columns turn before there is a row to turn them for', async () => {
  const running = await run({ screen: 'nodes', columns: 160, rows: 24, ready: 'ctrl-w wide' })
  running.press(ctrlW)
  await running.shows('kubelet')
})

test('where there is no room for wide columns the key says so', async () => {
  const running = await open(80)
  running.press(ctrlW)
  await running.shows('from 120 columns on')
})

test.each([
  ['D', 'sort: disk'],
  ['B', 'sort: network'],
  ['L', 'sort: load'],
  ['P', 'sort: stall'],
  ['T', 'sort: temperature'],
])('%s sorts by the figure, the most first and the unknown last', async (key, title) => {
  const running = await open(200)
  running.press(key)
  const text = await running.shows(title)
  const lines = text.split('\n')
  const places = ['nuc-3', 'nuc-1', 'nuc-2', 'pi-1'].map((name) =>
    lines.findIndex((line) => line.slice(3).startsWith(name)),
  )
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test.each([
  [80, 'D', 'from 120 columns on'],
  [120, 'B', 'from 160 columns on'],
  [160, 'T', 'from 200 columns on'],
])('at %i columns %s says from which width on there is room', async (columns, key, why) => {
  const running = await open(columns)
  running.press(key)
  expect(await running.shows(`there is room for it ${why}`)).toContain('sort: status')
})

test('who sorted by a figure and turns to the wide columns is told of no sort that there is not', async () => {
  const running = await open(200)
  running.press('D')
  await running.shows('sort: disk')
  running.press(ctrlW)
  expect(await running.shows('kubelet')).not.toContain('sort:')
  running.press('D')
  await running.shows('ctrl-w shows the figures again')
  running.press(ctrlW)
  await running.shows('sort: disk')
})

test('what is sorted by goes with its column, and so does its name', async () => {
  const running = await open(200)
  running.press('B')
  await running.shows('sort: network')
  running.terminal.resize(120, 24)
  await running.hides('sort: network')
})

test.each([
  [200, 'sort by net b/s; again turns the order round; from 160 columns on'],
  [120, 'sort by net b/s; again turns the order round (off: there is room for it from 160 columns on)'],
])('the help at %i columns says from which width on a figure can be sorted by', async (columns, help) => {
  const running = await run({ screen: 'nodes', columns, rows: 50 }, withFigures)
  running.press('?')
  await running.shows(help)
})

test('what no machine has needs no column, and no word', async () => {
  const running = await open(200)
  await running.shows('temp')
  const none = rows.failed({ reason: 'no-series', detail: 'Prometheus has no node_hwmon_temp_celsius' })
  setFigure(running.deck, 'temperature', none)
  const text = await running.hides('temp')
  expect(text).not.toContain('no temperature')
  running.press('T')
  await running.shows('Prometheus has no node_hwmon_temp_celsius')
})

test('usage is that of the node’s address, as its line is', async () => {
  const running = await run({ screen: 'nodes', columns: 120, rows: 24 }, (deck) => {
    withFigures(deck)
    deck.nodeUsage.set(rows.known(new Map([['192.168.10.13', { cpu: 7.6 }]])))
  })
  const text = await running.shows('no usage of 5 of 6 nodes: no series')
  expect(text).toMatch(/nuc-3 .* 7\.6\/8 \S/)
})

test('a line that does not come leaves the number where it is', async () => {
  const running = await open(200)
  await running.shows('86 %')
  setLines(running.deck, 'disk', rows.failed(rows.unreachable))
  expect(await running.shows('no history: prometheus unreachable')).toContain('86 %')
})

test('the screen names every key that it has at any width', () => {
  const bound = nodesScreen.bindings.flatMap((binding): readonly string[] => binding.keys)
  expect(bound).toEqual(expect.arrayContaining(['S', 'A', 'C', 'M', 'D', 'B', 'L', 'P', 'T', 'ctrl-w']))
})

const theme = createTheme({ level: 0, ascii: false })

test.each<SizeClass>([80, 120, 160, 200])('all columns of either view fit at %i', (size) => {
  const readings = new Map(
    figuresAt(size).map((name) => [name, { lines: rows.known(figures[name]) }] as const),
  )
  const parts = {
    usage: undefined,
    pods: undefined,
    now: fixedNow,
    lines: { readings, header: '1h', theme, size },
  }
  for (const view of [figureView(parts), wideView(parts)]) {
    const wanted = view.filter(({ from = 80, hidden }) => from <= size && !hidden)
    expect(layOut(view, size - 4, size).columns).toEqual(wanted)
  }
})

const unread = rows.failed(rows.unreachable)
const lines = rows.known(figures.load)
const now = rows.known(figures.load.now)
const readings = (...names: NodeFigure[]) =>
  new Map(names.map((name) => [name, { lines: unread, ...(name !== 'cpu' && { now: unread }) }]))
const all = {
  usage: rows.known(rows.nodeUsage),
  figures: new Map(),
  nodes: [],
  late: true,
  now: fixedNow,
}
const noSeries = { reason: 'no-series', detail: 'Prometheus has no node_load1' } as const

test.each([
  ['nothing where all is there', {}, undefined],
  [
    'usage alone where it is missing',
    { usage: rows.failed(rows.unreachable), figures: readings('disk') },
    'no usage: prometheus unreachable',
  ],
  [
    'the age of usage',
    { usage: rows.stale(rows.nodeUsage, 4 * rows.minute, rows.unreachable) },
    'usage 4m old: prometheus unreachable',
  ],
  ['a user who may not', { usage: rows.failed(rows.forbidden) }, 'no usage: prometheus forbidden'],
  ['lines without usage being missing', { figures: readings('cpu') }, 'no history: prometheus unreachable'],
  [
    'all that fails alike together',
    { figures: readings('cpu', 'disk', 'stall') },
    'no history, disk, stall: prometheus unreachable',
  ],
  [
    'a number without its line',
    { figures: new Map([['load', { now, lines: rows.failed(noSeries) }]]) },
    'no history: prometheus has no series',
  ],
  [
    'a line without its number',
    { figures: new Map([['load', { now: rows.failed(noSeries), lines }]]) },
    'no load: prometheus has no series',
  ],
  [
    'the age of a number',
    {
      figures: new Map([
        ['load', { now: rows.stale(figures.load.now, 4 * rows.minute, rows.unreachable), lines }],
      ]),
    },
    'load 4m old: prometheus unreachable',
  ],
  [
    'one figure without series',
    { figures: new Map([['load', { now: rows.failed(noSeries), lines: rows.failed(noSeries) }]]) },
    'no load: prometheus has no series',
  ],
  [
    'what is still to come',
    { figures: new Map([['load', { now, lines: { pending: true } }]]) },
    'waiting for history',
  ],
  ['no wait that is short', { usage: { pending: true }, late: false }, undefined],
  ['that usage is waited for', { usage: { pending: true }, nodes: rows.nodes }, 'waiting for usage'],
  ['nodes without series', { nodes: rows.nodes }, 'no usage of 4 of 6 nodes: no series'],
])('the title says %s', (_, parts, text) => {
  expect(remarkOn({ ...all, ...parts } as Parameters<typeof remarkOn>[0])?.text).toBe(text)
})
