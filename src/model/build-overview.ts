// The Overview from everything that was read: summaries, the ranked list of what is wrong, and what could not be seen.
import { isTrouble } from '#model/alert-meant.ts'
import { alertSubject, indexSubjects, type SubjectIndex } from '#model/alert-subject.ts'
import { isToldIn } from '#model/in-namespace.ts'
import { judgeAlerts } from '#model/judge-alerts.ts'
import { judgeCapacity } from '#model/judge-capacity.ts'
import { judgeFlux } from '#model/judge-flux.ts'
import { judgeNodes } from '#model/judge-nodes.ts'
import { judgePods } from '#model/judge-pods.ts'
import { judgeServices } from '#model/judge-services.ts'
import { judgeStack, stackFindings } from '#model/judge-stack.ts'
import { judgeWorkloads } from '#model/judge-workloads.ts'
import type { NodeRow, ObjectRef, PodRow } from '#model/kube.ts'
import type { CapacityLine, ComponentHealth, Finding, Overview } from '#model/overview.ts'
import type { DiskFill, OverviewInputs } from '#model/overview-inputs.ts'
import { linkOf } from '#model/pod-owner.ts'
import type { AlertRow } from '#model/prometheus.ts'
import { rankFindings } from '#model/rank-findings.ts'
import type { Gap, Reading } from '#model/reading.ts'
import { summarizeFlux, summarizeNodes, summarizePods } from '#model/summaries.ts'
import { topConsumers } from '#model/top-consumers.ts'
import { collectChanges } from '#model/triage-change.ts'

export function buildOverview(inputs: OverviewInputs, now: number): Overview {
  const steps = overviewSteps(inputs, now)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps of a few milliseconds each at ten thousand pods, so that a key need not wait for the whole. */
export function* overviewSteps(given: OverviewInputs, now: number): Generator<undefined, Overview> {
  const inputs = { ...given, disks: mapReading(given.disks, (disks) => withNames(disks, given.nodes.data)) }
  const { pods, nodes, flux, podUsage, workloads, targets, namespace } = inputs
  yield* linkSteps(pods.data ?? [])
  const top = both(pods, podUsage, (rows, usage) => topConsumers(rows, usage))
  yield
  const podsSummary = mapReading(pods, (rows) => summarizePods(rows, inputs.restarts.data))
  yield
  const elsewhere = inputs.partial.find(({ what }) => what === 'workloads')
  const judged = judgeStack(
    // What was not found where one may read is not absent.
    elsewhere ? { gap: elsewhere.gap, ...workloads } : workloads,
    targets,
    inputs.namespace,
  )
  const stack = { ...mapReading(workloads, () => null), data: judged }
  yield
  const index = indexSubjects(pods.data ?? [], workloads.data ?? [], nodes.data ?? [])
  const wrong = yield* judgeSteps(inputs, judged, index, now)
  return {
    at: now,
    context: inputs.context,
    ...(inputs.namespace !== undefined && { namespace: inputs.namespace }),
    range: inputs.range,
    wrong,
    blind: blindOf(inputs),
    nodes: mapReading(nodes, summarizeNodes),
    pods: podsSummary,
    capacity: mapReading(inputs.capacity, (lines) => withLimits(lines, nodes.data, inputs.disks.data)),
    topCpu: mapReading(top, ({ cpu }) => cpu),
    topMemory: mapReading(top, ({ memory }) => memory),
    flux: mapReading(flux, summarizeFlux),
    alerts: mapReading(inputs.alerts, (rows) => rows.flatMap((row) => toldIn(namespace, row, index))),
    stack,
    sources: inputs.sources,
  }
}

/** About nothing in particular. */
const clusterAlert: ObjectRef = { group: '', kind: 'Alert', name: '' }

/** With its subject, where it means trouble; none where that lies in a namespace that is not looked at. */
function toldIn(namespace: string | undefined, alert: AlertRow, index: SubjectIndex): readonly AlertRow[] {
  const subject = alertSubject(alert, index)
  if (!isToldIn(namespace, subject ?? clusterAlert)) return []
  return [subject === undefined || !isTrouble(alert) ? alert : { ...alert, subject }]
}

const linksAtOnce = 250

/** What a pod's name and owner say is worked out once a row, for all rows of a first list at the same time. */
function* linkSteps(pods: readonly PodRow[]): Generator<undefined, void> {
  for (const [index, pod] of pods.entries()) {
    linkOf(pod)
    if (index % linksAtOnce === linksAtOnce - 1) yield
  }
}

function* judgeSteps(
  inputs: OverviewInputs,
  stack: readonly ComponentHealth[],
  index: SubjectIndex,
  now: number,
): Generator<undefined, readonly Finding[]> {
  const pods = inputs.pods.data ?? []
  const nodes = inputs.nodes.data ?? []
  const workloads = inputs.workloads.data ?? []
  const events = inputs.events.data ?? []
  const flux = inputs.flux.data ?? []
  const usage = inputs.podUsage.data ?? new Map()
  const restarts = inputs.restarts.data ?? new Map()
  const ofPods = judgePods({ pods, workloads, events, usage, restarts }, now)
  yield
  const ofWorkloads = judgeWorkloads(workloads, events, now)
  yield
  const drafts = [
    ...ofPods,
    ...ofWorkloads,
    ...judgeNodes(nodes, inputs.nodeUsage.data ?? new Map(), events, now),
    ...judgeFlux(flux, now),
    ...judgeServices(inputs.services.data ?? [], index),
    ...judgeCapacity(inputs.disks.data ?? []),
    ...stackFindings(stack),
    ...judgeAlerts(inputs.alerts.data ?? [], index),
  ].filter(({ ref }) => isToldIn(inputs.namespace, ref))
  yield
  const changes = collectChanges({ flux, workloads, events })
  yield
  return rankFindings(drafts, changes)
}

/** What the list of troubles could not be judged from. Applications without span metrics are no blind spot. */
function blindOf(inputs: OverviewInputs): Overview['blind'] {
  const parts: readonly (readonly [string, Reading<unknown>])[] = [
    ['pods', inputs.pods],
    ['nodes', inputs.nodes],
    ['workloads', inputs.workloads],
    ['events', inputs.events],
    ['flux', inputs.flux],
    ['alerts', inputs.alerts],
    ['targets', inputs.targets],
    ['usage', inputs.podUsage],
    ['error rates', inputs.services],
    ['disks', inputs.disks],
    ['restarts', inputs.restarts],
  ]
  const gaps: { what: string; gap: Gap }[] = []
  for (const [what, { gap }] of parts) if (gap) gaps.push({ what, gap })
  return [...gaps, ...inputs.partial]
}

/** A disk is told of by its node's address where Prometheus knows no names. */
function withNames(disks: readonly DiskFill[], nodes: readonly NodeRow[] = []): readonly DiskFill[] {
  const names = new Map(nodes.flatMap(({ name, ip }) => (ip === undefined ? [] : [[ip, name] as const])))
  return disks.map((disk) => {
    const node = disk.node === undefined ? undefined : names.get(disk.node)
    return node === undefined ? disk : { ...disk, node }
  })
}

function withLimits(
  lines: readonly CapacityLine[],
  nodes: readonly NodeRow[] | undefined,
  disks: readonly DiskFill[] | undefined,
): readonly CapacityLine[] {
  return lines.map((line) => {
    if (line.name === 'cpu' || line.name === 'memory') {
      const limit = nodes && allocatable(nodes, line.name)
      return limit === undefined ? line : { ...line, limit }
    }
    if (line.name !== 'disk') return line
    const worst = disks
      ?.filter((disk) => disk.node !== undefined)
      .reduce<DiskFill | undefined>((a, b) => (a && a.ratio >= b.ratio ? a : b), undefined)
    if (!worst) return { ...line, limit: 1 }
    return {
      ...line,
      limit: 1,
      worst: { label: `${worst.node ?? ''} ${worst.mountpoint ?? ''}`.trim(), value: worst.ratio },
    }
  })
}

/** Undefined where one node does not say: a sum with a hole is no limit. */
function allocatable(nodes: readonly NodeRow[], of: 'cpu' | 'memory'): number | undefined {
  let sum = 0
  for (const node of nodes) sum += node.allocatable[of] ?? Number.NaN
  return nodes.length === 0 || Number.isNaN(sum) ? undefined : sum
}

function mapReading<A, B>(reading: Reading<A>, map: (data: A) => B): Reading<B> {
  const { data, ...rest } = reading
  return data === undefined ? rest : { ...rest, data: map(data) }
}

/** Both must be there; the age is that of the older one. */
function both<A, B, C>(a: Reading<A>, b: Reading<B>, join: (a: A, b: B) => C): Reading<C> {
  const gap = a.gap ?? b.gap
  const pending = a.pending || b.pending
  if (a.data === undefined || b.data === undefined) return { pending, ...(gap && { gap }) }
  return {
    data: join(a.data, b.data),
    dataAt: Math.min(a.dataAt ?? 0, b.dataAt ?? 0),
    pending,
    ...(gap && { gap }),
  }
}
