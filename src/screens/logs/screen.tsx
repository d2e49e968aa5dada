// Logs as the kubelet has them: of a pod, or of all pods of a workload. Arguments: kind, namespace, name, and
// `previous` for what was written before the last restart.
import { type ReactNode, useMemo, useReducer } from 'react'
import type { LogSubject } from '#model/log.ts'
import { logLevel } from '#model/log-level.ts'
import { pagerBindings } from '#screens/pager/keys.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { Pager } from '#screens/pager/Pager.tsx'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import { si } from '#ui/format.ts'
import type { KeyName } from '#ui/keymap.ts'
import { Line } from '#ui/Line.tsx'
import { missing } from '#ui/notice.ts'
import { clean } from '#ui/text.ts'
import { useFeed } from '#ui/useFeed.ts'
import { type LogViewAction, logViewBindings } from './keys.ts'
import { createLogDrawer } from './lines.ts'

interface LogChoice {
  readonly times: boolean
  readonly previous: boolean
  readonly sinceSeconds?: number
}

const sinceOf: Readonly<Record<KeyName, number>> = { 1: 60, 2: 300, 3: 900, 4: 1800, 5: 3600 }

function choose(choice: LogChoice, event: { action: LogViewAction; key: KeyName }): LogChoice {
  const { sinceSeconds: _, ...rest } = choice
  switch (event.action) {
    case 'times':
      return { ...choice, times: !choice.times }
    case 'before':
      return { ...choice, previous: !choice.previous }
    case 'since':
      return { ...rest, sinceSeconds: sinceOf[event.key] ?? 3600 }
    case 'tail':
      return rest
    default:
      return choice
  }
}

function LogsScreen(screen: ScreenProps): ReactNode {
  const { args, theme } = screen
  const [kind = '', namespace = '', name = ''] = args
  if (kind === 'Pod') return <LogView screen={screen} title={name} subject={{ namespace, pod: name }} />
  return <WorkloadLogs screen={screen} kind={kind} namespace={namespace} name={name} theme={theme} />
}

/** The pods of a workload are found by its selector, which only the workload itself knows. */
function WorkloadLogs(props: {
  readonly screen: ScreenProps
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly theme: ScreenProps['theme']
}): ReactNode {
  const { screen, kind, namespace, name, theme } = props
  const workloads = useFeed(screen.deck.workloads)
  const row = workloads.data?.rows.find(
    (one) => one.kind === kind && one.namespace === namespace && one.name === name,
  )
  if (row?.selector) {
    return (
      <LogView
        screen={screen}
        title={`${kind.toLowerCase()}/${name}`}
        subject={{ namespace, selector: row.selector }}
      />
    )
  }
  const none = missing(workloads, `${kind} ${name}`, theme)
  const waiting = workloads.data?.complete === false
  const text =
    none?.text ??
    (waiting ? `waiting for ${kind} ${name}` : `${kind} ${clean(name)} selects no pods, so it has no logs`)
  return <Line text={theme.paint(none?.role ?? 'dim', ` ${text}`)} />
}

function LogView({
  screen,
  title,
  subject,
}: {
  screen: ScreenProps
  title: string
  subject: LogSubject
}): ReactNode {
  const { deck, timeZone, theme } = screen
  const [choice, change] = useReducer(choose, { times: true, previous: screen.args.includes('previous') })
  const { namespace, pod, selector } = subject
  const feed = useMemo(
    () =>
      deck.logs({
        namespace,
        ...(pod !== undefined && { pod }),
        ...(selector !== undefined && { selector }),
        previous: choice.previous,
        ...(choice.sinceSeconds !== undefined && { sinceSeconds: choice.sinceSeconds }),
      }),
    [deck, namespace, pod, selector, choice.previous, choice.sinceSeconds],
  )
  const reading = useFeed(feed)
  const draw = useMemo(() => createLogDrawer({ times: choice.times, timeZone }), [choice.times, timeZone])
  const tail = reading.data
  const lines = useMemo<readonly TextLine[]>(
    () => [
      ...(tail ? draw(tail.lines) : []),
      ...(tail?.notes ?? []).map((note) => ({
        text: `${theme.glyph.note} ${clean(note)}`,
        role: 'dim' as const,
      })),
    ],
    [tail, draw, theme],
  )
  const none = missing(reading, `the log of ${title}`, theme)
  const empty =
    lines.length === 0 && reading.pending === false
      ? 'nothing was written'
      : `waiting for the log of ${title}`
  const shown =
    lines.length > 0 ? lines : [{ text: none?.text ?? empty, role: none?.role ?? ('dim' as const) }]
  const isError = (line: TextLine) => logLevel(line.text) === 'error'
  return (
    <Pager
      screen={screen}
      title={`logs · ${namespace}/${clean(title)}${choice.previous ? ' · before the last restart' : ''}`}
      remarks={remarksOf(tail, choice)}
      lines={shown}
      start={{ follow: true, wrapped: false }}
      seekers={{ 'next-error': { test: isError, step: 1 }, 'previous-error': { test: isError, step: -1 } }}
      followKey="follow"
      keys={{
        title: 'logs',
        bindings: logViewBindings,
        run: (action, key) => {
          if (action === 'copy') screen.copy((tail?.lines ?? []).map((line) => line.text).join('\n'))
          else change({ action, key })
        },
      }}
    />
  )
}

function remarksOf(
  tail:
    | { readonly lines: readonly unknown[]; readonly dropped: number; readonly following: boolean }
    | undefined,
  choice: LogChoice,
): string {
  if (tail === undefined) return ''
  return [
    ...(choice.sinceSeconds === undefined ? [] : [`last ${choice.sinceSeconds / 60}m`]),
    ...(tail.dropped > 0 ? [`${si(tail.dropped)} older lines not kept`] : []),
    tail.following ? 'live' : 'ended',
  ].join('   ')
}

export const logsScreen: ScreenDef = {
  name: 'logs',
  inner: true,
  aliases: [],
  title: 'logs',
  help: 'logs of a pod or a workload, as the kubelet has them',
  Screen: LogsScreen,
  bindings: [...logViewBindings, ...pagerBindings],
}
