// How often the containers of one pod, or the pods of a workload, were started anew, and how they ended last.
import type { PodRow } from '#model/kube.ts'
import type { Fact } from './fact.ts'

export interface ContainerEnd {
  readonly reason?: string | undefined
  readonly exitCode?: number | undefined
  readonly at?: number | undefined
}

/** A container of a pod over all its runs. */
export interface ContainerRuns {
  readonly name: string
  readonly restarts: number
  /** How it ended last, also where it runs again since; absent: it never did, or nobody keeps it. */
  readonly end?: ContainerEnd | undefined
}

/** `app restarted 3×, last OOMKilled (137)` of each container that was, the one that ended last first. */
export function containerRestarts(containers: readonly ContainerRuns[]): readonly Fact[] {
  const told = containers.flatMap(restartOf)
  if (told.length === 0) return [{ text: 'no restarts', tone: 'dim' }]
  return told.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))
}

function restartOf({ name, restarts, end }: ContainerRuns): readonly Fact[] {
  if (restarts > 0) return [ended(`${name} restarted ${restarts}×, last`, end)]
  // An init container that did its work is no news.
  return end === undefined || end.exitCode === 0 ? [] : [ended(`${name} ended`, end)]
}

/** The same of the row alone, where the pod itself could not be read: all its containers together. */
export function podRestarts(pod: PodRow): Fact {
  if (pod.restarts === 0) return { text: 'no restarts', tone: 'dim' }
  return ended(`restarted ${pod.restarts}×, last`, endOfRow(pod))
}

/** `7 restarts (2/3 pods), last OOMKilled (137)`, and what most of them ended with where that is another reason. */
export function workloadRestarts(pods: readonly PodRow[]): Fact {
  const restarted = pods.filter((pod) => pod.restarts > 0)
  if (restarted.length === 0) return { text: 'no restarts', tone: 'dim' }
  const total = restarted.reduce((sum, pod) => sum + pod.restarts, 0)
  const [latest] = restarted.toSorted((a, b) => (b.lastRestartAt ?? 0) - (a.lastRestartAt ?? 0))
  const where = pods.length === 1 ? '' : ` (${restarted.length}/${pods.length} pods)`
  const said = `${total === 1 ? '1 restart' : `${total} restarts`}${where}`
  const most = mostFrequent(restarted.flatMap(({ lastReason }) => lastReason ?? []))
  const mostly = most === undefined || most === latest?.lastReason ? '' : `, mostly ${most}`
  return ended(`${said}${mostly}, last`, latest === undefined ? undefined : endOfRow(latest))
}

function ended(said: string, end: ContainerEnd | undefined): Fact {
  if (end === undefined) return { text: `${said} end not kept`, tone: 'warn' }
  const code = end.exitCode === undefined ? '' : ` (${end.exitCode})`
  return {
    text: `${said} ${end.reason ?? 'without a reason'}${code}`,
    ...(end.at !== undefined && { at: end.at }),
    // Who ended well was not killed and did not crash.
    ...(end.exitCode !== 0 && { tone: 'warn' as const }),
  }
}

function endOfRow({ lastReason, lastExitCode, lastRestartAt }: PodRow): ContainerEnd | undefined {
  if (lastReason === undefined && lastExitCode === undefined) return undefined
  return { reason: lastReason, exitCode: lastExitCode, at: lastRestartAt }
}

function mostFrequent(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1])
  return first === undefined || first[1] === second?.[1] ? undefined : first[0]
}
