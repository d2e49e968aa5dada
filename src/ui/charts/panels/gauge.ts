// A gauge panel: where a value stands between its bounds, as an arc where there is room, else as a bar.
import type { PanelView } from '#model/dashboard/dashboard.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { gaugeBounds } from '#model/dashboard/show-value.ts'
import { clip, pad, spread, width as widthOf } from '#ui/text.ts'
import { arc } from './arc.ts'
import { stateGlyph } from './colour.ts'
import { cellGrid } from './grid.ts'
import type { PanelRoom } from './room.ts'
import { scaleBar, thresholdShares } from './scale-bar.ts'
import { gaugeBoundsOf, type PanelValue, valuesOf } from './values.ts'

type GaugeView = Extract<PanelView, { kind: 'gauge' }>

export function gaugePanel(view: GaugeView, data: PanelData, room: PanelRoom): string[] {
  const values = valuesOf(view.reduce, data, room, gaugeBoundsOf)
  return cellGrid(values, room, 2, (value, cell) => gaugeCell(value, cell, values.length > 1))
}

function gaugeCell(value: PanelValue, room: PanelRoom, named: boolean): string[] {
  const { width, height, theme } = room
  const marks = thresholdShares(value.field, gaugeBounds(value.field.config))
  const text = clip(stateGlyph(value.role, theme) + value.text, width, 'end', theme.glyph.cut)
  const painted = theme.paint(value.role ?? 'bold', text)
  const known = value.shown.share
  if (!theme.ascii && known !== undefined && height >= 5 + (named ? 1 : 0) && width >= 16) {
    const rows = Math.min(height - (named ? 2 : 1), Math.floor(width / 4), 10)
    const columns = rows * 4 - 2
    const left = ' '.repeat(Math.max(0, Math.floor((width - columns) / 2)))
    const ring = arc(known, value.role ?? 'accent', marks, Math.min(width, columns), rows, theme)
    const centred = (line: string, cells: number) =>
      ' '.repeat(Math.max(0, Math.floor((width - cells) / 2))) + line
    const name = clip(value.name, width, 'middle', theme.glyph.cut)
    return [
      ...ring.map((line) => left + line),
      centred(painted, widthOf(text)),
      ...(named ? [centred(theme.paint('dim', name), widthOf(name))] : []),
    ]
  }
  const bar = (cells: number) => scaleBar(value, marks, cells, theme, true)
  if (height === 1) {
    const cells = width - widthOf(text) - 1
    return [cells >= 4 ? `${bar(cells)} ${painted}` : painted]
  }
  const name = named ? value.name : ''
  const head = spread(name, text, width, theme.glyph.cut)
  const start = head.slice(0, head.length - text.length)
  return [pad(theme.paint('dim', start) + painted, width), bar(width)]
}
