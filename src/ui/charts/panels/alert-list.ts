// An alert list: what fires first, then what is pending, the longest first, a line each.
import type { PanelView } from '#model/dashboard/dashboard.ts'
import type { AlertRow } from '#model/prometheus.ts'
import { age } from '#ui/format.ts'
import { clean, clip, pad, width as widthOf } from '#ui/text.ts'
import type { PanelRoom } from './room.ts'

type AlertListView = Extract<PanelView, { kind: 'alertlist' }>

export function alertListPanel(view: AlertListView, alerts: readonly AlertRow[], room: PanelRoom): string[] {
  const { theme, width, height } = room
  const wanted = alerts
    .filter(({ state }) => view.states.length === 0 || view.states.includes(state))
    .sort((a, b) => rank(a) - rank(b) || (a.activeAt ?? room.now) - (b.activeAt ?? room.now))
  const listed = wanted.slice(0, Math.max(1, view.most))
  if (wanted.length === 0) return [theme.paint('dim', clip('no alerts', width))]
  const space = wanted.length > height || listed.length < wanted.length ? Math.max(0, height - 1) : height
  const shown = listed.slice(0, space)
  const left = wanted.length - shown.length
  const lines = shown.map((alert) => alertLine(alert, room))
  return left > 0 ? [...lines, theme.paint('dim', clip(`+${left} more`, width))] : lines
}

const rank = ({ state }: AlertRow) => (state === 'firing' ? 0 : 1)

function alertLine(alert: AlertRow, room: PanelRoom): string {
  const { theme, width } = room
  const firing = alert.state === 'firing'
  const glyph = firing ? theme.glyph.bad : theme.glyph.warn
  // On a line that hardly holds a name, the name is what counts.
  const since = alert.activeAt === undefined || width < 20 ? '' : age(Math.max(0, room.now - alert.activeAt))
  const space = Math.max(0, width - 2 - (since === '' ? 0 : widthOf(since) + 1))
  const name = clip(clean(alert.name), space, 'middle', theme.glyph.cut)
  const about = clip(`  ${labelsOf(alert)}`, Math.max(0, space - widthOf(name)), 'end', theme.glyph.cut)
  const text = `${theme.paint('bold', name)}${theme.paint('dim', about)}`
  const line = `${theme.paint(firing ? 'bad' : 'warn', glyph)} ${pad(text, space)}${since === '' ? '' : ` ${theme.paint('dim', since)}`}`
  return width < 3 ? glyph : line
}

/** What it is about: its labels without those that every alert has. */
function labelsOf({ labels }: AlertRow): string {
  const told = Object.entries(labels).filter(
    ([key]) => !['alertname', 'severity', 'prometheus'].includes(key),
  )
  return clean(told.map(([key, value]) => `${key}=${value}`).join(' '))
}
