// What a chart says at one moment: every drawn series's value there, as measured.
import type { LineChart } from './chart.ts'
import { type Layer, type Layers, layersOf } from './layers.ts'

export interface ReadoutRow {
  readonly layer: Layer
  /** Undefined where nothing was measured near the moment. */
  readonly value: number | undefined
  /** The same series in the earlier range. */
  readonly earlier: number | undefined
}

export function readout(chart: LineChart, at: number, layers: Layers = layersOf(chart)): ReadoutRow[] {
  const nearest = Math.max(1, (chart.to - chart.from) / 400)
  const former = new Map(layers.former.map((layer) => [layer.name, layer]))
  return layers.drawn.map((layer) => {
    const before = former.get(layer.name)
    return {
      layer,
      value: valueAt(layer, at, nearest),
      earlier: before === undefined ? undefined : valueAt(before, at, nearest),
    }
  })
}

/** The sample next to the moment, within half a step; of a series that holds its values the last one before. */
function valueAt({ raw, draw, step, join }: Layer, at: number, nearest: number): number | undefined {
  const { times, values } = raw
  const after = firstAtOrAfter(times, at)
  if (draw === 'step') {
    const index = times[after] === at ? after : after - 1
    const since = times[index]
    return since !== undefined && at - since <= Math.max(join, nearest) ? values[index] : undefined
  }
  const [left, right] = [times[after - 1], times[after]]
  const index = right === undefined || (left !== undefined && at - left <= right - at) ? after - 1 : after
  const found = times[index]
  return found !== undefined && Math.abs(found - at) <= Math.max(step / 2, nearest)
    ? values[index]
    : undefined
}

function firstAtOrAfter(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}
