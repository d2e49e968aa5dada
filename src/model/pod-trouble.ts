// Whether one pod is in trouble, in words: its status, since when, and what the kubelet or the registry said.
// Starting, finishing and routine churn are no trouble.
import { brief } from '#model/amount-words.ts'
import type { EventRow, PodRow } from '#model/kube.ts'

export interface PodTrouble {
  readonly word: string
  readonly detail?: string
  readonly since?: number
  readonly nodeMade?: boolean
}

const minute = 60_000
/** How long a pod may take before waiting counts as trouble. */
const grace = {
  pending: minute,
  creating: 2 * minute,
  starting: 2 * minute,
  init: 5 * minute,
  unready: minute,
}

const nodeMade: ReadonlySet<string> = new Set([
  'Evicted',
  'NodeLost',
  'Unknown',
  'NodeShutdown',
  'NodeAffinity',
])
const done: ReadonlySet<string> = new Set(['Completed', 'Succeeded'])
const words: Readonly<Record<string, string>> = {
  ImagePullBackOff: 'image pull back-off',
  ErrImagePull: 'image pull back-off',
  OOMKilled: 'OOM killed',
}

/** `events` are those about this pod, newest first. */
export function podTrouble(pod: PodRow, events: readonly EventRow[], now: number): PodTrouble | undefined {
  const age = now - pod.createdAt
  const since = pod.notReadySince ?? pod.createdAt
  const status = pod.status.replace(/^Init:/, '')
  if (pod.phase === 'Succeeded' || done.has(status)) return undefined
  // The containers of an evicted pod ended with an error of their own, which is not what went wrong.
  if (pod.reason !== undefined && nodeMade.has(pod.reason))
    return { word: pod.reason, ...told(pod.message), since, nodeMade: true }
  if (nodeMade.has(status)) return { word: status, ...told(pod.message), since, nodeMade: true }
  if (status === 'Terminating')
    return pod.notReadySince !== undefined && now - pod.notReadySince > 10 * minute
      ? { word: 'does not terminate', since, nodeMade: true }
      : undefined
  if (status === 'Pending' || status === 'SchedulingGated')
    return age < grace.pending
      ? undefined
      : { word: 'not scheduled', ...said(events, /FailedScheduling/), since: pod.createdAt }
  if (status === 'ContainerCreating' || status === 'PodInitializing')
    return age < grace.creating
      ? undefined
      : { word: 'does not start', ...said(events, /^Failed/), since: pod.createdAt }
  if (/^\d+\/\d+$/.test(status))
    return age < grace.init ? undefined : { word: `init ${status}`, ...said(events, /Fail|BackOff/), since }
  if (status === 'Running' || status === 'NotReady') {
    const starting = age < grace.starting && pod.restarts === 0
    if (pod.ready >= pod.containers || starting) return undefined
    if (loops(pod, now))
      return { word: 'CrashLoopBackOff', ...detailOf(pod, 'CrashLoopBackOff', events), since }
    if (now - since < grace.unready) return undefined
    return { word: 'not ready', ...said(events, /Unhealthy|ProbeError/), since, nodeMade: pod.restarts === 0 }
  }
  if (loops(pod, now) && /^(Error|OOMKilled|ExitCode:|Signal:|Completed|StartError)/.test(status))
    return { word: 'CrashLoopBackOff', ...detailOf(pod, 'CrashLoopBackOff', events), since }
  return { word: words[status] ?? status, ...detailOf(pod, status, events), since }
}

/** Whether one of its containers was killed or failed within the hour, whatever it does now. */
export const isRestarted = (pod: PodRow, now: number): boolean =>
  pod.lastRestartAt !== undefined &&
  now - pod.lastRestartAt < 60 * minute &&
  pod.lastReason !== 'Completed' &&
  pod.restarts > 0

/** Between two back-offs a pod that crashes again and again runs for a moment, or has just ended: the same trouble. */
function loops(pod: PodRow, now: number): boolean {
  return pod.restarts >= 2 && pod.lastRestartAt !== undefined && now - pod.lastRestartAt < 10 * minute
}

function detailOf(pod: PodRow, status: string, events: readonly EventRow[]): { detail?: string } {
  if (/Image/.test(status)) {
    const pull = events.find((event) => /^Failed to pull image/.test(event.message))
    return told(registryWords(pull?.message ?? pod.message ?? ''))
  }
  if (status === 'CrashLoopBackOff' || status === 'Error') return endOf(pod)
  return told(pod.message ?? events.find((event) => event.type === 'Warning')?.message)
}

/** How the container ended: in words where the runtime has more than `Error`, else by its exit code. */
function endOf({ lastReason, lastExitCode }: PodRow): { detail?: string } {
  if (lastReason === 'OOMKilled') return { detail: 'OOM killed' }
  if (lastReason !== undefined && lastReason !== 'Error') return { detail: lastReason }
  return lastExitCode === undefined ? {} : { detail: `exit ${lastExitCode}` }
}

/** What the registry itself said stands last: `…: failed to resolve reference …: 429 Too Many Requests`. */
export function registryWords(message: string): string {
  const parts = message.replace(/rpc error: code = \w+ desc = /g, '').split(': ')
  const last = parts.at(-1) ?? message
  return last.length < 12 && parts.length > 1 ? parts.slice(-2).join(': ') : last
}

function said(events: readonly EventRow[], reason: RegExp): { detail?: string } {
  return told(events.find((event) => reason.test(event.reason))?.message)
}

function told(text: string | undefined): { detail?: string } {
  return text === undefined || text === '' ? {} : { detail: brief(text) }
}
