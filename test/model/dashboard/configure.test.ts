// Overrides: which fields each matcher means, what each property does, and how fields are named.
import { describe, expect, test } from 'vitest'
import { configureFields } from '#model/dashboard/configure-fields.ts'
import type { DataFrame, FieldConfig, FieldOverride } from '#model/dashboard/field.ts'
import { withProperty } from '#model/dashboard/field-properties.ts'
import { showValue } from '#model/dashboard/show-value.ts'
import { config, frame, number, series, texts } from './configs.ts'

const panel: readonly DataFrame[] = [
  series('read sda', [1, 2], { device: 'sda' }, 'A'),
  series('written sda', [0, 0], { device: 'sda' }, 'B'),
  { ...frame([texts('pod', ['a']), number('Value', [undefined])], 'C') },
]

const same = (text: string) => text

/** The names of the fields that the matcher meant. */
function meant(id: string, options: unknown): readonly string[] {
  const override: FieldOverride = { matcher: { id, options }, properties: [{ id: 'unit', value: 'found' }] }
  return configureFields(panel, [override], same)
    .flatMap(({ fields, refId }) => fields.map((field) => ({ field, refId })))
    .filter(({ field }) => field.config.unit === 'found')
    .map(({ field, refId }) => `${refId}:${field.displayName ?? field.name}`)
}

describe('thresholds that merely came with the panel mark only what is a share', () => {
  const steps = (limit: unknown, ...more: readonly unknown[]) => ({
    mode: 'absolute',
    steps: [{ color: 'green', value: null }, limit, ...more],
  })
  const red = { color: 'red', value: 80 }
  const lines = { id: 'custom.thresholdsStyle', value: { mode: 'line' } }
  const areas = { id: 'custom.thresholdsStyle', value: { mode: 'area' } }
  const off = { id: 'custom.thresholdsStyle', value: { mode: 'off' } }
  const unit = (value: string) => ({ id: 'unit', value })
  const bound = (id: 'min' | 'max', value: number) => ({ id, value })

  test.each<[string, unknown, FieldOverride['properties'], string]>([
    ['bytes', steps(red), [unit('bytes')], 'green'],
    ['seconds', steps(red), [unit('s'), off], 'green'],
    ['a count', steps(red), [], 'green'],
    ['a first step at zero is the same', { steps: [{ color: 'green', value: 0 }, red] }, [], 'green'],
    ['a greatest value alone', steps(red), [bound('max', 100)], 'green'],
    ['per cent', steps(red), [unit('percent')], 'red'],
    ['a share of one', steps(red), [unit('percentunit')], 'red'],
    ['from 0 to 100', steps(red), [bound('min', 0), bound('max', 100)], 'red'],
    ['from 0 to 1000', steps(red), [bound('min', 0), bound('max', 1000)], 'green'],
    ['drawn as lines', steps(red), [unit('s'), lines], 'red'],
    ['drawn as areas', steps(red), [unit('s'), areas], 'red'],
    ['another limit', steps({ color: 'red', value: 90 }), [unit('s')], 'red'],
    ['another colour', steps({ color: 'orange', value: 80 }), [unit('s')], 'orange'],
    ['another base', { steps: [{ color: 'blue', value: null }, red] }, [], 'red'],
    ['a step more', steps(red, { color: 'dark-red', value: 95 }), [unit('s')], 'dark-red'],
    [
      'of the range',
      { ...steps(red), mode: 'percentage' },
      [unit('s'), bound('min', 0), bound('max', 101)],
      'red',
    ],
  ])('%s', (_, thresholds, properties, colour) => {
    const all = [{ id: 'thresholds', value: thresholds }, ...properties]
    const [first] = configureFields(
      panel,
      [{ matcher: { id: 'anyMatch', options: undefined }, properties: all }],
      same,
    )
    const field = first?.fields.find(({ type }) => type === 'number')
    expect(field && showValue(100, field, { now: 0 }).colour).toBe(colour)
  })
})

test.each<[string, unknown, readonly string[]]>([
  ['byName', 'read sda', ['A:read sda']],
  // The name that the data has is one too.
  ['byName', 'Value', ['A:read sda', 'B:written sda', 'C:Value']],
  ['byName', 7, []],
  ['byNames', ['read sda', 'pod'], ['A:read sda', 'C:pod']],
  ['byNames', { mode: 'include', names: ['pod'] }, ['C:pod']],
  // How one series alone is shown: the time stays.
  ['byNames', { mode: 'exclude', names: ['read sda'] }, ['B:written sda', 'C:pod', 'C:Value']],
  ['byRegexp', '/sda$/', ['A:read sda', 'B:written sda']],
  // Without slashes the whole name.
  ['byRegexp', 'read', []],
  ['byRegexp', 'read.*', ['A:read sda']],
  ['byRegexpOrNames', { pattern: '/^read/', names: ['pod'] }, ['A:read sda', 'C:pod']],
  ['byType', 'string', ['C:pod']],
  ['byType', 'time', ['A:Time', 'B:Time']],
  ['byFrameRefID', 'B', ['B:Time', 'B:written sda']],
  ['byValue', { reducer: 'max', op: 'gte', value: 2 }, ['A:read sda']],
  ['byValue', { reducer: 'max', op: 'lt', value: 2 }, ['B:written sda']],
  // Compared with nothing, whatever the number beside it.
  ['byValue', { reducer: 'allIsZero', op: 'gte', value: 0 }, ['B:written sda']],
  ['byValue', { reducer: 'allIsNull', op: 'gte', value: 0 }, ['C:Value']],
  ['numeric', undefined, ['A:read sda', 'B:written sda', 'C:Value']],
  ['byNothing', 'x', []],
])('%s %j means %j', (id, options, expected) => {
  expect(meant(id, options)).toEqual(expected)
})

test.each<[string, unknown, Partial<FieldConfig> | { readonly graph: object }]>([
  ['unit', 'bytes', { unit: 'bytes' }],
  ['decimals', 2, { decimals: 2 }],
  ['min', 0, { min: 0 }],
  ['max', '100', { max: 100 }],
  ['noValue', 'none', { noValue: 'none' }],
  ['color', { mode: 'fixed', fixedColor: 'red' }, { colour: { mode: 'fixed', fixed: 'red' } }],
  ['color', { fixedColor: 'red' }, { colour: { mode: 'fixed', fixed: 'red' } }],
  [
    'custom.hideFrom',
    { legend: true, viz: true, tooltip: true },
    { hiddenFrom: { legend: true, view: true } },
  ],
  ['custom.hidden', true, { hiddenFrom: { legend: true, view: true } }],
  ['custom.cellOptions', { type: 'color-background', mode: 'basic' }, { cell: 'color-background' }],
  ['custom.displayMode', 'color-background-solid', { cell: 'color-background' }],
  ['custom.displayMode', 'lcd-gauge', { cell: 'gauge' }],
  ['custom.width', 120, { width: 120 }],
  ['custom.drawStyle', 'bars', { graph: { draw: 'bars' } }],
  ['custom.stacking', { mode: 'normal', group: 'B' }, { graph: { stack: { group: 'B', percent: false } } }],
  ['custom.stacking', { mode: 'percent', group: false }, { graph: { stack: { group: 'A', percent: true } } }],
  ['custom.transform', 'negative-Y', { graph: { negative: true } }],
  ['custom.lineStyle', { fill: 'dash', dash: [10, 10] }, { graph: { dashed: true } }],
  ['custom.lineInterpolation', 'stepAfter', { graph: { stepped: true } }],
  ['custom.fillOpacity', 40, { graph: { fill: 40 } }],
  ['custom.scaleDistribution', { type: 'log', log: 2 }, { graph: { logBase: 2 } }],
  ['custom.spanNulls', true, { graph: { joinGaps: Number.POSITIVE_INFINITY } }],
  ['custom.spanNulls', 60_000, { graph: { joinGaps: 60_000 } }],
  ['custom.thresholdsStyle', { mode: 'line' }, { graph: { thresholdLines: true, thresholdAreas: false } }],
  ['custom.thresholdsStyle', { mode: 'area' }, { graph: { thresholdLines: false, thresholdAreas: true } }],
  [
    'custom.thresholdsStyle',
    { mode: 'dashed+area' },
    { graph: { thresholdLines: true, thresholdAreas: true } },
  ],
  ['custom.axisPlacement', 'right', { graph: { axis: 'right' } }],
  ['custom.axisPlacement', 'auto', { graph: { axis: 'left' } }],
  ['custom.axisLabel', 'bytes out', { graph: { axisLabel: 'bytes out' } }],
  ['custom.axisCenteredZero', true, { graph: { centredZero: true } }],
  ['custom.axisSoftMax', 1, { graph: { softMax: 1 } }],
])('the property %s of %j', (id, value, change) => {
  const base = config()
  const expected =
    'graph' in change ? { ...base, graph: { ...base.graph, ...change.graph } } : { ...base, ...change }
  expect(withProperty(base, id, value)).toEqual(expected)
})

test('stacking can be taken away, and a wrong type or an unknown property changes nothing', () => {
  const stacked = withProperty(config(), 'custom.stacking', { mode: 'normal' })
  expect(stacked.graph.stack).toBeDefined()
  expect(withProperty(stacked, 'custom.stacking', { mode: 'none' })).toEqual(config())
  for (const [id, value] of [
    ['unit', 7],
    ['min', 'low'],
    ['color', null],
    ['thresholds', 'red'],
    ['custom.drawStyle', 1],
    ['links', []],
    ['constructor', {}],
  ])
    expect(withProperty(config(), String(id), value)).toEqual(config())
})

test('mappings of every type, those of Grafana 7 too', () => {
  const today = withProperty(config(), 'mappings', [
    { type: 'value', options: { 0: { text: 'off', color: 'red', index: 1 }, 1: { text: 'on' } } },
    { type: 'range', options: { from: 2, to: null, result: { text: 'many' } } },
    { type: 'regex', options: { pattern: 'x', result: { text: 'y' } } },
    { type: 'special', options: { match: 'null', result: { text: '-' } } },
    { type: 'special', options: { match: 'never', result: {} } },
    'nothing',
  ])
  expect(today.mappings).toEqual([
    { type: 'value', value: '0', result: { text: 'off', colour: 'red', order: 1 } },
    { type: 'value', value: '1', result: { text: 'on' } },
    { type: 'range', from: 2, to: Number.POSITIVE_INFINITY, result: { text: 'many' } },
    { type: 'regex', pattern: 'x', result: { text: 'y' } },
    { type: 'special', match: 'null', result: { text: '-' } },
  ])
  const former = withProperty(config(), 'mappings', [
    { type: 1, value: '1', text: 'up' },
    { type: 1, value: 'null', text: 'N/A' },
    { type: 2, from: '2', to: '5', text: 'some' },
  ])
  expect(former.mappings).toEqual([
    { type: 'value', value: '1', result: { text: 'up' } },
    { type: 'special', match: 'null', result: { text: 'N/A' } },
    { type: 'range', from: 2, to: 5, result: { text: 'some' } },
  ])
})

test('thresholds rise, begin at minus infinity, and may be a bare list', () => {
  const steps = [
    { color: 'red', value: 90 },
    { color: 'green', value: 0 },
  ]
  const expected = [
    { from: Number.NEGATIVE_INFINITY, colour: 'green' },
    { from: 90, colour: 'red' },
  ]
  expect(withProperty(config(), 'thresholds', { mode: 'percentage', steps }).thresholds).toEqual({
    percent: true,
    steps: expected,
  })
  expect(withProperty(config(), 'thresholds', steps).thresholds).toEqual({ percent: false, steps: expected })
})

test.each([
  [`$site: \${__field.labels.device}`, 'home: sda'],
  [`\${__field.labels["device"]}!`, 'sda!'],
  [`\${__field.labels}`, 'device="sda"'],
  [`\${__field.labels.gone}`, ''],
  [`\${__field.name}`, 'Value'],
  [`\${__series.name} total`, 'read sda total'],
  [`\${__field.displayName}`, 'read sda'],
])('the display name %j is %j', (value, name) => {
  const override: FieldOverride = {
    matcher: { id: 'byName', options: 'read sda' },
    properties: [{ id: 'displayName', value }],
  }
  const [first] = configureFields(panel, [override], (text) => text.replace('$site', 'home'))
  expect(first?.fields.map((field) => field.displayName ?? field.name)).toEqual(['Time', name])
})

test('a later override goes before an earlier one, and finds fields by the names from before', () => {
  const rule = (options: string, id: string, value: unknown): FieldOverride => ({
    matcher: { id: 'byName', options },
    properties: [{ id, value }],
  })
  const [first] = configureFields(
    panel,
    [
      rule('read sda', 'unit', 'bytes'),
      rule('read sda', 'displayName', 'Reads'),
      rule('read sda', 'unit', 's'),
    ],
    same,
  )
  expect(first?.fields[1]).toMatchObject({ displayName: 'Reads', config: { unit: 's' } })
})
