// What a chart's legend says: each series by its letter with its figures, or with its values at the cursor.
import type { Ink } from '#ui/ink.ts'
import { clean } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import { usualCalcs } from './calcs.ts'
import type { LineChart } from './chart.ts'
import { cursorLabel } from './cursor-label.ts'
import type { Layer, Layers } from './layers.ts'
import { marksAt } from './marks.ts'
import { readout } from './readout.ts'
import type { Samples } from './resample.ts'

export interface LegendRow {
  readonly letter: string
  readonly ink: Ink
  readonly name: string
  /** One for each of the legend's columns. */
  readonly figures: readonly string[]
  /** How much it matters where not all find room: its greatest value, or the one at the cursor. */
  readonly weight: number
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
  const { cursor, earlier } = chart
  const note = noteOf(layers)
  const figure = (layer: Layer, value: number | undefined) => figureOf(chart, layer, value, theme)
  const rowOf = (layer: Layer, values: readonly (number | undefined)[]): LegendRow => ({
    // One series alone has no letter on the chart.
    letter: layers.drawn.length > 1 ? layer.letter : theme.glyph.rule,
    ink: layer.ink,
    name: nameOf(layer, layers, theme),
    figures: values.map((value) => figure(layer, value)),
    weight: cursor === undefined ? greatest(layer.raw) : Math.abs(values[0] ?? 0),
  })
  if (cursor === undefined) {
    const calcs =
      chart.legend === undefined || chart.legend.calcs.length === 0 ? usualCalcs : chart.legend.calcs
    const listed = layers.drawn.filter((layer) => !layer.unlisted)
    const rows = listed.map((layer) =>
      rowOf(
        layer,
        calcs.map((calc) => calc.of(layer.raw)),
      ),
    )
    return { moment: '', columns: calcs.map((calc) => calc.name), rows, note }
  }
  const marks = marksAt(chart, cursor, columns).map((mark) =>
    clean(`${mark.letter} ${mark.text ?? ''}`).trim(),
  )
  const rows = readout(chart, cursor, layers).map((row) =>
    rowOf(row.layer, [row.value, ...(earlier === undefined ? [] : [row.earlier])]),
  )
  return {
    moment: [cursorLabel(cursor, chart, chart.timeZone), ...marks].join('  '),
    columns: ['value', ...(earlier === undefined ? [] : [clean(earlier.label)])],
    rows,
    note,
  }
}

function greatest({ values }: Samples): number {
  let most = 0
  for (const value of values) if (Math.abs(value) > most && Number.isFinite(value)) most = Math.abs(value)
  return most
}

function figureOf(chart: LineChart, layer: Layer, value: number | undefined, theme: Theme): string {
  if (value === undefined) return theme.glyph.none
  const axis = layer.axis === 'right' ? (chart.right ?? chart.left) : chart.left
  return (layer.format ?? axis.scale.format)(value)
}

/** Where both sides have an axis, a series of the right one says so. */
function nameOf(layer: Layer, { drawn }: Layers, theme: Theme): string {
  const both = layer.axis === 'right' && drawn.some((other) => other.axis === 'left')
  return clean(layer.name) + (both ? ` ${theme.glyph.to}` : '')
}

function noteOf({ left, hidden }: Layers): string {
  const parts = [...(left > 0 ? [`${left} not drawn`] : []), ...(hidden > 0 ? [`${hidden} hidden`] : [])]
  return parts.join(', ')
}
