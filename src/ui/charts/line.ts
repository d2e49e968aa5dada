// A chart of series over time: ticks, grid, limits, marks, cursor, legend. A function of its data, size and theme.
import type { Scale } from '#ui/format.ts'
import { pad, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import type { LineChart } from './chart.ts'
import { placed, rulersOf } from './domain.ts'
import { withGround } from './ground.ts'
import { type Layers, layersOf } from './layers.ts'
import { type LegendContent, legendOf } from './legend.ts'
import { flowLegend, tableLegend, tableWidth } from './legend-lines.ts'
import { markCells } from './marks.ts'
import { paintCells } from './paint.ts'
import { type Plot, rowOf } from './plot.ts'
import { plotAscii } from './plot-ascii.ts'
import { plotBraille } from './plot-braille.ts'
import type { Ruler } from './ruler.ts'
import { timeAxis } from './time-axis.ts'

/** Exactly `height` lines of `width` cells: the plot, the time axis and the legend. */
export function lineChart(chart: LineChart, width: number, height: number, theme: Theme): string[] {
  const layers = layersOf(chart)
  const legend = legendOf(chart, layers, width, theme)
  const beside = besideWidth(chart, legend, width, height)
  const below = beside > 0 ? [] : belowLines(chart, layers, legend, width, height, theme)
  const body = drawing(chart, layers, width - (beside > 0 ? beside + 2 : 0), height - below.length, theme)
  if (beside === 0) return [...body, ...below]
  const side = tableLegend(legend, beside, height, theme)
  return body.map((line, index) => `${line}  ${side[index] ?? ' '.repeat(beside)}`)
}

/** A legend asked for at the right stands there where the chart keeps most of the width. */
function besideWidth(chart: LineChart, legend: LegendContent, width: number, height: number): number {
  if (chart.legend?.shown !== true || chart.legend.place !== 'right' || width < 90 || height < 4) return 0
  if (legend.rows.length === 0) return 0
  return Math.min(Math.floor(width * 0.4), tableWidth(legend))
}

function belowLines(
  chart: LineChart,
  layers: Layers,
  legend: LegendContent,
  width: number,
  height: number,
  theme: Theme,
): string[] {
  const asked = chart.legend?.shown ?? layers.drawn.length > 1
  if (height < 4 || !(asked || chart.cursor !== undefined || legend.note !== '')) return []
  if (legend.rows.length === 0 && legend.note === '') return []
  // What is read out at a moment is worth half of the height, and is of one height wherever the moment is.
  const most = Math.max(1, Math.floor(height / (chart.cursor === undefined ? 4 : 2)))
  const lines = legend.rows.length + 1 + (legend.note === '' ? 0 : 1)
  return (chart.legend !== undefined || chart.cursor !== undefined) && lines <= most
    ? tableLegend(legend, Math.min(width, tableWidth(legend)), most, theme).map((line) => pad(line, width))
    : flowLegend(legend, width, most, theme)
}

function drawing(chart: LineChart, layers: Layers, width: number, height: number, theme: Theme): string[] {
  const rows = Math.max(1, height - 1)
  const rulers = rulersOf(chart, layers)
  const hasRight = layers.drawn.some((layer) => layer.axis === 'right')
  const left = axisOf(rulers.left, chart.left.scale, rows, width)
  const right = hasRight
    ? axisOf(rulers.right, (chart.right ?? chart.left).scale, rows, width)
    : { width: 0, labels: new Map<number, string>() }
  const columns = Math.max(1, width - left.width - right.width)
  const plot: Plot = {
    columns,
    rows,
    from: chart.from,
    to: chart.to,
    rulers,
    lettered: layers.drawn.length > 1,
  }
  const draw = theme.ascii ? plotAscii : plotBraille
  const cells = withGround(
    draw(plot, placed(layers.drawn, rulers), placed(layers.earlier, rulers)),
    plot,
    {
      ticks: new Set(left.labels.keys()),
      limits: chart.limits ?? [],
      cursor: withinTime(chart),
      marks: markCells(chart, plot),
    },
    theme,
  )
  const lines = cells.map((row, index) => {
    const before = left.width === 0 ? '' : `${pad(left.labels.get(index) ?? '', left.width - 1, 'right')} `
    const after = right.width === 0 ? '' : ` ${pad(right.labels.get(index) ?? '', right.width - 1)}`
    return theme.paint('dim', before) + paintCells(row, theme) + theme.paint('dim', after)
  })
  const axis = ' '.repeat(left.width) + timeAxis(chart, plot, theme) + ' '.repeat(right.width)
  return [...lines, axis].slice(0, height)
}

const withinTime = ({ cursor, from, to }: LineChart) =>
  cursor !== undefined && cursor >= from && cursor <= to ? cursor : undefined

interface Axis {
  /** 0 where there is no room for labels. */
  readonly width: number
  readonly labels: ReadonlyMap<number, string>
}

/** Labels by row. One that says the same as the one below it says nothing, and two never share a row. */
function axisOf(ruler: Ruler, scale: Scale, rows: number, width: number): Axis {
  const labels = new Map<number, string>()
  let before: string | undefined
  const ticks = ruler.ticks(Math.min(5, Math.max(2, Math.ceil(rows / 2))))
  for (const [index, label] of labelsOf(ticks, scale).entries()) {
    const row = rowOf(ticks[index] ?? Number.NaN, ruler, rows)
    if (label !== before && !labels.has(row)) labels.set(row, label)
    before = label
  }
  const cells = Math.max(0, ...[...labels.values()].map(widthOf)) + 1
  // A label that is cut would be another number: better none.
  return cells <= Math.floor(width / 3)
    ? { width: cells, labels }
    : { width: 0, labels: new Map(blank(labels)) }
}

const mostDecimals = 6

/** With as few decimals as tell them apart, or one more where that says the ticks as they are: 0.75, not 0.8. */
function labelsOf(ticks: readonly number[], { format, precise }: Scale): string[] {
  const differ = (labels: readonly string[]) => new Set(labels).size === labels.length
  const labels = ticks.map((tick) => format(tick))
  if (precise === undefined || differ(labels)) return labels
  const at = (decimals: number) => ticks.map((tick) => precise(tick, decimals))
  let decimals = 1
  while (decimals < mostDecimals && !differ(at(decimals))) decimals++
  const finer = at(decimals + 1)
  const same = at(decimals).every(
    (label, index) => Number.parseFloat(label) === Number.parseFloat(finer[index] ?? ''),
  )
  return same ? at(decimals) : finer
}

const blank = (labels: ReadonlyMap<number, string>) => [...labels.keys()].map((row) => [row, ''] as const)
