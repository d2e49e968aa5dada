// What `kubectl get pods` says of a pod: READY, STATUS and RESTARTS, from the facts that any encoding gives.
// The rules are those of the API server's own table (printPod in pkg/printers/internalversion).

export interface Ended {
  readonly exitCode: number
  readonly signal: number
  readonly reason?: string
  readonly finishedAt?: number
}

export interface ContainerFacts {
  readonly name: string
  readonly ready: boolean
  readonly started: boolean
  readonly restarts: number
  readonly running: boolean
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly ended?: Ended
  /** How the container before this one ended. */
  readonly endedBefore?: Ended
}

export interface PodCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
  readonly since?: number
}

export interface PodFacts {
  readonly phase: string
  readonly reason?: string
  readonly message?: string
  readonly deleting: boolean
  readonly conditions: readonly PodCondition[]
  /** How many containers the spec has, init containers not counted. */
  readonly containers: number
  /** Init containers in the order of the spec; a restartable one is a sidecar. */
  readonly init: readonly { readonly name: string; readonly restartable: boolean }[]
  readonly initStatuses: readonly ContainerFacts[]
  readonly statuses: readonly ContainerFacts[]
}

export interface PodStatus {
  readonly ready: number
  readonly containers: number
  readonly status: string
  readonly restarts: number
  readonly lastRestartAt?: number
  readonly lastReason?: string
  readonly lastExitCode?: number
  /** The pod's own reason beside its containers': `Evicted`, `NodeLost`. */
  readonly reason?: string
  readonly message?: string
  readonly notReadySince?: number
}

export function podStatus(facts: PodFacts): PodStatus {
  const sidecars = new Set(facts.init.filter((one) => one.restartable).map((one) => one.name))
  const init = initStatus(facts, sidecars)
  let status = init.status ?? basicStatus(facts)
  let { ready, restarts, lastRestartAt } = init

  if (init.status === undefined || isTrue(facts, 'Initialized')) {
    restarts = init.sidecarRestarts
    lastRestartAt = init.sidecarRestartAt
    let running = false
    for (const one of facts.statuses.toReversed()) {
      restarts += one.restarts
      lastRestartAt = later(lastRestartAt, one.endedBefore?.finishedAt)
      if (one.waiting?.reason) status = one.waiting.reason
      else if (one.ended) status = endedAs(one.ended)
      else if (one.ready && one.running) {
        running = true
        ready += 1
      }
    }
    if (status === 'Completed' && running) status = isTrue(facts, 'Ready') ? 'Running' : 'NotReady'
  }

  if (facts.deleting && facts.reason === 'NodeLost') status = 'Unknown'
  else if (facts.deleting && facts.phase !== 'Succeeded' && facts.phase !== 'Failed') status = 'Terminating'

  const end = newestEnd(facts)
  const lastReason = end?.reason
  const message = messageOf(facts)
  const notReadySince = notReady(facts)
  return {
    ready,
    containers: facts.containers + sidecars.size,
    status,
    restarts,
    ...(lastRestartAt !== undefined && { lastRestartAt }),
    ...(lastReason !== undefined && { lastReason }),
    ...(end && { lastExitCode: end.exitCode }),
    ...(facts.reason && { reason: facts.reason }),
    ...(message !== undefined && { message }),
    ...(notReadySince !== undefined && { notReadySince }),
  }
}

function basicStatus(facts: PodFacts): string {
  const gated = facts.conditions.some(
    (one) => one.type === 'PodScheduled' && one.reason === 'SchedulingGated',
  )
  return gated ? 'SchedulingGated' : facts.reason || facts.phase || 'Unknown'
}

interface InitStatus {
  /** Absent once all init containers are through. */
  readonly status?: string
  readonly ready: number
  readonly restarts: number
  readonly lastRestartAt: number | undefined
  readonly sidecarRestarts: number
  readonly sidecarRestartAt: number | undefined
}

/** Walks the init containers up to the first one that is not done; those after it have not begun. */
function initStatus(facts: PodFacts, sidecars: ReadonlySet<string>): InitStatus {
  let ready = 0
  let restarts = 0
  let lastRestartAt: number | undefined
  let sidecarRestarts = 0
  let sidecarRestartAt: number | undefined
  let status: string | undefined
  for (const [index, one] of facts.initStatuses.entries()) {
    const sidecar = sidecars.has(one.name)
    restarts += one.restarts
    lastRestartAt = later(lastRestartAt, one.endedBefore?.finishedAt)
    if (sidecar) {
      sidecarRestarts += one.restarts
      sidecarRestartAt = later(sidecarRestartAt, one.endedBefore?.finishedAt)
    }
    if (one.ended?.exitCode === 0) continue
    if (sidecar && one.started) {
      if (one.ready) ready += 1
      continue
    }
    const waits = one.waiting?.reason
    if (one.ended) status = `Init:${endedAs(one.ended)}`
    else if (waits && waits !== 'PodInitializing') status = `Init:${waits}`
    else status = `Init:${index}/${facts.init.length}`
    break
  }
  const counts = { ready, restarts, lastRestartAt, sidecarRestarts, sidecarRestartAt }
  return status === undefined ? counts : { ...counts, status }
}

function endedAs(ended: Ended): string {
  if (ended.reason) return ended.reason
  return ended.signal === 0 ? `ExitCode:${ended.exitCode}` : `Signal:${ended.signal}`
}

function isTrue(facts: PodFacts, type: string): boolean {
  return facts.conditions.some((one) => one.type === type && one.status === 'True')
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Math.max(a, b)
}

function newestEnd(facts: PodFacts): Ended | undefined {
  let newest: Ended | undefined
  for (const statuses of [facts.initStatuses, facts.statuses]) {
    for (const one of statuses) {
      for (const end of [one.endedBefore, one.ended]) {
        if (end && (end.finishedAt ?? 0) >= (newest?.finishedAt ?? 0)) newest = end
      }
    }
  }
  return newest
}

/** The kubelet's words for a waiting container, else the pod's own, else the scheduler's. */
function messageOf(facts: PodFacts): string | undefined {
  for (const statuses of [facts.initStatuses, facts.statuses]) {
    for (const one of statuses) if (one.waiting?.message) return one.waiting.message
  }
  if (facts.message) return facts.message
  return facts.conditions.find((one) => one.type === 'PodScheduled' && one.status === 'False')?.message
}

/** A pod that ran to its end is not ready either, but nothing is wrong with it. */
function notReady(facts: PodFacts): number | undefined {
  if (facts.phase === 'Succeeded') return undefined
  return facts.conditions.find((one) => one.type === 'Ready' && one.status !== 'True')?.since
}
