// The summary line and the ranked list of what is wrong: the answer to the first question of an incident.
import type { Finding, Overview } from '#model/overview.ts'
import type { Reading } from '#model/reading.ts'
import { age, count } from '#ui/format.ts'
import { unreadSentence } from '#ui/notice.ts'
import { clean, clip, pad, width as widthOf } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import { cells, filled, type PaneLine, type Room, sentence, titleLine } from './pane.ts'
import { changeLetter, subjectLabel } from './subject.ts'

/** `✗ 1 critical  ▲ 2 warnings   nodes 5/5   pods ▲ 117/120   flux ✗ 1 failed   stack 12/12`, as much as fits. */
export function summaryLine(overview: Overview, room: Room): string {
  const { theme } = room
  const words: Words = room.width >= 100 ? long : short
  const parts = [
    verdict(overview, theme, words),
    nodesPart(overview, theme),
    podsPart(overview, theme),
    fluxPart(overview, theme, words),
    stackPart(overview, theme),
  ]
  let line = ' '
  let used = 1
  const gap = room.width >= 100 ? 3 : 2
  for (const part of parts) {
    const cellsNeeded =
      part.reduce((sum, [text]) => sum + widthOf(text), part.length - 1) + (used > 1 ? gap : 0)
    if (used + cellsNeeded > room.width) break
    line += `${used > 1 ? ' '.repeat(gap) : ''}${part.map(([text, role]) => (role === undefined ? text : theme.paint(role, text))).join(' ')}`
    used += cellsNeeded
  }
  return line + ' '.repeat(Math.max(0, room.width - used))
}

const long = {
  critical: ' critical',
  warning: ' warning',
  warnings: ' warnings',
  failed: ' failed',
  waiting: ' waiting',
  suspended: ' suspended',
} as const
/** Where there is little room the glyphs say it alone. */
const short = {
  critical: ' critical',
  warning: ' warning',
  warnings: ' warnings',
  failed: '',
  waiting: '',
  suspended: '',
} as const
type Words = Readonly<Record<keyof typeof long, string>>

type Word = readonly [text: string, role?: Role | undefined]

function verdict(overview: Overview, theme: Theme, say: Words): Word[] {
  const { wrong, blind } = overview
  const critical = wrong.filter((finding) => finding.severity === 'critical').length
  const warnings = wrong.filter((finding) => finding.severity === 'warning').length
  const words: Word[] = []
  if (critical > 0) words.push([`${theme.glyph.bad} ${critical}${say.critical}`, 'bad'])
  if (warnings > 0)
    words.push([`${theme.glyph.warn} ${warnings}${warnings === 1 ? say.warning : say.warnings}`, 'warn'])
  const waiting = awaited(overview).length > 0
  if (waiting) words.push([`${theme.glyph.unknown} looking`, 'dim'])
  if (words.length === 0 && !isBlind(overview)) words.push([`${theme.glyph.good} all well`])
  if (blind.length > 0) words.push([`${theme.glyph.unknown} ${blind.length} unread`, 'warn'])
  return words
}

/** The word and a dash where a reading has nothing, since unknown is not zero. */
function unknown(name: string, reading: Reading<unknown>, theme: Theme): Word[] | undefined {
  return reading.data === undefined
    ? [
        [name, 'dim'],
        [theme.glyph.none, 'dim'],
      ]
    : undefined
}

function nodesPart({ nodes }: Overview, theme: Theme): Word[] {
  const none = unknown('nodes', nodes, theme)
  if (none !== undefined || nodes.data === undefined) return none ?? []
  const { ready, total, cordoned } = nodes.data
  const role: Role | undefined = ready < total ? 'bad' : undefined
  const figure = `${ready < total ? `${theme.glyph.bad} ` : ''}${ready}/${total}`
  return [
    ['nodes', 'dim'],
    [figure, role],
    ...(cordoned > 0 ? [[`${theme.glyph.off} ${cordoned} cordoned`, 'off'] as const] : []),
  ]
}

function podsPart({ pods }: Overview, theme: Theme): Word[] {
  const none = unknown('pods', pods, theme)
  if (none !== undefined || pods.data === undefined) return none ?? []
  const { well, total, troubled } = pods.data
  // While pages still come, a share of them would read as a share of all.
  if (pods.pending)
    return [
      ['pods', 'dim'],
      [`${total} so far`, 'dim'],
    ]
  return [
    ['pods', 'dim'],
    troubled > 0 ? [`${theme.glyph.warn} ${well}/${total}`, 'warn'] : [`${well}/${total}`],
  ]
}

function fluxPart({ flux }: Overview, theme: Theme, say: Words): Word[] {
  const none = unknown('flux', flux, theme)
  if (none !== undefined || flux.data === undefined) return none ?? []
  const { failed, waiting, suspended, total } = flux.data
  const words: Word[] = [['flux', 'dim']]
  if (failed > 0) words.push([`${theme.glyph.bad} ${failed}${say.failed}`, 'bad'])
  if (waiting > 0) words.push([`${theme.glyph.unknown} ${waiting}${say.waiting}`])
  if (suspended > 0) words.push([`${theme.glyph.off} ${suspended}${say.suspended}`, 'off'])
  if (words.length > 1) return words
  return [['flux', 'dim'], total === 0 ? ['none', 'dim'] : [`${total}/${total}`]]
}

function stackPart({ stack }: Overview, theme: Theme): Word[] {
  const none = unknown('stack', stack, theme)
  if (none !== undefined || stack.data === undefined) return none ?? []
  const there = stack.data.filter((component) => component.state !== 'absent')
  const known = there.filter((component) => component.state !== 'unknown')
  const well = known.filter((component) => component.state === 'well').length
  if (there.length === 0)
    return [
      ['stack', 'dim'],
      ['not installed', 'dim'],
    ]
  if (known.length === 0)
    return [
      ['stack', 'dim'],
      [theme.glyph.none, 'dim'],
    ]
  const down = known.some((component) => component.state === 'down')
  const role: Role | undefined = well === known.length ? undefined : down ? 'bad' : 'warn'
  const glyph = role === undefined ? '' : `${down ? theme.glyph.bad : theme.glyph.warn} `
  return [
    ['stack', 'dim'],
    [`${glyph}${well}/${known.length}`, role],
    ...(known.length < there.length
      ? [[`${theme.glyph.unknown} ${there.length - known.length}`, 'dim'] as const]
      : []),
  ]
}

/** The findings, most pressing first; then what could not be read, for an empty list beside gaps is not "all well". */
export function wrongPane(overview: Overview, room: Room): PaneLine[] {
  const title = titleLine('what is wrong', overview.wrong.length > 0 ? 'since' : '', undefined, room)
  const blind = blindLines(overview, room)
  const space = room.height - 1
  // At least one line tells of what is unread; the rest gives way to findings.
  const forBlind = Math.min(blind.length, Math.max(1, space - overview.wrong.length))
  const forWrong = space - forBlind
  const shown = overview.wrong.slice(0, overview.wrong.length > forWrong ? forWrong - 1 : forWrong)
  const lines = shown.map((finding) => findingLine(finding, room))
  const hidden = overview.wrong.length - shown.length
  if (hidden > 0) lines.push(...sentence(`  ${hidden} more (a higher terminal shows them)`, 'dim', 1, room))
  if (overview.wrong.length === 0) lines.push(...calm(overview, room))
  return filled([title, ...lines, ...blind.slice(0, forBlind)], room)
}

const judged = [
  ['nodes', 'nodes'],
  ['pods', 'pods'],
  ['flux', 'Flux'],
] as const

/** What the verdict waits for: neither an answer nor a reason why there is none. */
function awaited(overview: Overview): string[] {
  return judged
    .filter(([key]) => overview[key].data === undefined && overview[key].gap === undefined)
    .map(([, name]) => name)
}

function isBlind(overview: Overview): boolean {
  return overview.blind.length > 0 || judged.some(([key]) => overview[key].gap !== undefined)
}

function calm(overview: Overview, room: Room): PaneLine[] {
  const { nodes, pods, flux } = overview
  const waiting = awaited(overview)
  if (waiting.length > 0) return sentence(`  waiting for ${waiting.join(', ')}`, 'dim', 1, room)
  if (isBlind(overview)) return sentence('  nothing found in what could be read', 'dim', 1, room)
  const seen = [
    ...(nodes.data === undefined ? [] : [count(nodes.data.total, 'node')]),
    ...(pods.data === undefined ? [] : [count(pods.data.total, 'pod')]),
    ...(flux.data === undefined ? [] : [count(flux.data.total, 'Flux object')]),
  ]
  return sentence(`${room.theme.glyph.good} nothing: ${seen.join(', ')}`, 'dim', 1, room)
}

function blindLines(overview: Overview, room: Room): PaneLine[] {
  return overview.blind.map(({ what, gap }) => {
    const text = ` ${room.theme.glyph.unknown} ${unreadSentence(gap, clean(what), room.theme)}`
    return {
      text: room.theme.paint('warn', pad(clip(text, room.width, 'end', room.theme.glyph.cut), room.width)),
    }
  })
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

function findingLine(finding: Finding, room: Room): PaneLine {
  const { theme, width, now } = room
  const [glyph, role] = glyphOf(finding, theme)
  const wide = width >= 100
  const subject = wide ? Math.min(36, Math.floor(width / 4)) : 22
  const change = finding.change === undefined ? 0 : wide ? 26 : 17
  const since = 6
  const evidence = Math.max(8, width - 2 - subject - change - since - (change > 0 ? 4 : 3))
  const text = cells(
    [
      { text: ` ${glyph}`, width: 2, role },
      {
        text: clean(subjectLabel(finding.ref)),
        width: subject,
        cut: 'middle',
        role: finding.kind === 'suspended' ? 'off' : undefined,
      },
      { text: finding.evidence.map(clean).join(` ${theme.glyph.note} `), width: evidence },
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
