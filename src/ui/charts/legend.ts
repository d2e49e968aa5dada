// What a chart's legend says: each series by its letter with its figures, or with its values at the cursor.
import type { Ink } from '#ui/ink.ts'
import { clean } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import { momentLabel } from './axis.ts'
import { usualCalcs } from './calcs.ts'
import type { LineChart } from './chart.ts'
import type { Layers } from './layers.ts'
import { readout } from './readout.ts'
import { marksAt } from './time-axis.ts'

export interface LegendRow {
  readonly letter: string
  readonly ink: Ink
  readonly name: string
  /** One for each of the legend's columns. */
  readonly figures: readonly string[]
}

export interface LegendContent {
  /** The cursor's time and what happened then; empty without a cursor. */
  readonly moment: string
  /** The first figure needs no name, being the last value or the one at the cursor. */
  readonly columns: readonly string[]
  readonly rows: readonly LegendRow[]
  /** How many are not drawn; empty where all are. */
  readonly note: string
}

export function legendOf(chart: LineChart, layers: Layers, columns: number, theme: Theme): LegendContent {
  const { cursor } = chart
  const note = noteOf(layers)
  const axisOf = (axis: 'left' | 'right') => (axis === 'right' ? (chart.right ?? chart.left) : chart.left)
  const figure = (axis: 'left' | 'right', value: number | undefined) =>
    value === undefined ? theme.glyph.none : axisOf(axis).scale.format(value)
  if (cursor === undefined) {
    const calcs =
      chart.legend === undefined || chart.legend.calcs.length === 0 ? usualCalcs : chart.legend.calcs
    const rows = layers.drawn.map((layer) => ({
      letter: layer.letter,
      ink: layer.ink,
      name: clean(layer.name),
      figures: calcs.map((calc) => figure(layer.axis, calc.of(layer.raw))),
    }))
    return { moment: '', columns: calcs.map((calc) => calc.name), rows, note }
  }
  const marks = marksAt(chart, cursor, columns).map(({ letter, text }) =>
    clean(`${letter} ${text ?? ''}`).trim(),
  )
  const rows = readout(chart, cursor, layers).map((row) => ({
    letter: row.letter,
    ink: row.ink,
    name: clean(row.name),
    figures: [
      figure(row.axis, row.value),
      ...(chart.earlier === undefined ? [] : [figure(row.axis, row.earlier)]),
    ],
  }))
  return {
    moment: [momentLabel(cursor, chart.to - chart.from, chart.timeZone), ...marks].join('  '),
    columns: ['value', ...(chart.earlier === undefined ? [] : [clean(chart.earlier.label)])],
    rows,
    note,
  }
}

function noteOf({ left, hidden }: Layers): string {
  const parts = [...(left > 0 ? [`+${left} more`] : []), ...(hidden > 0 ? [`${hidden} hidden`] : [])]
  return parts.join(', ')
}
