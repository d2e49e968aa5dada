// The Overview's lists of what obsdeck itself lives by: the parts of the stack, and the sources.
import type { ComponentHealth, Overview, SourceState } from '#model/overview.ts'
import { age } from '#ui/format.ts'
import { gapRole } from '#ui/notice.ts'
import { clean, pad, width as widthOf, wrap } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import { cells, type LineTarget, type PaneLine, type Room, readingPane, sentence } from './pane.ts'

const states: Readonly<
  Record<
    ComponentHealth['state'],
    readonly [glyph: 'good' | 'warn' | 'bad' | 'off' | 'unknown', role: Role | undefined]
  >
> = {
  well: ['good', 'dim'],
  degraded: ['warn', 'warn'],
  down: ['bad', 'bad'],
  absent: ['off', 'off'],
  unknown: ['unknown', 'dim'],
}
const stateOrder: readonly ComponentHealth['state'][] = ['down', 'degraded', 'unknown', 'well', 'absent']

export function stackPane(overview: Overview, room: Room): PaneLine[] {
  const { theme, width, height } = room
  return readingPane('stack', '  ready targets', 'stack components', overview.stack, room, (components) => {
    const [first] = components
    // Where nothing is known of any, one sentence says so, not one a part.
    if (
      first?.note !== undefined &&
      components.every((one) => one.state === 'unknown' && one.note === first.note)
    )
      return sentence(clean(first.note), 'dim', height - 1, room)
    const sorted = [...components].sort((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state))
    const shown = sorted.slice(0, sorted.length > height - 1 ? height - 2 : height - 1)
    const lines = shown.map((component): PaneLine => {
      const [glyph, role] = states[component.state]
      const ready =
        component.desired === undefined ? '' : `${component.ready ?? theme.glyph.none}/${component.desired}`
      const targets =
        component.targets === undefined ? '' : `${component.targets.up}/${component.targets.total}`
      const name = clean(
        component.note === undefined
          ? component.name
          : `${component.name} ${theme.glyph.note} ${component.note}`,
      )
      return {
        ...(component.ref && { target: { id: `stack ${component.id}`, ref: component.ref } }),
        text: cells(
          [
            { text: ` ${theme.glyph[glyph]}`, width: 2, role },
            {
              text: name,
              width: Math.max(6, width - 18),
              role: component.state === 'absent' ? 'off' : undefined,
            },
            { text: ready, width: 6, align: 'right', role: 'dim' },
            { text: targets, width: 7, align: 'right', role: 'dim' },
          ],
          theme,
        ),
      }
    })
    const rest = sorted.length - shown.length
    return rest > 0 ? [...lines, ...sentence(`${rest} more`, 'dim', 1, room)] : lines
  })
}

/** What each source leads to: the nodes, or the part of the stack that it is. */
const leads: Readonly<Record<SourceState['name'], string>> = {
  kubernetes: 'nodes',
  prometheus: 'prometheus',
  clickstack: 'clickhouse',
  alertmanager: 'alertmanager',
  ntfy: 'ntfy',
  grafana: 'grafana',
}

const nameWidth = 13
/** Why a source is not read, or not directly, may take so many lines. */
const most = 3

export function sourcesPane(overview: Overview, room: Room): PaneLine[] {
  const head = { data: overview.sources, pending: false }
  return readingPane('sources', 'read', 'sources', head, room, (sources) => {
    const unread = sources.filter((source) => source.gap?.reason === 'not-installed')
    const read = sources.filter((source) => !unread.includes(source))
    return [...read.flatMap((source) => sourceLines(source, overview, room)), ...unreadLines(unread, room)]
  })
}

function sourceLines(source: SourceState, overview: Overview, room: Room): PaneLine[] {
  const { theme, width, now } = room
  const [glyph, role] = sourceGlyph(source, theme)
  const why = source.route === 'forward' || source.name !== 'kubernetes' ? source.why : undefined
  const route = [source.route, source.route === 'proxy' ? undefined : why].filter(Boolean).join(': ')
  const words = clean(source.gap === undefined ? route : source.gap.detail)
  const cellsFree = Math.max(4, width - nameWidth - 11)
  // What does not fit beside the name gets the lines below it, whole.
  const fits = widthOf(words) <= cellsFree
  const tone = source.gap === undefined ? 'dim' : gapRole(source.gap)
  const text = cells(
    [
      { text: ` ${glyph}`, width: 2, role },
      { text: source.name, width: nameWidth },
      { text: fits ? words : (source.route ?? ''), width: cellsFree, role: tone },
      {
        text: source.at === undefined ? theme.glyph.none : age(now - source.at),
        ...{ width: 6, align: 'right', role: 'dim' },
      },
    ],
    theme,
  )
  const target = targetOf(source, overview)
  const told = source.gap === undefined ? clean(why ?? '') : words
  const below = fits ? [] : wrap(told, Math.max(8, width - 4))
  const shown = below.slice(0, most)
  if (below.length > most) shown[most - 1] += ` ${theme.glyph.cut}`
  return [
    { text, ...(target && { target }) },
    ...shown.map((line) => ({ text: theme.paint(tone, pad(`   ${line}`, width)) })),
  ]
}

function targetOf({ name }: SourceState, overview: Overview): LineTarget | undefined {
  const id = `source ${name}`
  if (name === 'kubernetes') return { id, screen: leads[name] }
  const ref = overview.stack.data?.find((component) => component.id === leads[name])?.ref
  return ref && { id, ref }
}

/** Sources that share one reason are named together. */
function unreadLines(sources: readonly SourceState[], room: Room): PaneLine[] {
  const { theme, width } = room
  const reasons = [...new Set(sources.map((source) => source.gap?.detail ?? ''))]
  return reasons.flatMap((reason) => {
    const names = sources.filter((source) => source.gap?.detail === reason).map((source) => source.name)
    return wrap(`${names.join(', ')}: ${clean(reason)}`, Math.max(8, width - 4)).map((line, index) => ({
      text: theme.paint('off', pad(` ${index === 0 ? theme.glyph.off : ' '} ${line}`, width)),
    }))
  })
}

function sourceGlyph(source: SourceState, theme: Theme): readonly [string, Role | undefined] {
  if (source.gap?.reason === 'not-installed') return [theme.glyph.off, 'off']
  if (source.gap !== undefined) {
    const role = gapRole(source.gap) === 'warn' ? 'warn' : 'bad'
    return [theme.glyph[role], role]
  }
  return source.at === undefined ? [theme.glyph.unknown, 'dim'] : [theme.glyph.good, 'dim']
}
