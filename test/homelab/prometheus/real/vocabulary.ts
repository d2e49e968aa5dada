// What random expressions are made of.

const words = (text: string) => text.trim().split(/\s+/)
const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

export const selectors = lines(`
  requests_total
  requests_total{job="a"}
  requests_total{code!="500"}
  requests_total{instance=~"0|2",job!~"c.*"}
  memory_bytes
  memory_bytes{job=~"a|b"}
  memory_bytes{instance="0"}
  steady_total
  resetting_total
  gone
  gappy
  flapping
  odd
  odd{kind!="big"}
  up
  info
  owner
  limit
  limit{resource=~".+"}
  usage
  latency_seconds_count
  latency_seconds_sum
  latency_seconds_bucket{le="0.5"}
  zeros
  equal
  nosuch
  {job="a",__name__=~"up|info|gappy"}
  {__name__=~"limit|usage"}
  {"dotted.name"}
`)

export const numbers = words('0 1 2 3.5 -1 0.25 100 1e3 1e-3 60 NaN Inf -Inf 5m')
export const ranges = words('30s 1m 90s 2m 5m 7m30s 10m 25m 1h')
export const labelSets = ['job', 'instance', 'job, instance', 'job, resource', 'nolabel', 'le', '']
export const groupings = ['', '', ...labelSets.flatMap((set) => [` by (${set})`, ` without (${set})`])]
export const arithmetic = ['+', '-', '*', '/', '%', '^', 'atan2', '+', '-', '*', '/']
export const comparisons = ['==', '!=', '>', '<', '>=', '<=']
export const sets = ['and', 'or', 'unless']

export const byMatching = [
  '',
  ...labelSets.flatMap((set) => [
    ` on(${set})`,
    ` ignoring(${set})`,
    ` on(${set}) group_left()`,
    ` on(${set}) group_right()`,
    ` ignoring(${set}) group_left()`,
  ]),
  ' on(job) group_left(team, version)',
  ' on(job) group_right(resource)',
  ' on(instance) group_left(job)',
]

interface OverRange {
  readonly name: string
  /** It counts or compares, so that its argument must be exact. */
  readonly needsExact?: boolean
  readonly before?: string
  readonly after?: string
}

export const overRanges: readonly OverRange[] = [
  ...words(`rate increase irate avg_over_time sum_over_time min_over_time max_over_time count_over_time
    last_over_time first_over_time present_over_time absent_over_time`).map((name) => ({ name })),
  ...words('delta idelta deriv stddev_over_time stdvar_over_time changes resets').map((name) => ({
    name,
    needsExact: true,
  })),
  { name: 'quantile_over_time', before: '0.7, ' },
  { name: 'quantile_over_time', before: '1.1, ' },
  { name: 'predict_linear', after: ', 600' },
]

interface OnVector {
  readonly call: string
  /** A step function: its argument must be exact. */
  readonly steps?: boolean
}

export const exactOnVectors: readonly OnVector[] = [
  ...words('abs(%) sort(%) sort_desc(%) sqrt(%) timestamp(%)').map((call) => ({ call })),
  ...lines(`
    clamp(%, 2, 60)
    clamp(%, 60, 2)
    clamp_min(%, 3)
    clamp_max(%, NaN)
  `).map((call) => ({ call })),
  ...lines(`
    ceil(%)
    floor(%)
    round(%)
    round(%, 0.3)
    round(%, 5)
    sgn(%)
  `).map((call) => ({ call, steps: true })),
]

/** Their last digit is the library's. */
export const unevenOnVectors =
  words(`exp ln log2 log10 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh
  deg rad`)

export const timeFunctions = words(
  'year month day_of_month day_of_week day_of_year days_in_month hour minute',
)

interface AggregationWord {
  readonly op: string
  readonly parameter?: string
  readonly needsExact?: boolean
  /** Whether the order of the series cannot show in the result. */
  readonly exact: boolean
}

export const aggregations: readonly AggregationWord[] = [
  ...words('sum sum avg').map((op) => ({ op, exact: false })),
  ...words('stddev stdvar').map((op) => ({ op, needsExact: true, exact: false })),
  ...words('count min max group').map((op) => ({ op, exact: true })),
  { op: 'quantile', parameter: '0.3', exact: true },
  { op: 'quantile', parameter: '1.5', exact: true },
  { op: 'quantile', parameter: 'scalar(up{job="b"}) / 4', exact: true },
  { op: 'count_values', parameter: '"value"', needsExact: true, exact: true },
  { op: 'count_values', parameter: '"job"', needsExact: true, exact: true },
]

/** Which of equal series are kept is chance over a range: these have no two equal values. */
export const distinct = lines(`
  requests_total
  requests_total{job="a"}
  memory_bytes
  rate(requests_total[5m])
  delta(memory_bytes[25m])
  avg_over_time(memory_bytes[10m])
  quantile_over_time(0.3, memory_bytes{instance="0"}[1h])
  abs(memory_bytes offset 3m)
  sum by (job) (memory_bytes)
`)
export const rankings = ['topk', 'bottomk']
export const amounts = [
  '1',
  '2',
  '5',
  '0',
  '100',
  'scalar(up{job="b"}) * 2',
  'scalar(up{job="a"}) + 1',
  '-1',
  '2.7',
]
