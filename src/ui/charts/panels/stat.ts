// A stat panel: a value, large where there is room, its name above it and its line below it.
import type { PanelView } from '#model/dashboard/dashboard.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { sparkline } from '#ui/charts/small.ts'
import { clip, spread, width as widthOf } from '#ui/text.ts'
import { bigDigits, bigRows } from './big.ts'
import { stateGlyph } from './colour.ts'
import { cellGrid } from './grid.ts'
import type { PanelRoom } from './room.ts'
import { greatestBounds, type PanelValue, valuesOf } from './values.ts'

type StatView = Extract<PanelView, { kind: 'stat' }>

/** More values than these are a list: none of them is shown large. */
const mostLarge = 3

export function statPanel(view: StatView, data: PanelData, room: PanelRoom): string[] {
  const values = valuesOf(view.reduce, data, room, greatestBounds)
  const named = view.text === 'auto' ? values.length > 1 : view.text === 'value-and-name'
  const tall = 1 + (named ? 1 : 0) + (view.graph ? 1 : 0)
  return cellGrid(values, room, tall, (value, cell) =>
    statCell(value, view, data, cell, { named, large: values.length <= mostLarge }),
  )
}

interface Shape {
  readonly named: boolean
  readonly large: boolean
}

function statCell(
  value: PanelValue,
  view: StatView,
  data: PanelData,
  room: PanelRoom,
  shape: Shape,
): string[] {
  const { width, height, theme } = room
  if (view.text === 'none') return graphOf(value, data, room)
  const role = view.colour === 'none' ? undefined : value.role
  const glyph = stateGlyph(role, theme)
  if (view.text === 'name')
    return [inRole(clip(glyph + value.name, width, 'middle', theme.glyph.cut), role, room)]
  const text = glyph + value.text
  if (height === 1) {
    const line = shape.named
      ? spread(value.name, text, width, theme.glyph.cut)
      : clip(text, width, 'end', theme.glyph.cut)
    return [inRole(line, role, room)]
  }
  const name = shape.named ? [theme.paint('dim', clip(value.name, width, 'middle', theme.glyph.cut))] : []
  const graph = view.graph && height > name.length + 1 ? graphOf(value, data, room) : []
  const rest = height - name.length - graph.length
  const large = shape.large && rest > bigRows ? largeLines(value, glyph, width, theme.ascii) : undefined
  const body = large ?? [clip(text, width, 'end', theme.glyph.cut)]
  const painted = body.map((line) =>
    role === undefined ? theme.paint('bold', line) : theme.paint(role, line),
  )
  const above = large === undefined ? 0 : Math.floor((rest - body.length) / 2)
  const below = Math.max(0, rest - body.length - above)
  return [
    ...name,
    ...new Array<string>(above).fill(''),
    ...painted,
    ...new Array<string>(below).fill(''),
    ...graph,
  ]
}

const inRole = (line: string, role: PanelValue['role'], { theme }: PanelRoom) =>
  role === undefined ? line : theme.paint(role, line)

/** The number in large digits, its unit beside their foot. */
function largeLines(value: PanelValue, glyph: string, width: number, ascii: boolean): string[] | undefined {
  const { text, prefix, suffix } = value.shown
  const digits = ascii ? undefined : bigDigits(text)
  if (digits === undefined) return undefined
  const [before, after] = [glyph + prefix.trim(), suffix.trim() === '' ? '' : ` ${suffix.trim()}`]
  const lines = digits.map((line, index) => {
    const foot = index === digits.length - 1
    return `${index === 0 ? before : ' '.repeat(widthOf(before))}${line}${foot ? after : ''}`
  })
  return lines.every((line) => widthOf(line) <= width) ? lines : undefined
}

function graphOf(value: PanelValue, { from, to }: PanelData, { width, theme }: PanelRoom): string[] {
  const samples = value.samples()
  if (samples === undefined || samples.times.length < 2) return []
  return [theme.paint('accent', sparkline({ samples, from, to }, width, theme))]
}
