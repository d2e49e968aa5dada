// A service's calls as the network sees them on their way to its pods: counts and durations of what a set of pods
// served, since a moment. Envoy and Hubble both tell them.
import type { Curve, ServiceSignals, World } from '#homelab/world.ts'
import { createDurations, createHistogram, type Histogram } from './distribution.ts'
import type { Observed } from './part.ts'
import { perMoment } from './per-moment.ts'
import { type Share, served } from './residents.ts'

export type Endpoint = ServiceSignals['endpoints'][number]

/** Who served: each pod's shares of the whole. */
export interface Serving {
  readonly shares: readonly (readonly Share[])[]
  /** When whoever counts began to. */
  readonly since: number
  /** The part of all callers that is looked at. */
  readonly part: number
}

const total = (
  curve: Pick<Curve, 'total'>,
  { shares, since, part }: Serving,
  from: number,
  to: number,
): number => shares.reduce((sum, own) => sum + served(curve, own, Math.max(from, since), to), 0) * part

export const callsOf = (endpoints: readonly Endpoint[], serving: Serving) =>
  perMoment((time) =>
    endpoints.reduce((sum, { calls }) => sum + total(calls, serving, serving.since, time), 0),
  )

export const errorsOf = (endpoints: readonly Endpoint[], serving: Serving) =>
  perMoment((time) =>
    endpoints.reduce((sum, { errors }) => sum + total(errors, serving, serving.since, time), 0),
  )

/** Older steps are longer: whoever looks closely looks at the last hours. */
const FINE = 3 * 3_600_000
const known = new WeakMap<Endpoint, Map<string, Histogram>>()

/** How long all calls of the endpoint took, whoever served them: added up once. Bounds are milliseconds. */
function histogramOf(world: World, endpoint: Endpoint, bounds: readonly number[]): Histogram {
  const byBounds = known.get(endpoint) ?? new Map<string, Histogram>()
  known.set(endpoint, byBounds)
  const key = bounds.join(' ')
  let found = byBounds.get(key)
  if (!found) {
    const span = { since: world.beganAt, fineFrom: world.clock.now() - FINE }
    const calls = (from: number, to: number) => endpoint.calls.total(from, to)
    found = createHistogram({ calls, durations: createDurations(endpoint, bounds, span) })
    byBounds.set(key, found)
  }
  return found
}

const growing = (upTo: (time: number) => number) => ({
  total: (from: number, to: number) => upTo(to) - upTo(from),
})

/** How long the calls took, in units of so many milliseconds; counted since the world's beginning at the earliest. */
export function tookOf(
  world: World,
  endpoints: readonly Endpoint[],
  serving: Serving,
  { bounds, unit }: { readonly bounds: readonly number[]; readonly unit: number },
): Observed {
  const milliseconds = bounds.map((bound) => bound * unit)
  const all = endpoints.map((endpoint) => histogramOf(world, endpoint, milliseconds))
  const begun = { ...serving, since: Math.max(serving.since, world.beganAt) }
  const calls = callsOf(endpoints, begun)
  const count = (time: number) => Math.floor(calls(time))
  const summed = (of: (histogram: Histogram) => (time: number) => number) => {
    const curves = all.map((histogram) => growing(of(histogram)))
    return (time: number) => curves.reduce((sum, curve) => sum + total(curve, begun, begun.since, time), 0)
  }
  const buckets = bounds.map((_, index) => summed((histogram) => (time) => histogram.bucket(index, time)))
  const took = summed((histogram) => histogram.sum)
  return {
    count,
    bucket: (index, time) => Math.min(count(time), Math.floor(buckets[index]?.(time) ?? 0)),
    sum: (time) => took(time) / unit,
  }
}
