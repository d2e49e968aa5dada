// Where a pod goes: the machine it asks for, else the one with the most room; and which address it gets.
import type { ObjectStore } from '#homelab/store.ts'
import type { PodTemplate } from '#homelab/world/build/template.ts'
import type { Machine } from '#homelab/world/catalogue/shapes.ts'
import { core } from '#homelab/world/kinds.ts'

export interface Scheduler {
  /** The machine for a pod, or why there is none. */
  place(template: PodTemplate, wanted?: string): Machine | string
  /** Takes a place on a machine; gives the pod's address. */
  take(machine: Machine): string
  leave(node: string): void
  /** The machine that has an address, or on which the pod with that address runs. */
  machineAt(address: string): Machine | undefined
}

export function createScheduler(store: ObjectStore, machines: readonly Machine[]): Scheduler {
  const counts = new Map<string, number>()
  const addresses = new Map<string, number>()
  const index = new Map(machines.map((machine, position) => [machine.name, position]))

  const open = (machine: Machine) => {
    const spec = store.get(core.node, undefined, machine.name)?.spec as
      | { unschedulable?: boolean; taints?: { effect: string }[] }
      | undefined
    return !spec?.unschedulable && !spec?.taints?.some(({ effect }) => effect !== 'PreferNoSchedule')
  }
  const load = (machine: Machine) =>
    ((counts.get(machine.name) ?? 0) + 1) / (machine.memory * (machine.taints.length > 0 ? 0.1 : 1))

  return {
    place(template, wanted) {
      const hostname = wanted ?? template.spec.nodeSelector?.['kubernetes.io/hostname']
      const fitting = machines.filter(({ name }) => hostname === undefined || name === hostname)
      const free = wanted ? fitting : fitting.filter(open)
      const best = free.reduce<Machine | undefined>(
        (least, machine) => (least && load(least) <= load(machine) ? least : machine),
        undefined,
      )
      if (best) return best
      const total = machines.length
      return `0/${total} nodes are available: ${total - fitting.length} node(s) didn't match Pod's node affinity/selector, ${fitting.length} node(s) were unschedulable. preemption: 0/${total} nodes are available: ${total} Preemption is not helpful for scheduling.`
    },
    take({ name }) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      const address = addresses.get(name) ?? 0
      addresses.set(name, address + 1)
      const position = index.get(name) ?? 0
      return `10.${244 + (position >> 8)}.${position & 255}.${2 + (address % 250)}`
    },
    machineAt(address) {
      const [first, second = 0, third = 0] = address.split('.').map(Number)
      // Pod networks are numbered as the machines are.
      if (first === 10) return machines[(second - 244) * 256 + third]
      return machines.find(({ ip }) => ip === address)
    },
    leave(node) {
      counts.set(node, Math.max(0, (counts.get(node) ?? 1) - 1))
    },
  }
}
