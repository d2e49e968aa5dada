// The properties that say how a time series is drawn, by their ids in the JSON.
import { fields, number, text } from '#model/fields.ts'
import type { GraphStyle } from './field.ts'

type Style = Partial<GraphStyle> | 'unstacked' | undefined

export const graphProperties: Readonly<Record<string, (value: unknown) => Style>> = {
  'custom.drawStyle': (value) =>
    value === 'bars' || value === 'points' || value === 'line' ? { draw: value } : undefined,
  'custom.stacking': stacking,
  'custom.transform': (value) => ({ negative: value === 'negative-Y' }),
  'custom.lineStyle': (value) => ({ dashed: ['dash', 'dot'].includes(text(fields(value).fill) ?? '') }),
  'custom.fillOpacity': (value) => one('fill', number(value)),
  'custom.scaleDistribution': (value) => {
    const { type, log } = fields(value)
    return type === 'log' ? { logBase: number(log) ?? 10 } : undefined
  },
  'custom.spanNulls': (value) => {
    if (typeof value === 'boolean') return { joinGaps: value ? Number.POSITIVE_INFINITY : 0 }
    return one('joinGaps', number(value))
  },
  'custom.thresholdsStyle': (value) => {
    const mode = text(fields(value).mode) ?? 'off'
    return { thresholdLines: /line|dashed/.test(mode), thresholdAreas: mode.includes('area') }
  },
  'custom.lineInterpolation': (value) => ({ stepped: value === 'stepAfter' || value === 'stepBefore' }),
  'custom.axisSoftMin': (value) => one('softMin', number(value)),
  'custom.axisSoftMax': (value) => one('softMax', number(value)),
  'custom.axisPlacement': axis,
  'custom.axisLabel': (value) => one('axisLabel', text(value)),
  'custom.axisCenteredZero': (value) => ({ centredZero: value === true }),
}

function one<K extends keyof GraphStyle>(key: K, value: GraphStyle[K] | undefined): Style {
  return value === undefined ? undefined : ({ [key]: value } as Partial<GraphStyle>)
}

/** In an override the group may be left out or be `false`: then it is the common one. */
function stacking(value: unknown): Style {
  const { mode, group } = fields(value)
  if (mode !== 'normal' && mode !== 'percent') return 'unstacked'
  return { stack: { group: text(group) ?? 'A', percent: mode === 'percent' } }
}

function axis(value: unknown): Style {
  if (value === 'right') return { axis: 'right' }
  return { axis: value === 'hidden' ? 'hidden' : 'left' }
}
