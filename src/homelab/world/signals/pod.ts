// What each pod does: curves from the catalogue's usual figures, running while the containers ran.

import type { App, ContainerPart } from '#homelab/world/catalogue/shapes.ts'
import {
  atOnce,
  busyStart,
  nothing,
  type Run,
  slowFill,
  sum,
  wave,
  whileRunning,
} from '#homelab/world/curves.ts'
import type { Effects, Subject } from '#homelab/world/effects.ts'
import type { Kubelet, Life } from '#homelab/world/life/kubelet.ts'
import { podKey } from '#homelab/world/life/kubelet.ts'
import { chance } from '#homelab/world/random.ts'
import type { PodSignals } from '#homelab/world.ts'

const MIB = 1024 * 1024

/** What a database's clients usually keep open, all together. */
const CONNECTIONS = 19

/** Replicas of a database rest while their primary works. */
function effort(app: App, pod: string): number {
  if (app.kind === 'Postgres' && !pod.endsWith('-1')) return 0.4
  return 1
}

export function createPodSignals(seed: number, kubelet: Kubelet, effects: Effects) {
  const known = new WeakMap<Life, PodSignals>()

  const build = (life: Life): PodSignals => {
    const { facts } = life
    const { app, namespace, name } = facts
    const key = `${seed}/${podKey(facts)}`
    const own = (0.88 + 0.24 * chance(`${key}/effort`)) * effort(app, name)
    const daily = app.daily ?? 0.25
    const curve = (
      signal: string,
      base: number,
      more: { daily?: number; wander?: number; flicker?: number } = {},
    ) =>
      base <= 0
        ? nothing
        : wave({ key: `${key}/${signal}`, base, daily, wander: 0.22, flicker: 0.2, ...more })

    const container = (container: string, runs: readonly Run[]) => {
      const part: ContainerPart | undefined = app.containers.find((candidate) => candidate.name === container)
      const subject: Subject = { of: 'pod', namespace, name, container }
      const [cpu, , limit] = part?.cpu ?? [0.01, 0, 0]
      const [memory] = part?.memory ?? [32, 0, 0]
      const first = app.containers[0]?.name === container
      const throttled = limit > 0 ? Math.min(0.4, (cpu / limit) ** 2) : 0
      const make = (signal: string, base: number, warmup = atOnce, shape = {}) =>
        whileRunning(
          effects.bend(subject, signal, curve(`${container}/${signal}`, base, shape)),
          runs,
          warmup,
        )
      const still = { daily: 0.02, wander: 0.04, flicker: 0.01 }
      return {
        cpu: make('cpu', cpu * own, busyStart),
        memory: make('memory', memory * MIB * (0.9 + own * 0.1), slowFill, still),
        throttled: make('throttled', throttled),
        diskRead: make('diskRead', first ? (app.disk?.[0] ?? 400) * own : 60),
        diskWrite: make('diskWrite', first ? (app.disk?.[1] ?? 1500) * own : 90),
      }
    }

    const containers = new Map([...life.runs].map(([name, runs]) => [name, container(name, runs)]))
    const runs = [...life.runs.values()][0] ?? []
    const subject: Subject = { of: 'pod', namespace, name }
    const [received, sent] = app.network ?? [2_400, 3_100]
    const network = (signal: string, base: number) =>
      whileRunning(effects.bend(subject, signal, sum(curve(signal, base * own))), runs)
    return {
      containers,
      received: network('received', received),
      sent: network('sent', sent),
      ...(app.kind === 'Postgres' && { connections: network('connections', CONNECTIONS) }),
    }
  }

  return (namespace: string, name: string): PodSignals | undefined => {
    const life = kubelet.lives.get(`${namespace}/${name}`)
    if (!life) return undefined
    const made = known.get(life) ?? build(life)
    known.set(life, made)
    return made
  }
}
