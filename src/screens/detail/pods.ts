// The pods of a workload, the broken ones first: what each is in, how its last run ended, what the kubelet says.
import type { PodRow } from '#model/kube.ts'
import { podTone } from '#model/pod-tone.ts'
import { isRestarted, podTrouble } from '#model/pod-trouble.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { clean, pad, width } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import type { ItsPods } from './its-pods.ts'
import { heading, noticesOf, type Since } from './sections.ts'

/** What fits on a small screen beside the conditions; the others are counted. */
const most = 8
/** A longer name pushes only its own line aside. */
const widestName = 40

type Tone = ReturnType<typeof podTone>

interface Judged {
  readonly pod: PodRow
  readonly tone: Tone
  /** It runs for a moment before it crashes again: broken as before, so that its line stays where it is. */
  readonly loops: boolean
}

export function podLines(its: ItsPods, now: number, since: Since, theme: Theme): TextLine[] {
  const rows = its.pods.data?.rows ?? []
  const judged = rows
    .map((pod) => judge(pod, now))
    .sort((a, b) => rank(a) - rank(b) || (a.pod.name < b.pod.name ? -1 : 1))
  const shown = judged.slice(0, most)
  const cells = (text: (pod: PodRow) => string) => Math.max(0, ...shown.map(({ pod }) => width(text(pod))))
  const widths = { name: Math.min(widestName, cells(nameOf)), ready: cells(readyOf), status: cells(statusOf) }
  const said = new Set<string>()
  const notice = noticeOf(its, now, theme)
  return [
    ...heading(rows.length === 0 ? 'pods' : `pods (${rows.length})`),
    ...shown.flatMap((one): TextLine[] => {
      const why = one.tone === 'bad' || one.tone === 'warn' ? whyOf(one, since, said) : ''
      return [
        podLine(one, widths, since, theme),
        ...(why === '' ? [] : [{ head: '    ', text: clean(why), role: 'warn' as const }]),
      ]
    }),
    ...moreLine(judged.slice(most)),
    ...(notice ? [{ ...notice, text: `  ${notice.text}` }] : []),
  ]
}

function judge(pod: PodRow, now: number): Judged {
  const tone = podTone(pod)
  const loops = pod.status === 'Running' && podTrouble(pod, [], now)?.word === 'CrashLoopBackOff'
  return { pod, tone: loops ? 'bad' : (tone ?? (isRestarted(pod, now) ? 'warn' : undefined)), loops }
}

/** What is over for good, as after an eviction, stands behind what is broken now: others took its place. */
function rank({ pod, tone }: Judged): number {
  if (tone === 'bad') return pod.phase === 'Failed' ? 2 : 0
  return tone === 'warn' ? 1 : tone === undefined ? 3 : 4
}

const nameOf = ({ name }: PodRow) => clean(name)
const readyOf = ({ ready, containers }: PodRow) => `${ready}/${containers}`
const statusOf = ({ status }: PodRow) => clean(status)

function podLine(
  { pod, tone }: Judged,
  widths: Readonly<Record<'name' | 'ready' | 'status', number>>,
  since: Since,
  theme: Theme,
): TextLine {
  const role: Role = tone === 'bad' || tone === 'warn' ? tone : 'dim'
  const restarted = pod.lastRestartAt === undefined ? '' : ` (${since(pod.lastRestartAt)})`
  const cells = [
    pad(nameOf(pod), widths.name),
    pad(readyOf(pod), widths.ready),
    pad(statusOf(pod), widths.status),
    pod.restarts === 0 ? '' : `restarts ${pod.restarts}${restarted}`,
  ]
  return {
    head: `  ${theme.glyph[tone ?? 'good']} `,
    headRole: role,
    text: cells.join('  ').trimEnd(),
    role,
  }
}

/** A message that several pods have is written once. That of a crash loop tells only how long it waits: its end says more. */
function whyOf({ pod, loops }: Judged, since: Since, said: Set<string>): string {
  const waits = loops || pod.status.endsWith('CrashLoopBackOff')
  const message = waits ? undefined : (pod.message ?? pod.reason)
  const isNew = message !== undefined && message !== pod.status && !said.has(message)
  if (isNew) said.add(message)
  return [
    loops ? 'crashes again and again' : '',
    pod.lastReason === undefined && pod.lastExitCode === undefined
      ? ''
      : `last ended: ${pod.lastReason ?? 'no reason given'} (${pod.lastExitCode ?? '?'})`,
    pod.notReadySince === undefined ? '' : `not ready since ${since(pod.notReadySince)}`,
    isNew ? message : '',
  ]
    .filter((part) => part !== '')
    .join('  ')
}

function moreLine(more: readonly { readonly tone: Tone }[]): TextLine[] {
  if (more.length === 0) return []
  const broken = more.filter(({ tone }) => tone === 'bad').length
  const role: Role = broken > 0 ? 'warn' : 'dim'
  return [{ text: `  and ${more.length} more${broken > 0 ? `, ${broken} of them broken` : ''}`, role }]
}

/** Why these are not all, not the newest, or none. */
function noticeOf({ pods, elsewhere }: ItsPods, now: number, theme: Theme): TextLine | undefined {
  if (elsewhere !== undefined)
    return {
      text: `not read: only those in ${clean(elsewhere)} are (${theme.glyph.to} choose another with :ns)`,
      role: 'warn',
    }
  const [unread] = noticesOf(pods, 'pods', now, theme)
  if (unread !== undefined) return unread
  const { rows = [], complete, partial } = pods.data ?? {}
  if (complete !== true)
    return { text: rows.length === 0 ? 'waiting for pods' : 'waiting for more pods', role: 'dim' }
  if (rows.length > 0) return undefined
  return partial === undefined
    ? { text: 'none', role: 'dim' }
    : { text: `not known: ${clean(partial)}`, role: 'warn' }
}
