// Variables: what is asked for them, what there is to choose, in which order, and what is chosen.
import { expect, test } from 'vitest'
import type { Variable } from '#model/dashboard/dashboard.ts'
import { noState, withOptions } from '#model/dashboard/variable-choice.ts'
import { optionsOf } from '#model/dashboard/variable-options.ts'
import { orderVariables } from '#model/dashboard/variable-order.ts'
import { questionOf } from '#model/dashboard/variable-question.ts'
import { scope, variable } from './configs.ts'

const query = (name: string, text: string, more: Partial<Variable> = {}) =>
  variable(name, { kind: 'query', query: text, ...more })

test.each([
  ['label_values(up, job)', { kind: 'label-values', label: 'job', matcher: 'up' }],
  [
    'label_values(up{job=~"a,b", x="$ns"},  instance)',
    { kind: 'label-values', label: 'instance', matcher: 'up{job=~"a,b", x="shop"}' },
  ],
  ['label_values(job)', { kind: 'label-values', label: 'job' }],
  ['label_names()', { kind: 'label-names' }],
  ['label_names(up)', { kind: 'label-names', matcher: 'up' }],
  ['metrics(^node_)', { kind: 'metric-names', pattern: '^node_' }],
  ['query_result(topk(5, up))', { kind: 'result', expr: 'topk(5, up)' }],
  ['up{namespace="$ns"}', { kind: 'series', matcher: 'up{namespace="shop"}' }],
  ['', { kind: 'unsupported', why: 'its query is empty' }],
])('the query %j asks for %j', (text, question) => {
  const variables = [variable('ns', { current: ['shop'] })]
  expect(questionOf(query('x', text), scope(variables))).toEqual(question)
})

test('other kinds ask for data sources, for nothing, or say why not', () => {
  const ask = (more: Partial<Variable>) => questionOf(variable('x', more), scope([]))
  expect(ask({ kind: 'datasource', query: 'prometheus' })).toEqual({
    kind: 'data-sources',
    type: 'prometheus',
  })
  expect(ask({ kind: 'custom', query: 'a,b' })).toEqual({ kind: 'none' })
  expect(ask({ kind: 'textbox' })).toEqual({ kind: 'none' })
  expect(ask({ kind: 'unsupported', why: 'adhoc' })).toEqual({ kind: 'unsupported', why: 'adhoc' })
  expect(ask({ kind: 'query', query: 'up', why: 'it asks Loki' })).toEqual({
    kind: 'unsupported',
    why: 'it asks Loki',
  })
})

const names = (...all: string[]) => ({ kind: 'names' as const, names: all })
const values = (one: Variable, answer: Parameters<typeof optionsOf>[1]) =>
  optionsOf(one, answer).map(({ value }) => value)

test.each<[string, Partial<Variable>, string[]]>([
  ['none', {}, ['b10', 'B9', 'a', 'b2']],
  ['text', { sort: 'text' }, ['a', 'b10', 'b2', 'B9']],
  ['text down', { sort: 'text', descending: true }, ['B9', 'b2', 'b10', 'a']],
  // The first number in each; what has none goes first.
  ['number', { sort: 'number' }, ['a', 'b2', 'B9', 'b10']],
  ['natural', { sort: 'natural' }, ['a', 'b2', 'B9', 'b10']],
  ['text-insensitive', { sort: 'text-insensitive' }, ['a', 'b10', 'b2', 'B9']],
])('sorted by %s', (_, more, expected) => {
  expect(values(query('x', 'label_values(x)', more), names('b10', 'B9', 'a', 'b2'))).toEqual(expected)
})

test.each<[string, string, { text: string; value: string }[]]>([
  [
    'no pattern',
    '',
    [
      { text: 'a-1', value: 'a-1' },
      { text: 'b-2', value: 'b-2' },
    ],
  ],
  [
    'a group',
    '/^(\\w)-/',
    [
      { text: 'a', value: 'a' },
      { text: 'b', value: 'b' },
    ],
  ],
  ['only what matches', '/^a/', [{ text: 'a-1', value: 'a-1' }]],
  [
    'named groups',
    '/(?<text>\\w)-(?<value>\\d)/',
    [
      { text: 'a', value: '1' },
      { text: 'b', value: '2' },
    ],
  ],
  [
    'the group text alone',
    '/(?<text>\\w)-/',
    [
      { text: 'a', value: 'a' },
      { text: 'b', value: 'b' },
    ],
  ],
  // Without slashes the whole must match.
  ['bare', '[ab]', []],
  ['bare, whole', 'a.*', [{ text: 'a-1', value: 'a-1' }]],
  // Groups of every match, where the pattern says so.
  ['global', '/(\\w)/g', ['a', '1', 'b', '2'].map((one) => ({ text: one, value: one }))],
  // One that could take for ever is not applied at all.
  [
    'hostile',
    '/(a+)+$/',
    [
      { text: 'a-1', value: 'a-1' },
      { text: 'b-2', value: 'b-2' },
    ],
  ],
  [
    'broken',
    '/(/',
    [
      { text: 'a-1', value: 'a-1' },
      { text: 'b-2', value: 'b-2' },
    ],
  ],
])('filtered by %s', (_, regex, expected) => {
  const one = query('x', 'label_values(x)', regex === '' ? {} : { regex })
  expect(optionsOf(one, names('a-1', 'b-2'))).toEqual(expected)
})

test('the pattern of a series query sees the series as it is written in PromQL, each value once', () => {
  const one = query('ns', 'cnpg_collector_up', { regex: '/namespace="(?<text>[^"]+)/g' })
  const series = [
    { __name__: 'cnpg_collector_up', namespace: 'shop', pod: 'a' },
    { __name__: 'cnpg_collector_up', namespace: 'shop', pod: 'b' },
    { __name__: 'cnpg_collector_up', namespace: 'auth', pod: 'c' },
  ]
  expect(values(one, { kind: 'series', series })).toEqual(['shop', 'auth'])
})

test('the texts of a query result have name, labels, value and time', () => {
  const sample = { labels: { __name__: 'up', job: 'a' }, at: 1_700_000_000_000, value: 1 }
  const answer = { type: 'vector' as const, samples: [sample], warnings: [] }
  expect(values(query('x', 'query_result(up)'), { kind: 'result', answer })).toEqual([
    'up{job="a"} 1 1700000000000',
  ])
})

test('all of them is the first to choose; what stands in the dashboard needs no answer', () => {
  expect(values(query('x', 'label_values(x)', { includeAll: true }), names('a'))).toEqual(['$__all', 'a'])
  const custom = variable('x', {
    options: [
      { text: '$__all', value: '$__all' },
      { text: 'One', value: '1' },
    ],
  })
  expect(values(custom, undefined)).toEqual(['1'])
})

const called = (all: readonly (readonly Variable[])[]) => all.map((wave) => wave.map(({ name }) => name))

test('each variable comes after those that it refers to', () => {
  const order = orderVariables([
    query('node', `label_values(up{job="$job", dc="\${dc:csv}"}, node)`),
    query('job', 'label_values(up{dc="[[dc]]"}, job)'),
    query('dc', 'label_values(dc)'),
    query('shape', 'label_values(x)', { regex: '/^$node/' }),
  ])
  expect(called(order.waves)).toEqual([['dc'], ['job'], ['node'], ['shape']])
  expect(order.circular).toEqual([])
})

test('those that need nothing of each other go together', () => {
  const order = orderVariables([
    query('dc', 'label_values(dc)'),
    query('node', 'label_values(up{dc="$dc"}, node)'),
    query('job', 'label_values(job)'),
    query('pod', 'label_values(up{dc="$dc", job="$job"}, pod)'),
  ])
  expect(called(order.waves)).toEqual([
    ['dc', 'job'],
    ['node', 'pod'],
  ])
})

test('circular variables are named and stand in no wave', () => {
  const order = orderVariables([
    query('a', 'label_values(up{x="$b"}, a)'),
    query('b', 'label_values(up{x="$a"}, b)'),
    query('self', 'label_values(up{x="$self"}, y)'),
    query('after', 'label_values(up{x="$a"}, z)'),
    query('free', 'label_values(z)'),
  ])
  expect(called(order.waves)).toEqual([['free']])
  expect(called([order.circular])).toEqual([['a', 'b', 'self', 'after']])
})

const options = [
  { text: 'All', value: '$__all' },
  { text: 'Node A', value: 'a' },
  { text: 'Node B', value: 'b' },
]

test.each<[string, Partial<Variable>, string[] | undefined, string[]]>([
  ['what is wanted', { current: ['a'] }, ['b'], ['b']],
  ['by its text', { current: ['a'] }, ['Node B'], ['b']],
  ['all, in any letters', {}, ['all'], ['$__all']],
  ['what the dashboard has', { current: ['b'] }, undefined, ['b']],
  ['what the dashboard has, where the wish is no option', { current: ['b'] }, ['gone'], ['b']],
  ['the first', { current: ['gone'] }, undefined, ['$__all']],
  ['several of one that may have them', { multi: true }, ['a', 'b'], ['a', 'b']],
  ['one of several', {}, ['a', 'b'], ['a']],
  ['what is written by hand', { kind: 'textbox' }, ['anything'], ['anything']],
  ['a constant, whatever is wanted', { kind: 'constant', current: ['c'] }, ['b'], ['c']],
])('chosen is %s', (_, more, wanted, expected) => {
  const state = withOptions(noState, variable('x', more), options, wanted)
  expect(state.chosen.x).toEqual(expected)
})

test('where there is nothing to choose the value is empty', () => {
  expect(withOptions(noState, variable('x'), [], undefined).chosen.x).toEqual([''])
})
