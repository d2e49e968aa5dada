// How often each container of a pod ran, and how it ended last, from the pod as the server has it.
import { type Fields, fields, items, number, text, time } from '#cluster/fields.ts'
import type { KubeObject } from '#model/kube.ts'
import type { ContainerEnd, ContainerRuns } from '#model/subject-facts/restarts.ts'

export function containerRuns(pod: KubeObject): readonly ContainerRuns[] {
  const status = fields(pod.status)
  return [...items(status.initContainerStatuses), ...items(status.containerStatuses)].map((item) =>
    runsOf(fields(item)),
  )
}

function runsOf(status: Fields): ContainerRuns {
  return {
    name: text(status.name) ?? '',
    restarts: number(status.restartCount) ?? 0,
    end: endOf(fields(status.state).terminated) ?? endOf(fields(status.lastState).terminated),
  }
}

function endOf(terminated: unknown): ContainerEnd | undefined {
  if (terminated === undefined || terminated === null) return undefined
  const { reason, exitCode, finishedAt } = fields(terminated)
  return {
    reason: text(reason),
    exitCode: number(exitCode),
    at: time(finishedAt),
  }
}
