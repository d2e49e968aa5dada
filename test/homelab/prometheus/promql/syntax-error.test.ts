// What is said of a text that is no PromQL, and where: the words are those of Prometheus 3.16, read off a real one.
import { expect, test } from 'vitest'
import { parse } from '#homelab/prometheus/promql/parse.ts'

test.each([
  ['sum without (1) (up)', '1:14: parse error: unexpected number "1" in grouping opts, expected label'],
  ['sum by (job (up)', '1:13: parse error: unexpected "(" in grouping opts, expected "," or ")"'],
  ['up{job=by}', '1:8: parse error: unexpected identifier "by" in label matching, expected string'],
  ['up{="a"}', '1:4: parse error: unexpected "=" in label matching, expected identifier or "}"'],
  ['up{job="b" {', "1:12: parse error: unexpected left brace '{'"],
  [
    'up[]',
    '1:4: parse error: unexpected "]" in subquery or range selector, expected number, duration, step(), or range()',
  ],
  [
    'up offset',
    '1:10: parse error: unexpected end of input in offset, expected number, duration, step(), or range()',
  ],
  ['up @ start', '1:11: parse error: unexpected end of input in @, expected timestamp'],
  ['deriv(flapping[5m', '1:18: parse error: unclosed left parenthesis'],
  ['up[5x]', '1:4: parse error: bad number or duration syntax: "5"'],
  ['5m5', '1:1: parse error: bad number or duration syntax: "5m5"'],
  ['up 5m', '1:4: parse error: unexpected duration "5m"'],
  ['sum(up up)', '1:8: parse error: unexpected identifier "up" in aggregation'],
  ['abs(up,)', '1:7: parse error: trailing commas not allowed in function call args'],
  ['nosuch(3))', '1:1: parse error: unknown function with name "nosuch"'],
  ['time( ]', "1:7: parse error: unexpected right bracket ']'"],
  ['up + on up', '1:9: parse error: unexpected identifier "up" in grouping opts, expected "("'],
  ['count_values(up', '1:16: parse error: unclosed left parenthesis'],
  [
    'topk(up) up',
    '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1',
  ],
  ['up @ NaN', '1:1: parse error: timestamp out of bounds for @ modifier: NaN'],
])('%s', (text, message) => {
  expect(() => parse(text)).toThrow(message)
})
