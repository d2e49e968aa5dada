// The log of one pod, or of all pods of a selector, in a pager that stays at its end.
import { type ReactNode, useMemo, useReducer } from 'react'
import type { Deck, LogTail } from '#live/deck.ts'
import type { LogSubject } from '#model/log.ts'
import { logLevel } from '#model/log-level.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { Pager } from '#screens/pager/Pager.tsx'
import type { ScreenProps } from '#screens/screen.ts'
import { si } from '#ui/format.ts'
import { missing } from '#ui/notice.ts'
import { clean } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import { useFeed } from '#ui/useFeed.ts'
import { choose, remarksOf } from './choice.ts'
import { logViewBindings } from './keys.ts'
import { createLogDrawer } from './lines.ts'

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
  const [choice, change] = useReducer(choose, { times: true, previous: screen.args.includes('previous') })
  const { previous, sinceSeconds, container } = choice
  const feed = useMemo(
    () => deck.logs({ ...subject, previous, ...(sinceSeconds !== undefined && { sinceSeconds }) }),
    [deck, subject, previous, sinceSeconds],
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
    () => createLogDrawer({ times: choice.times, timeZone, theme }),
    [choice.times, timeZone, theme],
  )
  const lines = useMemo<readonly TextLine[]>(
    () => [...draw(chosen), ...noteLines(tail?.notes ?? [], theme)],
    [chosen, tail?.notes, draw, theme],
  )
  // A log without lines is like no data: what went wrong stands in their place.
  const none = reading.gap && missing({ gap: reading.gap, pending: false }, `log of ${clean(title)}`, theme)
  const waiting = lines.length === 0 && subject.pod !== undefined ? whyWaiting(deck, subject) : ''
  const empty =
    tail === undefined || reading.pending || waiting !== ''
      ? `waiting for the log of ${clean(title)}${waiting}`
      : 'nothing was written'
  const shown =
    lines.length > 0 ? lines : [{ text: none?.text ?? empty, role: none?.role ?? ('dim' as const) }]
  const of = `logs ${theme.glyph.note} ${clean(subject.namespace)}/${clean(title)}`
  return (
    <Pager
      key={previous ? 'previous' : 'now'}
      screen={screen}
      title={`${of}${previous ? ` ${theme.glyph.note} before the last restart` : ''}`}
      remarks={(follow) => remarksOf(tail && { ...tail, dropped: droppedOf(tail) }, choice, follow)}
      lines={shown}
      start={{ follow: true, wrapped: false }}
      seekers={seekers}
      followKey="follow"
      keys={{
        title: 'logs',
        bindings: logViewBindings,
        run: (action, key) => {
          if (action === 'copy') screen.copy(chosen.map((line) => line.text).join('\n'))
          else {
            // Another log is read from its end: that is where a container died.
            if (action === 'before') screen.memory.delete('pager')
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

const droppedOf = (tail: LogTail) => (tail.dropped > 0 ? si(tail.dropped) : undefined)

function noteLines(notes: readonly string[], theme: Theme): TextLine[] {
  return notes.map((note) => ({ text: `${theme.glyph.note} ${clean(note)}`, role: 'dim' }))
}
