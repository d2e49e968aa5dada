// What series are called beside each other, what unit an expression surely has, and where its mistake is.
import { describe, expect, test } from 'vitest'
import { answerRows } from '#model/answer-rows.ts'
import { mistakeIn } from '#model/promql/mistake.ts'
import { unitOf } from '#model/promql/unit-of.ts'
import { seriesName, shortName, tellingOf } from '#model/series-names.ts'

describe('names', () => {
  const names = (...all: Record<string, string>[]) => all.map((labels) => shortName(labels, tellingOf(all)))

  test('the fewest labels that tell series apart, the shorter where two do', () => {
    expect(
      names(
        { __name__: 'up', job: 'node', instance: '10.0.0.1:9100', node: 'nuc-1' },
        { __name__: 'up', job: 'node', instance: '10.0.0.2:9100', node: 'nuc-2' },
      ),
    ).toEqual(['nuc-1', 'nuc-2'])
    expect(names({ a: 'x', b: '1', c: 'p' }, { a: 'x', b: '2', c: 'p' }, { a: 'y', b: '1', c: 'p' })).toEqual(
      ['x 1', 'x 2', 'y 1'],
    )
  })

  test('one alone has its whole name', () => {
    expect(names({ __name__: 'up', job: 'a"b' })).toEqual(['up{job="a"b"}'])
    expect(seriesName({})).toBe('{}')
  })

  test('what they share and what they do not', () => {
    expect(
      tellingOf([
        { a: '1', b: '2' },
        { a: '1', b: '3', c: '' },
      ]),
    ).toEqual({
      differing: ['b', 'c'],
      enough: 1,
      shared: { a: '1' },
    })
  })

  test('hundreds of series that cannot be told apart end', () => {
    const same = Array.from({ length: 500 }, () => ({ a: '1', b: '2' }))
    expect(tellingOf(same)).toEqual({ differing: [], enough: 0, shared: { a: '1', b: '2' } })
  })
})

test.each([
  ['container_memory_working_set_bytes', 'bytes'],
  ['sum by (pod) (max_over_time(container_memory_working_set_bytes[1h]))', 'bytes'],
  ['rate(node_network_receive_bytes_total{device="eth0"}[5m])', 'bytes/s'],
  ['a_bytes / b_bytes', 'number'],
  ['count(a_bytes)', 'number'],
  ['a_bytes - other', 'number'],
  ['up{path="a/b"}', 'number'],
  ['', 'number'],
])('the unit of %j is %s', (expr, unit) => {
  expect(unitOf(expr)).toBe(unit)
})

test.each([
  ['sum(up', '1:7: parse error: unclosed left parenthesis', { place: 6, words: 'unclosed left parenthesis' }],
  ['a{b="é"} x', 'invalid parameter "query": 1:11: parse error: unexpected', { place: 9 }],
  ['a +\n)', '2:1: parse error: unexpected ")"', { line: ')', place: 0 }],
])('the mistake in %j', (expr, detail, expected) => {
  expect(mistakeIn(expr, detail)).toMatchObject(expected)
})

test('what carries no place, or one outside of the text, has none', () => {
  expect(mistakeIn('up', 'unknown position: parse error: no expression found')).toBeUndefined()
  expect(mistakeIn('up', '9:1: parse error: x')).toBeUndefined()
})

test('answers of several kinds in one table', () => {
  const { rows, differing } = answerRows([
    {
      letter: 'A',
      answer: { type: 'vector', samples: [{ labels: { job: 'a' }, at: 1, value: 2 }], warnings: [] },
    },
    {
      letter: 'B',
      answer: {
        type: 'matrix',
        series: [{ labels: { job: 'b' }, times: [1, 2], values: [3, 4] }],
        warnings: [],
      },
    },
    { letter: 'C', answer: { type: 'scalar', at: 1, value: 5, warnings: [] } },
    { letter: 'D', answer: { type: 'string', at: 1, text: 'words', warnings: [] } },
  ])
  expect(rows.map(({ query, value, text }) => [query, value, text])).toEqual([
    ['A', 2, ''],
    ['B', 4, 'last of 2 samples'],
    ['C', 5, ''],
    ['D', undefined, 'words'],
  ])
  expect(differing).toEqual(['job'])
  expect(new Set(rows.map(({ uid }) => uid)).size).toBe(4)
})
