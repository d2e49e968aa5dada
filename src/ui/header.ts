// The header line: where we are, over which time, through which sources, and what is loud.

import { isTrouble } from '#model/alert-meant.ts'
import { formatSpan } from '#model/duration.ts'
import type { Overview, SourceState } from '#model/overview.ts'
import type { Reading } from '#model/reading.ts'
import type { TimeRange } from '#model/time.ts'
import { isDoubled, offsetText } from '#model/time-zone.ts'
import { dayLabel, timeLabel } from './charts/axis.ts'
import { age } from './format.ts'
import { gapRole } from './notice.ts'
import { clean, clip, width as widthOf } from './text.ts'
import type { Role, Theme } from './theme.ts'

export interface HeaderWords {
  readonly context: string
  /** Absent: all namespaces. */
  readonly namespace: string | undefined
  readonly range: TimeRange
  readonly readOnly: boolean
  readonly faultsOnly: boolean
  readonly sources: readonly SourceState[]
  /** What was last known of what fires and what is suspended. */
  readonly overview: Pick<Overview, 'alerts' | 'flux'>
  /** What was last found critical, where the screen does not say it itself; `dataAt` is when. */
  readonly critical: Reading<number>
  readonly now: number
  readonly timeZone: string | undefined
}

type Part = { readonly text: string; readonly role?: Role }

const shortNames: Readonly<Record<SourceState['name'], string>> = {
  kubernetes: 'kube',
  prometheus: 'prom',
  clickstack: 'clickstack',
  alertmanager: 'am',
  ntfy: 'ntfy',
  grafana: 'grafana',
}

/** ` obsdeck   talos-home · all namespaces      ▲ 2 firing   last 1h, live · kube prom ✗ clickstack`. */
export function headerLine(words: HeaderWords, width: number, theme: Theme): string {
  const dot = ` ${theme.glyph.note} `
  const where = [clean(words.context), clean(words.namespace ?? 'all namespaces')]
  if (words.faultsOnly) where.push('faults only')
  if (words.readOnly) where.push('read-only')
  const name = width >= 60 ? ' obsdeck   ' : ' '
  const badges = badgeParts(words, theme)
  const range: Part = {
    text: rangeLabel(words.range, words.timeZone),
    ...(words.range.to === undefined ? {} : { role: 'warn' }),
  }
  const trouble = words.sources
    .filter(inTrouble)
    .map((source) => sourcePart(source, 'name', words.now, theme))
  // A context's name may be an ARN: the range and what is wrong with a source still find room.
  const free = width - name.length - 1
  const most = Math.min(free, Math.max(24, free - partsWidth([range, ...trouble]) - 2))
  const place = clip(where.join(dot), Math.max(0, most), 'middle', theme.glyph.cut)
  const room = width - name.length - widthOf(place) - 3
  const { sources } = words
  // What is left out first says least: the routes, then the sources that are well, then the badges.
  const tries: Part[][] = [
    [...badges, range, ...sources.map((source) => sourcePart(source, 'route', words.now, theme))],
    [...badges, range, ...sources.map((source) => sourcePart(source, 'name', words.now, theme))],
    [...badges, range, ...trouble],
    [...badges.map(shortened), range, ...trouble],
    [range, ...trouble],
    ...(trouble.length > 0 ? [trouble] : []),
    [range],
    [],
  ]
  const parts = tries.find((some) => partsWidth(some) <= room) ?? []
  const right = parts
    .map((part) => (part.role === undefined ? part.text : theme.paint(part.role, part.text)))
    .join('  ')
  const space = ' '.repeat(Math.max(0, width - name.length - widthOf(place) - partsWidth(parts) - 1))
  return `${theme.paint('title', name)}${place}${space}${right} `
}

function partsWidth(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + widthOf(part.text), 2 * Math.max(0, parts.length - 1))
}

function badgeParts({ overview, critical, now }: HeaderWords, theme: Theme): Part[] {
  const { alerts, flux } = overview
  const { data: found = 0 } = critical
  const firing = alerts.data?.filter(isTrouble).length ?? 0
  const suspended = flux.data?.suspended ?? 0
  return [
    ...(found > 0
      ? [{ text: `${theme.glyph.bad} ${found} critical${ago(critical, now)}`, role: 'bad' } as const]
      : []),
    ...(firing > 0
      ? [{ text: `${theme.glyph.warn} ${firing} firing${ago(alerts, now)}`, role: 'warn' } as const]
      : []),
    ...(suspended > 0
      ? [{ text: `${theme.glyph.off} ${suspended} suspended${ago(flux, now)}`, role: 'off' } as const]
      : []),
  ]
}

/** What is not read while another screen is shown is said with the time when it was. */
function ago({ dataAt }: Reading<unknown>, now: number): string {
  return dataAt === undefined || now - dataAt < old ? '' : ` (${age(now - dataAt)} old)`
}

/** `▲ 3 firing` as `▲ 3`. */
function shortened(part: Part): Part {
  return { ...part, text: part.text.split(' ').slice(0, 2).join(' ') }
}

function inTrouble(source: SourceState): boolean {
  return source.gap !== undefined && source.gap.reason !== 'not-installed'
}

/** An age is said from when it matters, milliseconds. */
const old = 2 * 60_000

function sourcePart(source: SourceState, detail: 'route' | 'name', now: number, theme: Theme): Part {
  const { at, gap } = source
  const name = shortNames[source.name]
  const route = detail === 'route' && source.route !== undefined ? ` ${source.route}` : ''
  if (gap?.reason === 'not-installed') return { text: `${theme.glyph.off} ${name}`, role: 'off' }
  if (gap !== undefined) {
    const role = gapRole(gap) === 'warn' ? 'warn' : 'bad'
    const last = at === undefined ? '' : ` ${age(now - at)} old`
    return { text: `${theme.glyph[role]} ${name}${last}`, role }
  }
  if (at === undefined) return { text: `${theme.glyph.unknown} ${name}`, role: 'dim' }
  return { text: now - at >= old ? `${name} ${age(now - at)} ago` : `${name}${route}`, role: 'dim' }
}

/** `last 1h, live`, or `1h to 22 Nov 03:12` for a range that ends in the past; of a time that comes twice, which. */
function rangeLabel(range: TimeRange, timeZone: string | undefined): string {
  if (range.to === undefined) return `last ${formatSpan(range.span)}, live`
  const { span, to } = range
  const which = isDoubled(to, timeZone) ? ` ${offsetText(to, timeZone)}` : ''
  return `${formatSpan(span)} to ${dayLabel(to, timeZone)} ${timeLabel(to, timeZone)}${which}`
}
