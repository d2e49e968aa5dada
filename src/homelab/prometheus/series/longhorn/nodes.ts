// Longhorn about its nodes and disks: what they offer, what is used and what is kept back.

import type { Family, Value } from '#homelab/prometheus/series/family.ts'
import { jobIs, partOf } from '#homelab/prometheus/series/part.ts'
import type { Program } from '#homelab/prometheus/series/process.ts'
import { usageOf } from '#homelab/prometheus/series/usage.ts'
import type { Filesystem, NodeSignals } from '#homelab/world.ts'

const manager = partOf(jobIs('longhorn-backend'))

interface Node {
  readonly name: string
  readonly signals: NodeSignals
  readonly program: Program
}

const nodeOf = (program: Program): Node | undefined => {
  const name = program.target.node ?? ''
  const signals = program.scope.world.nodes.get(name)
  return signals && { name, signals, program }
}

type Rows = (node: Node) => Iterable<readonly [labels: Readonly<Record<string, string>>, value: Value]>

const ofNode = (name: string, help: string, rows: Rows): Family =>
  manager.gauge(`longhorn_${name}`, help, function* (program) {
    const node = nodeOf(program)
    if (!node) return
    for (const [labels, value] of rows(node)) yield [{ node: node.name, ...labels }, value]
  })

const single = (name: string, help: string, worth: (node: Node) => Value): Family =>
  ofNode(name, help, (node) => [[{}, worth(node)]])

/** Where volumes lie: everything but the system's own partition. */
const disksOf = ({ signals }: Node): readonly Filesystem[] =>
  signals.filesystems.filter(({ mountpoint }) => mountpoint !== '/')

const diskName = ({ device }: Filesystem) => `disk-${device.replace(/^.*\//, '')}`

const perDisk = (name: string, help: string, worth: (disk: Filesystem) => Value): Family =>
  ofNode(`disk_${name}`, help, (node) =>
    disksOf(node).map((disk) => [{ disk: diskName(disk), disk_path: disk.mountpoint }, worth(disk)]),
  )

const perNode = (name: string, help: string, worth: (disk: Filesystem) => (time: number) => number): Family =>
  single(`node_${name}`, help, (node) => {
    const all = disksOf(node).map(worth)
    return (time) => all.reduce((sum, of) => sum + of(time), 0)
  })

/** Longhorn leaves three tenths of each disk alone. */
const RESERVED = 0.3
const capacity = (disk: Filesystem) => () => disk.size
const used = (disk: Filesystem) => (time: number) => Math.floor(disk.used.at(time))
const reserved = (disk: Filesystem) => () => Math.floor(disk.size * RESERVED)
const MINUTE = 60_000

export const longhornNodeFamilies: readonly Family[] = [
  ofNode('node_status', 'Status of this node', () =>
    ['ready', 'mountpropagation', 'schedulable', 'allowScheduling'].map((condition) => [
      { condition, condition_reason: '' },
      1,
    ]),
  ),
  single('node_count_total', 'Total number of nodes in the Longhorn system', ({ program: { scope } }) => {
    const nodes = new Set(scope.targets('longhorn-backend').map((target) => target.node))
    return nodes.size
  }),
  single(
    'node_cpu_capacity_millicpu',
    'The maximum allocatable CPU on this node',
    ({ signals }) => signals.cpus * 1000,
  ),
  single('node_cpu_usage_millicpu', 'The CPU usage on this node', ({ name, signals, program: { scope } }) => {
    const usage = usageOf(scope.world, scope.objects)
    return (time) =>
      Math.round(((usage.cpu(name, signals, time) - usage.cpu(name, signals, time - MINUTE)) / 60) * 1000)
  }),
  single(
    'node_memory_capacity_bytes',
    'The maximum allocatable memory on this node',
    ({ signals }) => signals.memoryTotal,
  ),
  single(
    'node_memory_usage_bytes',
    'The memory usage on this node',
    ({ name, signals, program: { scope } }) => {
      const usage = usageOf(scope.world, scope.objects)
      return (time) => Math.round(usage.memory(name, signals, time))
    },
  ),
  perNode('storage_capacity_bytes', 'The storage capacity of this node', capacity),
  perNode('storage_usage_bytes', 'The used storage of this node', used),
  perNode('storage_reservation_bytes', 'The reserved storage for other applications on this node', reserved),
  perDisk('capacity_bytes', 'The storage capacity of this disk', capacity),
  perDisk('usage_bytes', 'The used storage of this disk', used),
  perDisk('reservation_bytes', 'The reserved storage for other applications on this disk', reserved),
  ofNode('disk_status', 'The status of this disk', (node) =>
    disksOf(node).flatMap((disk) =>
      ['ready', 'schedulable'].map(
        (condition) =>
          [{ disk: diskName(disk), disk_path: disk.mountpoint, condition, condition_reason: '' }, 1] as const,
      ),
    ),
  ),
  ofNode('manager_cpu_usage_millicpu', 'The CPU usage of this longhorn manager', ({ program }) => [
    [{ manager: program.target.labels.pod ?? '' }, (time) => Math.round(program.signals.cpu.at(time) * 1000)],
  ]),
  ofNode('manager_memory_usage_bytes', 'The memory usage of this longhorn manager', ({ program }) => [
    [{ manager: program.target.labels.pod ?? '' }, (time) => Math.round(program.signals.memory.at(time))],
  ]),
]
