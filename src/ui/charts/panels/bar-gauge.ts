// A bar gauge panel: a row a value, its name, how far it reaches, what it is.
import type { PanelView } from '#model/dashboard/dashboard.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { clip, pad, width as widthOf } from '#ui/text.ts'
import { stateGlyph } from './colour.ts'
import type { PanelRoom } from './room.ts'
import { scaleBar } from './scale-bar.ts'
import { greatestBounds, type PanelValue, valuesOf } from './values.ts'

type BarGaugeView = Extract<PanelView, { kind: 'bargauge' }>

export function barGaugePanel(view: BarGaugeView, data: PanelData, room: PanelRoom): string[] {
  const { height, theme } = room
  const values = valuesOf(view.reduce, data, room, greatestBounds)
  const first = Math.min(room.first ?? 0, Math.max(0, values.length - height))
  const cut = values.length - first > height
  const shown = values.slice(first, first + (cut ? height - 1 : height))
  const left = values.length - first - shown.length
  const text = widest(values.map((value) => textFor(value, room)))
  const name = widest(values.map((value) => value.name))
  const lines = shown.map((value) => barLine(value, view, room, Math.min(text, room.width), name))
  return cut ? [...lines, theme.paint('dim', `+${left} more`.slice(0, room.width))] : lines
}

const widest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, widthOf(text)), 0)

const textFor = (value: PanelValue, { theme }: PanelRoom) => stateGlyph(value.role, theme) + value.text

/** The value is never cut for a name; the bar takes what both leave, half of the rest at least. */
function barLine(
  value: PanelValue,
  view: BarGaugeView,
  room: PanelRoom,
  text: number,
  longest: number,
): string {
  const { width, theme } = room
  const rest = Math.max(0, width - text - 2)
  const named = Math.min(longest, Math.max(Math.floor(rest / 2), rest - 30))
  const name = pad(clip(value.name, named, 'middle', theme.glyph.cut), named)
  const shown = pad(clip(textFor(value, room), text, 'end', theme.glyph.cut), text, 'right')
  const painted = value.role === undefined ? shown : theme.paint(value.role, shown)
  const cells = width - named - text - 2
  if (cells < 3)
    return named === 0 || width < text + 2 ? pad(painted, width) : `${pad(name, width - text)}${painted}`
  return `${name} ${scaleBar(value, [], cells, theme, view.unfilled)} ${painted}`
}
