// The log of one pod, or of all pods of a selector, in a pager that stays at its end.
import { type ReactNode, useMemo, useReducer } from 'react'
import type { Deck, LogTail } from '#live/deck.ts'
import type { LogSubject } from '#model/log.ts'
import { logLevel } from '#model/log-level.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { Pager } from '#screens/pager/Pager.tsx'
import type { ScreenProps } from '#screens/screen.ts'
import { datedLabel } from '#ui/charts/axis.ts'
import { si } from '#ui/format.ts'
import { missing } from '#ui/notice.ts'
import { clean } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import { useFeed } from '#ui/useFeed.ts'
import { choose, otherLog, remarksOf, startOf } from './choice.ts'
import { logViewBindings } from './keys.ts'
import { createLogDrawer } from './lines.ts'
import { fromWords, lead, lineAt } from './moment.ts'

interface LogViewProps {
  readonly screen: ScreenProps
  /** Whose log it is: `checkout-7d9f8c-x2x4z`, `deployment/checkout`. */
  readonly title: string
  /** Keeps its identity. */
  readonly subject: LogSubject
}

const isError = (line: TextLine) => logLevel(line.text) === 'error'
const seekers = {
  'next-error': { what: 'an error', test: isError, step: 1 },
  'previous-error': { what: 'an error', test: isError, step: -1 },
} as const

export function LogView({ screen, title, subject }: LogViewProps): ReactNode {
  const { deck, timeZone, theme } = screen
  const [choice, change] = useReducer(choose, screen.args, startOf)
  const { previous, sinceSeconds, moment, container } = choice
  const feed = useMemo(
    () =>
      deck.logs({
        ...subject,
        previous,
        ...(sinceSeconds !== undefined && { sinceSeconds }),
        ...(moment !== undefined && { from: moment - lead }),
      }),
    [deck, subject, previous, sinceSeconds, moment],
  )
  const reading = useFeed(feed)
  const tail = reading.data
  const containers = useMemo(
    () => [...new Set(tail?.lines.map((line) => line.container))].sort(),
    [tail?.lines],
  )
  const chosen = useMemo(() => {
    const all = tail?.lines ?? []
    return container === undefined ? all : all.filter((line) => line.container === container)
  }, [tail?.lines, container])
  const draw = useMemo(
    () => createLogDrawer({ times: choice.times, timeZone, theme, now: deck.now.get }),
    [choice.times, timeZone, theme, deck],
  )
  const lines = useMemo<readonly TextLine[]>(
    () => [...draw(chosen), ...noteLines(tail?.notes ?? [], theme)],
    [chosen, tail?.notes, draw, theme],
  )
  const clock = (at: number) => datedLabel(at, deck.now.get(), timeZone)
  const keptSince = tail && tail.dropped > 0 ? tail.lines.find(({ at }) => at !== undefined)?.at : undefined
  const restarted =
    moment !== undefined && !previous && hasRestarted(deck, subject, moment) ? ' (p: before the restart)' : ''
  // A log without lines is like no data: what went wrong stands in their place.
  const none = reading.gap && missing({ gap: reading.gap, pending: false }, `log of ${clean(title)}`, theme)
  const waiting = lines.length === 0 && subject.pod !== undefined ? whyWaiting(deck, subject) : ''
  const empty =
    tail === undefined || reading.pending || waiting !== ''
      ? `waiting for the log of ${clean(title)}${waiting}`
      : moment === undefined
        ? 'nothing was written'
        : `no line from ${clock(moment - lead)} on${restarted}`
  const shown =
    lines.length > 0 ? lines : [{ text: none?.text ?? empty, role: none?.role ?? ('dim' as const) }]
  const titles = [
    'logs',
    `${clean(subject.namespace)}/${clean(title)}`,
    ...(previous ? ['before the last restart'] : []),
    ...(moment === undefined ? [] : [`${fromWords(chosen, moment, clock, keptSince)}${restarted}`]),
  ]
  return (
    <Pager
      key={`${previous ? 'previous' : 'now'} ${moment ?? ''}`}
      screen={screen}
      title={titles.join(` ${theme.glyph.note} `)}
      remarks={(follow) => remarksOf(tail && { ...tail, dropped: droppedOf(tail) }, choice, follow)}
      lines={shown}
      start={{ follow: moment === undefined, wrapped: false, aiming: moment !== undefined }}
      aim={moment === undefined ? undefined : lines[lineAt(chosen, moment)]}
      seekers={seekers}
      followKey="follow"
      keys={{
        title: 'logs',
        bindings: logViewBindings,
        run: (action, key) => {
          if (action === 'copy') screen.copy(chosen.map((line) => line.text).join('\n'))
          else {
            // Another log is read from its end: that is where a container died.
            if (otherLog(action, choice)) screen.memory.delete('pager')
            change({ action, key, containers })
          }
        },
        off: {
          ...(containers.length < 2 &&
            container === undefined && { container: 'only one container has written' }),
        },
      }}
    />
  )
}

/** What the list of pods, where it was read, says of a pod whose containers do not run. */
function whyWaiting(deck: Deck, { namespace, pod }: LogSubject): string {
  const row = deck.pods.get().data?.rows.find((one) => one.name === pod && one.namespace === namespace)
  if (row === undefined || row.status === 'Running' || row.phase !== 'Pending') return ''
  return `: it is ${clean(row.status)}${row.message === undefined ? '' : `: ${clean(row.message)}`}`
}

/** Whether another run wrote at the moment than the one that runs now, as far as the list of pods was read. */
function hasRestarted(deck: Deck, { namespace, pod }: LogSubject, moment: number): boolean {
  const row = deck.pods.get().data?.rows.find((one) => one.name === pod && one.namespace === namespace)
  return row?.lastRestartAt !== undefined && row.lastRestartAt >= moment
}

const droppedOf = (tail: LogTail) => (tail.dropped > 0 ? si(tail.dropped) : undefined)

function noteLines(notes: readonly string[], theme: Theme): TextLine[] {
  return notes.map((note) => ({ text: `${theme.glyph.note} ${clean(note)}`, role: 'dim' }))
}
