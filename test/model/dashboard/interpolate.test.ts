// Variables and macros put into texts, as Grafana's documentation of variable syntax says.
import { expect, test } from 'vitest'
import { interpolate, referencesIn } from '#model/dashboard/interpolate.ts'
import { macrosOf, rateInterval } from '#model/dashboard/macros.ts'
import { leastStep, panelStep } from '#model/dashboard/panel-step.ts'
import { type Format, formatNamed } from '#model/dashboard/variable-format.ts'
import { scope, variable } from './configs.ts'

const options = [
  { text: 'Node A', value: 'a.1' },
  { text: 'Node B', value: 'b' },
]
const variables = [
  variable('one', { current: ['a.1'], options }),
  variable('many', { current: ['a.1', 'b'], options, multi: true }),
  variable('single', { current: ['a.1'], options, multi: true }),
  variable('all', { current: ['$__all'], options, multi: true, includeAll: true }),
  variable('custom', { current: ['$__all'], options, includeAll: true, allValue: '$one-(.*)' }),
  variable('loop', { current: ['$__all'], includeAll: true, allValue: '$loop' }),
  variable('quoted', { current: ['it\'s "x"\\y'] }),
  variable('auto', { kind: 'interval', current: ['$__auto_interval_auto'] }),
]
const macros = { __interval: '1m', __from: '1700000000123' }

test.each([
  ['up{node="$one"}', 'up{node="a.1"}'],
  // What may be several is a regular expression within a string: two backslashes.
  ['up{node=~"$single"}', 'up{node=~"a\\\\.1"}'],
  ['up{node=~"$many"}', 'up{node=~"(a\\\\.1|b)"}'],
  ['up{node=~"$all"}', 'up{node=~"(a\\\\.1|b)"}'],
  // What stands for all is put in as it is written, with its own variables.
  ['up{node=~"$custom"}', 'up{node=~"a.1-(.*)"}'],
  [`up{node=~"\${many:pipe}"}`, 'up{node=~"a.1|b"}'],
  ['up{node=~"[[many:regex]]"}', 'up{node=~"(a\\.1|b)"}'],
  ['up{node="[[one]]"}', 'up{node="a.1"}'],
  [`\${quoted}`, 'it\'s \\"x\\"\\\\y'],
  ['rate(up[$__interval])', 'rate(up[1m])'],
  [`rate(up[\${__interval}])`, 'rate(up[1m])'],
  ['rate(up[$auto])', 'rate(up[1m])'],
  // What is no variable stays: groups of label_replace, the end of a regular expression.
  ['label_replace(up, "a", "$1", "b", "^(.*)$")', 'label_replace(up, "a", "$1", "b", "^(.*)$")'],
  [`$nobody \${nobody:csv} [[nobody]]`, `$nobody \${nobody:csv} [[nobody]]`],
  [`\${__field.labels.pod}`, `\${__field.labels.pod}`],
  // One that stands for itself ends, whatever it says.
  ['$loop', ''],
])('in PromQL %j is %j', (text, result) => {
  expect(interpolate(text, scope(variables, { macros }), 'promql')).toBe(result)
})

test.each([
  ['csv', 'a.1,b'],
  ['raw', 'a.1,b'],
  ['pipe', 'a.1|b'],
  ['glob', '{a.1,b}'],
  ['regex', '(a\\.1|b)'],
  ['json', '["a.1","b"]'],
  ['text', 'Node A + Node B'],
  ['queryparam', 'var-many=a.1&var-many=b'],
  ['singlequote', "'a.1','b'"],
  ['doublequote', '"a.1","b"'],
  ['sqlstring', "'a.1','b'"],
  ['percentencode', '%7Ba.1%2Cb%7D'],
  // An unknown format is glob.
  ['nothing', '{a.1,b}'],
  ['constructor', '{a.1,b}'],
])('the format %s of two values', (format, result) => {
  expect(interpolate(`\${many:${format}}`, scope(variables), 'promql')).toBe(result)
})

test.each<[string, string, string]>([
  ['singlequote', "it's", "'it\\'s'"],
  ['sqlstring', "it's", "'it''s'"],
  ['doublequote', 'a"b', '"a\\"b"'],
  ['json', 'a"b', '"a\\"b"'],
  ['percentencode', "a b&c's", 'a%20b%26c%27s'],
  ['glob', 'a b', 'a b'],
])('the format %s of %j', (name, value, result) => {
  const format: Format = formatNamed(name)
  expect(format([{ text: value, value }], variable('x'))).toBe(result)
})

test('titles have texts, and All where all are chosen', () => {
  expect(interpolate('Node $one, $many, $all, $custom', scope(variables), 'text')).toBe(
    'Node Node A, Node A + Node B, All, All',
  )
})

test('a repeat gives its variable one value, which is still a regular expression where there may be many', () => {
  const repeated = { all: { text: 'Node A', value: 'a.1' } }
  const own = scope(variables, { repeated })
  expect(interpolate('up{node=~"$all"}', own, 'promql')).toBe('up{node=~"a\\\\.1"}')
  expect(interpolate('$all', own, 'text')).toBe('Node A')
})

test('what is chosen goes before what the dashboard has, also what is no option any more', () => {
  const state = { chosen: { one: ['gone'] }, options: {} }
  expect(interpolate('$one', scope(variables, { state }), 'promql')).toBe('gone')
})

test('the range in dates', () => {
  const at = scope([], { macros })
  expect(interpolate(`\${__from:date:seconds}`, at, 'promql')).toBe('1700000000')
  expect(interpolate(`\${__from:date:iso} \${__from:date}`, at, 'promql')).toBe(
    '2023-11-14T22:13:20.123Z 2023-11-14T22:13:20.123Z',
  )
  expect(interpolate('$__from', at, 'promql')).toBe('1700000000123')
})

test('references in all three forms, known or not', () => {
  expect(referencesIn(`$a \${b:csv} [[c]] $$ $1 \${d.text}`)).toEqual(['a', 'b', 'c', '1', 'd'])
})

test('macros of the range and the step', () => {
  const input = {
    from: 1_700_000_000_000,
    to: 1_700_003_600_000,
    step: 30_000,
    scrape: 60_000,
    dashboard: 'Nodes',
  }
  expect(macrosOf(input)).toMatchObject({
    __interval: '30s',
    __interval_ms: '30000',
    // Four scrapes, since one more than the step would be less.
    __rate_interval: '4m',
    __range: '3600s',
    __range_s: '3600',
    __range_ms: '3600000',
    __from: '1700000000000',
    __to: '1700003600000',
    __dashboard: 'Nodes',
  })
})

test.each([
  [15_000, 15_000, 60_000],
  [15_000, 60_000, 240_000],
  [300_000, 60_000, 360_000],
])('the rate interval of a step of %d and scrapes each %d is %d', (step, scrape, result) => {
  expect(rateInterval(step, scrape)).toBe(result)
})

const hour = 3_600_000
const day = 24 * hour

test.each([
  ['no limits', {}],
  ['many points wanted', { mostPoints: 100_000 }],
  ['few points wanted', { mostPoints: 10 }],
  ['a least step', { least: 300_000 }],
  ['a multiple', { coarser: 4 }],
])('%s: never more points than twice the columns, nor than the panel wants', (_, limits) => {
  for (const span of [hour / 4, hour, 6 * hour, day, 14 * day])
    for (const columns of [10, 38, 80, 200]) {
      const step = panelStep({ span }, columns, limits)
      const points = Math.floor(span / step) + 1
      expect(points).toBeLessThanOrEqual(2 * columns)
      if ('mostPoints' in limits) expect(points).toBeLessThanOrEqual(limits.mostPoints)
      if ('least' in limits) expect(step).toBeGreaterThanOrEqual(limits.least)
    }
})

test('a multiple makes the step that many times what it would be', () => {
  expect(panelStep({ span: hour }, 80, { coarser: 4 })).toBe(4 * panelStep({ span: hour }, 80, {}))
})

test.each([
  ['30s', 30_000],
  ['>1m', 60_000],
  ['15', 15_000],
  ['1h30m', 5_400_000],
  ['$__interval', undefined],
  ['', undefined],
  [undefined, undefined],
])('the least step %s is %s', (text, result) => {
  expect(leastStep(text)).toBe(result)
})
