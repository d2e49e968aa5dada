// The functions that exist, with what they take and give.
import type { ValueType } from './ast.ts'

export interface Signature {
  readonly args: readonly ValueType[]
  /** How many of the last may be left out or repeated: 0 none, n up to n more, -1 any number. */
  readonly variadic: number
  readonly returns: ValueType
}

const signature = (args: readonly ValueType[], returns: ValueType = 'vector', variadic = 0): Signature => ({
  args,
  variadic,
  returns,
})

const ofVector = `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg
  histogram_count histogram_sum histogram_stddev histogram_stdvar ln log10 log2 rad sgn sin sinh sort sort_desc
  sqrt tan tanh timestamp`.split(/\s+/)
const ofMatrix =
  `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase
  irate last_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time
  sum_over_time`.split(/\s+/)
const ofTime = 'days_in_month day_of_month day_of_week day_of_year hour minute month year'.split(' ')

export const signatures: ReadonlyMap<string, Signature> = new Map([
  ...ofVector.map((name) => [name, signature(['vector'])] as const),
  ...ofMatrix.map((name) => [name, signature(['matrix'])] as const),
  ...ofTime.map((name) => [name, signature(['vector'], 'vector', 1)] as const),
  ['clamp', signature(['vector', 'scalar', 'scalar'])],
  ['clamp_max', signature(['vector', 'scalar'])],
  ['clamp_min', signature(['vector', 'scalar'])],
  ['histogram_fraction', signature(['scalar', 'scalar', 'vector'])],
  ['histogram_quantile', signature(['scalar', 'vector'])],
  ['label_join', signature(['vector', 'string', 'string', 'string'], 'vector', -1)],
  ['label_replace', signature(['vector', 'string', 'string', 'string', 'string'])],
  ['pi', signature([], 'scalar')],
  ['predict_linear', signature(['matrix', 'scalar'])],
  ['quantile_over_time', signature(['scalar', 'matrix'])],
  ['round', signature(['vector', 'scalar'], 'vector', 1)],
  ['scalar', signature(['vector'], 'scalar')],
  ['time', signature([], 'scalar')],
  ['vector', signature(['scalar'])],
])

/** They exist in Prometheus behind `--enable-feature=promql-experimental-functions`, which is off. */
export const experimental: ReadonlySet<string> = new Set(
  `double_exponential_smoothing end histogram_quantiles info mad_over_time max_of min_of range sort_by_label
  sort_by_label_desc start start_timestamp step ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time
  ts_of_min_over_time`.split(/\s+/),
)

const withParameter = new Set(['topk', 'bottomk', 'quantile', 'count_values', 'limitk', 'limit_ratio'])

/** What is wrong with so many arguments of an aggregation; undefined where nothing is. */
export function wrongArguments(op: string, given: number): string | undefined {
  const wanted = withParameter.has(op.toLowerCase()) ? 2 : 1
  if (given === 0) return 'no arguments for aggregate expression provided'
  if (given === wanted) return undefined
  return `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${given}`
}
