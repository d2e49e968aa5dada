// An object told in lines: how it fares first, then its parts, what happened to it, and the rest of it.
import type { Rows } from '#live/deck.ts'
import type { EventRow, KubeObject } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { clean } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import { conditionLines, conditionRole } from './conditions.ts'
import { type ContainerDetail, containerDetails } from './containers.ts'
import { eventLines } from './events.ts'
import { factsOf, type Used } from './facts.ts'
import { fields } from './fields.ts'
import { fluxFacts, historyOf, inventoryOf, isFlux } from './flux.ts'
import type { ItsPods } from './its-pods.ts'
import { type ConditionDetail, conditionDetails, ownersOf } from './object.ts'
import { podLines } from './pods.ts'
import { restLines } from './rest.ts'
import { heading, pair, type Since, sinceOf } from './sections.ts'

export interface DetailParts {
  readonly object: KubeObject
  readonly events: Reading<Rows<EventRow>>
  /** Of a workload; absent of what runs no pods. */
  readonly its?: ItsPods | undefined
  /** What it uses now, where that is known. */
  readonly used?: Used | undefined
  readonly now: number
  readonly theme: Theme
}

export function detailLines(parts: DetailParts): TextLine[] {
  const { object, theme, now } = parts
  const since = sinceOf(now)
  return [
    ...(object.kind === 'Node' ? againstLines(object, since, theme) : []),
    ...factLines(parts, since),
    ...partLines(parts, since),
    ...(isFlux(object) ? inventoryLines(object) : []),
    ...mapLines('labels', object.metadata.labels),
    ...mapLines('annotations', object.metadata.annotations),
    ...restOf(object, 'spec'),
    ...restOf(object, 'status'),
    ...restOf(object, 'data'),
  ]
}

/** What is asked first of each kind stands first. */
function partLines({ object, events: own, its, now, theme }: DetailParts, since: Since): TextLine[] {
  const conditions = conditionDetails(object)
  const allConditions = conditionSection('conditions', conditions, since, theme)
  const containers = containerSection(object, since, theme)
  const events = eventLines({ own, its, now }, since, theme)
  // What a pod's containers do is what its conditions follow from.
  if (object.kind === 'Pod') return [...containers, ...allConditions, ...events]
  if (object.kind === 'Node') {
    const well = conditions.filter((one) => conditionRole(one) === undefined)
    const title = well.length < conditions.length ? 'other conditions' : 'conditions'
    return [...events, ...conditionSection(title, well, since, theme)]
  }
  // The template says how its pods are meant to be: how they are, and what happened to them, comes before it.
  if (its !== undefined)
    return [...podLines(its, now, since, theme), ...allConditions, ...events, ...containers]
  const history = isFlux(object) ? historyLines(object, since, theme) : []
  return [...allConditions, ...containers, ...history, ...events]
}

/** A node has a dozen facts: what speaks against it must not come after them. Not ready says more than the rest. */
function againstLines(object: KubeObject, since: Since, theme: Theme): TextLine[] {
  const against = conditionDetails(object)
    .filter((one) => conditionRole(one) !== undefined)
    .sort((a, b) => Number(b.type === 'Ready') - Number(a.type === 'Ready'))
  return against.length === 0 ? [] : [...conditionLines(against, since, theme), { text: '' }]
}

function factLines({ object, used }: DetailParts, since: Since): TextLine[] {
  const { metadata } = object
  const created = metadata.creationTimestamp ? Date.parse(metadata.creationTimestamp) : undefined
  const status = fields(object.status)
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
  ]
}

function conditionSection(
  title: string,
  conditions: readonly ConditionDetail[],
  since: Since,
  theme: Theme,
): TextLine[] {
  if (conditions.length === 0) return []
  return [...heading(title), ...conditionLines(conditions, since, theme)]
}

function containerSection(object: KubeObject, since: Since, theme: Theme): TextLine[] {
  const containers = containerDetails(object)
  if (containers.length === 0) return []
  // A template has no state, known or unknown.
  const stateless = object.kind === 'Pod' ? theme.glyph.unknown : theme.glyph.note
  return [
    ...heading('containers'),
    ...containers.flatMap((one) => containerLines(one, stateless, since, theme)),
  ]
}

function containerLines(one: ContainerDetail, stateless: string, since: Since, theme: Theme): TextLine[] {
  const glyph = one.state === undefined ? stateless : one.well ? theme.glyph.good : theme.glyph.bad
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
      text: clean(`${one.name}${one.init ? ' (init)' : ''}  ${facts.join('  ')}`.trimEnd()),
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

function historyLines(object: KubeObject, since: Since, theme: Theme): TextLine[] {
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
