// The same samples and the same expressions to a real Prometheus 3 and to ours: the answers must be equal. This is the
// part that takes seconds; test/cluster/promql.test.ts asks many times as much.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generated } from '../real/generated.ts'
import { type Pair, startPair } from '../real/pair.ts'
import { findPrometheus } from '../real/real-prometheus.ts'
import { samples } from '../real/samples.ts'
import { at, over, sweep } from '../real/sweep.ts'
import { written } from '../real/written/written.ts'

const binary = findPrometheus()
if (!binary) console.warn('skipped: no Prometheus 3 by PROMETHEUS_BIN, in ~/.cache/obsdeck/bin or on PATH')

const whens = [at(33.25), over(10, 85, 150)]

describe.skipIf(!binary)('our answers are a real Prometheus 3 server’s', () => {
  let pair: Pair

  beforeAll(async () => {
    pair = await startPair(binary ?? '', samples)
  })
  afterAll(() => pair?.stop())

  test.each(Object.entries(written))('written expressions: %s', async (_, expressions) => {
    const { differences, found, failed } = await sweep(pair, expressions, whens)
    expect(differences.slice(0, 5)).toEqual([])
    expect(found + failed).toBeGreaterThan(expressions.length * 0.8)
  })

  test('random expressions', async () => {
    const { differences, found, failed } = await sweep(pair, generated(0, 300), whens)
    expect(differences.slice(0, 5)).toEqual([])
    expect(found + failed).toBeGreaterThan(200)
  })
})
