// Arithmetic, comparison, sets, and how two sides match.
import { lines } from './lines.ts'

export const operators = lines(`
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
  1 + 2
  1 - -1
  2 * (3 + 4)
  2 ^ 0.5
  0 ^ 0
  NaN ^ 0
  1 ^ NaN
  -1 ^ Inf
  (-1) ^ Inf
  (-8) ^ (1 / 3)
  5 % 0
  0 % 5
  Inf % 2
  5 % Inf
  -0
  0 * -1
  1 atan2 -1
  0 atan2 0
  1 > bool 2
  2 >= bool 2
  1 != bool NaN
  Inf == bool Inf
  1 < bool 2 == bool 1
  1 + 2 > bool 2 * 1
  0x1F + 010
  1e-3 * 1E3
  .5 + 5.
  1_000_000
  5m + 30s
  1h30m / 1m
  1d12h
  -5m
  up + up
  up - up offset 30m
  up * up{job="a"}
  up / up
  zeros / zeros
  zeros * -1
  1 / zeros
  zeros ^ zeros
  odd % 3
  odd % -3
  odd ^ 2
  odd ^ 0.5
  odd atan2 odd
  odd * 0
  odd - odd
  odd / odd
  odd == NaN
  odd != NaN
  NaN != odd
  odd == bool odd
  odd > bool NaN
  odd < Inf
  odd <= -Inf
  odd > -Inf < 5
  5 > odd
  5 > bool odd
  0 == up
  up == up
  up != bool up
  up > on(job) up
  usage / limit
  usage / on(job, instance, resource) limit
  usage / ignoring(nolabel) limit
  usage / on(job, resource) limit
  usage > bool limit
  usage < limit
  limit > usage
  limit - on(job) group_left(team) info
  limit * on(job) group_left(team, version) info
  limit * on(job) group_left(team, nolabel) info
  limit * on(job) group_left() info
  info * on(job) group_right() limit
  info * on(job) group_right(team, version) limit
  limit * on(job, instance) group_left(owner) owner
  limit * ignoring(resource, owner) group_left(owner) owner
  limit * ignoring(resource) group_left sum without (resource) (usage)
  limit / ignoring(resource) group_left sum by (job, instance) (limit)
  limit > on(job) group_left() avg by (job) (limit)
  limit >= bool on(job) group_left() avg by (job) (limit)
  usage * on(resource) group_left() sum by (resource) (limit)
  sum by (job) (limit) * on(job) group_right(instance) limit
  owner * on(owner) group_left count by (owner) (owner)
  memory_bytes * on(job, instance) group_left(owner) owner
  memory_bytes * on(job, instance) group_left(owner) (owner * 0 + 2)
  requests_total * on(instance) group_left(version) label_replace(info, "instance", "0", "", "")
  requests_total / on(job) group_left sum by (job) (requests_total)
  requests_total - on(job, instance) memory_bytes
  requests_total - ignoring(code) memory_bytes
  requests_total{code="200"} / ignoring(code) requests_total{code="500"}
  requests_total{instance="0"} / ignoring(instance) requests_total{instance="1"}
  {job="a",instance="0",__name__="up"} + ignoring(resource) limit{resource="cpu"}
  up + on() limit{job="d"}
  up + on() group_left limit{job="d"}
  up + on(nolabel) group_left() vector(2)
  vector(1) + vector(2)
  vector(1) == vector(2)
  vector(1) == bool vector(2)
  memory_bytes + on(job) group_left(instance) info
  memory_bytes and memory_bytes
  memory_bytes and memory_bytes offset 30m > 50
  memory_bytes and ignoring(instance) up
  memory_bytes and on() nosuch
  memory_bytes unless nosuch
  memory_bytes unless memory_bytes
  memory_bytes unless on(instance) up
  memory_bytes or info
  memory_bytes or ignoring(instance) info
  up or up
  up or (up == 0)
  (up == 1) or (up == 0)
  up == 1 or vector(9)
  up and on() (vector(1) == 2)
  up or on(job) info or on(job) limit
  limit and usage
  limit unless usage
  limit unless on(job, resource) usage
  limit or usage
  usage or on(job) limit
  flapping and up
  flapping or gone or gappy
  gone unless gappy
  nosuch + nosuch
  nosuch or vector(0)
  (nosuch or vector(0)) + 1
  sum(nosuch) or vector(0)
  sum(nosuch) + 1
  vector(1) unless on() nosuch
  up > 0 and on(job) rate(requests_total[5m]) > 0
  1 + up * 2 ^ 2 - up % 2
  -up ^ 2
  -(up) ^ 2
  up ^ -1
  up == 1 == bool 1
  up > 0 > 0
  up - (up - up)
  up - up - up
  2 ^ up ^ 0.5
  not_there * on(job) group_left up
  (up + 1) * (up + 2)
  ((up))
  +up
  +-+up
  - - up
  -{job="a",__name__=~"up|gone"}
  -1 * up
  up*-1
  up-1
  up -1
  up+5m
  info * on(job, version) info
  info * info
  info == info
  owner and ignoring(instance, owner) info
  100 * usage / limit
  round(100 * usage / on(job, instance, resource) limit, 0.1)
  (usage / limit) > 0.1 < 0.9
  sum(usage) / sum(limit) > bool 0.05
  sum by (job) (usage) / sum by (job) (limit)
  avg by (job) (memory_bytes) > on(job) group_left() (sum by (job) (up) * 10)
  (sum by (job) (rate(requests_total{code="500"}[5m])) or sum by (job) (rate(requests_total[5m])) * 0) / sum by (job) (rate(requests_total[5m]))
`)
