// The columns of a pod, with the STATUS word as the API server's own printer works it out (printPod).
import { age } from '#homelab/kube/age.ts'
import { at, type Fields, listAt, named, numberAt, textAt } from '#homelab/kube/json.ts'
import { humanDuration } from '#model/age.ts'
import type { KubeObject } from '#model/kube.ts'
import { AGE, type Column, column, NAME, orNone, wide } from './column.ts'

const statuses = (pod: KubeObject) => listAt(pod, 'status', 'containerStatuses')

const initStatuses = (pod: KubeObject) => listAt(pod, 'status', 'initContainerStatuses')

/** Init containers that restart always are sidecars and count as containers. */
function sidecars(pod: KubeObject): readonly Fields[] {
  const names = listAt(pod, 'spec', 'initContainers')
    .filter((container) => container.restartPolicy === 'Always')
    .map((container) => textAt(container, 'name'))
  return initStatuses(pod).filter((status) => names.includes(textAt(status, 'name')))
}

const counted = (pod: KubeObject) => [...statuses(pod), ...sidecars(pod)]

function total(pod: KubeObject): number {
  const always = listAt(pod, 'spec', 'initContainers').filter((one) => one.restartPolicy === 'Always')
  return listAt(pod, 'spec', 'containers').length + always.length
}

function initStatus(pod: KubeObject): string | undefined {
  const list = initStatuses(pod)
  const specs = listAt(pod, 'spec', 'initContainers')
  for (const [index, status] of list.entries()) {
    const terminated = at(status, 'state', 'terminated')
    if (terminated !== undefined && numberAt(terminated, 'exitCode') === 0) continue
    const always = named(specs, textAt(status, 'name'))?.restartPolicy === 'Always'
    if (always && status.started === true) continue
    if (terminated !== undefined) {
      const reason = textAt(terminated, 'reason')
      if (reason) return `Init:${reason}`
      const signal = numberAt(terminated, 'signal')
      return signal ? `Init:Signal:${signal}` : `Init:ExitCode:${numberAt(terminated, 'exitCode')}`
    }
    const waiting = textAt(status, 'state', 'waiting', 'reason')
    if (waiting && waiting !== 'PodInitializing') return `Init:${waiting}`
    return `Init:${index}/${specs.length}`
  }
  return undefined
}

function containerStatus(pod: KubeObject, before: string): string {
  let reason = before
  let running = false
  for (const status of [...statuses(pod)].reverse()) {
    const waiting = textAt(status, 'state', 'waiting', 'reason')
    const terminated = at(status, 'state', 'terminated')
    if (waiting) reason = waiting
    else if (terminated !== undefined) {
      const signal = numberAt(terminated, 'signal')
      const plain = signal ? `Signal:${signal}` : `ExitCode:${numberAt(terminated, 'exitCode')}`
      reason = textAt(terminated, 'reason') || plain
    } else if (status.ready === true && at(status, 'state', 'running') !== undefined) running = true
  }
  if (reason !== 'Completed' || !running) return reason
  const ready = named(listAt(pod, 'status', 'conditions'), 'Ready', 'type')?.status === 'True'
  return ready ? 'Running' : 'NotReady'
}

function podStatus(pod: KubeObject): string {
  const gate = named(listAt(pod, 'status', 'conditions'), 'PodScheduled', 'type')
  let reason = textAt(pod, 'status', 'reason') || textAt(pod, 'status', 'phase')
  if (gate?.reason === 'SchedulingGated') reason = 'SchedulingGated'
  const init = initStatus(pod)
  const initialized = named(listAt(pod, 'status', 'conditions'), 'Initialized', 'type')?.status === 'True'
  reason = init !== undefined && !initialized ? init : containerStatus(pod, reason)
  if (at(pod, 'metadata', 'deletionTimestamp') === undefined) return reason
  if (textAt(pod, 'status', 'reason') === 'NodeLost') return 'Unknown'
  return ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase')) ? reason : 'Terminating'
}

function restarts(pod: KubeObject, now: number): string | number {
  const list = counted(pod)
  const sum = list.reduce((all, status) => all + numberAt(status, 'restartCount'), 0)
  const ends = list.map((status) => Date.parse(textAt(status, 'lastState', 'terminated', 'finishedAt')))
  const last = Math.max(0, ...ends.filter((end) => !Number.isNaN(end)))
  return sum > 0 && last > 0 ? `${sum} (${humanDuration(Math.max(0, now - last))} ago)` : String(sum)
}

function gates(pod: KubeObject): string {
  const list = listAt(pod, 'spec', 'readinessGates')
  if (list.length === 0) return '<none>'
  const conditions = listAt(pod, 'status', 'conditions')
  const ready = list.filter(
    (gate) => named(conditions, textAt(gate, 'conditionType'), 'type')?.status === 'True',
  )
  return `${ready.length}/${list.length}`
}

export const POD_COLUMNS: readonly Column[] = [
  NAME,
  column('Ready', (pod) => `${counted(pod).filter((status) => status.ready === true).length}/${total(pod)}`),
  column('Status', podStatus),
  column('Restarts', restarts),
  AGE,
  wide('IP', (pod) => orNone(textAt(pod, 'status', 'podIP'))),
  wide('Node', (pod) => orNone(textAt(pod, 'spec', 'nodeName'))),
  wide('Nominated Node', (pod) => orNone(textAt(pod, 'status', 'nominatedNodeName'))),
  wide('Readiness Gates', gates),
]

function roles(node: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/'
  const found = Object.keys(node.metadata.labels ?? {})
    .filter((label) => label.startsWith(prefix))
    .map((label) => label.slice(prefix.length))
  return orNone(found.sort().join(','))
}

function nodeStatus(node: KubeObject): string {
  const ready = named(listAt(node, 'status', 'conditions'), 'Ready', 'type')?.status
  const word = ready === 'True' ? 'Ready' : ready === undefined ? 'Unknown' : 'NotReady'
  return at(node, 'spec', 'unschedulable') === true ? `${word},SchedulingDisabled` : word
}

const address = (type: string) => (node: KubeObject) =>
  orNone(textAt(named(listAt(node, 'status', 'addresses'), type, 'type'), 'address'))

const info = (field: string) => (node: KubeObject) => textAt(node, 'status', 'nodeInfo', field) || '<unknown>'

export const NODE_COLUMNS: readonly Column[] = [
  NAME,
  column('Status', nodeStatus),
  column('Roles', roles),
  AGE,
  column('Version', info('kubeletVersion')),
  wide('Internal-IP', address('InternalIP')),
  wide('External-IP', address('ExternalIP')),
  wide('OS-Image', info('osImage')),
  wide('Kernel-Version', info('kernelVersion')),
  wide('Container-Runtime', info('containerRuntimeVersion')),
]

export const EVENT_COLUMNS: readonly Column[] = [
  column('Last Seen', (event, now) =>
    age(
      at(event, 'series', 'lastObservedTime') ??
        event.lastTimestamp ??
        event.deprecatedLastTimestamp ??
        event.eventTime,
      now,
    ),
  ),
  column('Type', (event) => textAt(event, 'type')),
  column('Reason', (event) => textAt(event, 'reason')),
  column('Object', (event) => {
    const about = event.involvedObject ?? event.regarding
    return `${textAt(about, 'kind').toLowerCase()}/${textAt(about, 'name')}`
  }),
  wide('Subobject', (event) => textAt(event.involvedObject ?? event.regarding, 'fieldPath')),
  wide('Source', (event) => {
    const source = event.source ?? event.deprecatedSource
    const host = textAt(source, 'host')
    const component = textAt(source, 'component') || textAt(event, 'reportingComponent')
    return host ? `${component}, ${host}` : component
  }),
  column('Message', (event) => (textAt(event, 'message') || textAt(event, 'note')).trim()),
  wide('First Seen', (event, now) =>
    age(event.firstTimestamp ?? event.deprecatedFirstTimestamp ?? event.eventTime, now),
  ),
  wide('Count', (event) => String(event.count ?? event.deprecatedCount ?? 1)),
  column('Name', (event) => event.metadata.name, { priority: 1, format: 'name' }),
]
