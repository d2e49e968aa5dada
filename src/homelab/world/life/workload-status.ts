// What the controllers say of their workloads: counts and conditions from the pods there are.
import { stamp } from '#homelab/store.ts'
import { isReady, type PodFacts } from '#homelab/world/build/pod.ts'
import type { Workload } from '#homelab/world/build/workload.ts'

type Status = Record<string, unknown>

const generation = (workload: Workload) => (workload.metadata.generation as number | undefined) ?? 1

export function replicaSetStatus(set: Workload, pods: readonly PodFacts[]): Status {
  const ready = pods.filter(isReady).length
  return {
    replicas: pods.length,
    ...(pods.length > 0 && { fullyLabeledReplicas: pods.length }),
    ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
    observedGeneration: generation(set),
  }
}

export function statefulSetStatus(
  set: Workload,
  pods: readonly PodFacts[],
  fresh: readonly PodFacts[],
  hash: string,
): Status {
  const ready = pods.filter(isReady).length
  return {
    observedGeneration: generation(set),
    replicas: pods.length,
    ...(ready > 0 && { readyReplicas: ready }),
    availableReplicas: ready,
    currentReplicas: fresh.length,
    updatedReplicas: fresh.length,
    currentRevision: `${set.metadata.name}-${hash}`,
    updateRevision: `${set.metadata.name}-${hash}`,
    collisionCount: 0,
  }
}

export function daemonSetStatus(
  set: Workload,
  pods: readonly PodFacts[],
  fresh: readonly PodFacts[],
  wanted: number,
): Status {
  const ready = pods.filter(isReady).length
  return {
    currentNumberScheduled: pods.length,
    desiredNumberScheduled: wanted,
    numberMisscheduled: 0,
    numberReady: ready,
    numberAvailable: ready,
    ...(wanted > ready && { numberUnavailable: wanted - ready }),
    updatedNumberScheduled: fresh.length,
    observedGeneration: generation(set),
  }
}

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly lastTransitionTime?: string
  readonly lastUpdateTime?: string
}

export function deploymentStatus(
  deployment: Workload,
  pods: readonly PodFacts[],
  fresh: readonly PodFacts[],
  set: string,
  now: number,
): Status {
  const wanted = deployment.spec.replicas ?? 1
  const ready = pods.filter(isReady).length
  const freshReady = fresh.filter(isReady).length
  const rolled = fresh.length === wanted && pods.length === wanted && freshReady === wanted
  const youngest = Math.max(0, ...fresh.map(({ createdAt }) => createdAt))
  const stuck = freshReady < wanted && fresh.length > 0 && now - youngest > 600_000
  const least = wanted - Math.floor(wanted / 4)
  const before = (deployment.status?.conditions ?? []) as readonly Condition[]
  const since = (condition: Condition): Condition => {
    const same = before.find(({ type }) => type === condition.type)
    const at = same?.status === condition.status ? same.lastTransitionTime : undefined
    const updated =
      same?.reason === condition.reason && same.message === condition.message
        ? same.lastUpdateTime
        : undefined
    return { ...condition, lastUpdateTime: updated ?? stamp(now), lastTransitionTime: at ?? stamp(now) }
  }
  const available: Condition =
    ready >= least
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        }
  const progressing: Condition = stuck
    ? {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: `ReplicaSet "${set}" has timed out progressing.`,
      }
    : rolled ||
        before.some(
          ({ type, reason, message }) =>
            type === 'Progressing' && reason === 'NewReplicaSetAvailable' && message.includes(set),
        )
      ? {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${set}" has successfully progressed.`,
        }
      : {
          type: 'Progressing',
          status: 'True',
          reason: 'ReplicaSetUpdated',
          message: `ReplicaSet "${set}" is progressing.`,
        }
  return {
    observedGeneration: generation(deployment),
    ...(pods.length > 0 && { replicas: pods.length }),
    ...(fresh.length > 0 && { updatedReplicas: fresh.length }),
    ...(ready > 0 && { readyReplicas: ready, availableReplicas: Math.min(ready, pods.length) }),
    ...(wanted > ready && { unavailableReplicas: wanted - ready }),
    conditions: [since(available), since(progressing)],
  }
}
