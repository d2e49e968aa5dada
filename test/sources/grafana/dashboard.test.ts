// Today's schema: every renderer with its options, variables, inputs, rows, data sources, and what cannot be drawn.
import { expect, test } from 'vitest'
import { decodeDashboard } from '#sources/grafana/dashboard.ts'
import { fixture, fixtureText, onlyPanel, panelNamed, panelsOf } from './decode.ts'

const dashboard = fixture('every-panel')
const named = (title: string) => panelNamed(dashboard, title)

test('what a dashboard says about itself', () => {
  expect(dashboard).toMatchObject({
    uid: 'every-panel',
    gnetId: 424242,
    title: 'Every panel',
    description: 'One panel of each kind',
    tags: ['test'],
    span: 6 * 3_600_000,
  })
})

test('rows: what stands before any has no title; folded ones keep their panels, all in reading order', () => {
  const rows = dashboard.rows.map(({ title, collapsed, repeat, panels }) => [
    title,
    collapsed,
    repeat,
    panels.map(({ id, grid }) => `${id} ${grid.x},${grid.y} ${grid.width}x${grid.height}`),
  ])
  expect(rows).toEqual([
    // What has no place of its own goes to the top.
    [
      undefined,
      false,
      undefined,
      ['1 0,0 12x8', '-2 0,0 12x8', '15 0,0 12x8', '2 12,0 4x4', '3 16,0 4x4', '4 20,0 4x4'],
    ],
    ['Tables of $fixed', false, 'node', ['5 0,0 12x8', '6 12,0 12x8']],
    [
      'Folded',
      true,
      undefined,
      ['8 12,0 12x8', '7 0,4 12x8', '9 0,12 12x8', '12 0,22 12x8', '13 12,22 12x8', '14 0,30 12x8'],
    ],
  ])
})

const hours = (count: number) => count * 3_600_000

test.each<[object, object]>([
  [{}, { span: undefined, shift: undefined, rangeNote: undefined }],
  [
    { timeFrom: '', timeShift: null },
    { span: undefined, shift: undefined, rangeNote: undefined },
  ],
  [{ timeFrom: '1h' }, { span: hours(1), shift: undefined, rangeNote: 'last 1h' }],
  [{ timeFrom: 'now-7d' }, { span: hours(168), rangeNote: 'last 7d' }],
  [{ timeFrom: '2M' }, { span: hours(1440), rangeNote: 'last 2M' }],
  [{ timeShift: '1d' }, { span: undefined, shift: hours(24), rangeNote: '1d earlier' }],
  [
    { timeFrom: '6h', timeShift: '1w' },
    { span: hours(6), shift: hours(168), rangeNote: 'last 6h, 1w earlier' },
  ],
  // A dashboard may keep quiet about it, but what changes nothing is said.
  [
    { timeFrom: '6h', hideTimeOverride: true },
    { span: hours(6), rangeNote: undefined },
  ],
  [{ timeFrom: 'now/d' }, { span: undefined, rangeNote: 'range now/d not understood' }],
  [
    { timeFrom: '1h', timeShift: '$shift', hideTimeOverride: true },
    { span: hours(1), shift: undefined, rangeNote: 'range $shift not understood' },
  ],
])('a range of its own: %j', (own, expected) => {
  const { span, shift, rangeNote } = onlyPanel({ type: 'timeseries', title: 'x', ...own })
  expect({ span, shift, rangeNote }).toEqual({ span: undefined, shift: undefined, ...expected })
})

test('a time series: queries, steps, times, fields, legend', () => {
  const panel = named('Traffic on $node')
  expect(panel).toMatchObject({
    description: 'in and out',
    repeat: { variable: 'node', across: true, most: 3 },
    interval: 30_000,
    mostPoints: 200,
    span: 2 * 3_600_000,
    shift: 86_400_000,
    view: { kind: 'timeseries', legend: { shown: true, place: 'right', calcs: ['mean', 'lastNotNull'] } },
    fields: {
      unit: 'bps',
      decimals: 1,
      min: 0,
      noValue: 'quiet',
      displayName: 'x',
      colour: { mode: 'palette-classic' },
      graph: {
        draw: 'bars',
        fill: 20,
        stack: { group: 'A', percent: false },
        joinGaps: 60_000,
        axis: 'right',
        axisLabel: 'per second',
        centredZero: true,
        thresholdLines: true,
        logBase: 2,
      },
    },
  })
  expect(panel.fields.max).toBeUndefined()
  // A query without a text asks nothing.
  expect(panel.targets).toEqual([
    {
      refId: 'A',
      source: 'prometheus',
      sourceName: 'Prometheus',
      expr: 'rate(received[$__rate_interval])',
      instant: false,
      range: true,
      format: 'series',
      legend: 'in {{device}}',
      interval: '1m',
      coarser: 2,
      hidden: false,
    },
    expect.objectContaining({ refId: 'B', instant: true, range: true, hidden: true, legend: '__auto' }),
  ])
  expect(panel.overrides).toEqual([
    {
      matcher: { id: 'byRegexp', options: '/in/' },
      properties: [{ id: 'custom.transform', value: 'negative-Y' }],
    },
  ])
})

test('single values', () => {
  expect(named('Up')).toMatchObject({
    targets: [{ instant: true, range: false }],
    view: {
      kind: 'stat',
      graph: false,
      colour: 'background',
      text: 'value-and-name',
      reduce: { calcs: ['max'], all: true, most: 5, fields: '/^x$/' },
    },
  })
  expect(named('Memory').view).toEqual({
    kind: 'gauge',
    reduce: { calcs: ['lastNotNull'], all: false, fields: '' },
  })
  const [bars] = panelsOf(dashboard).filter(({ view }) => view.kind === 'bargauge')
  expect(bars).toMatchObject({
    title: '',
    view: { unfilled: false },
    targets: [{ refId: 'A', format: 'heatmap', range: true }],
  })
  expect(named('Memory').transformations).toEqual([
    { id: 'configFromData', options: { configRefId: 'B' }, disabled: true },
    { id: 'organize', options: {}, disabled: false, only: 'A' },
  ])
})

test('Grafana’s own defaults where a panel says nothing: a palette for series, green and red for single values', () => {
  expect(onlyPanel({ type: 'timeseries' }).fields.colour.mode).toBe('palette-classic')
  const stat = onlyPanel({ type: 'stat' })
  expect(stat.fields.colour.mode).toBe('thresholds')
  expect(stat.fields.thresholds.steps.map(({ colour }) => colour)).toEqual(['green', 'red'])
  expect(stat.view).toMatchObject({ graph: true, colour: 'value', text: 'auto' })
})

test('tables, heatmaps, alerts, texts', () => {
  expect(named('Pods').view).toEqual({
    kind: 'table',
    header: false,
    sort: { field: 'Age', descending: true },
  })
  expect(named('Latency')).toMatchObject({
    view: { kind: 'heatmap', calculate: false },
    fields: { unit: 's' },
  })
  expect(named('Alerts').view).toEqual({
    kind: 'alertlist',
    most: 7,
    states: ['firing', 'pending'],
    name: 'Pod',
    matchers: '{node=~"$node"}',
  })
  expect(named('Words').view).toEqual({ kind: 'text', mode: 'html', content: '<b>$fixed</b>' })
})

test('each query of a mixed panel has its own source', () => {
  expect(named('Pods').targets.map(({ source, sourceName, expr }) => [source, sourceName, expr])).toEqual([
    ['prometheus', 'Prometheus', 'pods'],
    ['other', 'Loki', '{app="a"}'],
    ['clickhouse', 'ClickHouse', 'SELECT 1'],
  ])
})

test('what cannot be drawn says what it is and why, in its place', () => {
  const why = (title: string) => {
    const { view } = named(title)
    return view.kind === 'unsupported' ? `${view.type}: ${view.why}` : view.kind
  }
  expect(why('Lines')).toBe('logs: panels of type logs are not drawn here')
  expect(why('Rates of logs')).toBe('timeseries: it asks Loki, which is not read here')
  expect(why('Shared')).toBe('library panel: it is the library panel CPU of all, which only Grafana has')
  expect(why('Sum')).toMatch(/^stat: it asks an expression that Grafana’s server evaluates/)
  const [broken] = panelsOf(dashboard).filter(({ id }) => id === -2)
  expect(broken?.view).toEqual({ kind: 'unsupported', type: 'unknown', why: 'its JSON is no panel' })
  expect(onlyPanel({ type: 'constructor' }).view).toMatchObject({ kind: 'unsupported', type: 'constructor' })
})

test('a panel full of wrong types is a panel with what is left', () => {
  const [panel] = panelsOf(dashboard).filter(({ id }) => id === 15)
  expect(panel).toMatchObject({
    title: '',
    targets: [],
    overrides: [],
    transformations: [],
    view: { kind: 'timeseries' },
  })
})

test.each([
  ['no source', undefined, 'prometheus', 'Prometheus'],
  ['null', null, 'prometheus', 'Prometheus'],
  ['a name', 'Prometheus-2', 'prometheus', 'Prometheus'],
  ['a uid that says nothing', { uid: 'PBFA97CFB590B2093' }, 'prometheus', 'Prometheus'],
  ['a variable of a type', '$logs', 'other', 'Loki'],
  ['a variable in braces', `\${logs}`, 'other', 'Loki'],
  ['a variable as a uid', { uid: '$logs' }, 'other', 'Loki'],
  ['an old variable', '[[logs]]', 'other', 'Loki'],
  ['a variable that nobody defines', `\${DS_TEMPO}`, 'other', 'Tempo'],
  ['another type', { type: 'mysql', uid: 'x' }, 'other', 'mysql'],
  ['Grafana itself', { type: 'datasource', uid: 'grafana' }, 'other', 'Grafana itself'],
  ['another panel', '-- Dashboard --', 'other', 'another panel of the dashboard'],
  ['a kind of Prometheus', { type: 'grafana-amazonprometheus-datasource' }, 'prometheus', 'Prometheus'],
])('the data source by %s', (_, datasource, source, sourceName) => {
  const templating = { list: [{ name: 'logs', type: 'datasource', query: 'loki' }] }
  const { targets } = onlyPanel({ type: 'stat', datasource, targets: [{ expr: 'up' }] }, { templating })
  expect(targets).toMatchObject([{ source, sourceName }])
})

test('variables of every kind, with what an export asks for', () => {
  const by = Object.fromEntries(dashboard.variables.map((one) => [one.name, one]))
  expect(Object.keys(by)).toEqual([
    'source',
    'node',
    'job',
    'size',
    'every',
    'fixed',
    'words',
    'logs',
    'filters',
    'DS_METRICS',
    'DS_LOGS',
    'CLUSTER',
  ])
  expect(by.node).toEqual({
    name: 'node',
    label: 'Node',
    kind: 'query',
    query: 'label_values(up{job="$job"}, node)',
    regex: '/^n/',
    multi: true,
    includeAll: true,
    allValue: '.*',
    sort: 'text',
    descending: true,
    hidden: false,
    current: ['$__all'],
    options: [],
  })
  expect(by.job).toMatchObject({
    query: 'label_values(up, job)',
    sort: 'natural',
    descending: false,
    hidden: true,
  })
  expect(by.size).toMatchObject({
    current: ['1'],
    options: [
      { text: '1', value: '1' },
      { text: 'big', value: '10,000' },
      { text: '5', value: '5' },
    ],
  })
  expect(by.every?.options.map(({ value }) => value)).toEqual(['$__auto', '1m', '5m'])
  expect(by.fixed).toMatchObject({ kind: 'constant', current: ['shop'] })
  expect(by.words).toMatchObject({ kind: 'textbox', current: ['hello'] })
  expect(by.logs?.why).toBe('it asks Loki, which is not asked for values here')
  expect(by.filters).toMatchObject({ kind: 'unsupported', why: 'variables of type adhoc are not read here' })
  expect(by.DS_METRICS).toMatchObject({
    kind: 'datasource',
    query: 'prometheus',
    hidden: true,
    label: 'Metrics',
  })
  expect(by.CLUSTER).toMatchObject({ kind: 'constant', query: 'home', current: ['home'] })
})

test('inputs that are given stand for what the export asks for', () => {
  const given = decodeDashboard(fixtureText('every-panel'), { DS_METRICS: 'Prometheus', nobody: 'x' })
  expect(given.variables.find(({ name }) => name === 'DS_METRICS')?.current).toEqual(['Prometheus'])
})

test.each([
  ['the export of the API', (json: object) => ({ dashboard: json, meta: {} })],
  [
    'its Kubernetes-like form',
    (json: object) => ({ apiVersion: 'dashboard.grafana.app/v1', kind: 'Dashboard', spec: json }),
  ],
])('%s wraps a dashboard', (_, wrap) => {
  const text = fixtureText('every-panel')
  expect(decodeDashboard(JSON.stringify(wrap(JSON.parse(text))))).toEqual(decodeDashboard(text))
})

test.each([
  ['now-15m', 'now', 900_000],
  ['now-2M', 'now', 60 * 86_400_000],
  ['now-2d', 'now-1d', 86_400_000],
  ['now/d', 'now', undefined],
  ['2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z', undefined],
])('from %s to %s it looks back %s', (from, to, span) => {
  expect(decodeDashboard(JSON.stringify({ title: 'T', panels: [], time: { from, to } })).span).toBe(span)
})
