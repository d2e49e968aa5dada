// What a person has chosen to see of a log.
import type { LogTail } from '#live/deck.ts'
import { momentOf } from '#screens/places.ts'
import type { KeyName } from '#ui/keymap.ts'
import type { LogViewAction } from './keys.ts'

export interface LogChoice {
  readonly times: boolean
  readonly previous: boolean
  /** Absent: the last lines, however old. */
  readonly sinceSeconds?: number
  /** Milliseconds since the epoch: read from shortly before it, in the place of the last lines. */
  readonly moment?: number
  /** Absent: all containers. */
  readonly container?: string
}

/** What the arguments of the screen choose. */
export function startOf(args: readonly string[]): LogChoice {
  const moment = momentOf(args)
  return { times: true, previous: args.includes('previous'), ...(moment !== undefined && { moment }) }
}

/** Whether what is shown next begins elsewhere: then the place in the text says nothing of it. */
export function otherLog(action: LogViewAction, { moment }: LogChoice): boolean {
  return action === 'before' || (moment !== undefined && (action === 'since' || action === 'tail'))
}

/** As k9s counts: `1` is the tail and not the head, because `0` is all namespaces everywhere. */
const sinceOf: Readonly<Record<KeyName, number>> = { 2: 60, 3: 300, 4: 900, 5: 1800, 6: 3600 }

export function choose(
  choice: LogChoice,
  event: { readonly action: LogViewAction; readonly key: KeyName; readonly containers: readonly string[] },
): LogChoice {
  const { sinceSeconds: _since, moment: _moment, ...tail } = choice
  switch (event.action) {
    case 'times':
      return { ...choice, times: !choice.times }
    case 'before':
      return { ...choice, previous: !choice.previous }
    case 'since':
      return { ...tail, sinceSeconds: sinceOf[event.key] ?? 3600 }
    case 'tail':
      return tail
    case 'container':
      return nextContainer(choice, event.containers)
    default:
      return choice
  }
}

function nextContainer(choice: LogChoice, containers: readonly string[]): LogChoice {
  const { container, ...all } = choice
  const next = containers[container === undefined ? 0 : containers.indexOf(container) + 1]
  return next === undefined ? all : { ...all, container: next }
}

/** `live   last 5m   only nginx`: what is shown of the log, and whether its end is held in view; no end that is old. */
export function remarksOf(
  tail: (Pick<LogTail, 'following' | 'capped'> & { readonly dropped: string | undefined }) | undefined,
  choice: LogChoice,
  follow: boolean,
): string {
  return [
    ...(tail === undefined ? [] : [progressOf(tail, follow)]),
    ...(choice.sinceSeconds === undefined ? [] : [`last ${choice.sinceSeconds / 60}m`]),
    ...(choice.container === undefined ? [] : [`only ${choice.container}`]),
    ...(tail?.dropped === undefined ? [] : [`${tail.dropped} older lines not kept`]),
  ].join('   ')
}

function progressOf({ following, capped }: Pick<LogTail, 'following' | 'capped'>, follow: boolean): string {
  if (capped) return 'read no further'
  if (!following) return 'ended'
  return follow ? 'live' : 'held'
}
