// Transformations, each as Grafana's documentation describes it.
import { expect, test } from 'vitest'
import type { DataFrame, Value } from '#model/dashboard/field.ts'
import { transformFrames } from '#model/dashboard/transform/transform-frames.ts'
import { config, frame, number, series, shape, texts, times } from './configs.ts'

const context = { base: config(), fill: (text: string) => text.replace('$pod', 'a') }

function apply(frames: readonly DataFrame[], ...steps: readonly (readonly [string, unknown])[]) {
  const transformations = steps.map(([id, options]) => ({ id, options, disabled: false }))
  return transformFrames(frames, transformations, context)
}

/** What one transformation makes of the frames, by shown names. */
const made = (frames: readonly DataFrame[], id: string, options: unknown) =>
  shape(apply(frames, [id, options]).frames)

const gap: Value = undefined
const pods = () =>
  frame([
    times([1, 1, 1]),
    texts('pod', ['a', 'b', 'a']),
    texts('node', ['n1', 'n2', 'n3']),
    number('Value', [3, 1, 2]),
  ])

test('organize: left out, in order, renamed; what has no place stays behind', () => {
  const options = {
    excludeByName: { Time: true, Value: false },
    indexByName: { Value: 0, node: 1 },
    renameByName: { Value: 'Count', node: '' },
  }
  const [first] = apply([pods()], ['organize', options]).frames
  expect(first?.fields.map((field) => field.displayName ?? field.name)).toEqual(['Count', 'node', 'pod'])
  expect(made([pods()], 'organize', { includeByName: { pod: true } })).toEqual([{ pod: ['a', 'b', 'a'] }])
})

test.each<[unknown, readonly string[]]>([
  [{ include: { names: ['pod'] } }, ['pod']],
  [{ include: { pattern: '(pod|Value)' } }, ['pod', 'Value']],
  [{ include: { pattern: '/^n/' } }, ['node']],
  [{ exclude: { names: ['Time'] } }, ['pod', 'node', 'Value']],
  [{ include: { pattern: 'o' }, exclude: { pattern: '^n' } }, ['pod']],
  [{}, ['Time', 'pod', 'node', 'Value']],
])('filterFieldsByName %j keeps %j', (options, names) => {
  expect(made([pods()], 'filterFieldsByName', options).map((one) => Object.keys(one))).toEqual([names])
})

test('filterByRefId keeps the frames of some queries', () => {
  const frames = [series('a', [1]), series('b', [2], {}, 'B'), series('c', [3], {}, 'C')]
  expect(made(frames, 'filterByRefId', { include: 'A|C' }).map((one) => Object.keys(one)[1])).toEqual([
    'a',
    'c',
  ])
})

const two = () => [series('a', [1, 2, gap]), series('b', [3, gap, 5])]

test.each<[string, unknown, Record<string, readonly Value[]>]>([
  [
    'a row reduced, in the place of the others',
    { mode: 'reduceRow', reduce: { reducer: 'mean' }, alias: 'Mean of $pod', replaceFields: true },
    { 'Mean of a': [2, 2, 5] },
  ],
  [
    'beside the others',
    { mode: 'reduceRow', reduce: { reducer: 'sum' } },
    { a: [1, 2, gap], b: [3, gap, 5], Total: [4, 2, 5] },
  ],
  [
    'of chosen fields',
    { mode: 'reduceRow', reduce: { reducer: 'max', include: ['b'] }, replaceFields: true },
    { Max: [3, gap, 5] },
  ],
  [
    'of two fields: nothing where one is missing',
    { mode: 'binary', binary: { left: 'a', operator: '+', right: 'b' }, replaceFields: true },
    { 'a + b': [4, gap, gap] },
  ],
  [
    'of a field and a number',
    {
      mode: 'binary',
      binary: { left: 'a', operator: '*', right: '100' },
      alias: 'percent',
      replaceFields: true,
    },
    { percent: [100, 200, gap] },
  ],
  [
    'as Grafana 11 writes it',
    {
      mode: 'binary',
      binary: { left: { matcher: { id: 'byName', options: 'b' } }, operator: '/', right: { fixed: '2' } },
      replaceFields: true,
    },
    { 'b / 2': [1.5, gap, 2.5] },
  ],
  [
    'of one',
    { mode: 'unary', unary: { operator: 'abs', fieldName: 'a' }, replaceFields: true },
    { 'abs(a)': [1, 2, gap] },
  ],
  ['the row', { mode: 'index', replaceFields: true }, { Row: [0, 1, 2] }],
  [
    'up to the row',
    { mode: 'cumulativeFunctions', cumulative: { field: 'a', reducer: 'sum' }, replaceFields: true },
    { 'cumulative sum(a)': [1, 3, gap] },
  ],
])('calculateField %s', (_, options, expected) => {
  const [first, second] = made(two(), 'calculateField', options)
  expect(second).toBeUndefined()
  expect(first).toEqual({ Time: [0, 1000, 2000], ...expected })
})

test('calculateField of a mode or an operator that is not known leaves the frame as it is', () => {
  for (const options of [
    { mode: 'constructor' },
    { mode: 'binary', binary: { left: 'a', operator: 'constructor', right: 'b' } },
  ])
    expect(made([pods()], 'calculateField', options)).toEqual(shape([pods()]))
})

test('groupBy: one row for each combination, the rest reduced or left out', () => {
  const fields = {
    pod: { operation: 'groupby', aggregations: [] },
    Value: { operation: 'aggregate', aggregations: ['max', 'count'] },
    node: { aggregations: ['lastNotNull'] },
  }
  expect(made([pods()], 'groupBy', { fields })).toEqual([
    { pod: ['a', 'b'], 'Value (max)': [3, 1], 'Value (count)': [2, 1] },
  ])
  expect(made([pods()], 'groupBy', { fields: {} })).toEqual([])
})

test('groupingToMatrix: one field across, one down, one in the cells', () => {
  const options = { columnField: 'pod', rowField: 'node', valueField: 'Value' }
  expect(made([pods()], 'groupingToMatrix', options)).toEqual([
    { 'node\\pod': ['n1', 'n2', 'n3'], a: [3, gap, 2], b: [gap, 1, gap] },
  ])
  expect(made([pods()], 'groupingToMatrix', { ...options, emptyValue: 'zero' })[0]?.b).toEqual([0, 1, 0])
  // Only of a single frame.
  expect(made([pods(), pods()], 'groupingToMatrix', options)).toEqual(shape([pods(), pods()]))
})

test.each<[unknown, readonly Value[]]>([
  [{ sort: [{ field: 'Value' }] }, [1, 2, 3]],
  [{ sort: [{ field: 'Value', desc: true }] }, [3, 2, 1]],
  [{ sort: [{ field: 'node', desc: true }] }, [2, 1, 3]],
  [{ sort: [{ field: 'gone' }] }, [3, 1, 2]],
  [{}, [3, 1, 2]],
])('sortBy %j', (options, values) => {
  expect(made([pods()], 'sortBy', options)[0]?.Value).toEqual(values)
})

test('limit keeps the first rows, or the last', () => {
  expect(made([pods()], 'limit', { limitField: 2 })[0]?.Value).toEqual([3, 1])
  expect(made([pods()], 'limit', { limitField: '-1' })[0]?.Value).toEqual([2])
})

test('configFromData: the last value of one query is the maximum of the others', () => {
  const limits = series('sum(limits)', [100, 200], {}, 'B')
  const mappings = [{ fieldName: 'sum(limits)', handlerKey: 'max' }]
  const { frames } = apply(
    [series('used', [1, 2]), limits],
    ['configFromData', { configRefId: 'B', mappings }],
  )
  expect(frames.map(({ refId }) => refId)).toEqual(['A'])
  expect(frames[0]?.fields.map((field) => field.config.max)).toEqual([undefined, 200])
})

test('configFromData by reducer, colour, threshold and by the name of the field itself', () => {
  const source = frame([number('min', [5, 7]), texts('tint', ['blue']), number('warn', [80])], 'B')
  const mappings = [
    { fieldName: 'min', handlerKey: 'min', reducerId: 'first' },
    { fieldName: 'tint', handlerKey: 'color' },
    { fieldName: 'warn', handlerKey: 'threshold1' },
  ]
  const { frames } = apply([series('used', [1]), source], ['configFromData', { configRefId: 'B', mappings }])
  const found = frames[0]?.fields[1]?.config
  expect(found).toMatchObject({ min: 5, colour: { mode: 'fixed', fixed: 'blue' } })
  expect(found?.thresholds.steps[1]).toEqual({ from: 80, colour: 'red' })
  const plain = apply([series('used', [1]), source], ['configFromData', { configRefId: 'B' }])
  expect(plain.frames[0]?.fields[1]?.config.min).toBe(7)
})

test('renameByRegex renames what is measured, with groups', () => {
  const options = { regex: '/^pod-(.*)$/', renamePattern: '$1!' }
  expect(made([series('pod-a', [1]), series('node', [2])], 'renameByRegex', options)).toEqual([
    { Time: [0], 'a!': [1] },
    { Time: [0], node: [2] },
  ])
})

test('merge: rows that agree in what all frames share become one', () => {
  const cpu = frame([texts('pod', ['a', 'b']), number('cpu', [1, 2])])
  const memory = frame([texts('pod', ['b', 'c']), number('memory', [20, 30])], 'B')
  expect(made([cpu, memory], 'merge', {})).toEqual([
    { pod: ['a', 'b', 'c'], cpu: [1, 2, gap], memory: [gap, 20, 30] },
  ])
  // Rows of one frame stay apart.
  const twice = frame([texts('pod', ['a', 'a']), number('cpu', [1, 2])])
  expect(made([twice, memory], 'merge', {})[0]?.pod).toEqual(['a', 'a', 'b', 'c'])
  expect(made([cpu], 'merge', {})).toEqual(shape([cpu]))
  // Each finds one of its own to join.
  const other = frame([texts('pod', ['a', 'a']), number('memory', [10, 20])], 'B')
  expect(made([twice, other], 'merge', {})).toEqual([{ pod: ['a', 'a'], cpu: [1, 2], memory: [10, 20] }])
})

test('concatenate puts fields side by side', () => {
  expect(made([frame([number('x', [1, 2])]), frame([number('y', [3])])], 'concatenate', {})).toEqual([
    { x: [1, 2], y: [3, gap] },
  ])
})

test('joinByField by the time, by a field, of all keys or of common ones', () => {
  const late = frame([times([1000, 3000]), number('c', [7, 8])], 'C')
  expect(made([...two(), late], 'joinByField', {})).toEqual([
    { Time: [0, 1000, 2000, 3000], a: [1, 2, gap, gap], b: [3, gap, 5, gap], c: [gap, 7, gap, 8] },
  ])
  const [x, y] = [
    frame([texts('pod', ['a', 'b']), number('x', [1, 2])]),
    frame([texts('pod', ['b', 'c']), number('y', [3, 4])]),
  ]
  expect(made([x, y], 'joinByField', { byField: 'pod', mode: 'inner' })).toEqual([
    { pod: ['b'], x: [2], y: [3] },
  ])
  expect(made([x, y], 'seriesToColumns', { byField: 'pod' })[0]?.pod).toEqual(['a', 'b', 'c'])
})

test('labelsToFields: labels are columns, one of them may name the values', () => {
  const frames = [series('x', [1], { pod: 'a', kind: 'cpu' }), series('y', [2], { pod: 'a', kind: 'memory' })]
  expect(made(frames, 'labelsToFields', { valueLabel: 'kind' })).toEqual([
    { Time: [0], pod: ['a'], cpu: [1], memory: [2] },
  ])
  expect(made(frames.slice(0, 1), 'labelsToFields', { keepLabels: ['pod'] })).toEqual([
    { Time: [0], pod: ['a'], Value: [1] },
  ])
  expect(made(frames.slice(0, 1), 'labelsToFields', { mode: 'rows' })).toEqual([
    { label: ['pod', 'kind'], value: ['a', 'cpu'] },
  ])
})

test('reduce to rows, with labels, or in place', () => {
  const frames = [series('a', [1, 3], { pod: 'x' }), series('b', [5, 5])]
  expect(made(frames, 'reduce', { reducers: ['max', 'lastNotNull'] })).toEqual([
    { Field: ['a', 'b'], Max: [3, 5], 'Last *': [3, 5] },
  ])
  expect(made(frames, 'reduce', { reducers: ['mean'], labelsToFields: true })).toEqual([
    { Field: ['a', 'b'], pod: ['x', gap], Mean: [2, 5] },
  ])
  expect(made(frames, 'reduce', { reducers: ['sum'], mode: 'reduceFields' })).toEqual([
    { a: [4] },
    { b: [10] },
  ])
  expect(made(frames.slice(0, 1), 'reduce', { reducers: ['min', 'max'], mode: 'reduceFields' })).toEqual([
    { 'a Min': [1], 'a Max': [3] },
  ])
})

const greater = (fieldName: string, id: string, value?: unknown) => ({
  fieldName,
  config: { id, options: { value } },
})

test.each<[string, unknown, readonly Value[]]>([
  ['one condition', { filters: [greater('Value', 'greater', 1)], type: 'include' }, [3, 2]],
  ['excluded', { filters: [greater('Value', 'greater', 1)], type: 'exclude' }, [1]],
  [
    'any of two',
    { filters: [greater('Value', 'equal', 1), greater('pod', 'equal', 'a')], match: 'any' },
    [3, 1, 2],
  ],
  [
    'all of two',
    { filters: [greater('Value', 'lower', '3'), greater('pod', 'equal', '$pod')], match: 'all' },
    [2],
  ],
  ['a pattern', { filters: [greater('node', 'regex', '[12]$')] }, [3, 1]],
  ['a part', { filters: [greater('node', 'substring', 'N3')] }, [2]],
  [
    'between',
    { filters: [{ fieldName: 'Value', config: { id: 'between', options: { from: 1, to: 3 } } }] },
    [2],
  ],
  ['missing', { filters: [greater('Value', 'isNull')] }, []],
  ['a field that is not there', { filters: [greater('gone', 'greater', 1)] }, [3, 1, 2]],
])('filterByValue: %s', (_, options, values) => {
  expect(made([pods()], 'filterByValue', options)[0]?.Value).toEqual(values)
})

test('partitionByValues: a frame for each value, named by it', () => {
  expect(made([pods()], 'partitionByValues', { fields: ['pod'], naming: { asLabels: true } })).toEqual([
    { Time: [1, 1], node: ['n1', 'n3'], a: [3, 2] },
    { Time: [1], node: ['n2'], b: [1] },
  ])
  expect(made([pods()], 'partitionByValues', { fields: ['pod'], keepFields: true })[1]).toEqual({
    Time: [1],
    pod: ['b'],
    node: ['n2'],
    'Value b': [1],
  })
})

test('extractFields out of JSON, of pairs, and by path', () => {
  const rows = frame([texts('line', ['{"a":1,"b":{"c":"x"}}', 'level=info took="2 s"', 'nothing'])])
  expect(made([rows], 'extractFields', { source: 'line', replace: true })).toEqual([
    { a: [1, gap, gap], b: ['{"c":"x"}', gap, gap], level: [gap, 'info', gap], took: [gap, '2 s', gap] },
  ])
  const options = {
    source: 'line',
    format: 'json',
    jsonPaths: [{ path: 'b.c', alias: 'deep' }],
    replace: true,
  }
  expect(made([rows], 'extractFields', options)).toEqual([{ deep: ['x', gap, gap] }])
})

test('seriesToRows: all under each other, the newest first', () => {
  expect(made([series('a', [1, 2]), series('b', [3])], 'seriesToRows', {})).toEqual([
    { Time: [1000, 0, 0], Metric: ['a', 'a', 'b'], Value: [2, 1, 3] },
  ])
})

test('convertFieldType: texts become numbers', () => {
  const rows = frame([texts('n', ['1', 'x', ' '])])
  const options = { conversions: [{ targetField: 'n', destinationType: 'number' }] }
  expect(made([rows], 'convertFieldType', options)).toEqual([{ n: [1, gap, gap] }])
})

test('an unknown transformation is named and its input passed on; a disabled one is not applied', () => {
  const steps = [
    { id: 'heatmap', options: {}, disabled: false },
    { id: 'constructor', options: {}, disabled: false },
    { id: 'limit', options: { limitField: 0 }, disabled: true },
    { id: 'limit', options: { limitField: 1 }, disabled: false },
  ]
  const { frames, unknown } = transformFrames([pods()], steps, context)
  expect(unknown).toEqual(['heatmap', 'constructor'])
  expect(shape(frames)[0]?.Value).toEqual([3])
})

test('one that is only meant for some queries leaves the others alone', () => {
  const step = { id: 'limit', options: { limitField: 1 }, disabled: false, only: 'B' }
  const { frames } = transformFrames([series('a', [1, 2]), series('b', [3, 4], {}, 'B')], [step], context)
  expect(frames.map(({ length }) => length)).toEqual([2, 1])
})

test('transformations work on what the ones before them made, by its new names', () => {
  const [first] = shape(
    apply(
      [pods()],
      ['organize', { excludeByName: { Time: true, node: true }, renameByName: { pod: 'Pod' } }],
      [
        'groupBy',
        {
          fields: { Pod: { operation: 'groupby' }, Value: { operation: 'aggregate', aggregations: ['sum'] } },
        },
      ],
      ['sortBy', { sort: [{ field: 'Value (sum)' }] }],
    ).frames,
  )
  expect(first).toEqual({ Pod: ['b', 'a'], 'Value (sum)': [1, 5] })
})
