// What each machine does beside and because of its pods.

import type { Machine } from '#homelab/world/catalogue/shapes.ts'
import { wave } from '#homelab/world/curves.ts'
import type { Effects, Subject } from '#homelab/world/effects.ts'
import type { Curve, NodeSignals } from '#homelab/world.ts'

const GIB = 1024 ** 3

/** The usual load of the pods on a machine: cores, and bytes a second. */
export interface Usual {
  readonly cpu: number
  readonly network: number
  readonly disk: number
}

export interface NodeHistory {
  bootedAt: number
  /** Moments at which the kernel killed something for want of memory. */
  readonly oomKills: number[]
}

export function nodeSignals(
  seed: number,
  machine: Machine,
  usual: Usual,
  history: NodeHistory,
  effects: Effects,
): NodeSignals {
  const { cpus, memory, name } = machine
  const curve = (
    signal: string,
    base: number,
    more: { daily?: number; wander?: number; flicker?: number } = {},
    part?: string,
  ) => {
    const subject: Subject = { of: 'node', name, ...(part !== undefined && { part }) }
    return effects.bend(subject, signal, wave({ key: `${seed}/${name}/${signal}/${part}`, base, ...more }))
  }
  const steady = { daily: 0.01, wander: 0.02, flicker: 0.005 }
  const busy = Math.min(0.9, usual.cpu / cpus)
  return {
    cpus,
    memoryTotal: memory * GIB - 180_000 * 1024,
    systemCpu: curve('systemCpu', 0.08 + cpus * 0.008),
    systemMemory: curve('systemMemory', 0.55 * GIB + memory * 0.012 * GIB, {
      daily: 0.05,
      wander: 0.05,
      flicker: 0.01,
    }),
    load1: curve('load1', 0.25 + usual.cpu * 1.25, { daily: 0.3, wander: 0.35, flicker: 0.2 }),
    ...(machine.temperature !== undefined && {
      temperature: curve('temperature', machine.temperature, { daily: 0.04, wander: 0.06, flicker: 0.02 }),
    }),
    filesystems: machine.filesystems.map(({ device, mountpoint, fstype, size, used }) => ({
      device,
      mountpoint,
      fstype,
      size: size * GIB,
      used: curve('filesystemUsed', size * GIB * used, steady, mountpoint),
    })),
    disks: machine.disks.map((device, index) => {
      const share = index === 0 ? 1 : 0.4
      return {
        device,
        read: curve('diskRead', (120_000 + usual.disk * 0.4) * share, {}, device),
        written: curve('diskWritten', (340_000 + usual.disk * 0.6) * share, {}, device),
        busy: curve('diskBusy', Math.min(0.5, 0.02 + usual.disk / 60_000_000) * share, {}, device),
      }
    }),
    nics: [
      {
        device: machine.nic,
        received: curve('received', 60_000 + usual.network, { daily: 0.4 }, machine.nic),
        sent: curve('sent', 60_000 + usual.network * 0.9, { daily: 0.4 }, machine.nic),
      },
    ],
    pressure: {
      cpu: curve('pressureCpu', 0.004 + busy * 0.06),
      memory: curve('pressureMemory', 0.0004),
      io: curve('pressureIo', 0.006 + usual.disk / 400_000_000),
    },
    oomKills: counted(history.oomKills),
    get bootedAt() {
      return history.bootedAt
    },
  }
}

/** A counter's rate from single moments: each adds one, within a second. */
function counted(moments: readonly number[]): Curve {
  const overlap = (from: number, to: number) =>
    moments.reduce((sum, at) => sum + Math.max(0, Math.min(to, at + 1000) - Math.max(from, at)) / 1000, 0)
  return {
    at: (time) => moments.filter((at) => at <= time && time < at + 1000).length,
    total: overlap,
  }
}
