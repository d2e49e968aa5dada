// The explorer against a Prometheus on the wire: what it shows is what Prometheus answers, and completion finds its names.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { connect } from '#cluster/connect.ts'
import { parseScenario } from '#homelab/scenario/schema.ts'
import { startHomelab } from '#homelab/start.ts'
import { atMost } from '#live/at-most.ts'
import { createCell } from '#live/cell.ts'
import { type Explorer, openExplorer } from '#live/explorer.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import { once } from '#live/once.ts'
import { openPrometheus } from '#live/route.ts'
import { systemTiming } from '#live/timing.ts'
import { placeAt } from '#model/promql/expected.ts'
import { offersFor } from '#model/promql/offers.ts'
import type { Reach } from '#sources/prometheus/reach.ts'

const hour = 3_600_000
const calm = new URL('../../../src/homelab/scenarios/calm.yaml', import.meta.url)
let folder: string
let homelab: Awaited<ReturnType<typeof startHomelab>>
let cluster: Cluster
let reach: Reach
let explorer: Explorer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-explorer-'))
  const scenario = parseScenario(await readFile(calm, 'utf8'))
  homelab = await startHomelab({ seed: 1, speed: 1, scenario })
  const kubeconfig = join(folder, 'config')
  await writeFile(kubeconfig, homelab.kubeconfig)
  cluster = await connect({ kubeconfig, context: 'homelab', home: folder, env: {}, timeout: 60_000 })
  reach = await openPrometheus({ cluster, timeout: 60_000 }, AbortSignal.timeout(60_000))
  const range = createCell({ span: hour, to: Date.now() - 60_000 })
  explorer = openExplorer({ reach, slots: atMost(8), range, timing: systemTiming(Date.now) })
}, 120_000)

afterAll(async () => {
  await cluster?.close()
  await homelab?.close()
  await rm(folder, { recursive: true, force: true })
})

const read = <T>(feed: Feed<Live<T>>) =>
  once(feed, { timeout: 60_000, timing: systemTiming(Date.now), signal: AbortSignal.timeout(60_000) })

describe('over the wire', { timeout: 120_000 }, () => {
  test('a chart has the numbers that Prometheus gives for the same question', async () => {
    const expr = 'sum by (job) (up)'
    const { step, answer } = await read(explorer.range(expr, 60))
    const [first] = answer.series
    const [from = 0, to = 0] = [first?.times[0], first?.times.at(-1)]
    const params = { query: expr, start: `${from / 1000}`, end: `${to / 1000}`, step: `${step / 1000}` }
    const raw = await reach(
      { path: `/api/v1/query_range?${new URLSearchParams(params)}` },
      AbortSignal.timeout(60_000),
    )
    const { data } = (await raw.json()) as {
      data: { result: { metric: object; values: [number, string][] }[] }
    }
    expect(answer.series.length).toBeGreaterThan(3)
    expect(answer.series.map(({ labels, values }) => ({ labels, values }))).toEqual(
      data.result.map(({ metric, values }) => ({
        labels: metric,
        values: values.map(([, value]) => Number(value)),
      })),
    )
  })

  test('completion finds metrics with their help, labels of a metric and their values', async () => {
    const metrics = (await read(explorer.metricNames)).names
    const help = await read(explorer.metricHelp)
    const { expected } = placeAt('node_memory_MemAv', 17)
    const [metric] = offersFor(expected, { metrics, help }, 5).shown
    expect(metric).toMatchObject({ name: 'node_memory_MemAvailable_bytes', about: 'gauge' })
    expect(metric?.help).not.toBe('')
    const labels = (await read(explorer.labels(['up']))).names
    expect(labels).toEqual(expect.arrayContaining(['__name__', 'instance', 'job']))
    expect(labels).not.toContain('mode')
    const jobs = (await read(explorer.values('job', ['node_load1']))).names
    expect(jobs).toEqual(['node-exporter'])
  })

  test('what is wrong is refused with its place', async () => {
    await expect(read(explorer.instant('sum(up'))).rejects.toMatchObject({
      reason: 'invalid',
      detail: expect.stringMatching(/\b1:\d+: parse error/),
    })
  })
})
