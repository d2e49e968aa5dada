// PromQL's semantics on a few written samples, one a minute, with results worked out by hand from the documentation:
// https://prometheus.io/docs/prometheus/latest/querying/basics/ and …/functions/.
import { describe, expect, test } from 'vitest'
import { formatLabels } from '#homelab/prometheus/promql/labels.ts'
import { queryInstant, queryRange } from '#homelab/prometheus/promql/query.ts'
import { memoryStorage, written } from '../memory-storage.ts'

const storage = memoryStorage([
  written({ __name__: 'c_total', job: 'a' }, '0+60x20'),
  written({ __name__: 'c_total', job: 'b' }, '0 60 120 20 80 140 200'),
  written({ __name__: 'g', job: 'a', i: '0' }, '1 2 3 4 5 6 7 8 9 10'),
  written({ __name__: 'g', job: 'a', i: '1' }, '10x9'),
  written({ __name__: 'g', job: 'b', i: '0' }, '2 4 2 4 2 4 2 4 2 4'),
  written({ __name__: 'ended' }, '1 2 3 stale'),
  written({ __name__: 'silent' }, '1 2 3'),
  written({ __name__: 'meta', job: 'a', team: 'red' }, '1x20'),
  written({ __name__: 'meta', job: 'b', team: 'blue' }, '1x20'),
  written({ __name__: 'h_bucket', le: '0.1' }, '0+10x20'),
  written({ __name__: 'h_bucket', le: '1' }, '0+30x20'),
  written({ __name__: 'h_bucket', le: '+Inf' }, '0+40x20'),
])

/** `{labels} => value` of each sample at a minute; a scalar or string as it is. */
function at(minute: number, query: string): string[] {
  const { result } = queryInstant(query, minute * 60_000, { storage })
  switch (result.type) {
    case 'vector':
      return result.samples.map(({ labels, value }) => `${formatLabels(labels)} => ${value}`)
    case 'scalar':
      return [String(result.value)]
    case 'string':
      return [result.text]
    case 'matrix':
      return result.series.map(
        ({ labels, points }) =>
          `${formatLabels(labels)} => ${points.map((p) => `${p.value}@${p.at / 60_000}`).join(' ')}`,
      )
  }
}

describe.each<[string, [number, string, string[]][]]>([
  [
    'selectors',
    [
      [2.5, 'silent', ['{__name__="silent"} => 3']],
      // The last sample, of minute 2, is five minutes old at minute 7 and so just out of the left-open lookback.
      [6.99, 'silent', ['{__name__="silent"} => 3']],
      [7, 'silent', []],
      [2.9, 'ended', ['{__name__="ended"} => 3']],
      [3, 'ended', []],
      [5, 'silent offset 3m', ['{__name__="silent"} => 3']],
      [5, 'silent @ 60', ['{__name__="silent"} => 2']],
      [5, 'silent @ 120 offset 1m', ['{__name__="silent"} => 2']],
      [2, 'silent[2m]', ['{__name__="silent"} => 2@1 3@2']],
      [3, 'ended[10m]', ['{__name__="ended"} => 1@0 2@1 3@2']],
      [1, 'meta{team=~"r.."}', ['{__name__="meta", job="a", team="red"} => 1']],
      [1, 'meta{team=~"r"}', []],
      [1, 'meta{team!~"r.*",nolabel=""}', ['{__name__="meta", job="b", team="blue"} => 1']],
    ],
  ],
  [
    'counters',
    [
      // 240 over the minutes 6 to 10, stretched by the minute to the window's start, which is one gap away.
      [10, 'rate(c_total{job="a"}[5m])', ['{job="a"} => 1']],
      [10, 'increase(c_total{job="a"}[5m])', ['{job="a"} => 300']],
      // 120 → 20 is a reset: 20 + 60 + 60 over the minutes 2 to 5, stretched by one minute to four.
      [5, 'increase(c_total{job="b"}[4m])', ['{job="b"} => 186.66666666666666']],
      [3, 'irate(c_total{job="b"}[5m])', [`{job="b"} => ${20 / 60}`]],
      [5, 'resets(c_total{job="b"}[10m])', ['{job="b"} => 1']],
      [0, 'rate(c_total[5m])', []],
    ],
  ],
  [
    'gauges over time',
    [
      [4, 'avg_over_time(g{job="a",i="0"}[5m])', ['{i="0", job="a"} => 3']],
      [4, 'max_over_time(g{job="a",i="0"}[2m])', ['{i="0", job="a"} => 5']],
      [4, 'min_over_time(g{job="a",i="0"}[2m])', ['{i="0", job="a"} => 4']],
      [4, 'quantile_over_time(0.5, g{job="a",i="0"}[4m])', ['{i="0", job="a"} => 3.5']],
      [4, 'stdvar_over_time(g{job="b"}[4m])', ['{i="0", job="b"} => 1']],
      [4, 'changes(g{job="b"}[4m])', ['{i="0", job="b"} => 3']],
      [4, 'deriv(g{job="a",i="0"}[5m])', [`{i="0", job="a"} => ${1 / 60}`]],
      [4, 'predict_linear(g{job="a",i="0"}[5m], 120)', ['{i="0", job="a"} => 7']],
      [4, 'last_over_time(g{job="b"}[2m])', ['{__name__="g", i="0", job="b"} => 2']],
      [9, 'max_over_time(sum(g)[5m:1m])', ['{} => 24']],
    ],
  ],
  [
    'aggregation',
    [
      [1, 'sum(g)', ['{} => 16']],
      [1, 'sum by (job) (g)', ['{job="a"} => 12', '{job="b"} => 4']],
      [1, 'avg without (i) (g)', ['{job="a"} => 6', '{job="b"} => 4']],
      [1, 'topk(1, g)', ['{__name__="g", i="1", job="a"} => 10']],
      [
        1,
        'bottomk by (job) (1, g)',
        ['{__name__="g", i="0", job="a"} => 2', '{__name__="g", i="0", job="b"} => 4'],
      ],
      [1, 'quantile(0.5, g)', ['{} => 4']],
      [1, 'count_values("v", g > 3)', ['{v="10"} => 1', '{v="4"} => 1']],
      [1, 'stddev(g{job="a"})', ['{} => 4']],
    ],
  ],
  [
    'operators',
    [
      [1, '2 ^ 3 ^ 2', ['512']],
      [1, '-2 ^ 2', ['-4']],
      [1, '1 > bool 2', ['0']],
      // In the order of the store, as Prometheus gives them.
      [1, 'g > 3', ['{__name__="g", i="1", job="a"} => 10', '{__name__="g", i="0", job="b"} => 4']],
      [1, 'g{job="b"} > bool 3', ['{i="0", job="b"} => 1']],
      [
        1,
        'g{i="0"} * on(job) group_left(team) meta',
        ['{i="0", job="a", team="red"} => 2', '{i="0", job="b", team="blue"} => 4'],
      ],
      [1, 'sum by (job) (g) / on(job) meta', ['{job="a"} => 12', '{job="b"} => 4']],
      [1, 'meta and on(job) g{job="b"}', ['{__name__="meta", job="b", team="blue"} => 1']],
      [1, 'meta unless on(job) g{job="b"}', ['{__name__="meta", job="a", team="red"} => 1']],
      [1, 'nosuch or vector(7)', ['{} => 7']],
      [5, 'g{job="b"} - g{job="b"} offset 1m * 2', ['{i="0", job="b"} => 0']],
    ],
  ],
  [
    'functions',
    [
      // 75 % of 40 is 30, the end of the bucket up to 1; half is 20, the middle of that bucket's 20 observations.
      [5, 'histogram_quantile(0.75, h_bucket)', ['{} => 1']],
      [4, 'histogram_quantile(0.5, h_bucket)', ['{} => 0.55']],
      [5, 'histogram_quantile(0.99, h_bucket)', ['{} => 1']],
      [1, 'absent(nosuch{a="b"})', ['{a="b"} => 1']],
      [1, 'absent(meta)', []],
      [
        1,
        'label_replace(meta{job="a"}, "t", "x-$1", "team", "(r).*")',
        ['{__name__="meta", job="a", t="x-r", team="red"} => 1'],
      ],
      [
        1,
        'label_join(meta{job="a"}, "t", "/", "job", "team")',
        ['{__name__="meta", job="a", t="a/red", team="red"} => 1'],
      ],
      [1, 'scalar(meta)', ['NaN']],
      [1, 'clamp(g{job="a"}, 3, 5)', ['{i="0", job="a"} => 3', '{i="1", job="a"} => 5']],
      [1, 'round(vector(2.5))', ['{} => 3']],
      [
        1,
        'sort_desc(g)',
        [
          '{__name__="g", i="1", job="a"} => 10',
          '{__name__="g", i="0", job="b"} => 4',
          '{__name__="g", i="0", job="a"} => 2',
        ],
      ],
      [1.5, 'timestamp(silent)', ['{} => 60']],
      [90, 'hour() + minute()', ['{} => 31']],
      [1, '"text"', ['text']],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases)('at minute %d: %s', (minute, query, expected) => {
    expect(at(minute, query)).toEqual(expected)
  })
})

test('a range query has a point at each step that has a value, and reads each selector once', () => {
  const counted = memoryStorage([written({ __name__: 'x' }, '1 2 _x10 3')])
  const { result } = queryRange('x + x', { start: 0, end: 720_000, step: 60_000 }, { storage: counted })
  const points = result.type === 'matrix' ? (result.series[0]?.points ?? []) : []
  expect(points.map(({ at: time, value }) => `${value}@${time / 60_000}`)).toEqual(
    '2@0 4@1 4@2 4@3 4@4 4@5 6@12'.split(' '),
  )
  expect(counted.selects).toHaveLength(1)
})

describe('limits', () => {
  test('too many samples', () => {
    expect(() => queryInstant('c_total[20m]', 1_200_000, { storage, maxSamples: 20 })).toThrow(
      expect.objectContaining({
        kind: 'execution',
        message: 'query processing would load too many samples into memory in query execution',
      }),
    )
  })

  test('out of time', () => {
    expect(() => queryInstant('sum(g)', 60_000, { storage, timeout: -1 })).toThrow(
      expect.objectContaining({ kind: 'timeout', message: 'query timed out in expression evaluation' }),
    )
  })

  test('canceled', () => {
    expect(() => queryInstant('g', 60_000, { storage, signal: AbortSignal.abort() })).toThrow(
      expect.objectContaining({ kind: 'canceled' }),
    )
  })
})

test.each([
  ['sum(', '1:5: parse error: unclosed left parenthesis'],
  ['up{\n job="a"\n} up', '3:3: parse error: unexpected identifier "up"'],
  ['rate(up)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
  ['nosuch(up)', '1:1: parse error: unknown function with name "nosuch"'],
  ['{}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
  ['meta + on(nosuch) g', undefined],
])('%j is refused', (query, message) => {
  const expected = message ? { kind: 'bad_data', message } : { kind: 'execution' }
  expect(() => queryInstant(query, 60_000, { storage })).toThrow(expect.objectContaining(expected))
})
