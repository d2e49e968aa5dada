// What is wrong with workloads, judged from their pods: one draft a workload, however many pods it has.
import { ofLimit } from '#model/amount-words.ts'
import { type Draft, type Evidence, earliest, evidenceRank, keyOf } from '#model/finding-draft.ts'
import type { EventRow, ObjectRef, PodRow, WorkloadRow } from '#model/kube.ts'
import { oncePer } from '#model/once-per.ts'
import type { Severity } from '#model/overview.ts'
import type { UsageByName } from '#model/overview-inputs.ts'
import { linkOf, ownerOf, workloadRef } from '#model/pod-owner.ts'
import { isRestarted, type PodTrouble, podTrouble } from '#model/pod-trouble.ts'

export interface PodFacts {
  readonly pods: readonly PodRow[]
  readonly workloads: readonly WorkloadRow[]
  readonly events: readonly EventRow[]
  readonly usage: UsageByName
  /** Restarts within the last hour by `namespace/pod`, where Prometheus counts them. */
  readonly restarts: ReadonlyMap<string, number>
}

const hour = 3_600_000
const severe = 0.95

interface Troubled {
  readonly pod: PodRow
  readonly trouble: PodTrouble
}

export function judgePods(facts: PodFacts, now: number): readonly Draft[] {
  const eventsByPod = byPod(facts.events)
  const workloads = workloadsByKey(facts.workloads)
  const troubles = new Map<string, Troubled[]>()
  for (const pod of facts.pods) {
    const restarted = isRestarted(pod, now)
    if (!restarted && isWell(pod)) continue
    const { name, key } = linkOf(pod)
    const trouble = podTrouble(pod, eventsByPod.get(name) ?? [], now)
    const counts = trouble && !isLeftover(pod, trouble, workloads.get(key), now)
    if (!counts && !restarted) continue
    const list = troubles.get(key) ?? []
    if (counts) list.push({ pod, trouble })
    troubles.set(key, list)
  }
  // The other pods of a workload count only where one of them is in trouble.
  const groups = new Map<string, PodRow[]>()
  for (const pod of troubles.size === 0 ? [] : facts.pods) {
    const { key } = linkOf(pod)
    if (!troubles.has(key)) continue
    const group = groups.get(key)
    if (group) group.push(pod)
    else groups.set(key, [pod])
  }
  return [...groups].flatMap(([key, pods]) => {
    const troubled = troubles.get(key) ?? []
    const [first] = pods
    if (!first) return []
    const ref = ownerOf(first)
    return troubled.length > 0
      ? [fromTroubled(ref, pods, troubled, workloads.get(key), facts, now)]
      : [restarted(ref, pods, facts, now)]
  })
}

/** Nearly every pod: no trouble whatever the time and the events are. */
const isWell = (pod: PodRow) =>
  pod.phase === 'Succeeded' || (pod.status === 'Running' && pod.ready >= pod.containers)

const nameOf = (pod: PodRow) => linkOf(pod).name

const byPod = oncePer((events: readonly EventRow[]): ReadonlyMap<string, readonly EventRow[]> => {
  const map = new Map<string, EventRow[]>()
  for (const event of events.toSorted((a, b) => b.lastAt - a.lastAt)) {
    if (event.about.kind !== 'Pod') continue
    const name = `${event.about.namespace ?? ''}/${event.about.name}`
    const list = map.get(name)
    if (list) list.push(event)
    else map.set(name, [event])
  }
  return map
})

const workloadsByKey = oncePer(
  (rows: readonly WorkloadRow[]): ReadonlyMap<string, WorkloadRow> =>
    new Map(rows.map((row) => [keyOf(workloadRef(row)), row])),
)

/** Evicted or failed pods stay listed after others took their place: history, once the workload is whole again. */
function isLeftover(
  pod: PodRow,
  trouble: PodTrouble,
  workload: WorkloadRow | undefined,
  now: number,
): boolean {
  if (pod.phase !== 'Failed') return false
  if (workload?.kind === 'Job' || workload?.kind === 'CronJob') return true
  const whole = workload !== undefined && workload.ready >= workload.desired
  return whole && now - (trouble.since ?? pod.createdAt) > hour
}

function fromTroubled(
  ref: ObjectRef,
  pods: readonly PodRow[],
  troubled: readonly Troubled[],
  workload: WorkloadRow | undefined,
  facts: PodFacts,
  now: number,
): Draft {
  const words = new Map<string, Troubled[]>()
  for (const one of troubled) words.set(one.trouble.word, [...(words.get(one.trouble.word) ?? []), one])
  const evidence: Evidence[] = []
  const again = restartEvidence(pods, facts, now)
  for (const [word, ones] of [...words].toSorted((a, b) => b[1].length - a[1].length)) {
    evidence.push({ rank: evidenceRank.state, text: ones.length > 1 ? `${word} ×${ones.length}` : word })
    const detail = ones.map((one) => one.trouble.detail).find((text) => text !== undefined)
    // How often it was killed says more than that it was.
    if (detail !== undefined && !again.some((one) => one.text.startsWith(detail)))
      evidence.push({ rank: evidenceRank.detail, text: detail })
  }
  const desired = workload?.desired ?? pods.length
  const ready = workload?.ready ?? pods.filter((pod) => pod.ready >= pod.containers).length
  if (ready < desired && desired > 1)
    evidence.push({ rank: evidenceRank.replicas, text: `${ready}/${desired} ready` })
  evidence.push(...again, ...memoryEvidence(pods, facts.usage))
  const since = earliest(...troubled.map((one) => beganAt(one)))
  const nodes = [...new Set(troubled.flatMap((one) => one.pod.node ?? []))]
  return {
    ref,
    kind: ref.kind === 'Pod' ? 'pod' : 'workload',
    severity: severityOf(ref, ready, desired),
    evidence,
    ...(since !== undefined && { since }),
    ...(nodes.length > 0 && { nodes }),
    nodeMade: troubled.every((one) => one.trouble.nodeMade === true),
  }
}

/** A crash loop is older than its last "not ready", which moves with each restart: it began when the pod first failed. */
function beganAt({ pod, trouble }: Troubled): number | undefined {
  return earliest(trouble.since, pod.notReadySince)
}

function severityOf(ref: ObjectRef, ready: number, desired: number): Severity {
  const serves = ref.kind !== 'Job' && ref.kind !== 'CronJob' && ref.kind !== 'Pod'
  return serves && desired > 0 && ready === 0 ? 'critical' : 'warning'
}

/** All pods run, but one was killed or failed within the hour. */
function restarted(ref: ObjectRef, pods: readonly PodRow[], facts: PodFacts, now: number): Draft {
  const recent = pods.filter((pod) => isRestarted(pod, now))
  const killed = recent.some((pod) => pod.lastReason === 'OOMKilled')
  const evidence = [...restartEvidence(recent, facts, now), ...memoryEvidence(pods, facts.usage)]
  const since = earliest(...recent.map((pod) => pod.lastRestartAt))
  const nodes = [...new Set(recent.flatMap((pod) => pod.node ?? []))]
  return {
    ref,
    kind: ref.kind === 'Pod' ? 'pod' : 'workload',
    severity: killed || countRestarts(recent, facts.restarts) > 2 ? 'warning' : 'info',
    evidence,
    ...(since !== undefined && { since }),
    ...(nodes.length > 0 && { nodes }),
  }
}

function countRestarts(pods: readonly PodRow[], lastHour: ReadonlyMap<string, number>): number {
  return pods.reduce((sum, pod) => sum + Math.max(1, Math.round(lastHour.get(nameOf(pod)) ?? 1)), 0)
}

function restartEvidence(pods: readonly PodRow[], facts: PodFacts, now: number): readonly Evidence[] {
  const recent = pods.filter((pod) => pod.lastRestartAt !== undefined && now - pod.lastRestartAt < hour)
  if (recent.length === 0) return []
  // Without Prometheus a pod says when it restarted last, and how often since it was made: there were more, perhaps.
  const unsure = recent.some((pod) => pod.restarts > 1 && !facts.restarts.has(nameOf(pod)))
  const count = `${countRestarts(recent, facts.restarts)}${unsure ? '+' : ''}`
  const killed = recent.some((pod) => pod.lastReason === 'OOMKilled')
  const text = killed
    ? count === '1'
      ? 'OOM killed'
      : `OOM killed ×${count}`
    : count === '1'
      ? '1 restart'
      : `${count} restarts`
  return [{ rank: killed ? evidenceRank.state : evidenceRank.restarts, text }]
}

/** Only what is nearly used up: a working set close to its limit is what gets a container killed. */
function memoryEvidence(pods: readonly PodRow[], usage: UsageByName): readonly Evidence[] {
  let worst: { used: number; limit: number } | undefined
  for (const pod of pods) {
    const used = usage.get(nameOf(pod))?.memory
    const limit = pod.limits.memory
    if (used === undefined || limit === undefined || used < severe * limit) continue
    if (!worst || used / limit > worst.used / worst.limit) worst = { used, limit }
  }
  return worst ? [{ rank: evidenceRank.usage, text: `memory ${ofLimit(worst.used, worst.limit)}` }] : []
}
