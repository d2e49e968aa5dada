// Which logs ought to be open, decided without opening any.
import type { LogSubject } from '#model/log.ts'
import type { PodLogs } from '#sources/kubernetes/logs.ts'

/** One container's log, over all its runs. */
export interface LogStream {
  readonly id: string
  readonly pod: string
  readonly container: string
  /** Which run of the container it is now, counted from 0. */
  readonly run: number
  readonly running: boolean
}

/** What was read of a stream: it is opened again when the container runs anew, and goes on from `resume`. */
export interface StreamState {
  open: boolean
  run: number
  resume: Resume | undefined
}

/** Reads a stream no further, nor opens it again when the container runs anew: that would stand behind what is left out. */
export function cap(state: StreamState): void {
  state.run = Number.POSITIVE_INFINITY
}

export function isCapped({ run }: Readonly<StreamState>): boolean {
  return run === Number.POSITIVE_INFINITY
}

/** Streams at the same time; a server and a terminal both stand only so many. */
export const mostStreams = 50

export function streamsOf(pods: readonly PodLogs[], subject: LogSubject): readonly LogStream[] {
  return pods.flatMap((pod) =>
    pod.containers
      .filter((one) => one.begun && (subject.container === undefined || one.name === subject.container))
      .map((one) => ({
        id: `${pod.uid}/${one.name}`,
        pod: pod.name,
        container: one.name,
        run: one.run,
        running: one.running,
      })),
  )
}

export interface StreamPlan {
  readonly open: readonly LogStream[]
  /** How many have a log but no room. */
  readonly refused: number
}

/** What to open now: what was never read, or has run again since; running ones first, as many as there is room for. */
export function planStreams(
  wanted: readonly LogStream[],
  states: ReadonlyMap<string, Readonly<StreamState>>,
): StreamPlan {
  const fresh = wanted.filter((one) => {
    const state = states.get(one.id)
    return state === undefined || (!state.open && one.run > state.run)
  })
  const ordered = [...fresh.filter((one) => one.running), ...fresh.filter((one) => !one.running)]
  const open = [...states.values()].filter((state) => state.open).length
  const room = Math.max(0, mostStreams - open)
  return { open: ordered.slice(0, room), refused: Math.max(0, ordered.length - room) }
}

/** Where a stream was: the stamp of its last line and how many lines bore it, so that none is lost or told twice. */
export interface Resume {
  readonly stamp: string
  readonly lines: number
}

export function advance(resume: Resume | undefined, stamp: string): Resume | undefined {
  if (stamp === '') return resume
  return { stamp, lines: resume?.stamp === stamp ? resume.lines + 1 : 1 }
}

/**
 * Says of each line of a stream opened again at `resume`, whose start the server rounds down to the second, whether
 * it is new. Stamps of one kubelet have one form, but their fractions differ in length: compared as numbers of digits.
 */
export function skipper(resume: Resume | undefined): (stamp: string) => boolean {
  let equal = resume?.lines ?? 0
  return (stamp) => {
    if (!resume || stamp === '') return true
    const order = compareStamps(stamp, resume.stamp)
    if (order < 0) return false
    if (order > 0) return true
    equal -= 1
    return equal < 0
  }
}

function compareStamps(a: string, b: string): number {
  const [left, right] = [a, b].map((stamp) => {
    const [, seconds = '', fraction = ''] = /^([^.Z+]*)(?:\.(\d+))?/.exec(stamp) ?? []
    return `${seconds}.${fraction.padEnd(9, '0')}`
  })
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1
}
