// A panel's frames as a chart over time: which series stand on which axis, how they are drawn, what the legend says.

import { seriesColour } from '#model/dashboard/colour-of.ts'
import type { Legend } from '#model/dashboard/dashboard.ts'
import type { DataFrame, Field, Reducer } from '#model/dashboard/field.ts'
import { nameOf } from '#model/dashboard/frame.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { reduceValues } from '#model/dashboard/reduce.ts'
import { usualCalcs } from '#ui/charts/calcs.ts'
import type { ChartCalc, ChartSeries, LineChart } from '#ui/charts/chart.ts'
import { axisOf, plainUnits, thresholdsOf } from './axis-settings.ts'
import { inkOfColour } from './colour.ts'
import { type PanelRoom, shownIn, textOf } from './room.ts'
import { samplesOf } from './values.ts'

interface Drawn {
  readonly field: Field
  readonly series: ChartSeries
}

/** Undefined where nothing in the data has a time. `unplaced` series have a third unit, for which there is no axis. */
export function timeseriesChart(
  legend: Legend,
  data: PanelData,
  room: PanelRoom,
): { readonly chart: LineChart; readonly unplaced: number } | undefined {
  const all = drawnOf(data, room)
  const first = all[0]
  if (first === undefined) return undefined
  const placed = place(all)
  const own = (axis: 'left' | 'right') =>
    placed.find(({ series }) => (series.axis ?? 'left') === axis)?.field.config
  const left = own('left') ?? first.field.config
  const right = own('right')
  const { cursor, solo, hidden, earlier, marks } = room
  const chart: LineChart = {
    series: placed.map(({ series }) => series),
    from: data.from,
    to: data.to,
    timeZone: room.timeZone,
    left: axisOf(left, room),
    right: right === undefined ? undefined : axisOf(right, room),
    limits: thresholdsOf(left, room.theme),
    marks,
    legend: { shown: legend.shown, place: legend.place, calcs: calcsOf(legend.calcs) },
    cursor,
    solo,
    hidden,
    earlier:
      earlier === undefined
        ? undefined
        : {
            label: earlier.label,
            shift: earlier.shift,
            series: drawnOf(earlier.data, room).map(({ series }) => series),
          },
  }
  return { chart, unplaced: all.length - placed.length }
}

function drawnOf(data: PanelData, room: PanelRoom): Drawn[] {
  const found = data.frames.flatMap((frame) =>
    frame.fields
      .filter((field) => field.type === 'number' && !field.config.hiddenFrom.view)
      .map((field) => ({ frame, field })),
  )
  return found.flatMap(({ frame, field }, index) => {
    const series = seriesOf(frame, field, data, index, room)
    return series === undefined ? [] : [{ field, series }]
  })
}

function seriesOf(
  frame: DataFrame,
  field: Field,
  data: PanelData,
  index: number,
  room: PanelRoom,
): ChartSeries | undefined {
  const samples = samplesOf(frame, field)
  if (samples === undefined) return undefined
  const { graph, colour } = field.config
  const fixed = colour.mode === 'fixed' ? seriesColour(colour, index) : undefined
  return {
    ...samples,
    name: nameOf(field),
    draw: graph.draw === 'line' && graph.stepped === true ? 'step' : graph.draw,
    stack: graph.stack,
    negative: graph.negative,
    dashed: graph.dashed,
    unlisted: field.config.hiddenFrom.legend,
    step: data.step > 0 ? data.step : undefined,
    joinGaps: graph.joinGaps,
    format: (value) => textOf(shownIn(room, value, field)),
    ink: inkOfColour(fixed, room.theme),
  }
}

/** The first unit stands at the left; another one, or what asks for it, at the right; for a third there is no place. */
function place(all: readonly Drawn[]): Drawn[] {
  const wantsRight = ({ field }: Drawn) => field.config.graph.axis === 'right'
  const left = all.find((one) => !wantsRight(one))
  if (left === undefined)
    return onAxis(
      all.filter((one) => unitOf(one) === unitOf(all[0])),
      'left',
    )
  const isLeft = (one: Drawn) => !wantsRight(one) && unitOf(one) === unitOf(left)
  const right = all.find((one) => !isLeft(one))
  return all.flatMap((one) => {
    if (isLeft(one)) return onAxis([one], 'left')
    return unitOf(one) === unitOf(right) ? onAxis([one], 'right') : []
  })
}

const onAxis = (all: readonly Drawn[], axis: 'left' | 'right'): Drawn[] =>
  all.map(({ field, series }) => ({ field, series: { ...series, axis } }))

const unitOf = (one: Drawn | undefined) => {
  const unit = one?.field.config.unit
  return plainUnits.has(unit) ? '' : unit
}

/** Grafana's names of the reducers, as short as a legend needs them. */
const short: Partial<Record<Reducer, string>> = {
  lastNotNull: 'last',
  firstNotNull: 'first',
  diffperc: 'diff %',
  stdDev: 'std dev',
  changeCount: 'changes',
  distinctCount: 'distinct',
}

/** Last and max always, then what else the panel asks for. */
function calcsOf(reducers: readonly Reducer[]): ChartCalc[] {
  const asked = reducers.map(
    (reducer): ChartCalc => ({
      name: short[reducer] ?? reducer,
      of: ({ values }) => {
        const value = reduceValues(values, reducer)
        return typeof value === 'number' ? value : undefined
      },
    }),
  )
  return [...usualCalcs, ...asked.filter(({ name }) => !usualCalcs.some((usual) => usual.name === name))]
}
