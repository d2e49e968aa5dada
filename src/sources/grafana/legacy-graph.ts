// The `graph` panel that Grafana had before `timeseries`, in the words of today's.
import { type Fields, fields, isFields, items, number, numeric, text } from '#model/fields.ts'
import { axisDefaults, graphOverrides } from './legacy-graph-overrides.ts'

export function modernGraph(panel: Fields): Fields {
  const { mode, values } = fields(panel.xaxis)
  // Its other two modes are no charts over time: one bar a series, and how often which value occurs.
  if (mode === 'histogram') return { ...panel, type: 'graph as histogram' }
  const [left] = items(panel.yaxes).map(fields)
  const defaults = {
    ...fields(fields(panel.fieldConfig).defaults),
    ...(left && axisDefaults(left)),
    decimals: numeric(panel.decimals) ?? numeric(left?.decimals),
    thresholds: thresholdsOf(panel),
    color: { mode: 'palette-classic' },
    custom: { ...customOf(panel), axisLabel: left?.label, ...scaleOf(left) },
  }
  const fieldConfig = {
    defaults,
    overrides: [...items(fields(panel.fieldConfig).overrides), ...graphOverrides(panel)],
  }
  if (mode === 'series') {
    const calc = items(values)[0] ?? 'mean'
    return { ...panel, type: 'bargauge', fieldConfig, options: { reduceOptions: { calcs: [calc] } } }
  }
  return { ...panel, type: 'timeseries', fieldConfig, options: { legend: legendOf(panel) } }
}

function scaleOf(axis: Fields | undefined): Fields {
  const base = number(axis?.logBase) ?? 1
  return base > 1 ? { scaleDistribution: { type: 'log', log: base } } : {}
}

function customOf(panel: Fields): Fields {
  const stack = panel.stack === true
  return {
    drawStyle:
      panel.bars === true ? 'bars' : panel.points === true && panel.lines === false ? 'points' : 'line',
    // From 0 to 10; ten times as much is today's opacity.
    fillOpacity: (number(panel.fill) ?? 1) * 10,
    spanNulls: panel.nullPointMode === 'connected',
    lineStyle: { fill: panel.dashes === true ? 'dash' : 'solid' },
    stacking: { mode: stack ? (panel.percentage === true ? 'percent' : 'normal') : 'none', group: 'A' },
    thresholdsStyle: { mode: items(panel.thresholds).some(isFields) ? 'line' : 'off' },
    axisPlacement: 'left',
    lineInterpolation: panel.steppedLine === true ? 'stepAfter' : 'linear',
  }
}

const levels: Readonly<Record<string, string>> = { critical: 'red', warning: 'orange', ok: 'green' }

/** Each colours what is over it, or under it; the other side has no colour. */
function thresholdsOf(panel: Fields): Fields | undefined {
  const steps = items(panel.thresholds)
    .filter(isFields)
    .flatMap(({ value, op, colorMode, fillColor, lineColor }) => {
      const at = numeric(value)
      const colour = levels[text(colorMode) ?? ''] ?? text(lineColor) ?? text(fillColor) ?? 'grey'
      if (at === undefined) return []
      return op === 'lt'
        ? [
            { value: null, color: colour },
            { value: at, color: 'transparent' },
          ]
        : [{ value: at, color: colour }]
    })
  if (steps.length === 0) return undefined
  const isOpen = steps.every(({ value }) => value !== null)
  return { mode: 'absolute', steps: isOpen ? [{ value: null, color: 'transparent' }, ...steps] : steps }
}

/** What the legend counts, in the order in which it showed it. */
const counted = ['min', 'max', 'avg', 'current', 'total'] as const

function legendOf(panel: Fields): Fields {
  const legend = fields(panel.legend)
  const calcs = legend.values === true ? counted.filter((one) => legend[one] === true) : []
  return {
    showLegend: legend.show !== false,
    placement: legend.rightSide === true ? 'right' : 'bottom',
    calcs,
  }
}
