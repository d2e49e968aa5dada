// The summary line: the verdict and the counts that it is about.
import type { Overview } from '#model/overview.ts'
import type { Reading } from '#model/reading.ts'
import { timeLabel } from '#ui/charts/axis.ts'
import { width as widthOf } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import type { Room } from './pane.ts'

/** `✗ 1 critical  ▲ 2 warnings   nodes 5/5   pods ▲ 117/120   flux ✗ 1 failed   stack 12/12`, as much as fits. */
export function summaryLine(overview: Overview, room: Room): string {
  const { theme } = room
  const words: Words = room.width >= 100 ? long : short
  const parts = [
    present(overview, room),
    verdict(overview, room, words),
    nodesPart(overview, theme),
    podsPart(overview, theme),
    fluxPart(overview, theme, words),
    stackPart(overview, theme),
  ].filter((part) => part.length > 0)
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

/** What is judged is the present, whichever past the charts show. */
function present({ range }: Overview, { timeZone }: Room): Word[] {
  return range.to === undefined ? [] : [[`now, not ${timeLabel(range.to, timeZone)}:`, 'warn']]
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

export type Word = readonly [text: string, role?: Role | undefined]

function verdict(overview: Overview, { theme, late }: Room, say: Words): Word[] {
  const { wrong, blind } = overview
  const critical = wrong.filter((finding) => finding.severity === 'critical').length
  const warnings = wrong.filter((finding) => finding.severity === 'warning').length
  const words: Word[] = []
  if (critical > 0) words.push([`${theme.glyph.bad} ${critical}${say.critical}`, 'bad'])
  if (warnings > 0)
    words.push([`${theme.glyph.warn} ${warnings}${warnings === 1 ? say.warning : say.warnings}`, 'warn'])
  const waiting = awaited(overview).length > 0
  if (waiting && late) words.push([`${theme.glyph.unknown} looking`, 'dim'])
  if (words.length === 0 && !waiting && !isBlind(overview)) words.push([`${theme.glyph.good} all well`])
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

const judged = [
  ['nodes', 'nodes'],
  ['pods', 'pods'],
  ['flux', 'Flux'],
] as const

/** What the verdict waits for: neither an answer nor a reason why there is none. */
export function awaited(overview: Overview): string[] {
  return judged
    .filter(([key]) => overview[key].data === undefined && overview[key].gap === undefined)
    .map(([, name]) => name)
}

export function isBlind(overview: Overview): boolean {
  return overview.blind.length > 0 || judged.some(([key]) => overview[key].gap !== undefined)
}
