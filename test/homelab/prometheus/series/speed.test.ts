// Ten thousand pods on twelve nodes, and a hundred and twenty: how long a select takes. Bounds are generous: they
// are there to catch work that grows with what was not asked for.
import { describe, expect, it } from 'vitest'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import type { Storage } from '#homelab/prometheus/storage.ts'
import { select } from './ask.ts'
import { fixture, HOUR, MINUTE, node, nodeSignals, nodes, pod, pods } from './fixture.ts'

function cluster(count: number) {
  const names = Array.from({ length: 12 }, (_, index) => `node-${index}`)
  const made = fixture({
    nodes: new Map(['alpha', 'beta', ...names].map((name) => [name, nodeSignals({ cpus: 96 })])),
  })
  const { store } = made.world
  for (const [index, name] of names.entries()) store.put(nodes, node(name, `10.0.1.${index}`))
  for (let index = 0; index < count; index += 1) {
    const on = names[index % names.length] ?? 'alpha'
    store.put(pods, pod(`web-${index}`, { node: on, ip: `10.42.${index >> 8}.${index & 255}` }))
  }
  made.clock.advance(2 * HOUR)
  return { ...made, storage: createStorage(made.world) }
}

/** The quickest of a few, so that the machine's other work does not count. */
function quickest(work: () => number): { took: number; series: number } {
  let took = Number.POSITIVE_INFINITY
  let series = 0
  for (let round = 0; round < 4; round += 1) {
    const begun = performance.now()
    series = work()
    took = Math.min(took, performance.now() - begun)
  }
  return { took, series }
}

const asked = (storage: Storage, name: string, now: number, window: number) =>
  quickest(() => select(storage, name, now - window, now).length)

describe('speed', () => {
  it('selects an hour of 120 pods within 60 ms', () => {
    const { storage, clock } = cluster(120)
    const { took, series } = asked(
      storage,
      'container_cpu_usage_seconds_total',
      clock.now(),
      HOUR + 5 * MINUTE,
    )
    // Each pod has its container's and its own; so have node-exporter twice, kube-state-metrics and checkout-1.
    expect(series).toBe(2 * 124)
    expect(took).toBeLessThan(60)
  })

  it('selects five minutes of all of 10,000 pods within 600 ms, and of one pod within 60 ms', () => {
    const { storage, clock } = cluster(10_000)
    const now = clock.now()
    for (const name of [
      'container_cpu_usage_seconds_total',
      'container_memory_working_set_bytes',
      'kube_pod_status_phase',
    ]) {
      const { took, series } = asked(storage, name, now, 5 * MINUTE)
      expect(series).toBeGreaterThan(20_000)
      expect(took, name).toBeLessThan(600)
    }
    const one = quickest(
      () =>
        [
          ...storage.select(
            [
              { label: '__name__', op: '=', value: 'container_cpu_usage_seconds_total' },
              { label: 'pod', op: '=', value: 'web-77' },
            ],
            now - 5 * MINUTE,
            now,
          ),
        ].length,
    )
    expect(one.series).toBe(2)
    expect(one.took).toBeLessThan(60)
    expect(asked(storage, 'node_cpu_seconds_total', now, 5 * MINUTE).took).toBeLessThan(600)
  })
})
