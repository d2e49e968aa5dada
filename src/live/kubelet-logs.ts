// The logs of one pod or of all pods of a selector, as one stream that outlives restarts, new pods and lost connections.
import type { Cluster, ListQuery } from '#cluster/cluster.ts'
import type { LogLine, LogSubject } from '#model/log.ts'
import { type Gap, type GapReason, gapOf, SourceError } from '#model/reading.ts'
import { podLogsDecoder, readLog } from '#sources/kubernetes/logs.ts'
import { podResource } from '#sources/kubernetes/pods.ts'
import {
  advance,
  type LogStream,
  mostStreams,
  planStreams,
  type Resume,
  skipper,
  streamsOf,
} from './log-streams.ts'
import { rowsFeed } from './rows.ts'
import { backOff, pause, type Timing } from './timing.ts'

export type LogNews =
  | { readonly type: 'line'; readonly line: LogLine }
  /** A stream that ended or failed, or what is not read: one sentence. */
  | { readonly type: 'note'; readonly text: string }

export interface LogOptions {
  readonly cluster: Cluster
  readonly subject: LogSubject
  readonly follow: boolean
  readonly timing: Timing
  readonly signal: AbortSignal
  /** Reading waits for what it returns. */
  readonly tell: (news: LogNews) => void | Promise<void>
}

const retry = { first: 1000, most: 8000 }

/**
 * Resolves when there is nothing more to come; while following that is when the signal aborts. Rejects with a
 * SourceError where the pods cannot be listed or there is none, unless it follows: then it says so and waits.
 */
export async function kubeletLogs(options: LogOptions): Promise<void> {
  const { cluster, subject, timing, signal, tell, follow } = options
  const pods = rowsFeed({ cluster, timing, query: podsOf(subject), decoder: podLogsDecoder() })
  const wanted = () => streamsOf(pods.get().data?.rows ?? [], subject)
  /** What was there at the beginning is read from its tail, what came later from its start. */
  let atFirst: ReadonlySet<string> | undefined
  const known = new Set<string>()
  let open = 0
  let refused = 0
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
    known.add(stream.id)
    open += 1
    const stillRuns = () => wanted().some((one) => one.id === stream.id && one.running)
    const work = readStream(stream, options, atFirst?.has(stream.id) ?? true, stillRuns)
    guard(
      work.then(() => {
        open -= 1
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
    const plan = planStreams(streams, known, open)
    for (const stream of plan.open) openStream(stream)
    if (plan.refused > refused) {
      const text = `${plan.refused} more logs are not read: ${mostStreams} at most at a time`
      guard(tell({ type: 'note', text }))
    }
    refused = plan.refused
    if (data.rows.length === 0) {
      const nothing = noPods(subject)
      if (!follow) return reject(nothing)
      complain(nothing.detail)
    } else if (!follow && open === 0) resolve()
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

/** Reads one run of one container to its end, opening the log again where the connection was lost. */
async function readStream(
  stream: LogStream,
  options: LogOptions,
  fromTail: boolean,
  stillRuns: () => boolean,
): Promise<void> {
  const { cluster, subject, timing, signal, tell, follow } = options
  const { pod, container } = stream
  const name = `${pod}/${container}`
  const start = {
    ...(fromTail && subject.tailLines !== undefined && { tailLines: subject.tailLines }),
    ...(fromTail && subject.sinceSeconds !== undefined && { sinceSeconds: subject.sinceSeconds }),
  }
  const base = { namespace: subject.namespace, pod, container, follow: follow && !subject.previous }
  let resume: Resume | undefined
  for (let failures = 1; !signal.aborted; failures += 1) {
    const from = resume ? { sinceTime: resume.stamp } : start
    const isNew = skipper(resume)
    let problem: Gap | undefined
    try {
      const query = { ...base, ...from, ...(subject.previous && { previous: true }) }
      for await (const { stamp, at, text } of readLog(cluster, query, signal)) {
        if (signal.aborted) return
        if (!isNew(stamp)) continue
        resume = advance(resume, stamp)
        failures = 0
        await tell({ type: 'line', line: { pod, container, text, ...(at !== undefined && { at }) } })
      }
    } catch (error) {
      if (signal.aborted) return
      problem = gapOf(error)
    }
    if (signal.aborted) return
    if (problem) await tell({ type: 'note', text: `${name}: ${problem.detail}` })
    const goesOn = base.follow && (problem === undefined || again.has(problem.reason))
    if (!goesOn) return
    // The kubelet ends a log with its container, and the pod's status says so a moment later.
    await pause(timing, backOff(failures, retry, timing.random()), signal)
    if (!stillRuns()) {
      if (!signal.aborted) await tell({ type: 'note', text: `${name} ended` })
      return
    }
  }
}

const again: ReadonlySet<GapReason> = new Set([
  'unreachable',
  'timeout',
  'server-error',
  'too-many',
  'garbage',
])
