// Texts that are refused, or that fail once evaluated.
import { lines } from './lines.ts'

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
