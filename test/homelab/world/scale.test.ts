// Ten thousand pods: quickly made, small in memory, quiet.
import { expect, it } from 'vitest'
import { core } from '#homelab/world/kinds.ts'
import { worldAt } from './helpers.ts'

it('makes 10,000 pods in seconds and in moderate memory', () => {
  const before = process.memoryUsage().heapUsed
  const begun = process.cpuUsage()
  const { clock, store, world } = worldAt({ pods: 10_000 })
  // Processor time, since the machine may be busy with other tests.
  expect(process.cpuUsage(begun).user / 1000).toBeLessThan(6_000)
  expect(Math.abs(store.list(core.pod).length - 10_000)).toBeLessThan(200)
  expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(400)
  const ready = store.list(core.pod, 'team-01')
  expect(ready.length).toBeGreaterThan(300)
  expect(world.pod('team-01', ready[0]?.metadata.name ?? '')?.containers.size).toBe(1)
  const { revision } = store
  clock.advance(60_000)
  const changes = store.revision - revision
  expect(changes).toBeGreaterThan(0)
  expect(changes).toBeLessThan(600)
})
