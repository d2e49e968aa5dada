// A panel of a dashboard as lines: by its kind, or the sentence that says why there is nothing to draw.
import type { Panel } from '#model/dashboard/dashboard.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { lineChart } from '#ui/charts/line.ts'
import { clean, clip, pad } from '#ui/text.ts'
import { alertListPanel } from './alert-list.ts'
import { barGaugePanel } from './bar-gauge.ts'
import { gaugePanel } from './gauge.ts'
import { heatmapPanel } from './heatmap.ts'
import { absence, noteLine } from './missing.ts'
import { filled, type PanelRoom, sentence } from './room.ts'
import { statPanel } from './stat.ts'
import { tablePanel } from './table.ts'
import { textPanel } from './text.ts'
import { timeseriesChart } from './timeseries.ts'

/** Exactly the room's lines, each of its width. */
export function renderPanel(panel: Panel, data: PanelData, room: PanelRoom): string[] {
  const none = absence(panel, data, room)
  if (none !== undefined) return filled(sentence(none.text, none.role, room), room)
  const draws = panel.view.kind !== 'text' && panel.view.kind !== 'unsupported'
  const note = draws && room.height > 3 ? noteLine(data, room) : undefined
  const inner = note === undefined ? room : { ...room, height: room.height - 1 }
  const body = filled(bodyOf(panel, data, inner), inner)
  return filled(note === undefined ? body : [...body, note], room)
}

/** The same under its title. */
export function renderTitledPanel(panel: Panel, data: PanelData, room: PanelRoom): string[] {
  const title = room.theme.paint(
    'title',
    clip(clean(panel.title), room.width, 'middle', room.theme.glyph.cut),
  )
  return [pad(title, room.width), ...renderPanel(panel, data, { ...room, height: room.height - 1 })]
}

function bodyOf({ view }: Panel, data: PanelData, room: PanelRoom): string[] {
  switch (view.kind) {
    case 'timeseries':
      return timeseriesPanel(view.legend, data, room)
    case 'stat':
      return statPanel(view, data, room)
    case 'gauge':
      return gaugePanel(view, data, room)
    case 'bargauge':
      return barGaugePanel(view, data, room)
    case 'table':
      return tablePanel(view, data, room)
    case 'heatmap':
      return heatmapPanel(view, data, room)
    case 'alertlist':
      return alertListPanel(view, data.alerts ?? [], room)
    case 'text':
      return textPanel(view, room)
    case 'unsupported':
      return sentence(`${clean(view.type)} cannot be drawn: ${clean(view.why)}`, 'dim', room)
  }
}

function timeseriesPanel(
  legend: Parameters<typeof timeseriesChart>[0],
  data: PanelData,
  room: PanelRoom,
): string[] {
  const found = timeseriesChart(legend, data, room)
  if (found === undefined) return sentence('nothing in the data has a time: a chart needs one', 'dim', room)
  const { chart, unplaced } = found
  if (unplaced === 0 || room.height < 3) return lineChart(chart, room.width, room.height, room.theme)
  const note = clip(`${unplaced} more in a third unit`, room.width, 'end', room.theme.glyph.cut)
  return [...lineChart(chart, room.width, room.height - 1, room.theme), room.theme.paint('dim', note)]
}
