// A scenario's changes of curves, at their real times.
import type { SeriesEffect } from '#homelab/world/effects.ts'
import type { Scenario } from './schema.ts'

export function seriesEffects({ effects }: Scenario, start: number): SeriesEffect[] {
  return effects.map((effect) => {
    const change = effect.multiply !== undefined ? 'multiply' : effect.add !== undefined ? 'add' : 'set'
    const common = {
      signal: effect.signal,
      change,
      value: effect.multiply ?? effect.add ?? effect.set ?? 0,
      at: start + effect.at,
      rise: effect.ramp,
      ...(effect.until !== undefined && { until: start + effect.until }),
    } as const
    if ('node' in effect)
      return { ...common, of: 'node', name: effect.node, ...(effect.part && { part: effect.part }) }
    if ('service' in effect)
      return { ...common, of: 'service', name: effect.service, ...(effect.route && { part: effect.route }) }
    const [namespace = '', name = '*'] = effect.pod.split('/')
    return { ...common, of: 'pod', namespace, name, ...(effect.container && { part: effect.container }) }
  })
}
