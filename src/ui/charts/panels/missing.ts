// Why a panel has nothing to draw, in a sentence; and what was not had of one that draws the rest.
import type { Panel } from '#model/dashboard/dashboard.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import type { Gap } from '#model/reading.ts'
import { missing, type Notice } from '#ui/notice.ts'
import { clean, clip } from '#ui/text.ts'
import type { PanelRoom } from './room.ts'
import { pickedFields } from './values.ts'

/** Undefined where there is something to draw. Texts need no data, alert lists none but their alerts. */
export function absence(panel: Panel, data: PanelData, room: PanelRoom): Notice | undefined {
  const { kind } = panel.view
  if (kind === 'text' || kind === 'unsupported') return undefined
  const has = kind === 'alertlist' ? data.alerts !== undefined : data.frames.some(hasValues)
  if (has) return unpicked(panel, data)
  if (room.waiting !== undefined) return { text: `waiting for ${clean(room.waiting)}`, role: 'dim' }
  const [first] = data.gaps
  if (first === undefined) return { text: nothing(panel), role: 'dim' }
  const notices = data.gaps.map(({ refId, gap }) => notice(refId, gap, data, room))
  const [worst] = notices.toSorted((a, b) => loudness.indexOf(a.role) - loudness.indexOf(b.role))
  return { text: [...new Set(notices.map(({ text }) => text))].join(' · '), role: worst?.role ?? 'dim' }
}

const loudness = ['bad', 'warn', 'dim']

const hasValues = ({ fields, length }: PanelData['frames'][number]) =>
  length > 0 && fields.some((field) => field.values.some((value) => value !== undefined))

/** There are data, but none that the panel wants to show. */
function unpicked({ view }: Panel, { frames }: PanelData): Notice | undefined {
  const numbers = frames.flatMap(({ fields }) => fields.filter(({ type }) => type === 'number'))
  if (view.kind !== 'table' && numbers.length > 0 && numbers.every(({ config }) => config.hiddenFrom.view))
    return { text: 'the dashboard hides every series of it', role: 'dim' }
  if (view.kind !== 'stat' && view.kind !== 'gauge' && view.kind !== 'bargauge') return undefined
  if (frames.some((frame) => pickedFields(frame, view.reduce).length > 0)) return undefined
  const { fields: wanted } = view.reduce
  const text = wanted === '' ? 'no field is a number' : `no field is called ${clean(wanted)}`
  return { text: `no data: ${text}`, role: 'dim' }
}

function nothing({ targets, fields, transformations }: Panel): string {
  if (fields.noValue !== undefined && fields.noValue !== '') return clean(fields.noValue)
  const asked = targets.filter((target) => !target.hidden).map(({ refId }) => refId)
  if (asked.length === 0) return 'no data: the panel asks for nothing'
  // A query without series is a gap: here all have some, and something took them away.
  if (transformations.some(({ disabled }) => !disabled))
    return 'no data: its transformations leave nothing of the series'
  return `no data: ${asked.length === 1 ? `query ${asked[0]} gave` : `queries ${asked.join(', ')} gave`} no series`
}

/** The query is named where there are several, or where its answer is one of several. */
function notice(refId: string, gap: Gap, { gaps }: PanelData, { theme }: PanelRoom): Notice {
  const what =
    gaps.length > 1 && new Set(gaps.map((one) => one.gap.detail)).size > 1
      ? `data for query ${refId}`
      : 'data'
  return missing({ gap, pending: false }, what, theme) ?? { text: gap.detail, role: 'dim' }
}

/** One line under what is drawn: the queries that failed, what the answers warned of. */
export function noteLine(data: PanelData, room: PanelRoom): string | undefined {
  const { theme, width } = room
  const failed = data.gaps.map(({ refId, gap }) =>
    missing({ gap, pending: false }, `data for query ${refId}`, theme),
  )
  const notes = [
    ...failed.flatMap((one) => one ?? []),
    ...data.warnings.map((text): Notice => ({ text: clean(text), role: 'warn' })),
  ]
  const [first] = notes
  if (first === undefined) return undefined
  const more = notes.length > 1 ? ` +${notes.length - 1}` : ''
  return theme.paint(
    first.role,
    clip(first.text, Math.max(0, width - more.length), 'end', theme.glyph.cut) + more,
  )
}
