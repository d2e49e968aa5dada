// A world on a clock that stands still until a test moves it.
import { manualClock } from '#homelab/clock.ts'
import type { Scenario } from '#homelab/scenario/schema.ts'
import { createWorld } from '#homelab/world/create.ts'
import type { KubeObject } from '#model/kube.ts'

export const noon = Date.UTC(2026, 10, 22, 19, 2, 30)

export function worldAt(options: { seed?: number; pods?: number; scenario?: Scenario } = {}) {
  const clock = manualClock(noon)
  const world = createWorld({ seed: 1, clock, ...options })
  return { clock, world, store: world.store }
}

/** Any field of an object by its path, for expectations only. */
export function at(object: KubeObject | undefined, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object)
}

export function conditionOf(object: KubeObject | undefined, type: string) {
  const conditions = (at(object, 'status.conditions') ?? []) as {
    type: string
    status: string
    reason: string
    message: string
  }[]
  return conditions.find((condition) => condition.type === type)
}
