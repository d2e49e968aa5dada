// How an expression is printed back; a real Prometheus prints the same of every rule.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatExpr } from '#homelab/prometheus/promql/format.ts'
import { parse } from '#homelab/prometheus/promql/parse.ts'
import { findPrometheus, type RealPrometheus, startPrometheus } from '../real/real-prometheus.ts'
import { written } from '../real/written/written.ts'

test.each([
  ['sum(rate(a[5m]))by(x,y)', 'sum by (x, y) (rate(a[5m]))'],
  ['a+on(x)group_left b', 'a + on (x) group_left () b'],
  ['a{y="2",x="1"}@5 offset 90s', 'a{x="1",y="2"} @ 5.000 offset 1m30s'],
  ['max_over_time(a[1h:]@end())', 'max_over_time(a[1h:] @ end())'],
  ['-a^2>bool 5m', '-a ^ 2 > bool 5m'],
  ['label_replace(a,"b",\'c"\',`d`,".*")', String.raw`label_replace(a, "b", "c\"", "d", ".*")`],
])('%s', (text, printed) => {
  expect(formatExpr(parse(text))).toBe(printed)
})

const binary = findPrometheus()
if (!binary) console.warn('skipped: no Prometheus 3 by PROMETHEUS_BIN, in ~/.cache/obsdeck/bin or on PATH')
const parses = (text: string) => {
  try {
    return parse(text) !== undefined
  } catch {
    return false
  }
}
// A rule has no start and no end.
const ruled = Object.values(written)
  .flat()
  .filter((text) => parses(text) && !/@ *(?:start|end)\(/.test(text))

describe.skipIf(!binary)('as a real Prometheus 3 prints its rules', () => {
  let real: RealPrometheus | undefined
  let printed: readonly string[] = []

  beforeAll(async () => {
    const rules = ruled.map((expr, index) => ({ record: `r${index}`, expr }))
    real = await startPrometheus(
      binary ?? '',
      JSON.stringify({ groups: [{ name: 'g', interval: '1d', rules }] }),
    )
    const answer = await fetch(`${real.url}/api/v1/rules`)
    const { data } = (await answer.json()) as { data: { groups: { rules: { query: string }[] }[] } }
    printed = data.groups[0]?.rules.map(({ query }) => query) ?? []
  })
  afterAll(() => real?.stop())

  test('each of the written expressions', () => {
    expect(printed.length).toBeGreaterThan(800)
    expect(ruled.map((expr) => formatExpr(parse(expr)))).toEqual(printed)
  })
})
