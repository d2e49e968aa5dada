// What happened to the object, newest first; of a workload also what happened to its pods, each by its short name.
import type { Rows } from '#live/deck.ts'
import type { EventRow } from '#model/kube.ts'
import { shortPod } from '#model/pod-owner.ts'
import type { Reading } from '#model/reading.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { clean } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import type { ItsPods } from './its-pods.ts'
import { heading, noticesOf, type Since } from './sections.ts'

/** Of its pods: warnings before what is normal, since a rollout alone makes four events a pod. */
const mostOfPods = 20

export interface EventParts {
  readonly own: Reading<Rows<EventRow>>
  /** Absent of what runs no pods. */
  readonly its?: ItsPods | undefined
  readonly now: number
}

export function eventLines({ own, its, now }: EventParts, since: Since, theme: Theme): TextLine[] {
  const ofPods = (its?.events.data?.rows ?? []).toSorted(byTime)
  const kept = new Set(ofPods.toSorted((a, b) => Number(warns(b)) - Number(warns(a))).slice(0, mostOfPods))
  const rows = [...(own.data?.rows ?? []), ...kept].sort(byTime)
  const left = ofPods.length - kept.size
  const notices = [
    ...noticesOf(own, 'events', now, theme),
    ...(its === undefined ? [] : podNotices(its, now, theme)),
  ]
  return [
    ...heading('events'),
    ...notices.map((one) => ({ ...one, text: `  ${one.text}` })),
    ...(notices.length === 0 && rows.length === 0
      ? [{ text: '  none: the API server keeps events for about an hour', role: 'dim' as const }]
      : []),
    ...rows.map((event) => eventLine(event, kept.has(event), since, theme)),
    ...(left > 0 ? [{ text: `  and ${left} more of its pods`, role: 'dim' as const }] : []),
  ]
}

const byTime = (a: EventRow, b: EventRow) => b.lastAt - a.lastAt
const warns = ({ type }: EventRow) => type !== 'Normal'

function eventLine(event: EventRow, ofPod: boolean, since: Since, theme: Theme): TextLine {
  const whose = ofPod ? `${shortPod(event.about.name)}  ` : ''
  return {
    head: `  ${warns(event) ? theme.glyph.warn : theme.glyph.note} ${since(event.lastAt).padEnd(10)} `,
    headRole: warns(event) ? 'warn' : 'dim',
    text: clean(`${whose}${event.reason}${event.count > 1 ? ` ×${event.count}` : ''}  ${event.message}`),
  }
}

/** Whose pods are not known has events that are not known. */
function podNotices({ pods, events, elsewhere }: ItsPods, now: number, theme: Theme): readonly TextLine[] {
  const what = 'events of its pods'
  if (elsewhere !== undefined)
    return [{ text: `${what} not read: only those in ${clean(elsewhere)} are`, role: 'warn' }]
  if (pods.data === undefined)
    return [
      pods.gap === undefined
        ? { text: `waiting for ${what}`, role: 'dim' }
        : { text: `${what} not known: its pods are not read`, role: 'warn' },
    ]
  if (events.data === undefined || events.gap !== undefined) return noticesOf(events, what, now, theme)
  const { complete, partial, rows } = events.data
  if (!complete || !pods.data.complete) return [{ text: `waiting for ${what}`, role: 'dim' }]
  if (rows.length > 0) return []
  const unread = partial ?? (pods.data.rows.length === 0 ? pods.data.partial : undefined)
  return unread === undefined ? [] : [{ text: `${what} not known: ${clean(unread)}`, role: 'warn' }]
}
