// The rulers of a chart: each axis goes as far as what is drawn on it, its limits, and what its settings say.
import type { ChartAxis, ChartLimit, LineChart } from './chart.ts'
import type { Layer, Layers } from './layers.ts'
import { type Ruler, rulerOf } from './ruler.ts'

export interface Rulers {
  readonly left: Ruler
  readonly right: Ruler
}

export function rulersOf(chart: LineChart, layers: Layers): Rulers {
  const all = [...layers.drawn, ...layers.earlier]
  const side = (axis: 'left' | 'right', settings: ChartAxis, limits: readonly ChartLimit[]) => {
    const own = all.filter((layer) => layer.axis === axis)
    const stretching = limits.filter((limit) => limit.distant !== true).map((limit) => limit.value)
    const { low, high } = boundsOf(own, chart, settings)
    return rulerOf(settings, Math.min(low, ...stretching), Math.max(high, ...stretching))
  }
  return {
    left: side('left', chart.left, chart.limits ?? []),
    right: side('right', chart.right ?? chart.left, []),
  }
}

/** The least and the greatest that is drawn within the chart's time; bars and stacks stand on zero. */
function boundsOf(layers: readonly Layer[], { from, to }: LineChart, { logBase }: ChartAxis) {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  const logarithmic = logBase !== undefined && logBase > 1
  for (const { top, floor, draw } of layers) {
    for (let index = 0; index < top.times.length; index++) {
      const at = top.times[index] ?? Number.NaN
      const value = top.values[index] ?? Number.NaN
      if (!(at >= from && at <= to) || !Number.isFinite(value) || (logarithmic && value <= 0)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
    const stands = (floor !== undefined || draw === 'bars') && !logarithmic
    if (stands && low > 0 && Number.isFinite(low)) low = 0
    if (stands && high < 0) high = 0
  }
  return { low, high }
}

/** What a logarithmic axis has no place for is not measured, as far as its chart goes. */
export function placed(layers: readonly Layer[], { left, right }: Rulers): readonly Layer[] {
  return layers.map((layer) => {
    const ruler = layer.axis === 'left' ? left : right
    if (Number.isFinite(ruler.share(0))) return layer
    const values = layer.top.values.map((value) => (value > 0 ? value : Number.NaN))
    const top = { times: layer.top.times, values }
    if (layer.floor === undefined) return { ...layer, top }
    const floors = layer.floor.values.map((value) => (value > 0 ? value : ruler.bottom))
    return { ...layer, top, floor: { times: layer.floor.times, values: floors } }
  })
}
