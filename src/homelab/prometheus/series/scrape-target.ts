// A scrape target and how long it was one, and the moments at which it was scraped.
import { createHash } from 'node:crypto'
import type { World } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'

/** `from` included, `to` not, in milliseconds. */
export interface ScrapeTarget {
  readonly pool: string
  readonly job: string
  readonly instance: string
  readonly scheme: 'http' | 'https'
  readonly path: string
  /** All target labels, job and instance included. */
  readonly labels: Labels
  /** Where a metric's own label has the name of a target label: the metric's wins, else it becomes `exported_…`. */
  readonly honorLabels: boolean
  /** The node it stands for or runs on, and the pod that it is, where there is one. */
  readonly node?: string
  readonly pod?: { readonly namespace: string; readonly name: string }
  /** Written to Prometheus rather than scraped (OTLP, a scenario): it cannot fail and is no target to show. */
  readonly pushed?: true
  readonly from: number
  readonly to: number
}

export type ScrapeState = 'ok' | 'failed' | 'gone'

/** The scrapes of one target in a window; `before` is the one just before it, which decides staleness. */
export interface Scrapes {
  readonly times: Float64Array
  readonly states: readonly ScrapeState[]
  readonly before?: { readonly time: number; readonly state: ScrapeState }
  /** Every scrape of the window, and the one before it, succeeded. */
  readonly clean: boolean
  /** An array as long as `times`, filled with the value: shared by all series that are constant. */
  filled(value: number): Float64Array
  /** A function's values at all of `times`, worked out once: a pod with one container has the container's. */
  worked(value: (time: number) => number): Float64Array
}

/** Where in the interval the target's scrapes fall: from its identity, so that load is spread. */
export function offsetOf(target: ScrapeTarget, interval: number): number {
  const hash = createHash('sha1').update(`${target.pool} ${target.instance} ${target.path}`).digest()
  return hash.readUInt32BE(0) % interval
}

/** The scrapes in (from, to], milliseconds; the first slot after the target's end is `gone`, later ones are not told. */
export function scrapesOf(
  world: World,
  target: ScrapeTarget,
  window: { readonly from: number; readonly to: number; readonly interval: number },
): Scrapes {
  const { interval } = window
  const offset = offsetOf(target, interval)
  const stateAt = (time: number): ScrapeState => {
    if (time < target.from || time >= target.to) return 'gone'
    if (target.pushed) return 'ok'
    return world.scrapeSucceeds(target.job, target.instance, time) ? 'ok' : 'failed'
  }
  const begin = Math.max(window.from, Math.max(target.from, world.beganAt) - 1)
  const first = (Math.floor((begin - offset) / interval) + 1) * interval + offset
  const end = Math.min(window.to, target.to + interval - 1)
  const size = end < first ? 0 : Math.floor((end - first) / interval) + 1
  const times = new Float64Array(size)
  const states: ScrapeState[] = []
  for (let index = 0; index < size; index += 1) {
    const time = first + index * interval
    times[index] = time
    states.push(stateAt(time))
  }
  const previous = first - interval
  const before =
    previous >= world.beganAt && previous >= target.from
      ? { time: previous, state: stateAt(previous) }
      : undefined
  const constants = new Map<number, Float64Array>()
  const worked = new Map<(time: number) => number, Float64Array>()
  return {
    times,
    states,
    ...(before && { before }),
    clean: states.every((state) => state === 'ok') && (!before || before.state === 'ok'),
    filled(value) {
      let array = constants.get(value)
      if (!array) {
        array = new Float64Array(size).fill(value)
        constants.set(value, array)
      }
      return array
    },
    worked(value) {
      let array = worked.get(value)
      if (!array) {
        array = times.map((time) => value(time))
        worked.clear()
        worked.set(value, array)
      }
      return array
    },
  }
}
