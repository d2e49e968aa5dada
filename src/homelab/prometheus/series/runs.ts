// The runs of containers: each from a start to an end, as the versions of its pod tell. cAdvisor's series and
// the node's own usage are made of them.
import { createHash } from 'node:crypto'
import type { ObjectHistory } from '#homelab/store.ts'
import { versionsIn } from './objects.ts'
import { type ContainerFacts, type PodFacts, podAt } from './pod.ts'

export interface Run {
  readonly pod: PodFacts
  readonly container: ContainerFacts
  /** The runtime's id, without its scheme. */
  readonly id: string
  readonly startedAt: number
  /** When the kubelet saw it, `from` included and `to` not. */
  readonly from: number
  readonly to: number
  /** Why it ended, as the kubelet says: `OOMKilled`, `Error`, `Completed`. */
  readonly ended?: string
}

const known = new WeakMap<
  ObjectHistory['versions'],
  { readonly size: number; readonly runs: readonly Run[] }
>()

/** All runs of a pod's containers, by start. */
export function runsOf(history: ObjectHistory): readonly Run[] {
  const { versions } = history
  const cached = known.get(versions)
  if (cached?.size === versions.length) return cached.runs
  const runs = readRuns(history)
  known.set(versions, { size: versions.length, runs })
  return runs
}

function readRuns(history: ObjectHistory): readonly Run[] {
  const runs: Run[] = []
  const open = new Map<string, number>()
  for (const { object, from, to } of versionsIn(
    history,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  )) {
    const pod = podAt(object)
    if (pod.node === '') continue
    for (const container of [...pod.initContainers, ...pod.containers]) {
      const startedAt = container.status?.startedAt
      const key = `${pod.uid} ${container.name}`
      const index = open.get(key)
      const last = index === undefined ? undefined : runs[index]
      if (startedAt === undefined) {
        const end = container.status?.terminated ?? container.status?.lastTerminated
        const finishedAt = end?.finishedAt
        if (last && index !== undefined && finishedAt !== undefined && finishedAt > last.from) {
          runs[index] = { ...last, to: Math.min(last.to, finishedAt), ended: end?.reason ?? '' }
        }
        open.delete(key)
      } else if (last && index !== undefined && last.startedAt === startedAt && last.to === from) {
        runs[index] = { ...last, to }
      } else {
        open.set(key, runs.length)
        const id = idOf(pod, container, startedAt)
        runs.push({ pod, container, id, startedAt, from: Math.max(from, startedAt), to })
      }
    }
  }
  return runs.filter((run) => run.from < run.to)
}

function idOf(pod: PodFacts, container: ContainerFacts, startedAt: number): string {
  const id = container.status?.id.replace(/^.*:\/\//, '') ?? ''
  return id === '' ? hex(`${pod.uid}/${container.name}/${startedAt}`) : id
}

/** A made-up runtime id that is always the same for the same thing. */
export function hex(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
