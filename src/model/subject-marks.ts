// What happened to a node, pod or workload, as letters for the time axes of its charts.
import { keyOf } from '#model/finding-draft.ts'
import type { NodeRow, ObjectRef, PodRow } from '#model/kube.ts'
import { isPodOf, linkOf } from '#model/pod-owner.ts'
import type { AlertRow } from '#model/prometheus.ts'
import type { ChartData } from '#model/subject-charts/lines.ts'
import { withRollout } from '#model/subject-facts/revision.ts'
import { type Candidate, type ChangeFacts, collectChanges } from '#model/triage-change.ts'

/** `F` Flux apply, `R` rollout, `K` OOM kill, `B` reboot, `A` alert. */
export interface SubjectMark {
  readonly at: number
  readonly letter: 'F' | 'R' | 'K' | 'B' | 'A'
  /** What did it, or what it happened to, where that is not the object itself. */
  readonly name?: string
  readonly what: string
}

/** `apps b679d7c → 9f3c2e1`. */
export const markText = ({ name, what }: Pick<SubjectMark, 'name' | 'what'>): string =>
  name === undefined ? what : `${name} ${what}`

/** All that tells of changes. `rollout`: that of the object's revision, which may stand where no event is kept any more. */
export interface SubjectChangeFacts extends ChangeFacts {
  readonly rollout?: Candidate | undefined
}

export interface MarkFacts extends SubjectChangeFacts {
  readonly pods: readonly PodRow[]
  readonly alerts: readonly AlertRow[]
}

/** Times in milliseconds since the epoch, the earliest first. */
export function marksAbout(ref: ObjectRef, facts: MarkFacts): SubjectMark[] {
  const pods = facts.pods.filter(isPodOf(ref))
  const keys = keysOf(ref, pods)
  return [...changes(ref, keys, facts), ...kills(pods), ...alerts(keys, facts.alerts)].sort(
    (a, b) => a.at - b.at,
  )
}

/** Whether a change touched the object, or what owns it; of a node also what runs on it. */
export function touches(ref: ObjectRef, pods: readonly PodRow[]): (change: Candidate) => boolean {
  return touching(ref, keysOf(ref, pods.filter(isPodOf(ref))))
}

/** A pod changes with what owns it. */
function keysOf(ref: ObjectRef, pods: readonly PodRow[]): ReadonlySet<string> {
  return new Set([keyOf(ref), ...pods.map((pod) => linkOf(pod).key)])
}

function touching(ref: ObjectRef, keys: ReadonlySet<string>): (change: Candidate) => boolean {
  return (change) =>
    keys.has(keyOf(change.ref)) ||
    [...change.objects].some((key) => keys.has(key)) ||
    (ref.kind === 'Node' && change.nodes.has(ref.name))
}

/** `F` what Flux applied, `B` what happened to a node, `R` a rollout. */
export const letterOf = (change: Candidate): 'F' | 'B' | 'R' =>
  change.declared ? 'F' : change.ref.kind === 'Node' ? 'B' : 'R'

function changes(ref: ObjectRef, keys: ReadonlySet<string>, facts: MarkFacts): SubjectMark[] {
  return withRollout(collectChanges(facts), facts.rollout)
    .filter(touching(ref, keys))
    .map((change) => ({
      ...{ at: change.at, letter: letterOf(change), name: change.ref.name, what: change.what },
    }))
}

function kills(pods: readonly PodRow[]): SubjectMark[] {
  return pods.flatMap(({ name, lastReason, lastRestartAt }): SubjectMark[] =>
    lastReason === 'OOMKilled' && lastRestartAt !== undefined
      ? [{ at: lastRestartAt, letter: 'K', name, what: 'OOM killed' }]
      : [],
  )
}

function alerts(keys: ReadonlySet<string>, all: readonly AlertRow[]): SubjectMark[] {
  return all.flatMap(({ name, state, activeAt, subject }): SubjectMark[] =>
    state === 'firing' && activeAt !== undefined && subject !== undefined && keys.has(keyOf(subject))
      ? [{ at: activeAt, letter: 'A', what: name }]
      : [],
  )
}

/** Reboots and OOM kills that a node's own exporter has seen, from the lines `boot` and `oom`. */
export function marksOfNode({ name }: Pick<NodeRow, 'name'>, { lines, from, to }: ChartData): SubjectMark[] {
  return lines.flatMap((line): SubjectMark[] => {
    if (line.name === 'boot')
      return [...new Set(line.values)]
        .map((seconds) => Math.round(seconds * 1000))
        .filter((at) => at >= from && at <= to)
        .map((at) => ({ at, letter: 'B', name, what: 'booted' }))
    if (line.name !== 'oom') return []
    return line.times.flatMap((at, index): SubjectMark[] => {
      const [before, now] = [line.values[index - 1], line.values[index]]
      if (before === undefined || now === undefined || now <= before) return []
      const count = now - before
      return [{ at, letter: 'K', what: count === 1 ? 'OOM kill' : `${count} OOM kills` }]
    })
  })
}
