// An object told in lines: how it fares first, then its parts, what happened to it, and the rest of it.

import type { Rows } from '#live/deck.ts'
import type { EventRow, KubeObject } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { age } from '#ui/format.ts'
import { missing } from '#ui/notice.ts'
import { clean } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import {
  type ConditionDetail,
  type ContainerDetail,
  conditionDetails,
  containerDetails,
  ownersOf,
  restLines,
} from './object.ts'

export interface DetailParts {
  readonly object: KubeObject
  readonly events: Reading<Rows<EventRow>>
  readonly now: number
  readonly theme: Theme
}

const heading = (text: string): TextLine[] => [{ text: '' }, { text, role: 'title' }]
const pair = (key: string, value: string, role?: Role): TextLine => ({
  head: `  ${key.padEnd(14)}`,
  headRole: 'dim',
  text: clean(value),
  ...(role && { role }),
})

export function detailLines({ object, events, now, theme }: DetailParts): TextLine[] {
  const { metadata } = object
  const since = (at: number | undefined) => (at === undefined ? '' : `${age(now - at)} ago`)
  const created = metadata.creationTimestamp ? Date.parse(metadata.creationTimestamp) : undefined
  const status = (object.status ?? {}) as Record<string, unknown>
  return [
    ...(metadata.namespace ? [pair('namespace', metadata.namespace)] : []),
    ...(created === undefined
      ? []
      : [pair('created', `${since(created)}  ${metadata.creationTimestamp ?? ''}`)]),
    ...(typeof status.phase === 'string' ? [pair('phase', status.phase)] : []),
    ...(typeof status.message === 'string' ? [pair('message', status.message, 'warn')] : []),
    ...ownersOf(object).map((ref) =>
      pair('belongs to', `${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}`),
    ),
    ...conditionLines(conditionDetails(object), since, theme),
    ...containerDetails(object).flatMap((one, index) => [
      ...(index === 0 ? heading('containers') : []),
      ...containerLines(one, since, theme),
    ]),
    ...eventLines(events, since, theme),
    ...mapLines('labels', metadata.labels),
    ...mapLines('annotations', metadata.annotations),
    ...restOf(object, 'spec'),
    ...restOf(object, 'status'),
    ...restOf(object, 'data'),
  ]
}

/** Whether a condition is as it should be depends on its name: `Ready=False` is bad, `Stalled=False` is not. */
function conditionRole({ type, status }: ConditionDetail): Role | undefined {
  if (status === 'Unknown') return 'warn'
  const wantsFalse =
    /Pressure$|^Stalled$|Failure$|^Failed$|Unavailable$|^Reconciling$|^Suspended$|^Disruption/.test(type)
  if ((status === 'True') !== wantsFalse) return undefined
  return type === 'Reconciling' ? 'warn' : 'bad'
}

function conditionLines(
  conditions: readonly ConditionDetail[],
  since: (at: number | undefined) => string,
  theme: Theme,
): TextLine[] {
  if (conditions.length === 0) return []
  const widest = Math.max(...conditions.map((one) => one.type.length))
  return [
    ...heading('conditions'),
    ...conditions.flatMap((one) => {
      const role = conditionRole(one)
      const glyph = role === 'bad' ? theme.glyph.bad : role === 'warn' ? theme.glyph.warn : theme.glyph.good
      const reason = one.reason && one.reason !== one.type ? `  ${one.reason}` : ''
      return [
        {
          head: `  ${glyph} `,
          headRole: role ?? ('dim' as const),
          text: clean(
            `${one.type.padEnd(widest)}  ${one.status.padEnd(7)}  ${since(one.since).padEnd(12)}${reason}`.trimEnd(),
          ),
          ...(role && { role }),
        },
        ...(one.message
          ? [{ head: '    ', text: clean(one.message), ...(role ? {} : { role: 'dim' as const }) }]
          : []),
      ]
    }),
  ]
}

function containerLines(
  one: ContainerDetail,
  since: (at: number | undefined) => string,
  theme: Theme,
): TextLine[] {
  const glyph = one.state === undefined ? theme.glyph.unknown : one.well ? theme.glyph.good : theme.glyph.bad
  const role: Role | undefined = one.well ? undefined : 'bad'
  const facts = [
    one.state ?? '',
    one.since === undefined ? '' : `since ${since(one.since)}`,
    one.restarts > 0 ? `restarts ${one.restarts}` : '',
  ].filter((fact) => fact !== '')
  return [
    {
      head: `  ${glyph} `,
      headRole: role ?? 'dim',
      text: clean(`${one.name}${one.init ? ' (init)' : ''}  ${facts.join('  ')}`),
      ...(role && { role }),
    },
    ...(one.message ? [{ head: '    ', text: clean(one.message), role: 'warn' as const }] : []),
    pair('  image', one.image),
    ...(one.lastEnd ? [pair('  before', `${one.lastEnd.what}  ${since(one.lastEnd.at)}`, 'warn')] : []),
    ...(one.requests || one.limits
      ? [
          pair(
            '  resources',
            `requests ${one.requests || theme.glyph.none}   limits ${one.limits || theme.glyph.none}`,
          ),
        ]
      : []),
    ...(one.ports.length > 0 ? [pair('  ports', one.ports.join(' '))] : []),
  ]
}

function eventLines(
  events: Reading<Rows<EventRow>>,
  since: (at: number | undefined) => string,
  theme: Theme,
): TextLine[] {
  const none = missing(events, 'events', theme)
  const rows = [...(events.data?.rows ?? [])].sort((a, b) => b.lastAt - a.lastAt)
  return [
    ...heading('events'),
    ...(none ? [{ text: `  ${none.text}`, role: none.role }] : []),
    ...(!none && rows.length === 0
      ? [{ text: '  none: the API server keeps events for about an hour', role: 'dim' as const }]
      : []),
    ...rows.map((event): TextLine => {
      const warns = event.type !== 'Normal'
      return {
        head: `  ${warns ? theme.glyph.warn : theme.glyph.note} ${since(event.lastAt).padEnd(10)} `,
        headRole: warns ? 'warn' : 'dim',
        text: clean(`${event.reason}${event.count > 1 ? ` ×${event.count}` : ''}  ${event.message}`),
      }
    }),
  ]
}

function mapLines(name: string, map: Readonly<Record<string, string>> | undefined): TextLine[] {
  const entries = Object.entries(map ?? {})
  if (entries.length === 0) return []
  return [
    ...heading(name),
    ...entries.map(([key, value]) => ({
      head: `  ${clean(key)}: `,
      headRole: 'dim' as const,
      text: clean(value),
    })),
  ]
}

function restOf(object: KubeObject, part: 'spec' | 'status' | 'data'): TextLine[] {
  const lines = restLines(object, part)
  if (lines.length === 0) return []
  return [
    ...heading(part),
    ...lines.map((line): TextLine => {
      const [, key = '', value = ''] = /^(\s*(?:- )*[^:\s]+:)( .*)?$/.exec(line) ?? []
      return key === ''
        ? { text: `  ${clean(line)}` }
        : { head: `  ${clean(key)}`, headRole: 'dim', text: clean(value) }
    }),
  ]
}
