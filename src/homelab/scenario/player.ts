// Plays a scenario: puts its changes on the agenda, and gives what it adds to series, logs and scrapes.
import type { ObjectStore } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import { constant, nothing, ramped, stepped } from '#homelab/world/curves.ts'
import type { Flux } from '#homelab/world/flux/flux.ts'
import { kinds } from '#homelab/world/kinds.ts'
import type { Recorder } from '#homelab/world/life/events.ts'
import { type Faults, glob } from '#homelab/world/life/faults.ts'
import { type Kubelet, type Life, podKey } from '#homelab/world/life/kubelet.ts'
import type { Nodes } from '#homelab/world/life/nodes.ts'
import type { InjectedLog } from '#homelab/world/logs.ts'
import type { World } from '#homelab/world.ts'
import type { Scenario } from './schema.ts'

export interface Stage {
  readonly scenario: Scenario
  /** The moment from which offsets count. */
  readonly start: number
  readonly store: ObjectStore
  readonly agenda: Agenda
  readonly kubelet: Kubelet
  readonly nodes: Nodes
  readonly faults: Faults
  readonly record: Recorder
  readonly flux: Flux
}

const split = (pod: string): [namespace: string, name: string] => {
  const slash = pod.indexOf('/')
  return slash < 0 ? ['default', pod] : [pod.slice(0, slash), pod.slice(slash + 1)]
}

export function playScenario(stage: Stage): void {
  playPods(stage)
  playNodes(stage)
  playFlux(stage)
  const { scenario, start, store, agenda, record } = stage
  for (const { at, about, type, reason, message, from } of scenario.events) {
    agenda.at(start + at, () => {
      const resource = kinds.find(({ kind }) => kind === about.kind)
      const object = resource && store.get(resource, about.namespace, about.name)
      if (object) record({ about: object, type, reason, message, from })
    })
  }
}

function living(kubelet: Kubelet, pattern: string): Life[] {
  const [namespace, name] = split(pattern)
  const wanted = glob(name)
  const place = glob(namespace)
  return [...kubelet.lives.values()].filter(
    ({ facts, endedAt }) =>
      endedAt === undefined &&
      place.test(facts.namespace) &&
      wanted.test(facts.name) &&
      facts.deletingAt === undefined,
  )
}

function playPods({ scenario, start, agenda, kubelet, nodes, faults }: Stage): void {
  for (const fault of scenario.pods) {
    const [namespace, pod] = split(fault.pod)
    const from = start + fault.at
    const span = { namespace, pod, from, ...(fault.until !== undefined && { to: start + fault.until }) }
    if (fault.fault === 'crash-loop') {
      const { lasts, exitCode, reason, message } = fault
      faults.add({ ...span, kind: 'crash-loop', lasts, exitCode, reason, ...(message && { message }) })
    } else faults.add({ ...span, kind: fault.fault, message: fault.message })
    agenda.at(from, () => {
      living(kubelet, fault.pod).forEach(({ facts }, index) => {
        const key = podKey(facts)
        if (fault.fault === 'not-ready') kubelet.setReady(key, fault.message)
        if (fault.fault !== 'crash-loop') return
        agenda.after(index * 3000, () => {
          const { exitCode, reason, message } = fault
          kubelet.crash(key, facts.containers[0]?.name ?? '', {
            exitCode,
            reason,
            ...(message && { message }),
          })
        })
      })
    })
    if (fault.until !== undefined && fault.fault === 'not-ready') {
      agenda.at(start + fault.until, () => {
        for (const { facts } of living(kubelet, fault.pod)) kubelet.setReady(podKey(facts), undefined)
      })
    }
  }
  for (const { pod, container, at, ...ended } of scenario.restarts) {
    for (const offset of at) {
      agenda.at(start + offset, () => {
        for (const { facts } of living(kubelet, pod)) {
          if (ended.reason === 'OOMKilled') nodes.histories.get(facts.node ?? '')?.oomKills.push(agenda.now())
          const { message, ...why } = ended
          kubelet.crash(podKey(facts), container ?? facts.containers[0]?.name ?? '', {
            ...why,
            ...(message && { message }),
          })
        }
      })
    }
  }
  for (const { pod, node, most, at, message } of scenario.evictions) {
    agenda.at(start + at, () => {
      // What belongs to the machine itself is never evicted for good.
      const chosen = living(kubelet, pod).filter(
        ({ facts }) =>
          (!node || facts.node === node) && facts.owner?.kind === 'ReplicaSet' && facts.phase === 'Running',
      )
      for (const { facts } of chosen.slice(0, most)) kubelet.evict(podKey(facts), message)
    })
  }
}

function playNodes({ scenario, start, agenda, nodes }: Stage): void {
  for (const { node, at, until, condition, reason, message, taint, reboot } of scenario.nodes) {
    agenda.at(start + at, () => {
      if (condition)
        nodes.setTrouble(node, {
          type: condition,
          reason: reason ?? `KubeletHas${condition}`,
          message: message ?? `kubelet has ${condition}`,
        })
      if (taint)
        nodes.setTaint(node, {
          key: taint.key,
          effect: taint.effect,
          ...(taint.value && { value: taint.value }),
        })
      if (reboot) nodes.reboot(node)
    })
    if (until !== undefined) {
      agenda.at(start + until, () => {
        if (condition) nodes.clearTrouble(node, condition)
        if (taint) nodes.removeTaint(node, taint.key)
      })
    }
  }
}

function playFlux({ scenario, start, agenda, flux }: Stage): void {
  for (const { at, object, state, revision, reason, message, by, images } of scenario.flux) {
    const [kind, name = ''] = object.split('/') as ['ks' | 'hr', string]
    agenda.at(start + at, () => {
      if (state === 'suspended') flux.suspend(kind, name, by)
      else if (state === 'resumed') flux.resume(kind, name)
      else if (state !== 'applied') {
        if (kind === 'hr' && revision && images) flux.chart(name, revision)
        if (images) flux.setImages(images)
        flux.trouble(kind, name, {
          is: state,
          reason: reason ?? 'ReconciliationFailed',
          message: message ?? '',
          ...(revision && { revision }),
        })
      } else {
        flux.clear(kind, name)
        if (kind === 'ks') flux.revision(name, message ?? 'change', images ?? {}, revision)
        else flux.release(name, revision ?? '0.0.0', revision ?? '', images ?? {})
      }
    })
  }
}

export function injectedLogs({ logs }: Scenario, start: number): InjectedLog[] {
  return logs.map(({ pod, container, at, until, every, stream, lines }) => {
    const [namespace, name] = split(pod)
    return {
      namespace,
      pod: glob(name),
      ...(container && { container }),
      from: start + at,
      ...(until !== undefined && { to: start + until }),
      every,
      stream,
      lines,
    }
  })
}

export function scenarioSeries({ series }: Scenario, start: number): World['extraSeries'] {
  return series.map(({ name, labels, type, value, at, until, ramp }) => ({
    labels: { ...labels, __name__: name },
    type,
    curve:
      ramp === 0
        ? constant(value)
        : stepped(
            nothing,
            ramped({ at: start + at, rise: ramp }, (share) => ({ times: 0, plus: value * share })),
          ),
    from: start + at,
    ...(until !== undefined && { to: start + until }),
  }))
}

export function targetsDown(
  { targets }: Scenario,
  start: number,
): (job: string, instance: string, time: number) => boolean {
  const known = targets.map(({ job, instance, at, until }) => ({
    job: glob(job),
    instance: glob(instance),
    from: start + at,
    to: until === undefined ? Number.POSITIVE_INFINITY : start + until,
  }))
  return (job, instance, time) =>
    known.some(
      (target) =>
        time >= target.from && time < target.to && target.job.test(job) && target.instance.test(instance),
    )
}
