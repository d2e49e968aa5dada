// What a whole node uses: its pods' use, from the same signals that cAdvisor's series are made of, and the
// rest of the machine. So the two always agree.
import type { ContainerSignals, NodeSignals, World } from '#homelab/world.ts'
import type { Objects } from './objects.ts'
import { type Run, runsOf } from './runs.ts'

export interface NodeUsage {
  /** CPU seconds used from the node's boot to `time`. */
  cpu(node: string, signals: NodeSignals, time: number): number
  /** Bytes in use at `time`. */
  memory(node: string, signals: NodeSignals, time: number): number
}

interface Load {
  readonly run: Run
  readonly signals: ContainerSignals
  /** What an ended run used in all. */
  whole?: number
}

const DAY = 86_400_000
const KEPT = 50_000
const MINUTE = 60_000
const LOOKBACK = 15 * MINUTE
/** Cores that are left on a machine that does all it can: for waiting on disks, and for uneven processors. */
const leastSpare = (cpus: number) => 0.02 * cpus + 0.1
const usages = new WeakMap<World, NodeUsage>()

export function usageOf(world: World, objects: Objects): NodeUsage {
  let usage = usages.get(world)
  if (!usage) {
    usage = createUsage(world, objects)
    usages.set(world, usage)
  }
  return usage
}

const boots = new WeakMap<NodeSignals, number[]>()

/**
 * The boot that `time` falls into: one of those that the node was seen to have had, or before them an earlier one
 * that nobody remembers. The signals tell only the newest, and a reboot must not rewrite the past.
 */
export function bootBefore(world: World, signals: NodeSignals, time: number): number {
  const seen = boots.get(signals) ?? []
  if (seen.at(-1) !== signals.bootedAt) {
    seen.push(signals.bootedAt)
    boots.set(signals, seen)
  }
  return seen.findLast((boot) => boot <= time) ?? Math.min(world.beganAt, seen[0] ?? 0) - 20 * DAY
}

function createUsage(world: World, objects: Objects): NodeUsage {
  let loads = new Map<string, Load[]>()
  let revision = -1
  const loadsOf = (node: string): readonly Load[] => {
    if (revision !== world.store.revision) {
      revision = world.store.revision
      loads = readLoads(world, objects)
    }
    return loads.get(node) ?? []
  }
  // The past does not change, and every CPU and mode of a node asks for the same sum.
  const memo = (work: (node: string, signals: NodeSignals, time: number) => number) => {
    const values = new Map<string, number>()
    return (node: string, signals: NodeSignals, time: number) => {
      const key = `${node} ${time}`
      let value = values.get(key)
      if (value === undefined) {
        if (values.size >= KEPT) values.clear()
        value = work(node, signals, time)
        values.set(key, value)
      }
      return value
    }
  }
  const asked = memo((node, signals, time) => {
    const boot = bootBefore(world, signals, time)
    let used = signals.systemCpu.total(boot, time)
    for (const load of loadsOf(node)) used += usedBy(load, boot, time)
    return used
  })
  const spare = (node: string, signals: NodeSignals, boot: number, time: number) =>
    (signals.cpus * (time - boot)) / 1000 - asked(node, signals, time)
  return {
    // Containers that start at once may ask for more than the machine has. It gives what it has, so what was left over
    // never shrinks: it is at least what it was at any of the last minutes and a little more for each second since.
    cpu: memo((node, signals, time) => {
      const boot = bootBefore(world, signals, time)
      let left = spare(node, signals, boot, time)
      const minute = Math.floor(time / MINUTE) * MINUTE
      for (let at = minute; at > minute - LOOKBACK && at > boot; at -= MINUTE) {
        left = Math.max(
          left,
          spare(node, signals, boot, at) + leastSpare(signals.cpus) * ((time - at) / 1000),
        )
      }
      return (signals.cpus * (time - boot)) / 1000 - left
    }),
    memory: memo((node, signals, time) => {
      let used = signals.systemMemory.at(time)
      for (const { run, signals: container } of loadsOf(node)) {
        if (run.from <= time && time < run.to) used += container.memory.at(time)
      }
      return Math.min(used, signals.memoryTotal * 0.995)
    }),
  }
}

function usedBy(load: Load, boot: number, time: number): number {
  const { run, signals } = load
  const start = Math.max(run.startedAt, boot)
  if (time <= start || run.to <= boot) return 0
  if (run.to > time) return signals.cpu.total(start, time)
  if (start !== run.startedAt) return signals.cpu.total(start, run.to)
  load.whole ??= signals.cpu.total(start, run.to)
  return load.whole
}

function readLoads(world: World, objects: Objects): Map<string, Load[]> {
  const loads = new Map<string, Load[]>()
  for (const history of objects.histories('pods')) {
    const pod = world.pod(history.namespace ?? '', history.name)
    if (!pod) continue
    for (const run of runsOf(history)) {
      const signals = pod.containers.get(run.container.name)
      if (!signals) continue
      const list = loads.get(run.pod.node)
      if (list) list.push({ run, signals })
      else loads.set(run.pod.node, [{ run, signals }])
    }
  }
  return loads
}
