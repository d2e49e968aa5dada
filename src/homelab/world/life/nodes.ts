// The machines as the API server sees them: Node objects, Leases that are renewed, reboots and pressures.
import { type ObjectStore, stamp } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import { leaseObject, type NodeState, nodeObject } from '#homelab/world/build/node.ts'
import type { Machine } from '#homelab/world/catalogue/shapes.ts'
import type { Run } from '#homelab/world/curves.ts'
import { core, system } from '#homelab/world/kinds.ts'
import type { NodeHistory } from '#homelab/world/signals/node.ts'
import type { KubeObject } from '#model/kube.ts'
import type { Recorder } from './events.ts'
import { type Kubelet, podKey } from './kubelet.ts'

interface Trouble {
  readonly type: string
  readonly reason: string
  readonly message: string
}

export interface Nodes {
  readonly histories: ReadonlyMap<string, NodeHistory>
  /** Whether the machine answered nothing at a moment. */
  downAt(name: string, time: number): boolean
  reboot(name: string): void
  setTrouble(name: string, trouble: Trouble): void
  clearTrouble(name: string, type: string): void
  setTaint(name: string, taint: { key: string; value?: string; effect: string }): void
  removeTaint(name: string, key: string): void
  /** Begins the heartbeats that a living cluster has. */
  beat(): void
}

const HEARTBEAT = 300_000

export function createNodes(parts: {
  store: ObjectStore
  agenda: Agenda
  record: Recorder
  kubelet: () => Kubelet
  machines: readonly Machine[]
  createdAt: number
}): Nodes {
  const { store, agenda, record, kubelet, machines, createdAt } = parts
  const states = new Map<string, NodeState>()
  const histories = new Map<string, NodeHistory>()

  const write = (machine: Machine, state: NodeState): KubeObject => {
    states.set(machine.name, state)
    const made = nodeObject(machine, state, createdAt, machines.indexOf(machine))
    const current = store.get(core.node, undefined, machine.name)
    if (!current) return store.put(core.node, made)
    const spec = current.spec as { unschedulable?: boolean }
    // Labels, annotations and a cordon belong to whoever set them.
    return store.put(core.node, {
      ...made,
      metadata: { ...current.metadata },
      spec: { ...(made.spec as object), ...(spec.unschedulable && { unschedulable: true }) },
    })
  }

  for (const machine of machines) {
    const bootedAt = agenda.now() - 26 * 86_400_000 + machine.cpus * 3_600_000
    histories.set(machine.name, { bootedAt, oomKills: [] })
    const node = write(machine, {
      bootedAt,
      ready: true,
      readySince: bootedAt + 40_000,
      troubles: [],
      taints: machine.taints,
      seenAt: agenda.now(),
      restarts: 0,
    })
    store.put(system.lease, leaseObject(node, agenda.now()))
  }

  const outages = new Map<string, Run[]>()
  const goesDown = (name: string) => {
    outages.set(name, [...(outages.get(name) ?? []), { from: agenda.now() }])
  }
  const comesUp = (name: string) => {
    outages.set(
      name,
      (outages.get(name) ?? []).map((outage) => ({ to: agenda.now(), ...outage })),
    )
  }

  const change = (name: string, next: (state: NodeState) => Partial<NodeState>): KubeObject | undefined => {
    const machine = machines.find((candidate) => candidate.name === name)
    const state = states.get(name)
    return machine && state ? write(machine, { ...state, seenAt: agenda.now(), ...next(state) }) : undefined
  }

  const tell = (
    about: KubeObject | undefined,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ) => {
    if (about) record({ about, type, reason, message, from: 'kubelet', host: about.metadata.name })
  }

  const podsOn = (name: string) =>
    [...kubelet().lives.values()].filter(({ facts, endedAt }) => facts.node === name && endedAt === undefined)

  return {
    histories,
    downAt: (name, time) =>
      (outages.get(name) ?? []).some(({ from, to }) => from <= time && (to === undefined || time < to)),
    reboot(name) {
      const now = agenda.now()
      goesDown(name)
      const down = change(name, () => ({ ready: false, readySince: now }))
      tell(down, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`)
      agenda.after(95_000, () => {
        comesUp(name)
        const at = agenda.now()
        const history = histories.get(name)
        if (history) history.bootedAt = at - 40_000
        const up = change(name, () => ({ ready: true, readySince: at, bootedAt: at - 40_000 }))
        tell(up, 'Warning', 'Rebooted', `Node ${name} has been rebooted, boot id: ${bootIdOf(up)}`)
        for (const { facts } of podsOn(name)) {
          for (const container of facts.containers) {
            kubelet().crash(podKey(facts), container.name, { exitCode: 255, reason: 'Unknown' })
          }
        }
        tell(up, 'Normal', 'NodeReady', `Node ${name} status is now: NodeReady`)
      })
    },
    setTrouble(name, trouble) {
      const since = agenda.now()
      if (trouble.type === 'Ready') goesDown(name)
      const node = change(name, ({ troubles, ready, readySince }) => ({
        troubles: [...troubles.filter(({ type }) => type !== trouble.type), { ...trouble, since }],
        ...(trouble.type === 'Ready' && { ready: false, readySince: ready ? since : readySince }),
      }))
      tell(
        node,
        'Warning',
        trouble.type === 'Ready' ? 'NodeNotReady' : `NodeHas${trouble.type}`,
        `Node ${name} status is now: ${trouble.type === 'Ready' ? 'NodeNotReady' : `NodeHas${trouble.type}`}`,
      )
    },
    clearTrouble(name, type) {
      if (type === 'Ready') comesUp(name)
      const node = change(name, ({ troubles, ready, readySince }) => ({
        troubles: troubles.filter((trouble) => trouble.type !== type),
        ready: type === 'Ready' ? true : ready,
        readySince: type === 'Ready' ? agenda.now() : readySince,
      }))
      tell(node, 'Normal', `NodeHasNo${type}`, `Node ${name} status is now: NodeHasNo${type}`)
    },
    setTaint(name, taint) {
      const timeAdded = stamp(agenda.now())
      change(name, ({ taints }) => ({
        taints: [...taints.filter(({ key }) => key !== taint.key), { ...taint, timeAdded }],
      }))
    },
    removeTaint(name, key) {
      change(name, ({ taints }) => ({ taints: taints.filter((taint) => taint.key !== key) }))
    },
    beat() {
      // Kubelets renew every 10 s; a large homelab renews in turn, so that the wire stays quiet.
      const period = Math.max(20_000, machines.length * 1000)
      machines.forEach(({ name }, index) => {
        const renew = () => {
          const node = store.get(core.node, undefined, name)
          if (node && states.get(name)?.ready) store.put(system.lease, leaseObject(node, agenda.now()))
          agenda.after(period, renew)
        }
        agenda.after((period * index) / machines.length, renew)
        const report = () => {
          if (states.get(name)?.ready) change(name, () => ({}))
          agenda.after(HEARTBEAT, report)
        }
        agenda.after((HEARTBEAT * index) / machines.length, report)
      })
    },
  }
}

function bootIdOf(node: KubeObject | undefined): string {
  const status = node?.status as { nodeInfo?: { bootID?: string } } | undefined
  return status?.nodeInfo?.bootID ?? ''
}
