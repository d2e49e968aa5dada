// The whole homelab: the world, Prometheus beside it, and the API server in front.
import { playingClock } from '#homelab/clock.ts'
import type { Identity } from '#homelab/identity.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { targetsOf } from '#homelab/prometheus/series/targets.ts'
import { stackRules } from '#homelab/prometheus/stack-rules/stack-rules.ts'
import type { Scenario } from '#homelab/scenario/schema.ts'
import { type Homelab, serveHomelab } from '#homelab/serve.ts'
import { warmUp } from '#homelab/warm-up.ts'
import { createWorld } from '#homelab/world/create.ts'

export interface HomelabOptions {
  readonly seed: number
  /** How many times as fast as real time its clock runs. */
  readonly speed: number
  /** How many pods; absent: those of the homelab as it is, about 120. */
  readonly pods?: number | undefined
  readonly scenario: Scenario
  /** Absent: any free one. */
  readonly port?: number | undefined
  /** Absent: a new one. */
  readonly identity?: Identity | undefined
}

export async function startHomelab(options: HomelabOptions): Promise<Homelab> {
  const clock = playingClock(Date.now(), options.speed)
  const { seed, scenario, pods } = options
  const world = createWorld({ seed, clock, scenario, ...(pods !== undefined && { pods }) })
  const prometheus = createPrometheus({
    storage: createStorage(world),
    clock,
    rules: stackRules,
    targets: () => targetsOf(world),
    namespace: 'observability',
    service: 'prometheus-operated',
    port: 9090,
  })
  const homelab = await serveHomelab({
    world,
    upstreams: [prometheus],
    ...(options.port !== undefined && { port: options.port }),
    ...(options.identity !== undefined && { identity: options.identity }),
  })
  const stopWarming = warmUp(world, prometheus)
  return {
    ...homelab,
    async close() {
      stopWarming()
      world.stop()
      await homelab.close()
    },
  }
}
