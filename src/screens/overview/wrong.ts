// The ranked list of what is wrong: the answer to the first question of an incident.
import type { Finding, Overview } from '#model/overview.ts'
import type { Gap } from '#model/reading.ts'
import { age, count } from '#ui/format.ts'
import { unreadSentence } from '#ui/notice.ts'
import { clean, clip, pad, width as widthOf, wrap } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import { cells, filled, type PaneLine, type Room, sentence, titleLine } from './pane.ts'
import { changeLetter, subjectLabel } from './subject.ts'
import { awaited, isBlind, type Word } from './summary.ts'

/** The findings, most pressing first; then what could not be read, for an empty list beside gaps is not "all well". */
export function wrongPane(overview: Overview, room: Room): PaneLine[] {
  const kept = room.kept === '' ? '' : `  ${room.kept}`
  const findings = overview.wrong.filter(room.keep)
  const title = titleLine(`what is wrong${kept}`, findings.length > 0 ? 'since' : '', undefined, room)
  const blind = blindLines(overview, room)
  const space = room.height - 1
  // At least one line tells of what is unread; the rest gives way to findings.
  const forBlind = Math.min(blind.length, Math.max(1, space - Math.max(1, findings.length)))
  const forWrong = space - forBlind
  const shown = findings.slice(0, findings.length > forWrong ? forWrong - 1 : forWrong)
  const hidden = findings.length - shown.length
  const lines = findingLines(shown, forWrong - (hidden > 0 ? 1 : 0), room)
  if (hidden > 0) lines.push(...sentence(`  ${hidden} more (a higher terminal shows them)`, 'dim', 1, room))
  if (overview.wrong.length === 0) lines.push(...calm(overview, room))
  else if (findings.length === 0)
    lines.push(...sentence(`  none of ${overview.wrong.length} is ${room.kept}`, 'dim', 1, room))
  return filled([title, ...lines, ...blind.slice(0, forBlind)], room)
}

function calm(overview: Overview, room: Room): PaneLine[] {
  const { nodes, pods, flux } = overview
  const waiting = awaited(overview)
  if (waiting.length > 0 && !room.late) return []
  if (waiting.length > 0) return sentence(`  waiting for ${waiting.join(', ')}`, 'dim', 1, room)
  if (isBlind(overview)) return sentence('  nothing found in what could be read', 'dim', 1, room)
  const seen = [
    ...(nodes.data === undefined ? [] : [count(nodes.data.total, 'node')]),
    ...(pods.data === undefined ? [] : [count(pods.data.total, 'pod')]),
    ...(flux.data === undefined ? [] : [count(flux.data.total, 'Flux object')]),
  ]
  return sentence(`${room.theme.glyph.good} nothing: ${seen.join(', ')}`, 'dim', 1, room)
}

/** What is refused for one reason is one sentence: `cannot read pods, nodes: forbidden for ben cluster-wide`. */
function blindLines(overview: Overview, room: Room): PaneLine[] {
  const byReason = new Map<string, { readonly gap: Gap; readonly whats: string[] }>()
  for (const { what, gap } of overview.blind) {
    const detail = gap.detail.replace(/^[\w.-]+ (?=forbidden for )/, '')
    const known = byReason.get(detail)
    if (known) known.whats.push(what)
    else byReason.set(detail, { gap: { ...gap, detail }, whats: [what] })
  }
  return [...byReason.values()].flatMap(({ gap, whats }) => {
    const alone = whats.length === 1 && overview.blind.find(({ what }) => what === whats[0])
    const told = unreadSentence(
      alone ? alone.gap : withAdvice(gap, overview),
      whats.map(clean).join(', '),
      room.theme,
    )
    return wrap(told, Math.max(8, room.width - 4)).map((line, index) => ({
      text: room.theme.paint(
        'warn',
        pad(` ${index === 0 ? room.theme.glyph.unknown : ' '} ${line}`, room.width),
      ),
    }))
  })
}

/** Who may not read the whole cluster may still read a part of it. */
function withAdvice(gap: Gap, { namespace }: Overview): Gap {
  return gap.reason === 'forbidden' && namespace === undefined && gap.detail.includes('cluster')
    ? { ...gap, fix: 'choose a namespace that you may read, with :ns NAME or -n NAME' }
    : gap
}

function glyphOf(finding: Finding, theme: Theme): Word {
  if (finding.kind === 'suspended') return [theme.glyph.off, 'off']
  switch (finding.severity) {
    case 'critical':
      return [theme.glyph.bad, 'bad']
    case 'warning':
      return [theme.glyph.warn, 'warn']
    case 'info':
      return [theme.glyph.note, 'dim']
  }
}

/** Lines that one finding takes at most. */
const most = 3

/** Each finding has a line; what is left over lets the first ones say all that they have. */
function findingLines(findings: readonly Finding[], space: number, room: Room): PaneLine[] {
  let spare = space - findings.length
  return findings.flatMap((finding) => {
    const layout = layoutOf(finding, room)
    const evidence = finding.evidence.map(clean).join(` ${room.theme.glyph.note} `)
    const wrapped = wrap(evidence, layout.evidence)
    const lines = Math.min(wrapped.length, most, 1 + spare)
    spare -= lines - 1
    const texts = [...wrapped.slice(0, lines - 1), wrapped.slice(lines - 1).join(' ')]
    const indent = ' '.repeat(2 + 1 + layout.subject + 1)
    return [
      findingLine(finding, texts[0] ?? '', layout, room),
      ...texts.slice(1).map((text) => {
        const line = indent + clip(text, layout.evidence, 'end', room.theme.glyph.cut)
        return { text: pad(line, room.width) }
      }),
    ]
  })
}

interface FindingLayout {
  readonly subject: number
  readonly evidence: number
  /** 0 where nothing changed. */
  readonly change: number
}

const since = 6

function layoutOf(finding: Finding, { width }: Room): FindingLayout {
  const wide = width >= 100
  const subject = wide ? Math.min(36, Math.floor(width / 4)) : 22
  const change = finding.change === undefined ? 0 : wide ? 26 : 17
  return {
    ...{ subject, change },
    evidence: Math.max(8, width - 2 - subject - change - since - (change > 0 ? 4 : 3)),
  }
}

function findingLine(finding: Finding, evidence: string, layout: FindingLayout, room: Room): PaneLine {
  const { theme, now } = room
  const { change } = layout
  const [glyph, role] = glyphOf(finding, theme)
  const text = cells(
    [
      { text: ` ${glyph}`, width: 2, role },
      {
        text: clean(subjectLabel(finding.ref)),
        width: layout.subject,
        cut: 'middle',
        role: finding.kind === 'suspended' ? 'off' : undefined,
      },
      { text: evidence, width: layout.evidence },
      ...(change > 0
        ? [{ text: changeText(finding, theme, change), width: change, role: 'accent' as const }]
        : []),
      { text: finding.since === undefined ? '' : age(now - finding.since), width: since, align: 'right' },
    ],
    theme,
  )
  return { text, target: { id: `wrong ${finding.id}`, ref: finding.ref } }
}

/** `F ks/apps −3m`: the nearest change, and how long before the finding began. */
function changeText({ change }: Finding, theme: Theme, cellsFree: number): string {
  if (change === undefined) return ''
  const before = ` ${theme.glyph.minus}${age(change.before)}`
  const subject = clip(
    clean(subjectLabel(change.ref)),
    cellsFree - 2 - widthOf(before),
    'middle',
    theme.glyph.cut,
  )
  return `${changeLetter(change.ref)} ${subject}${before}`
}
