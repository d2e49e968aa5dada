// The steps of a pod's life as facts: what it is when created, adopted, restarted, completed, evicted.
import type { ContainerFacts, ContainerState, Ended, PodFacts } from '#homelab/world/build/pod.ts'
import type { NewPod } from './kubelet.ts'

export function freshPod(pod: NewPod, uid: string, createdAt: number): PodFacts {
  return {
    namespace: pod.namespace,
    name: pod.name,
    uid,
    app: pod.app,
    template: pod.template,
    labels: pod.labels,
    ...(pod.owner && { owner: pod.owner }),
    createdAt,
    phase: 'Pending',
    readyChangedAt: createdAt,
    containers: pod.template.spec.containers.map(({ name }) => ({
      name,
      state: { is: 'waiting', reason: 'ContainerCreating' },
      restarts: 0,
      ready: false,
    })),
  }
}

export function withContainer(facts: PodFacts, name: string, change: Partial<ContainerFacts>): PodFacts {
  return {
    ...facts,
    containers: facts.containers.map((container) =>
      container.name === name ? { ...container, ...change } : container,
    ),
  }
}

export function runningPod(facts: PodFacts, since: number): PodFacts {
  return {
    ...facts,
    phase: 'Running',
    readyChangedAt: since + 5000,
    containers: facts.containers.map((container) => ({
      ...container,
      ready: true,
      state: { is: 'running', startedAt: since },
    })),
  }
}

function ended(state: ContainerState, at: number, exitCode: number, reason: string): ContainerState {
  const startedAt = state.is === 'running' ? state.startedAt : at
  return { is: 'terminated', exitCode, reason, startedAt, finishedAt: at }
}

export function completedPod(facts: PodFacts, at: number): PodFacts {
  return {
    ...facts,
    phase: 'Succeeded',
    containers: facts.containers.map((container) => ({
      ...container,
      ready: false,
      state: ended(container.state, at, 0, 'Completed'),
    })),
  }
}

export function evictedPod(facts: PodFacts, at: number, message: string): PodFacts {
  return {
    ...facts,
    phase: 'Failed',
    reason: 'Evicted',
    message,
    containers: facts.containers.map((container) => ({
      ...container,
      ready: false,
      state: ended(container.state, at, 137, 'Error'),
    })),
  }
}

export function leavingPod(facts: PodFacts, at: number): PodFacts {
  return {
    ...facts,
    deletingAt: at,
    containers: facts.containers.map((container) => ({ ...container, ready: false })),
  }
}

/** The kubelet's CrashLoopBackOff: 10 s, doubled with each crash, at most five minutes. */
export function backOffSeconds(crashes: number): number {
  return Math.min(300, 10 * 2 ** Math.max(0, crashes - 2))
}

export function backingOff(pod: PodFacts, container: string, seconds: number, last: Ended): PodFacts {
  const wait = seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
  const message = `back-off ${wait} restarting failed container=${container} pod=${pod.name}_${pod.namespace}(${pod.uid})`
  return withContainer(pod, container, {
    last,
    state: { is: 'waiting', reason: 'CrashLoopBackOff', message },
  })
}
