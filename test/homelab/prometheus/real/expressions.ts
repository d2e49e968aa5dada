// Expressions that our evaluator and a real Prometheus must answer alike. One a line; each is asked for at several
// moments and over a range.

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

export const expressions = lines(
  `
  requests_total
  requests_total{job="a"}
  requests_total{job!="a",instance=~"0|1"}
  requests_total{job=~"a|b",code!~"5.."}
  {__name__=~"requests_.*",job="c"}
  {"requests_total", job="a"}
  requests_total{job=~".+",nolabel=""}
  requests_total{job=~"(?i:A)"}
  requests_total{job=~"(?i)A|B"}
  requests_total{job=~"[[:alpha:]]"}
  requests_total offset 5m
  requests_total offset -5m
  requests_total @ 1767573000
  requests_total @ start()
  requests_total @ end() - requests_total @ start()
  requests_total @ 1767573000 offset 10m
  gone
  gappy
  odd
  up == 0
  up{job="a"} == bool 1
  nosuch
  rate(requests_total[5m])
  rate(requests_total[1m])
  rate(requests_total[90s])
  rate(requests_total[5m] offset 7m)
  rate(requests_total[5m] @ 1767574000)
  rate(steady_total[5m])
  rate(steady_total[1m])
  rate(steady_total[61s])
  rate(resetting_total[10m])
  rate(gappy[30m])
  rate(gone[10m])
  rate(odd[5m])
  increase(requests_total[10m])
  increase(resetting_total[1h])
  increase(steady_total[150s])
  irate(requests_total[5m])
  irate(resetting_total[5m])
  irate(requests_total[30s])
  delta(memory_bytes[10m])
  delta(gappy[20m])
  idelta(memory_bytes[5m])
  idelta(odd[5m])
  deriv(memory_bytes[10m])
  deriv(odd[10m])
  deriv(steady_total[10m])
  predict_linear(memory_bytes[15m], 3600)
  predict_linear(steady_total[15m], -600)
  predict_linear(memory_bytes[15m] offset 5m, 3600)
  predict_linear(odd[15m], 60)
  changes(memory_bytes[10m])
  changes(up[30m])
  changes(odd[10m])
  resets(resetting_total[30m])
  resets(requests_total[40m])
  resets(odd[10m])
  avg_over_time(memory_bytes[10m])
  avg_over_time(odd[10m])
  sum_over_time(memory_bytes[10m])
  sum_over_time(odd[10m])
  sum_over_time(tiny[50m])
  min_over_time(memory_bytes[10m])
  min_over_time(odd[10m])
  max_over_time(memory_bytes[10m])
  max_over_time(odd[10m])
  count_over_time(requests_total[10m])
  count_over_time(gone[30m])
  last_over_time(gone[30m])
  last_over_time(memory_bytes[10m])
  first_over_time(memory_bytes[10m])
  present_over_time(gappy[5m])
  stddev_over_time(memory_bytes[10m])
  stdvar_over_time(memory_bytes[10m])
  stddev_over_time(odd[10m])
  quantile_over_time(0.9, memory_bytes[10m])
  quantile_over_time(0.5, odd[10m])
  quantile_over_time(1.5, memory_bytes[10m])
  quantile_over_time(-1, memory_bytes[10m])
  absent(nosuch)
  absent(nosuch{job="x",instance=~"y"})
  absent(nosuch{job="x",job="y",a="b"})
  absent(gappy)
  absent(sum(nosuch{a="b"}))
  absent_over_time(gappy[5m])
  absent_over_time(nosuch{a="b"}[5m])
  absent_over_time(gone[5m])
  histogram_quantile(0.9, latency_seconds_bucket)
  histogram_quantile(0.5, rate(latency_seconds_bucket[5m]))
  histogram_quantile(0.99, sum by (le) (rate(latency_seconds_bucket[5m])))
  histogram_quantile(0.01, sum by (job, le) (rate(latency_seconds_bucket[5m])))
  histogram_quantile(1, latency_seconds_bucket)
  histogram_quantile(0, latency_seconds_bucket)
  histogram_quantile(2, latency_seconds_bucket)
  histogram_quantile(-1, latency_seconds_bucket)
  histogram_quantile(NaN, latency_seconds_bucket)
  histogram_quantile(0.5, latency_seconds_bucket{le!="+Inf"})
  histogram_quantile(0.5, bad_bucket)
  histogram_quantile(0.5, shrinking_bucket)
  histogram_quantile(0.1, negative_bucket)
  histogram_quantile(0.4, negative_bucket)
  histogram_quantile(0.5, memory_bytes)
  histogram_fraction(0, 1, latency_seconds_bucket)
  histogram_fraction(0.2, 3, rate(latency_seconds_bucket[5m]))
  histogram_fraction(-Inf, +Inf, latency_seconds_bucket)
  histogram_fraction(2, 1, latency_seconds_bucket)
  histogram_fraction(-1.5, 2, negative_bucket)
  histogram_count(memory_bytes)
  sum(requests_total)
  sum by (job) (requests_total)
  sum without (instance) (requests_total)
  sum without () (requests_total)
  sum by (nolabel) (requests_total)
  sum(odd)
  avg(odd)
  avg by (job) (memory_bytes)
  count(requests_total) by (job, code)
  count(nosuch)
  min(odd)
  max(odd)
  min by (job) (requests_total)
  max without (job) (memory_bytes)
  group(requests_total)
  group by (job) (requests_total)
  stddev(memory_bytes)
  stdvar by (job) (memory_bytes)
  stddev(odd)
  quantile(0.9, memory_bytes)
  quantile by (job) (0.3, requests_total)
  quantile(0.5, odd)
  quantile(2, memory_bytes)
  quantile(scalar(up{job="b"}) / 3, memory_bytes)
  count_values("v", up)
  count_values by (job) ("v", up)
  count_values without (instance) ("v", odd)
  topk(3, requests_total)
  topk by (job) (1, requests_total)
  bottomk(2, memory_bytes)
  bottomk without (instance) (1, memory_bytes)
  topk(2, odd)
  bottomk(2, odd)
  topk(0, requests_total)
  topk(100, requests_total)
  sum(topk(2, rate(requests_total[5m])))
  requests_total + 1
  1 - requests_total
  requests_total * 2 ^ 3
  requests_total / 0
  requests_total % 7
  -requests_total % 7
  memory_bytes atan2 2
  requests_total > 100
  requests_total > bool 100
  100 < requests_total
  100 <= bool requests_total
  odd == odd
  odd != odd
  odd >= 3
  1 + 2 * 3 - 4 / 5
  2 ^ 3 ^ 2
  -2 ^ 2
  (-2) ^ 2
  2 ^ -1
  1 == bool 1
  2 < bool 1
  NaN == bool NaN
  5 % 3
  -5 % 3
  5.5 % -2
  1 / 0
  -1 / 0
  0 / 0
  1e3
  0x1f
  1_000
  5m
  Inf
  -Inf
  requests_total / ignoring(code) requests_total
  memory_bytes / memory_bytes
  memory_bytes - memory_bytes offset 10m
  memory_bytes * on(job) group_left(version) info
  info * on(job) group_right(team) memory_bytes
  memory_bytes * on(job) group_left info
  requests_total * on(job, instance) group_left(owner) owner
  requests_total * ignoring(code, owner) group_left(owner) owner
  sum by (job) (requests_total) / on(job) sum by (job) (memory_bytes)
  sum by (job) (memory_bytes) > on(job) info
  memory_bytes > on(job) group_left info
  memory_bytes > bool on(job) group_left info
  info < on(job) group_right memory_bytes
  memory_bytes and on(job) info
  memory_bytes and up
  memory_bytes unless on(job) info
  memory_bytes unless ignoring(job, instance) up
  memory_bytes or up
  up or memory_bytes
  up or on(job) memory_bytes
  up == 0 or up == 1
  up{job="a"} == 0 or vector(5)
  memory_bytes or on() vector(0)
  memory_bytes and on() vector(1)
  nosuch + memory_bytes
  memory_bytes + nosuch
  nosuch or memory_bytes
  max_over_time(rate(requests_total[2m])[10m:1m])
  max_over_time(memory_bytes[10m:])
  avg_over_time((memory_bytes > 50)[20m:2m])
  rate(requests_total[5m:30s])
  sum_over_time(up[30m:7m])
  count_over_time(memory_bytes[10m:1m] offset 3m)
  count_over_time(memory_bytes[10m:1m] @ 1767574000)
  avg_over_time(sum by (job) (memory_bytes)[10m:1m])
  max_over_time(avg_over_time(memory_bytes[5m:1m])[20m:5m])
  absent_over_time(gappy[5m:1m])
  last_over_time(memory_bytes[10m:3m])
  rate(sum(requests_total)[10m:1m])
  deriv(rate(requests_total[5m])[20m:1m])
  count_over_time(time()[10m:1m] @ end())
  label_replace(up, "x", "$1-y", "job", "(.*)")
  label_replace(up, "x", "$nothing", "job", "(.*)")
  label_replace(up, "job", "", "job", "a")
  label_replace(up, "x", "${1}${2}", "job", "(a)|(b)")
  label_replace(up, "x", "z", "job", "nomatch")
  label_replace(up, "x", "$name", "job", "(?P<name>.)")
  label_replace(up, "__name__", "renamed", "job", ".*")
  label_join(up, "x", "-", "job", "instance")
  label_join(up, "x", ",")
  label_join(up, "job", "", "nolabel")
  scalar(up{job="b"})
  scalar(up)
  scalar(nosuch)
  vector(3)
  vector(time())
  time()
  pi()
  timestamp(memory_bytes)
  timestamp(memory_bytes offset 5m)
  timestamp(memory_bytes * 1)
  timestamp(timestamp(memory_bytes))
  timestamp(gappy)
  year()
  month()
  day_of_month()
  day_of_week()
  day_of_year()
  days_in_month()
  hour()
  minute()
  year(epoch)
  month(epoch)
  day_of_month(epoch)
  day_of_week(epoch)
  day_of_year(epoch)
  days_in_month(epoch)
  hour(epoch)
  minute(epoch)
  minute(vector(time() - 90))
  clamp(memory_bytes, 45, 55)
  clamp(memory_bytes, 55, 45)
  clamp_min(odd, 3)
  clamp_max(odd, 3)
  clamp_min(memory_bytes, NaN)
  round(memory_bytes)
  round(memory_bytes, 0.1)
  round(memory_bytes, 5)
  round(odd)
  abs(odd)
  ceil(memory_bytes)
  floor(memory_bytes)
  sgn(odd)
  sqrt(odd)
  exp(memory_bytes / 10)
  ln(odd)
  log2(odd)
  log10(odd)
  sin(memory_bytes)
  cos(memory_bytes)
  tan(memory_bytes)
  asin(memory_bytes / 100)
  acos(memory_bytes / 100)
  atan(memory_bytes)
  sinh(memory_bytes / 10)
  cosh(memory_bytes / 10)
  tanh(memory_bytes / 10)
  asinh(memory_bytes)
  acosh(memory_bytes)
  atanh(memory_bytes / 100)
  rad(memory_bytes)
  deg(memory_bytes)
  sort(memory_bytes)
  sort_desc(memory_bytes)
  sort(odd)
  sort_desc(odd)
  -memory_bytes
  +memory_bytes
  -(1 + 2)
  memory_bytes - memory_bytes offset 10m * 2
  -memory_bytes offset 5m ^ 2
  2 * -memory_bytes @ end() + 1
  -rate(requests_total[5m]) * 2 - -1
  memory_bytes > 45 and memory_bytes < 55 or up
  sum(rate(requests_total{code=~"5.."}[5m])) / sum(rate(requests_total[5m])) > 0.05
  100 * (1 - avg by (job) (rate(requests_total[5m])) / 100)
  (up == 0) * 0 + 3
  sum by (job) (up) == count by (job) (up)
  avg without (instance) (irate(requests_total[2m])) * 60
  memory_bytes # trailing
`,
)

/** Texts that are refused, or that fail once evaluated. */
export const faults = lines(`
  foo bar
  sum(
  sum(foo
  foo{
  foo{a
  foo{a=
  foo{a="b"
  foo{a=b}
  foo[5m
  foo[5]
  foo[0s]
  foo[5m] + 1
  rate(foo)
  rate(foo[5m], 1)
  rate()
  nosuch(3)
  sum(foo) by
  sum by (foo
  topk(foo)
  topk(1)
  topk(foo, foo)
  count_values(1, foo)
  {}
  {a=""}
  {a=~".*"}
  foo{__name__="bar"}
  1 > 2
  foo and 1
  1 and 1
  foo + bool bar
  foo and bool bar
  foo + on(a) group_left(a) bar
  foo and on(a) group_left bar
  (1 + 2)[5m:1m]
  foo[5m][5m:1m]
  sum(foo)[5m]
  sum(foo) offset 5m
  foo offset 5m offset 5m
  foo @ 5 @ 6
  1 +
  + 
  )
  (foo
  foo)
  "abc
  foo{a="b",}extra
  -"a"
  -foo[5m]
  label_replace(foo, "a", "b", "c", "(")
  label_replace(foo, 1, "b", "c", "d")
  foo{a=~"("}
  round(foo, 1, 2)
  mad_over_time(foo[5m])
  limitk(1, foo)
  up * on(job) memory_bytes
  memory_bytes * on(job) up * on() info
  memory_bytes * on() info
  info{job="a"} * on() memory_bytes{job="a"}
  memory_bytes * on(job) group_left requests_total
  memory_bytes * on(job) group_right requests_total
  rate({__name__=~"up|info"}[5m])
  abs({__name__=~"up|owner",job="a",instance="0"})
  {__name__=~"up|owner",job="a",instance="0"} + 1
  label_replace(up, "job", "x", "job", ".*")
  label_replace(memory_bytes, "instance", "x", "job", ".*")
  label_replace(memory_bytes, "", "x", "job", ".*")
  label_join(memory_bytes, "instance", "", "nolabel")
  foo $ bar
  foo ! bar
  1h30
  foo[1m:0s]
`)
