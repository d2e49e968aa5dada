// The logs of one pod or of all pods of a selector, as one stream that outlives restarts, new pods and lost connections.
import type { Cluster, ListQuery } from '#cluster/cluster.ts'
import type { LogLine, LogSubject } from '#model/log.ts'
import { type Gap, type GapReason, gapOf, SourceError } from '#model/reading.ts'
import { podLogsDecoder, readLog } from '#sources/kubernetes/logs.ts'
import { podResource } from '#sources/kubernetes/pods.ts'
import {
  advance,
  cap,
  isCapped,
  type LogStream,
  mostStreams,
  planStreams,
  type StreamState,
  skipper,
  streamsOf,
} from './log-streams.ts'
import { rowsFeed } from './rows.ts'
import { backOff, pause, type Timing } from './timing.ts'

export type LogNews =
  | { readonly type: 'line'; readonly line: LogLine }
  /** A stream that ended or failed, or what is not read: one sentence. */
  | { readonly type: 'note'; readonly text: string }
  /** Whether reading stands still: none is open, and some had as many lines as are read of them. False until told. */
  | { readonly type: 'capped'; readonly capped: boolean }

export interface LogOptions {
  readonly cluster: Cluster
  readonly subject: LogSubject
  readonly follow: boolean
  /** Lines read of all streams together where they are read from a moment on: what comes after would push it out. */
  readonly most?: number
  readonly timing: Timing
  readonly signal: AbortSignal
  /** Reading waits for what it returns. */
  readonly tell: (news: LogNews) => void | Promise<void>
}

/** Of each stream at least, however many there are: a moment's own lines. */
const leastOfEach = 200

const retry = { first: 1000, most: 8000 }

/**
 * Resolves when there is nothing more to come; while following that is when the signal aborts. Rejects with a
 * SourceError where the pods cannot be listed or there is none, unless it follows: then it says so and waits.
 */
export async function kubeletLogs(options: LogOptions): Promise<void> {
  const { cluster, subject, timing, signal, tell, follow } = options
  if (signal.aborted) return
  const pods = rowsFeed({ cluster, timing, query: podsOf(subject), decoder: podLogsDecoder() })
  const wanted = () => streamsOf(pods.get().data?.rows ?? [], subject)
  /** What was there at the beginning is read from its tail, what came later from its start. */
  let atFirst: ReadonlySet<string> | undefined
  const states = new Map<string, StreamState>()
  let refused = 0
  let capped = false
  let complaint: string | undefined

  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const complain = (text: string | undefined) => {
    if (text !== undefined && text !== complaint) guard(tell({ type: 'note', text }))
    complaint = text
  }
  const guard = (work: void | Promise<void>) => {
    Promise.resolve(work).catch(reject)
  }
  const openStream = (stream: LogStream) => {
    const state: StreamState = { resume: undefined, ...states.get(stream.id), open: true, run: stream.run }
    states.set(stream.id, state)
    const now = () => wanted().find((one) => one.id === stream.id)
    const fromTail = atFirst?.has(stream.id) ?? true
    const most = subject.from === undefined ? undefined : shareOf(options.most, atFirst?.size ?? 1)
    const work = readStream({ stream, state, fromTail, most, now }, options)
    guard(
      work.then(() => {
        state.open = false
        look()
      }),
    )
  }
  const look = () => {
    if (signal.aborted) return
    const { data, gap } = pods.get()
    if (gap && !data && !follow) return reject(new SourceError(gap))
    complain(gap ? `pods: ${gap.detail}` : undefined)
    if (!data?.complete) return
    const streams = wanted()
    atFirst ??= new Set(streams.map((one) => one.id))
    const plan = planStreams(streams, states)
    for (const stream of plan.open) openStream(stream)
    if (plan.refused > refused) {
      const text = `${plan.refused} more logs are not read: ${mostStreams} at most at a time`
      guard(tell({ type: 'note', text }))
    }
    refused = plan.refused
    const read = [...states.values()]
    const open = read.some((state) => state.open)
    const before = capped
    capped = !open && read.some(isCapped)
    if (capped !== before) guard(tell({ type: 'capped', capped }))
    if (data.rows.length === 0) {
      const nothing = noPods(subject)
      if (!follow) return reject(nothing)
      complain(nothing.detail)
    } else if (!follow && !open) resolve()
  }

  const done = () => resolve()
  signal.addEventListener('abort', done)
  const unsubscribe = pods.subscribe(look)
  look()
  try {
    await promise
  } finally {
    signal.removeEventListener('abort', done)
    unsubscribe()
  }
}

function shareOf(most: number | undefined, streams: number): number | undefined {
  return most === undefined ? undefined : Math.max(leastOfEach, Math.floor(most / Math.max(1, streams)))
}

function podsOf(subject: LogSubject): ListQuery {
  return {
    resource: podResource,
    namespace: subject.namespace,
    ...(subject.pod !== undefined && { fieldSelector: `metadata.name=${subject.pod}` }),
    ...(subject.selector !== undefined && { labelSelector: subject.selector }),
  }
}

function noPods({ namespace, pod, selector }: LogSubject): SourceError {
  const which = pod === undefined ? `no pod matches ${selector ?? 'anything'}` : `there is no pod ${pod}`
  return new SourceError({ reason: 'not-found', detail: `${which} in ${namespace}` })
}

interface Reading {
  readonly stream: LogStream
  readonly state: StreamState
  readonly fromTail: boolean
  /** Lines after which it is read no further; absent: to its end. */
  readonly most: number | undefined
  /** The stream as the pod's status has it now; undefined once the pod is gone. */
  readonly now: () => LogStream | undefined
}

/**
 * Reads a container's log while the container runs, opening it again where it ended: a connection was lost, or the
 * container was started anew, which its status may tell only later. Stamps say what is new in either case.
 */
async function readStream(
  { stream, state, fromTail, most, now }: Reading,
  { cluster, subject, timing, signal, tell, follow }: LogOptions,
): Promise<void> {
  const { pod, container } = stream
  const name = `${pod}/${container}`
  const start = {
    ...(fromTail && subject.tailLines !== undefined && { tailLines: subject.tailLines }),
    ...(fromTail && subject.sinceSeconds !== undefined && { sinceSeconds: subject.sinceSeconds }),
    ...(fromTail && subject.from !== undefined && { sinceTime: new Date(subject.from).toISOString() }),
  }
  const { namespace, previous } = subject
  const base = { namespace, pod, container, follow: follow && !previous, ...(previous && { previous }) }
  let read = 0
  for (let failures = 1; ; failures += 1) {
    const isNew = skipper(state.resume)
    const from = state.resume ? { sinceTime: state.resume.stamp } : start
    let problem: Gap | undefined
    try {
      for await (const { stamp, at, text } of readLog(cluster, { ...base, ...from }, signal)) {
        if (signal.aborted) return
        if (!isNew(stamp)) continue
        state.resume = advance(state.resume, stamp)
        failures = 0
        await tell({ type: 'line', line: { pod, container, text, ...(at !== undefined && { at }) } })
        read += 1
        if (read === most) {
          cap(state)
          await tell({ type: 'note', text: `${name} is read no further than its first ${read} lines` })
          return
        }
      }
    } catch (error) {
      if (signal.aborted) return
      problem = gapOf(error)
      await tell({ type: 'note', text: `${name}: ${problem.detail}` })
    }
    if (signal.aborted || !base.follow || (problem && !passing.has(problem.reason))) return
    await pause(timing, backOff(Math.max(1, failures), retry, timing.random()), signal)
    if (signal.aborted) return
    const current = now()
    state.run = current?.run ?? state.run
    if (!current?.running) {
      await tell({ type: 'note', text: `${name} ended` })
      return
    }
  }
}

/** Reasons that may be over the next time. */
const passing: ReadonlySet<GapReason> = new Set([
  'unreachable',
  'timeout',
  'server-error',
  'too-many',
  'garbage',
])
