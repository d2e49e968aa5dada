// An object told in lines: how it fares first, then its parts, what happened to it, and the rest of it.
import type { Rows } from '#live/deck.ts'
import type { EventRow, KubeObject } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { age } from '#ui/format.ts'
import { missing } from '#ui/notice.ts'
import { clean } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import { type ContainerDetail, containerDetails } from './containers.ts'
import { factsOf, type Used } from './facts.ts'
import { fields } from './fields.ts'
import { fluxFacts, historyOf, inventoryOf, isFlux } from './flux.ts'
import { type ConditionDetail, conditionDetails, ownersOf } from './object.ts'
import { restLines } from './rest.ts'

export interface DetailParts {
  readonly object: KubeObject
  readonly events: Reading<Rows<EventRow>>
  /** What it uses now, where that is known. */
  readonly used?: Used | undefined
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

export function detailLines({ object, events, used, now, theme }: DetailParts): TextLine[] {
  const { metadata } = object
  const since = (at: number | undefined) => (at === undefined ? '' : `${age(now - at)} ago`)
  const created = metadata.creationTimestamp ? Date.parse(metadata.creationTimestamp) : undefined
  const status = fields(object.status)
  const conditions = conditionLines(conditionDetails(object), since, theme)
  const containers = containerDetails(object).flatMap((one, index) => [
    ...(index === 0 ? heading('containers') : []),
    ...containerLines(one, since, theme),
  ])
  return [
    ...(created === undefined
      ? []
      : [pair('created', `${since(created)}  ${metadata.creationTimestamp ?? ''}`)]),
    ...(typeof status.phase === 'string' ? [pair('phase', status.phase)] : []),
    ...(typeof status.reason === 'string' ? [pair('reason', status.reason, 'warn')] : []),
    ...(typeof status.message === 'string' ? [pair('message', status.message, 'warn')] : []),
    ...factsOf(object, used).map(([word, value]) => pair(word, value)),
    ...(isFlux(object) ? fluxFacts(object) : []).map(([word, value]) =>
      pair(word, value, word === 'suspended' ? 'warn' : undefined),
    ),
    ...ownersOf(object).map((ref) =>
      pair('belongs to', `${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}`),
    ),
    // What a pod's containers do is what its conditions follow from.
    ...(object.kind === 'Pod' ? [...containers, ...conditions] : [...conditions, ...containers]),
    ...(isFlux(object) ? historyLines(object, since, theme) : []),
    ...eventLines(events, since, theme),
    ...(isFlux(object) ? inventoryLines(object) : []),
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
        ...(one.message && (role || one.type === 'Ready')
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

function historyLines(
  object: KubeObject,
  since: (at: number | undefined) => string,
  theme: Theme,
): TextLine[] {
  const history = historyOf(object)
  if (history.length === 0) return []
  return [
    ...heading('history'),
    ...history.map(
      ({ at, what, failed }): TextLine => ({
        head: `  ${failed ? theme.glyph.bad : theme.glyph.note} ${since(at).padEnd(10)} `,
        headRole: failed ? 'bad' : 'dim',
        text: clean(what),
      }),
    ),
  ]
}

function inventoryLines(object: KubeObject): TextLine[] {
  const inventory = inventoryOf(object)
  if (inventory.length === 0) return []
  return [
    ...heading(`inventory (${inventory.length})`),
    ...inventory.map((one) => ({ text: `  ${clean(one)}` })),
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
