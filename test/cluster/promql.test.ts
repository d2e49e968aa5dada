// The homelab's PromQL against a real Prometheus 3, over thousands of expressions: written ones, those of Grafana
// dashboards and of the project itself, and random ones, right and wrong.
import { afterAll, describe, expect, test } from 'vitest'
import { dashboardExpressions, findDashboards } from '#test/homelab/prometheus/real/dashboards.ts'
import { seriesFor } from '#test/homelab/prometheus/real/fitting.ts'
import { generated, spoiled } from '#test/homelab/prometheus/real/generated.ts'
import { ownExpressions } from '#test/homelab/prometheus/real/own.ts'
import { type Pair, startPair } from '#test/homelab/prometheus/real/pair.ts'
import { findPrometheus } from '#test/homelab/prometheus/real/real-prometheus.ts'
import { samples } from '#test/homelab/prometheus/real/samples.ts'
import { at, over, type Sweep, sweep, told, type When } from '#test/homelab/prometheus/real/sweep.ts'
import { worldSamples } from '#test/homelab/prometheus/real/world-samples.ts'
import { written } from '#test/homelab/prometheus/real/written/written.ts'

const binary = findPrometheus()
if (!binary) console.warn('skipped: no Prometheus 3 by PROMETHEUS_BIN, in ~/.cache/obsdeck/bin or on PATH')
const folder = findDashboards()
if (binary && !folder) console.warn('skipped: no dashboards by OBSDECK_DASHBOARDS or beside the checkout')

const minute = 60_000
const moments = [0, 7.5, 20, 33.25, 52, 89].map(at)
const ranges = [over(10, 85, 150), over(40, 44, 7)]

describe.skipIf(!binary)('PromQL is a real Prometheus 3 server’s', () => {
  const pairs: Pair[] = []
  let asked = 0

  afterAll(async () => {
    await Promise.all(pairs.map((pair) => pair.stop()))
    console.info(`PromQL: ${asked} expressions in all`)
  })

  async function run(
    kind: string,
    expressions: readonly string[],
    how: { readonly series: typeof samples; readonly whens: readonly When[] },
  ): Promise<Sweep> {
    const pair = await startPair(binary ?? '', how.series)
    pairs.push(pair)
    const result = await sweep(pair, expressions, how.whens)
    asked += result.expressions
    console.info(told(kind, result))
    return result
  }

  test('written expressions', { timeout: 3 * minute }, async () => {
    const all = Object.values(written).flat()
    const result = await run('written', all, { series: samples, whens: [...moments, ...ranges] })
    expect(result.differences.slice(0, 5)).toEqual([])
    expect(all.length).toBeGreaterThan(1000)
  })

  test.skipIf(!folder)('expressions of dashboards', { timeout: 3 * minute }, async () => {
    const all = dashboardExpressions(folder ?? '')
    const series = seriesFor(all)
    const result = await run('dashboards', all, { series, whens: [at(33.25), at(89), ...ranges] })
    expect(result.differences.slice(0, 5)).toEqual([])
    expect(result.found).toBeGreaterThan(all.length * 0.8)
  })

  test('expressions of the project and its rules', { timeout: minute }, async () => {
    const all = ownExpressions()
    const series = seriesFor(all)
    const result = await run('own', all, { series, whens: [at(33.25), at(89), ...ranges] })
    expect(result.differences.slice(0, 5)).toEqual([])
    expect(result.failed).toBe(0)
  })

  test('expressions of the project and its rules, on a world’s own series', { timeout: minute }, async () => {
    const all = ownExpressions()
    const series = worldSamples(all)
    const result = await run('own, of a world', all, { series, whens: [at(33.25), at(89), ...ranges] })
    expect(result.differences.slice(0, 5)).toEqual([])
    expect(result.found).toBeGreaterThan(15)
  })

  test('random expressions', { timeout: 5 * minute }, async () => {
    const whens = [at(7.5), at(33.25), at(52), over(10, 85, 150)]
    const result = await run('random', generated(1000, 3000), { series: samples, whens })
    expect(result.differences.slice(0, 5)).toEqual([])
    expect(result.found).toBeGreaterThan(2000)
  })

  test('random faults', { timeout: 2 * minute }, async () => {
    const result = await run('faults', spoiled(0, 1500), { series: samples, whens: [at(33.25)] })
    expect(result.differences.slice(0, 5)).toEqual([])
    expect(result.failed).toBeGreaterThan(1000)
  })
})
