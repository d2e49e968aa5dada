// From a panel to its queries, and from their answers to what it draws.
import { expect, test } from 'vitest'
import { buildPanelData } from '#model/dashboard/build-panel-data.ts'
import type { Panel } from '#model/dashboard/dashboard.ts'
import { layoutDashboard } from '#model/dashboard/layout.ts'
import { type PanelContext, panelQueries } from '#model/dashboard/panel-queries.ts'
import type { QueryAnswer } from '#model/prometheus.ts'
import { config, scope, shape, variable } from './configs.ts'
import { dashboard, panel, target } from './panels.ts'

const hour = 3_600_000
const to = 1_700_000_000_000
const variables = [
  variable('job', { current: ['node'] }),
  variable('resolution', { current: ['2m'] }),
  variable('pod', { current: ['a', 'b'], multi: true }),
]
const context: PanelContext = {
  scope: { variables, state: { chosen: {}, options: {} } },
  from: to - hour,
  to,
  columns: 80,
  scrape: 60_000,
  dashboard: 'Test',
}

function laid(one: Panel) {
  const rows = [{ id: 1, collapsed: false, panels: [one] }]
  const [first] = layoutDashboard(dashboard({ rows }), scope(variables))[0]?.panels ?? []
  if (!first) throw new Error('no panel')
  return first
}

const asked = (one: Panel, more: Partial<PanelContext> = {}) =>
  panelQueries(laid(one), { ...context, ...more })

test('an info about a query is no warning of its panel', () => {
  const [query] = asked(panel('x', { targets: [target('rate(node_load1[5m])')] }))
  if (query === undefined) throw new Error('nothing is asked')
  const notes = { warnings: ['slow disk'], infos: ['metric might not be a counter'] }
  const answer: QueryAnswer = { type: 'matrix', series: [], ...notes }
  expect(buildPanelData(laid(panel('x')), [{ query, answer }], context).warnings).toEqual(['slow disk'])
})

test('a query has everything put in, a round step that is never finer than a scrape, and bounds on it', () => {
  const [query] = asked(
    panel('x', {
      targets: [target('rate(a{job="$job"}[$__rate_interval]) > $__range_s', { legend: '{{pod}} $job' })],
    }),
  )
  expect(query).toMatchObject({
    kind: 'range',
    expr: 'rate(a{job="node"}[4m]) > 3600',
    legend: '{{pod}} node',
    step: 60_000,
  })
  expect((query?.to ?? 1) % 60_000).toBe(0)
  expect((query?.to ?? 0) - (query?.from ?? 0)).toBe(hour)
})

test.each([
  ['its own, by a variable', { targets: [target('x', { interval: '$resolution' })] }, 120_000],
  ['a macro says nothing', { targets: [target('x', { interval: '$__interval' })] }, 60_000],
  ['the panel’s', { targets: [target('x')], interval: 300_000 }, 300_000],
  ['its own before the panel’s', { targets: [target('x', { interval: '2m' })], interval: 300_000 }, 120_000],
  ['a multiple', { targets: [target('x', { coarser: 10 })] }, 600_000],
  ['few points', { targets: [target('x')], mostPoints: 7 }, 600_000],
])('the step: %s', (_, more, step) => {
  expect(asked(panel('x', more))[0]?.step).toBe(step)
})

test('the rate interval counts scrapes as the query’s own least step, where it has one', () => {
  const [query] = asked(panel('x', { targets: [target('rate(a[$__rate_interval])', { interval: '15s' })] }))
  // An hour in 160 points at most: 30 s, and 15 s more is less than four times 15 s.
  expect(query).toMatchObject({ step: 30_000, expr: 'rate(a[1m])' })
})

test('hidden queries and those of other sources are not asked; one may be asked both ways', () => {
  const targets = [
    target('hidden', { hidden: true }),
    target('logs', { source: 'other', sourceName: 'Loki' }),
    target('both', { instant: true }),
    target('now', { instant: true, range: false }),
  ]
  expect(asked(panel('x', { targets })).map(({ kind, expr }) => `${kind} ${expr}`)).toEqual([
    'range both',
    'instant both',
    'instant now',
  ])
})

test('a panel may look at a span of its own, at an earlier time', () => {
  const one = panel('x', {
    targets: [target('x', { instant: true, range: false })],
    span: 2 * hour,
    shift: 24 * hour,
  })
  expect(asked(one)[0]).toMatchObject({ from: to - 26 * hour, to: to - 24 * hour })
})

test('in a repeat the variable has one value', () => {
  const one = panel('$pod', {
    targets: [target('x{pod=~"$pod"}')],
    repeat: { variable: 'pod', across: true },
  })
  const rows = [{ id: 1, collapsed: false, panels: [one] }]
  const panels = layoutDashboard(dashboard({ rows }), scope(variables))[0]?.panels ?? []
  expect(panels.flatMap((each) => panelQueries(each, context).map(({ expr }) => expr))).toEqual([
    'x{pod=~"a"}',
    'x{pod=~"b"}',
  ])
})

const vector = (value: number, labels = {}): QueryAnswer => ({
  type: 'vector',
  samples: [{ labels, at: to, value }],
  warnings: ['native histograms are left out'],
})

test('answers become frames, transformed, each field configured; what is missing is named', () => {
  const one = laid(
    panel('x', {
      targets: [
        target('a', { instant: true, range: false, format: 'table' }),
        target('b', { refId: 'B', instant: true, range: false }),
        target('c', { refId: 'C', instant: true, range: false }),
        target('d', { refId: 'D', source: 'clickhouse', sourceName: 'ClickHouse' }),
        target('e', { refId: 'E', hidden: true, source: 'clickhouse' }),
      ],
      fields: config({ unit: 'bytes', displayName: `$job \${__field.name}` }),
      overrides: [
        { matcher: { id: 'byName', options: 'pod' }, properties: [{ id: 'custom.width', value: 9 }] },
      ],
      transformations: [
        { id: 'organize', disabled: false, options: { excludeByName: { Time: true } } },
        { id: 'heatmap', disabled: false, options: {} },
      ],
    }),
  )
  const [a, b, c] = panelQueries(one, context)
  if (!a || !b || !c) throw new Error('three queries')
  const gap = { reason: 'timeout' as const, detail: 'no answer within 5s' }
  const empty: QueryAnswer = { type: 'vector', samples: [], warnings: [] }
  const data = buildPanelData(
    one,
    [
      { query: a, answer: vector(7, { pod: 'p' }) },
      { query: b, gap },
      { query: c, answer: empty },
    ],
    context,
  )
  expect(shape(data.frames)).toEqual([{ 'node pod': ['p'], 'node Value': [7] }])
  expect(data.frames[0]?.fields.map(({ config: { unit, width } }) => [unit, width])).toEqual([
    ['bytes', 9],
    ['bytes', undefined],
  ])
  expect(data.gaps).toEqual([
    { refId: 'B', gap },
    { refId: 'C', gap: { reason: 'no-series', detail: 'no series for c' } },
    { refId: 'D', gap: { reason: 'invalid', detail: 'ClickHouse is not asked here' } },
  ])
  expect(data.warnings).toEqual([
    'native histograms are left out',
    expect.stringContaining('the transformation heatmap is not known here'),
  ])
  expect(data).toMatchObject({ from: to - hour, to, step: 0 })
})
