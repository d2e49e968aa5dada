// The kubelets: pods are created, start, become ready, crash, back off and go, each step at its time.
import { type ObjectStore, uidOf } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import type { Owner } from '#homelab/world/build/meta.ts'
import { type Ended, isReady, type PodFacts, podObject } from '#homelab/world/build/pod.ts'
import type { PodTemplate } from '#homelab/world/build/template.ts'
import type { App, Machine } from '#homelab/world/catalogue/shapes.ts'
import { core } from '#homelab/world/kinds.ts'
import { chance, hash } from '#homelab/world/random.ts'
import type { Recorder } from './events.ts'
import type { Faults } from './faults.ts'
import {
  backingOff,
  backOffSeconds,
  completedPod,
  evictedPod,
  freshPod,
  leavingPod,
  runningPod,
  withContainer,
} from './pod-steps.ts'
import type { Scheduler } from './scheduler.ts'

export interface NewPod {
  readonly namespace: string
  readonly name: string
  readonly app: App
  readonly template: PodTemplate
  readonly labels: Record<string, string>
  readonly owner?: Owner
  readonly node?: string
  /** Seconds after which it completes, for jobs. */
  readonly takes?: number
}

/** What is remembered of a pod after it is gone, so that its signals and logs can be told of the past. */
export interface Life {
  facts: PodFacts
  readonly runs: Map<string, { from: number; to?: number }[]>
  endedAt?: number
  /** Grows with each turn of events of a container, so that steps planned before it are dropped. */
  readonly turns: Map<string, number>
  readonly takes?: number
}

export interface Kubelet {
  readonly lives: ReadonlyMap<string, Life>
  of(ownerUid: string): readonly PodFacts[]
  start(pod: NewPod): void
  /** A pod that has been running since a moment in the past. */
  adopt(pod: NewPod, since: number): void
  crash(key: string, container: string, ended: { exitCode: number; reason: string; message?: string }): void
  setReady(key: string, message: string | undefined): void
  evict(key: string, message: string): void
  remove(key: string): void
  onPodChange(listener: (facts: PodFacts) => void): void
}

export const podKey = (pod: { namespace: string; name: string }): string => `${pod.namespace}/${pod.name}`

interface Parts {
  readonly seed: number
  readonly store: ObjectStore
  readonly agenda: Agenda
  readonly record: Recorder
  readonly faults: Faults
  readonly scheduler: Scheduler
  readonly machines: ReadonlyMap<string, Machine>
}

export function createKubelet({ seed, store, agenda, record, faults, scheduler, machines }: Parts): Kubelet {
  const lives = new Map<string, Life>()
  const byOwner = new Map<string, Set<string>>()
  const listeners: ((facts: PodFacts) => void)[] = []

  const write = (life: Life, facts: PodFacts) => {
    life.facts = facts
    const current = store.get(core.pod, facts.namespace, facts.name)
    const object = podObject(facts)
    const kept = current
      ? { labels: current.metadata.labels, annotations: current.metadata.annotations }
      : undefined
    store.put(
      core.pod,
      kept
        ? {
            ...object,
            metadata: {
              ...object.metadata,
              ...(kept.labels && { labels: kept.labels }),
              ...(kept.annotations && { annotations: kept.annotations }),
            },
          }
        : object,
    )
    for (const listener of listeners) listener(facts)
  }

  const tell = (
    life: Life,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    container?: string,
  ) => {
    const about = store.get(core.pod, life.facts.namespace, life.facts.name)
    if (!about) return
    const from = reason === 'Scheduled' || reason === 'FailedScheduling' ? 'default-scheduler' : 'kubelet'
    const host = from === 'kubelet' ? life.facts.node : undefined
    record({ about, type, reason, message, from, ...(host && { host }), ...(container && { container }) })
  }

  /** Plans a step that is dropped if something else happens to the pod first. */
  const then = (life: Life, container: string, seconds: number, step: () => void) => {
    const turn = life.turns.get(container)
    agenda.after(seconds * 1000, () => {
      if (life.turns.get(container) === turn && life.endedAt === undefined) step()
    })
  }
  const turn = (life: Life, container: string) =>
    life.turns.set(container, (life.turns.get(container) ?? 0) + 1)
  const turnAll = (life: Life) => {
    for (const container of ['', ...life.runs.keys()]) turn(life, container)
  }

  const become = (life: Life, facts: PodFacts) => {
    const flipped = isReady(facts) !== isReady(life.facts)
    write(life, flipped ? { ...facts, readyChangedAt: agenda.now() } : facts)
  }

  const closeRun = (life: Life, container: string) => {
    const run = life.runs.get(container)?.at(-1)
    if (run && run.to === undefined) run.to = agenda.now()
  }

  const register = (pod: NewPod, createdAt: number): Life => {
    const key = podKey(pod)
    const facts = freshPod(pod, uidOf(`${seed}/${key}/${createdAt}`), createdAt)
    const former = lives.get(key)
    const runs = new Map(facts.containers.map(({ name }) => [name, [...(former?.runs.get(name) ?? [])]]))
    const life: Life = { facts, runs, turns: new Map(), ...(pod.takes !== undefined && { takes: pod.takes }) }
    lives.set(key, life)
    if (pod.owner) {
      const siblings = byOwner.get(pod.owner.uid)
      if (siblings) siblings.add(key)
      else byOwner.set(pod.owner.uid, new Set([key]))
    }
    return life
  }

  const addressOf = (machine: Machine, pod: PodTemplate) => {
    const ip = scheduler.take(machine)
    return { node: machine.name, nodeIp: machine.ip, ip: pod.spec.hostNetwork ? machine.ip : ip }
  }

  const ready = (life: Life, container: string) => {
    const fault = faults.of('not-ready', life.facts, agenda.now())
    if (fault) {
      tell(life, 'Warning', 'Unhealthy', fault.message, container)
      then(life, container, 10, () => ready(life, container))
      return
    }
    become(life, withContainer(life.facts, container, { ready: true }))
  }

  const run = (life: Life, container: string) => {
    const now = agenda.now()
    life.runs.get(container)?.push({ from: now })
    become(life, {
      ...withContainer(life.facts, container, { state: { is: 'running', startedAt: now } }),
      phase: 'Running',
    })
    tell(life, 'Normal', 'Created', `Container created: ${container}`, container)
    tell(life, 'Normal', 'Started', `Container started: ${container}`, container)
    const fault = faults.of('crash-loop', life.facts, now)
    if (fault) {
      then(life, container, fault.lasts / 1000, () => crash(life, container, fault))
      return
    }
    if (life.takes !== undefined) then(life, container, life.takes, () => complete(life))
    const patience = 2 + (hash(`${podKey(life.facts)}/ready`) % 8)
    agenda.after(patience * 1000, () => {
      const state = life.facts.containers.find(({ name }) => name === container)?.state
      if (life.endedAt === undefined && state?.is === 'running' && state.startedAt === now)
        ready(life, container)
    })
  }

  const complete = (life: Life) => {
    for (const { name } of life.facts.containers) closeRun(life, name)
    become(life, completedPod(life.facts, agenda.now()))
  }

  const pull = (life: Life) => {
    const now = agenda.now()
    const fault = faults.of('image-pull', life.facts, now)
    for (const { name, image } of life.facts.template.spec.containers) {
      if (!fault) {
        tell(life, 'Normal', 'Pulled', `Container image "${image}" already present on machine`, name)
        run(life, name)
        continue
      }
      tell(life, 'Normal', 'Pulling', `Pulling image "${image}"`, name)
      tell(life, 'Warning', 'Failed', `Failed to pull image "${image}": ${fault.message}`, name)
      tell(life, 'Warning', 'Failed', 'Error: ErrImagePull', name)
      const wait = (reason: string, message: string) =>
        become(life, withContainer(life.facts, name, { state: { is: 'waiting', reason, message } }))
      wait('ErrImagePull', fault.message)
      then(life, name, 14, () => {
        tell(life, 'Normal', 'BackOff', `Back-off pulling image "${image}"`, name)
        wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${fault.message}`)
      })
    }
    if (fault) then(life, '', Math.min(300, 20 + (now - life.facts.createdAt) / 1000), () => pull(life))
  }

  const crash = (
    life: Life,
    container: string,
    why: { exitCode: number; reason: string; message?: string },
  ) => {
    const now = agenda.now()
    const state = life.facts.containers.find(({ name }) => name === container)
    if (state?.state.is !== 'running') return
    turn(life, container)
    closeRun(life, container)
    const ended: Ended = {
      exitCode: why.exitCode,
      reason: why.reason,
      ...(why.message && { message: why.message }),
      startedAt: state.state.startedAt,
      finishedAt: now,
    }
    become(
      life,
      withContainer(life.facts, container, { ready: false, state: { is: 'terminated', ...ended } }),
    )
    const recent = (life.runs.get(container) ?? []).filter(
      ({ to }) => to !== undefined && to > now - 3_600_000,
    ).length
    const restart = () => {
      become(life, withContainer(life.facts, container, { restarts: state.restarts + 1, last: ended }))
      run(life, container)
    }
    if (recent <= 1) {
      then(life, container, 1, restart)
      return
    }
    const seconds = backOffSeconds(recent)
    then(life, container, 1, () => {
      const { name, namespace, uid } = life.facts
      become(life, backingOff(life.facts, container, seconds, ended))
      const pod = `${name}_${namespace}(${uid})`
      tell(
        life,
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container} in pod ${pod}`,
        container,
      )
      then(life, container, seconds, restart)
    })
  }

  const finish = (key: string) => {
    const life = lives.get(key)
    if (!life || life.endedAt !== undefined) return
    life.endedAt = agenda.now()
    turnAll(life)
    for (const { name } of life.facts.containers) closeRun(life, name)
    if (life.facts.node) scheduler.leave(life.facts.node)
    if (life.facts.owner) byOwner.get(life.facts.owner.uid)?.delete(key)
  }

  const remove = (key: string) => {
    const life = lives.get(key)
    if (!life || life.endedAt !== undefined || life.facts.deletingAt !== undefined) return
    turnAll(life)
    for (const { name } of life.facts.containers)
      tell(life, 'Normal', 'Killing', `Stopping container ${name}`, name)
    become(life, leavingPod(life.facts, agenda.now()))
    then(life, '', 2 + Math.floor(chance(key) * 3), () =>
      store.remove(core.pod, life.facts.namespace, life.facts.name),
    )
  }

  store.onChange(({ type, resource, object }) => {
    if (resource !== core.pod && !(resource.group === '' && resource.plural === 'pods')) return
    const key = podKey({ namespace: object.metadata.namespace ?? '', name: object.metadata.name })
    if (type === 'deleted') {
      finish(key)
      const life = lives.get(key)
      if (life) for (const listener of listeners) listener(life.facts)
    } else if (object.metadata.deletionTimestamp) {
      const life = lives.get(key)
      // Asked for through the API: the kubelet ends the containers, then the object goes.
      if (life && life.facts.deletingAt === undefined) agenda.after(0, () => remove(key))
    }
  })

  return {
    lives,
    of: (ownerUid) =>
      [...(byOwner.get(ownerUid) ?? [])].flatMap((key) => {
        const life = lives.get(key)
        return life ? [life.facts] : []
      }),
    start(pod) {
      const machine = scheduler.place(pod.template, pod.node)
      const life = register(pod, agenda.now())
      if (typeof machine === 'string') {
        write(life, { ...life.facts, unschedulable: machine })
        tell(life, 'Warning', 'FailedScheduling', machine)
        then(life, '', 60, () => {
          store.remove(core.pod, pod.namespace, pod.name)
        })
        return
      }
      const { node, nodeIp, ip } = addressOf(machine, pod.template)
      write(life, { ...life.facts, node, nodeIp })
      tell(life, 'Normal', 'Scheduled', `Successfully assigned ${podKey(pod)} to ${node}`)
      then(life, '', 1 + (hash(podKey(pod)) % 3), () => {
        become(life, { ...life.facts, ip })
        pull(life)
      })
    },
    adopt(pod, since) {
      const machine = machines.get(pod.node ?? '') ?? scheduler.place(pod.template, pod.node)
      if (typeof machine === 'string') throw new Error(`${podKey(pod)}: ${machine}`)
      const life = register(pod, since - 4000)
      for (const runs of life.runs.values()) runs.push({ from: since })
      write(life, { ...runningPod(life.facts, since), ...addressOf(machine, pod.template) })
    },
    crash(key, container, ended) {
      const life = lives.get(key)
      if (life && life.endedAt === undefined) crash(life, container, ended)
    },
    setReady(key, message) {
      const life = lives.get(key)
      if (!life || life.endedAt !== undefined || life.facts.phase !== 'Running') return
      for (const { name, state } of life.facts.containers) {
        if (state.is !== 'running') continue
        if (message === undefined) ready(life, name)
        else {
          become(life, withContainer(life.facts, name, { ready: false }))
          tell(life, 'Warning', 'Unhealthy', message, name)
        }
      }
    },
    evict(key, message) {
      const life = lives.get(key)
      if (!life || life.endedAt !== undefined || life.facts.phase === 'Failed') return
      turnAll(life)
      for (const { name } of life.facts.containers) closeRun(life, name)
      tell(life, 'Warning', 'Evicted', message)
      become(life, evictedPod(life.facts, agenda.now(), message))
    },
    remove,
    onPodChange(listener) {
      listeners.push(listener)
    },
  }
}
