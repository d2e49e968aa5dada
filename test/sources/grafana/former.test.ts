// Old schemas: rows of panels, `graph`, `singlestat`, the old table and heatmap. Expectations are what the same settings
// mean in today's words, as Grafana itself migrates them.
import { expect, test } from 'vitest'
import { configureFields } from '#model/dashboard/configure-fields.ts'
import { transformFrames } from '#model/dashboard/transform/transform-frames.ts'
import { config, frame, number, series, shape, texts } from '#test/model/dashboard/configs.ts'
import { fixture, onlyPanel, panelNamed } from './decode.ts'

const dashboard = fixture('former-schema')
const named = (title: string) => panelNamed(dashboard, title)
const same = (text: string) => text

test('rows of panels that share twelve columns; a title that is not to be shown is none', () => {
  const rows = dashboard.rows.map(({ title, collapsed, repeat, panels }) => [
    title,
    collapsed,
    repeat,
    panels.map(({ grid }) => `${grid.x},${grid.y} ${grid.width}x${grid.height}`),
  ])
  expect(rows).toEqual([
    [undefined, false, undefined, ['0,0 12x7', '12,0 6x7', '18,0 6x7', '0,7 24x2']],
    ['Tables', true, 'node', ['0,0 24x5', '0,5 8x5', '8,5 8x5', '16,5 8x5', '0,10 8x5', '8,10 8x5']],
  ])
  expect(dashboard.span).toBe(30 * 60_000)
})

test('graph: axis, fill, stack, nulls, legend, thresholds', () => {
  const panel = named('Network')
  expect(panel).toMatchObject({
    view: {
      kind: 'timeseries',
      legend: { shown: true, place: 'right', calcs: ['max', 'mean', 'lastNotNull'] },
    },
    targets: [{ refId: 'A', coarser: 2, range: true, instant: false }],
    fields: {
      unit: 'bps',
      min: 0,
      decimals: 2,
      colour: { mode: 'palette-classic' },
      graph: {
        draw: 'line',
        fill: 30,
        stack: { percent: true },
        stepped: true,
        joinGaps: Number.POSITIVE_INFINITY,
        logBase: 10,
        axisLabel: 'traffic',
        thresholdLines: true,
      },
    },
  })
  expect(panel.fields.thresholds.steps).toEqual([
    { from: Number.NEGATIVE_INFINITY, colour: 'transparent' },
    { from: 100, colour: 'red' },
  ])
})

test('graph: what it says about single series, by name and by pattern', () => {
  const frames = [series('in', [1]), series('out eth0', [1]), series('errors', [1])]
  const panel = named('Network')
  const [incoming, outgoing, errors] = configureFields(
    frames.map((one) => ({
      ...one,
      fields: one.fields.map((field) => ({ ...field, config: panel.fields })),
    })),
    panel.overrides,
    same,
  ).map(({ fields }) => fields[1]?.config)
  expect(incoming).toMatchObject({ colour: { mode: 'fixed', fixed: '#7EB26D' }, graph: { negative: false } })
  expect(outgoing).toMatchObject({
    graph: { negative: true, fill: 0, dashed: true },
    hiddenFrom: { legend: true, view: false },
  })
  expect(outgoing?.graph.stack).toBeUndefined()
  // The second axis has a unit and bounds of its own.
  expect(errors).toMatchObject({
    unit: 'short',
    min: 0,
    colour: { fixed: 'red' },
    graph: { axis: 'right', axisLabel: 'errors', draw: 'bars', joinGaps: 0 },
  })
})

test.each([
  ['points without lines', { points: true, lines: false }, { draw: 'points' }],
  ['points on lines', { points: true, lines: true }, { draw: 'line' }],
  ['bars', { bars: true, lines: false }, { draw: 'bars' }],
  ['dashes', { dashes: true }, { dashed: true }],
  ['no fill said', {}, { fill: 10, joinGaps: 0 }],
])('graph with %s', (_, more, graph) => {
  expect(onlyPanel({ type: 'graph', ...more }).fields.graph).toMatchObject(graph)
})

test('a graph over series is a bar gauge, one of a histogram is not drawn', () => {
  expect(named('Bars').view).toMatchObject({ kind: 'bargauge', reduce: { calcs: ['sum'] } })
  expect(named('How often').view).toMatchObject({ kind: 'unsupported', type: 'graph as histogram' })
})

test('graph: a threshold from below colours what is under it', () => {
  const { fields } = onlyPanel({ type: 'graph', thresholds: [{ value: 5, op: 'lt', colorMode: 'warning' }] })
  expect(fields.thresholds.steps).toEqual([
    { from: Number.NEGATIVE_INFINITY, colour: 'orange' },
    { from: 5, colour: 'transparent' },
  ])
})

test('singlestat is a stat', () => {
  const panel = named('Load')
  expect(panel).toMatchObject({
    view: { kind: 'stat', graph: true, colour: 'value', text: 'value', reduce: { calcs: ['lastNotNull'] } },
    fields: {
      unit: 'percent',
      decimals: 1,
      noValue: '-',
      mappings: [
        { type: 'special', match: 'null', result: { text: 'N/A' } },
        { type: 'value', value: '0', result: { text: 'idle' } },
      ],
    },
  })
  expect(panel.fields.thresholds.steps).toEqual([
    { from: Number.NEGATIVE_INFINITY, colour: 'green' },
    { from: 50, colour: 'orange' },
    { from: 80, colour: 'red' },
  ])
})

test('singlestat with a gauge is a gauge; what stands behind the number is its unit', () => {
  expect(named('Disk')).toMatchObject({
    view: { kind: 'gauge', reduce: { calcs: ['mean'] } },
    fields: {
      min: 5,
      max: 50,
      unit: 'suffix:disks',
      mappings: [{ type: 'range', from: 0, to: 5, result: { text: 'few' } }],
    },
  })
})

test.each([
  ['its name', { valueName: 'name' }, { text: 'name' }],
  ['a colour behind it', { colorBackground: true }, { colour: 'background' }],
  ['no colour, no line', {}, { colour: 'none', graph: false }],
  [
    'one column of a table',
    { tableColumn: 'a.b' },
    { reduce: { fields: '/^a\\.b$/', calcs: ['mean'], all: false } },
  ],
])('singlestat shows %s', (_, more, view) => {
  expect(onlyPanel({ type: 'singlestat', ...more }).view).toMatchObject(view)
})

test('the old table: styles by column, its transform, its order', () => {
  const panel = named('Sizes')
  expect(panel.view).toEqual({ kind: 'table', header: true, sort: { field: 'Max', descending: true } })
  const { frames } = transformFrames([series('a', [1, 3]), series('b', [5, 5])], panel.transformations, {
    base: config(),
    fill: same,
  })
  expect(shape(frames)).toEqual([{ Field: ['a', 'b'], Mean: [2, 5], Max: [3, 5] }])
  const row = frame([texts('Time', ['t']), number('Max', [15]), number('At', [0])])
  const [time, most, at] = configureFields([row], panel.overrides, same)[0]?.fields ?? []
  expect(time?.config.hiddenFrom.view).toBe(true)
  expect(most).toMatchObject({
    displayName: 'Size',
    config: { unit: 'bytes', decimals: 1, cell: 'color-background' },
  })
  expect(most?.config.thresholds.steps.map(({ colour }) => colour)).toEqual(['green', 'yellow', 'red'])
  expect(at?.config.unit).toBe('dateTimeAsIso')
})

test.each([
  ['timeseries_to_rows', 'seriesToRows'],
  ['timeseries_to_columns', 'joinByField'],
  ['table', 'merge'],
])('the table transform %s is %s', (transform, id) => {
  const panel = onlyPanel({ type: 'table-old', transform, styles: [] })
  expect(panel.transformations.map((one) => one.id)).toEqual([id])
})

test('the old heatmap has its unit on the axis, the old alert list its number and states', () => {
  expect(named('Old heat')).toMatchObject({
    view: { kind: 'heatmap', calculate: false },
    fields: { unit: 'ms' },
  })
  expect(onlyPanel({ type: 'heatmap', dataFormat: 'timeseries' }).view).toMatchObject({ calculate: true })
  expect(named('Old alerts').view).toEqual({ kind: 'alertlist', most: 5, states: ['alerting'] })
})

test('the field options of Grafana 6', () => {
  expect(named('Six')).toMatchObject({
    view: { kind: 'gauge', reduce: { calcs: ['mean'] } },
    fields: {
      unit: 'percent',
      min: 0,
      max: 90,
      thresholds: { steps: [{ colour: 'green' }, { from: 70, colour: 'red' }] },
    },
  })
})
