// Selectors: matchers, offset, @, lookback, staleness.
import { lines } from './lines.ts'

export const selectors = lines(`
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
  up{instance!=""}
  up{instance=""}
  up{job=~""}
  up{job!~"",instance=~"0"}
  up{job="a",job=~".+"}
  up{job=~"a",job!~"b"}
  up{nolabel!="x"}
  {job="a"}
  {job=~"a",instance="0"}
  {__name__="up"}
  {__name__!="up",job="a",instance="0"}
  {__name__=~"up|gone"}
  {"up"}
  {"up", job="a"}
  {'dotted.name'}
  {"dotted.name", "label.dotted"="x"}
  {"dotted.name", 'label.dotted'!="y"}
  {"dotted.name","ünï"=~"c.d."}
  quoted{text="a \\"b\\" \\\\ c"}
  quoted{text='a "b" \\\\ c'}
  quoted{text=~\`a "b" \\\\\\\\ c\`}
  quoted{empty=~"n|no"}
  up{job=~"[ab]"}
  up{job=~"[^b]"}
  up{job=~"a|"}
  up{job=~".{1}"}
  up{job=~"\\\\w"}
  up{job=~"(?:a|b)?"}
  up{job=~"a+?"}
  up{job!~"(?i)A"}
  up{job=~"\\\\x61"}
  up{job=~"\\\\Qa\\\\E"}
  up{job=~"^a$"}
  up{job=~"\\\\pL"}
  up{job=~"(?s).*"}
  up offset 1h
  up offset 1d
  up offset -1h
  up offset 89m59s
  up offset 90s1ms
  up @ 1767571200
  up @ 1767571200.5
  up @ -1
  up @ 1e9
  up @ end() offset 30m
  up offset 30m @ end()
  up offset -30m @ start()
  gone offset 4m59s
  gone @ 1767572400
  gone @ 1767572340
  gone @ 1767572339.999
  flapping
  flapping offset 1m
  flapping @ end()
  steady_total @ 1767571500.001
  steady_total @ 1767571499.999
  UP
  up:
  up_
  up{}
  up{job="a",}
`)
