// Completion as a table: a text with | for the cursor (¦ is a bar of the text itself), what is expected there, and what the text becomes.
import { describe, expect, test } from 'vitest'
import { metricsIn, placeAt } from '#model/promql/expected.ts'
import { type KnownNames, offersFor, withOffer } from '#model/promql/offers.ts'
import { onOneLine, tokensOf } from '#model/promql/tokens.ts'

function at(marked: string) {
  const cursor = marked.indexOf('|')
  const text = (marked.slice(0, cursor) + marked.slice(cursor + 1)).replace('¦', '|')
  return { text, ...placeAt(text, cursor) }
}

const kinds: readonly (readonly [marked: string, expected: object])[] = [
  ['|', { kind: 'operand', typed: '' }],
  ['  ra|', { kind: 'operand', typed: 'ra' }],
  ['sum(|', { kind: 'operand', typed: '' }],
  ['su|m(up)', { kind: 'operand', typed: 'su', from: 0, to: 3 }],
  ['sum by (job) (ra|', { kind: 'operand', typed: 'ra' }],
  ['up + |', { kind: 'operand', words: ['on', 'ignoring'] }],
  ['up == |', { kind: 'operand', words: ['bool', 'on', 'ignoring'] }],
  ['a and o|', { kind: 'operand', typed: 'o', words: ['on', 'ignoring'] }],
  ['a * on (job) |', { kind: 'operand', words: ['group_left', 'group_right'] }],
  ['a * on (job) group_left (x) |', { kind: 'operand', words: [] }],
  ['histogram_quantile(0.9, |', { kind: 'operand' }],
  ['sum |', { kind: 'keyword', words: ['by', 'without'] }],
  ['sum(up) b|', { kind: 'keyword', typed: 'b' }],
  ['up |', { kind: 'keyword', words: ['and', 'or', 'unless', 'offset', '@', 'atan2'] }],
  ['rate(up[5m]) |', { kind: 'keyword' }],
  ['up @ |', { kind: 'keyword', words: ['start()', 'end()'] }],
  ['up{|', { kind: 'label', typed: '', selectors: ['up'], within: 'matchers' }],
  ['up{jo|', { kind: 'label', typed: 'jo', selectors: ['up'] }],
  ['up{job="x", in|}', { kind: 'label', typed: 'in', selectors: ['up{job="x"}'] }],
  ['{job=~"a.*",|', { kind: 'label', selectors: ['{job=~"a.*"}'] }],
  ['{|', { kind: 'label', selectors: [] }],
  ['up{job |', { kind: 'operator' }],
  ['up{job=|', { kind: 'value', label: 'job', quotes: ['"', '"'], selectors: ['up'] }],
  ['up{job="|', { kind: 'value', typed: '', quotes: ['', '"'], regex: false }],
  ['up{job="no|"}', { kind: 'value', typed: 'no', quotes: ['', ''], from: 8, to: 10 }],
  ['up{a="b",job=~"x¦|', { kind: 'value', typed: '', regex: true, selectors: ['up{a="b"}'] }],
  ['up{job="a"|', { kind: 'nothing' }],
  ['sum by (|) (rate(up[5m]))', { kind: 'label', selectors: ['up'], within: 'list' }],
  ['sum by (job, in|) (x{a="up"} / y)', { kind: 'label', selectors: ['x', 'y'] }],
  ['sum(up) by (|', { kind: 'label', selectors: ['up'] }],
  ['a / on (|', { kind: 'label', selectors: ['a'] }],
  ['rate(up[|', { kind: 'duration' }],
  ['rate(up[5|', { kind: 'duration', typed: '5' }],
  ['up offset |', { kind: 'duration' }],
  ['label_replace(up, "|', { kind: 'nothing' }],
  ['up # a com|ment', { kind: 'nothing' }],
  ['1 + 2|', { kind: 'nothing' }],
]

test.each(kinds)('%s', (marked, expected) => {
  expect(at(marked).expected).toMatchObject(expected)
})

test('the call around the cursor', () => {
  expect(at('sum(rate(up[5m|]))').call).toBe('rate')
  expect(at('sum by (job) (up|)').call).toBe('sum')
  expect(at('up|').call).toBeUndefined()
})

const known: KnownNames = {
  metrics: ['node_load1', 'up', 'scrape_duration_seconds', 'http_seconds_bucket'],
  help: new Map([
    ['up', { type: 'gauge', help: 'whether the target answered', unit: '' }],
    ['http_seconds', { type: 'histogram', help: 'how long it took', unit: '' }],
  ]),
  labels: ['instance', 'job'],
  values: ['node-exporter', 'a.b', 'say "hi"'],
}

const taken: readonly (readonly [marked: string, becomes: string])[] = [
  ['u|', 'up|'],
  ['rat|', 'rate(|'],
  ['rat|(up[5m])', 'rate(|up[5m])'],
  ['sum(load|', 'sum(node_load1|'],
  ['up{jo|', 'up{job="|'],
  ['up{jo|="x"}', 'up{job="|="x"}'],
  ['sum by (jo|) (up)', 'sum by (job|) (up)'],
  ['up{job="no|', 'up{job="node-exporter"|'],
  ['up{job="no|"}', 'up{job="node-exporter|"}'],
  ['up{job=|}', 'up{job="node-exporter"|}'],
  ['up{job=~"x¦a.|"}', 'up{job=~"x¦a\\\\.b|"}'],
  ['up{job="say|"}', 'up{job="say \\"hi\\"|"}'],
  ['sum b|', 'sum by (|'],
  ['up{job |', 'up{job ="|'],
  ['up[|', 'up[5m|'],
]

test.each(taken)('%s becomes %s', (marked, becomes) => {
  const { text, expected } = at(marked)
  const [best] = offersFor(expected, known, 5).shown
  const line = withOffer(
    text,
    expected,
    best ?? { name: '', kind: 'metric', about: '', help: '', insert: '?' },
  )
  expect(`${line.text.slice(0, line.cursor)}|${line.text.slice(line.cursor)}`).toBe(becomes.replace('¦', '|'))
})

test('names and values of any letters go in so that nothing in them moves the terminal', () => {
  const strange = {
    metrics: ['http.requests', 'evil\u001b[2J'],
    labels: ['k8s.pod'],
    values: ['a\u001b[31mb'],
  }
  const insert = (text: string) => offersFor(at(text).expected, strange, 5).shown.at(-1)?.insert
  expect(insert('http|')).toBe('{"http.requests"}')
  expect(insert('evil|')).toBe('{"evil\\x1b[2J"}')
  expect(insert('sum by (|')).toBe('"k8s.pod"')
  expect(insert('up{|')).toBe('"k8s.pod"="')
  expect(insert('up{a="|')).toBe('a\\x1b[31mb"')
})

describe('offers', () => {
  const names = (marked: string, most = 10) =>
    offersFor(at(marked).expected, known, most).shown.map(({ name }) => name)

  test('what begins so stands before what has it at a word, and that before what has it anywhere', () => {
    expect(names('up{job="|')).toEqual(['node-exporter', 'a.b', 'say "hi"'])
    expect(names('sc|').slice(0, 2)).toEqual(['scalar', 'scrape_duration_seconds'])
    expect(names('seconds|')).toEqual(['scrape_duration_seconds', 'http_seconds_bucket'])
  })

  test('a metric has its type and help, a call its signature', () => {
    const of = (marked: string) => offersFor(at(marked).expected, known, 10).shown[0]
    expect(of('up|')).toMatchObject({ about: 'gauge', help: 'whether the target answered' })
    expect(of('http_sec|')).toMatchObject({ name: 'http_seconds_bucket', about: 'histogram' })
    expect(of('rate|')).toMatchObject({ kind: 'function', about: 'rate(range)' })
    expect(of('topk|')).toMatchObject({ kind: 'aggregation', about: 'topk by (…) (k, vector)' })
  })

  test('thousands of names are counted, few are made', () => {
    const many = { metrics: Array.from({ length: 5000 }, (_, index) => `metric_${index}`) }
    const { shown, count } = offersFor(at('metric|').expected, many, 8)
    expect([shown.length, count]).toEqual([8, 5000])
  })

  test('nothing is made up where names are not known', () => {
    expect(offersFor(at('up{|').expected, {}, 10)).toEqual({ shown: [], count: 0 })
  })
})

test('whatever is typed is read', () => {
  const letters = [
    'up',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '"',
    "'",
    '`',
    '\\',
    ',',
    '=',
    '=~',
    ' ',
    'by',
    'sum',
    '5m',
    '#',
    '\n',
    'é',
    '|',
  ]
  let seed = 7
  const next = () => (seed = (seed * 48_271) % 2_147_483_647)
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: 1 + (next() % 12) }, () => letters[next() % letters.length]).join('')
    const cursor = next() % (text.length + 1)
    const { expected } = placeAt(text, cursor)
    expect(expected.from).toBeLessThanOrEqual(expected.to)
    expect(expected.to).toBeLessThanOrEqual(text.length)
    for (const offer of offersFor(expected, known, 3).shown) withOffer(text, expected, offer)
  }
})

test('the metrics of a text', () => {
  const metrics = (text: string) => metricsIn(tokensOf(text))
  expect(metrics('sum by (job) (rate(a[5m])) / on (x) b{c="d"} offset 5m > bool 3')).toEqual(['a', 'b'])
})

test('a pasted text on one line', () => {
  expect(onOneLine('sum( # all of "it"\n  up\n)')).toBe('sum( up )')
  expect(onOneLine('up{a="#b"}')).toBe('up{a="#b"}')
})
