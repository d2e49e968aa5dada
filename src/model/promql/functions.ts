// PromQL's functions and aggregations: what each takes and gives, and what it is for in one line.
// https://prometheus.io/docs/prometheus/latest/querying/functions/

export interface Callable {
  readonly name: string
  readonly kind: 'function' | 'aggregation'
  /** `rate(range) vector`. */
  readonly signature: string
  readonly help: string
}

// The most used stand first: they are offered first. name | arguments | result (a vector where empty) | help
const functions = `
rate|range||growth of a counter per second over the window, resets included
increase|range||by how much a counter grew over the window, resets included
histogram_quantile|φ scalar, vector||the φ-quantile of histogram buckets: keep the label le
label_replace|vector, "to", "replacement", "from", "regex"||a label made from another by a regular expression
abs|vector||each value without its sign
absent|vector||1 where the vector has no series, else nothing
absent_over_time|range||1 where nothing was there in the whole window
acos|vector||arc cosine, in radians
acosh|vector||inverse hyperbolic cosine
asin|vector||arc sine, in radians
asinh|vector||inverse hyperbolic sine
atan|vector||arc tangent, in radians
atanh|vector||inverse hyperbolic tangent
avg_over_time|range||mean of each series over the window
ceil|vector||up to the next whole number
changes|range||how often each series changed its value in the window
clamp|vector, min scalar, max scalar||values held between two bounds
clamp_max|vector, max scalar||values held below a bound
clamp_min|vector, min scalar||values held above a bound
cos|vector||cosine of radians
cosh|vector||hyperbolic cosine
count_over_time|range||how many samples each series has in the window
days_in_month|vector?||days of the month in which each timestamp lies
day_of_month|vector?||1 to 31, in UTC
day_of_week|vector?||0 (Sunday) to 6, in UTC
day_of_year|vector?||1 to 366, in UTC
deg|vector||radians to degrees
delta|range||by how much a gauge changed over the window
deriv|range||slope of a gauge per second, by linear regression
double_exponential_smoothing|range, sf scalar, tf scalar||a gauge smoothed with its trend (experimental)
exp|vector||e to the power of each value
first_over_time|range||the oldest sample of the window (experimental)
floor|vector||down to the next whole number
histogram_avg|vector||mean of each native histogram
histogram_count|vector||number of observations of each native histogram
histogram_fraction|lower scalar, upper scalar, vector||share of observations between two bounds
histogram_stddev|vector||estimated standard deviation of native histograms
histogram_stdvar|vector||estimated variance of native histograms
histogram_sum|vector||sum of the observations of each native histogram
hour|vector?||0 to 23, in UTC
idelta|range||difference of the last two samples
info|vector, selector?||labels of info metrics added to each series (experimental)
irate|range||rate per second of the last two samples: for fast counters, zoomed in
label_join|vector, "to", "separator", "from", …||a label made of several others
last_over_time|range||the newest sample of the window
ln|vector||natural logarithm
log10|vector||decimal logarithm
log2|vector||binary logarithm
mad_over_time|range||median absolute deviation over the window (experimental)
max_over_time|range||the greatest value of each series in the window
min_over_time|range||the least value of each series in the window
minute|vector?||0 to 59, in UTC
month|vector?||1 to 12, in UTC
pi||scalar|3.14159…
predict_linear|range, seconds scalar||where a gauge will be in so many seconds, by linear regression
present_over_time|range||1 for each series that was there in the window
quantile_over_time|φ scalar, range||the φ-quantile of each series over the window
rad|vector||degrees to radians
resets|range||how often a counter began anew in the window
round|vector, to scalar?||to the nearest whole number, or multiple of to
scalar|vector|scalar|the value of the only series as a number; NaN where there is not one
sgn|vector||1, 0 or -1 by the sign of each value
sin|vector||sine of radians
sinh|vector||hyperbolic sine
sort|vector||series in the order of their values (instant queries)
sort_by_label|vector, "label", …||series in the order of a label (experimental)
sort_by_label_desc|vector, "label", …||the same, last first (experimental)
sort_desc|vector||series in the order of their values, greatest first (instant queries)
sqrt|vector||square root
stddev_over_time|range||standard deviation of each series over the window
stdvar_over_time|range||variance of each series over the window
sum_over_time|range||sum of the values of each series over the window
tan|vector||tangent of radians
tanh|vector||hyperbolic tangent
time||scalar|seconds since 1970 at the moment of evaluation
timestamp|vector||when each sample was taken, seconds since 1970
vector|scalar||a number as a vector without labels
year|vector?||the year, in UTC`

const aggregations = `
sum|vector|sum over series
avg|vector|mean over series
max|vector|the greatest value
min|vector|the least value
count|vector|how many series there are
topk|k, vector|the k series with the greatest values, with all their labels
bottomk|k, vector|the k series with the least values, with all their labels
quantile|φ scalar, vector|the φ-quantile over series
group|vector|1 for each group
count_values|"label", vector|how many series have each value
stddev|vector|standard deviation over series
stdvar|vector|variance over series
limitk|k, vector|any k series of each group (experimental)
limit_ratio|ratio, vector|about such a share of the series (experimental)`

const linesOf = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split('|'))

export const callables: ReadonlyMap<string, Callable> = new Map(
  [
    ...linesOf(aggregations).map(
      ([name = '', args, help = '']): Callable => ({
        ...{ name, kind: 'aggregation', help },
        signature: `${name} by (…) (${args})`,
      }),
    ),
    ...linesOf(functions).map(
      ([name = '', args, result, help = '']): Callable => ({
        ...{ name, kind: 'function', help },
        signature: `${name}(${args})${result ? ` ${result}` : ''}`,
      }),
    ),
  ].map((one) => [one.name, one]),
)

/** Words of the language that are no calls, with what each does. */
export const keywords: Readonly<Record<string, string>> = {
  by: 'keep only these labels',
  without: 'keep all labels but these',
  on: 'match the two sides by these labels alone',
  ignoring: 'match the two sides by all labels but these',
  group_left: 'many series on the left for one on the right',
  group_right: 'many series on the right for one on the left',
  bool: '0 or 1 instead of leaving series out',
  offset: 'as it was so long before',
  '@': 'as it was at this moment',
  and: 'series that the right side has too',
  or: 'series of either side',
  unless: 'series that the right side has not',
  atan2: 'arc tangent of left over right',
}

/** Words before a list of labels in parentheses. */
export const listing: ReadonlySet<string> = new Set([
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
])
