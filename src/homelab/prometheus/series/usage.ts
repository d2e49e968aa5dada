// What a whole node uses: its pods' use, from the same signals that cAdvisor's series are made of, and the
// rest of the machine. So the two always agree.
import type { ObjectHistory } from '#homelab/store.ts'
import type { ContainerSignals, NodeSignals, World } from '#homelab/world.ts'
import type { Objects } from './objects.ts'
import { type Run, runsOf } from './runs.ts'
import { grownSince } from './since.ts'

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
/** Moments of one node: the scrapes of fourteen days, and of the windows before them. */
const KEPT = 45_000
const MINUTE = 60_000
const LOOKBACK = 8 * MINUTE
/** Divides the scrape interval. */
const STEP = 30_000
const FIVE = 5 * MINUTE
const CARRIED = 3 * 60 * MINUTE
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
    const now = objects.revisionOf('pods')
    if (revision !== now) {
      revision = now
      loads = readLoads(world, objects)
    }
    return loads.get(node) ?? []
  }
  // The past does not change, and every CPU and mode of a node asks for the same sum.
  const memo = (work: (node: string, signals: NodeSignals, time: number) => number) => {
    const byNode = new Map<string, Map<number, number>>()
    return (node: string, signals: NodeSignals, time: number) => {
      let values = byNode.get(node)
      if (!values) {
        values = new Map()
        byNode.set(node, values)
      }
      let value = values.get(time)
      if (value === undefined) {
        value = work(node, signals, time)
        if (values.size >= KEPT) values.clear()
        values.set(time, value)
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
  // A machine may be asked for too much for hours: what was left over is carried from five minutes to five minutes,
  // from a little before the homelab was opened. All moments are a whole number of scrapes from the one asked for, so
  // that no scrape can have seen a peak that was not looked at.
  const anchor = Math.floor((world.clock.now() - CARRIED) / FIVE) * FIVE
  const carried = new Map<string, number[]>()
  const kept = (node: string, signals: NodeSignals, time: number): number => {
    const first = anchor + (time % STEP)
    const index = Math.floor((time - first) / FIVE)
    if (index < 0) return 0
    const key = `${node} ${first}`
    const all = carried.get(key) ?? [spare(node, signals, bootBefore(world, signals, first), first)]
    carried.set(key, all)
    const least = leastSpare(signals.cpus)
    for (let next = all.length; next <= index; next += 1) {
      const end = first + next * FIVE
      const boot = bootBefore(world, signals, end)
      let left = boot > end - FIVE ? 0 : (all[next - 1] ?? 0)
      const plain = spare(node, signals, boot, end)
      // Only where little was left can it have shrunk in between.
      const isClose = plain - left < (signals.cpus * FIVE) / 2000
      for (let at = end - FIVE + STEP; isClose && at < end; at += STEP) {
        left += (least * STEP) / 1000
        if (at > boot) left = Math.max(left, spare(node, signals, boot, at))
      }
      all.push(Math.max(left + (least * (isClose ? STEP : FIVE)) / 1000, plain))
    }
    const start = first + index * FIVE
    return bootBefore(world, signals, time) > start ? 0 : (all[index] ?? 0) + least * ((time - start) / 1000)
  }
  return {
    // Containers that start at once may ask for more than the machine has. It gives what it has, so what was left over
    // never shrinks: it is at least what it was at any of the last scrapes and a little more for each second since.
    cpu: memo((node, signals, time) => {
      const boot = bootBefore(world, signals, time)
      const least = leastSpare(signals.cpus)
      let left = Math.max(spare(node, signals, boot, time), kept(node, signals, time))
      for (let at = time - STEP; at > time - LOOKBACK && at > boot; at -= STEP) {
        left = Math.max(left, spare(node, signals, boot, at) + (least * (time - at)) / 1000)
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
  if (run.to > time) return grownSince(signals.cpu, start, time)
  if (start !== run.startedAt) return signals.cpu.total(start, run.to)
  load.whole ??= signals.cpu.total(start, run.to)
  return load.whole
}

const known = new WeakMap<
  ObjectHistory['versions'],
  { readonly runs: readonly Run[]; readonly loads: readonly Load[] }
>()

/** What a pod's containers ask for, read again when it has changed. */
function loadsOfPod(world: World, history: ObjectHistory): readonly Load[] {
  const runs = runsOf(history)
  const cached = known.get(history.versions)
  if (cached?.runs === runs) return cached.loads
  const pod = world.pod(history.namespace ?? '', history.name)
  const loads = runs.flatMap((run) => {
    const signals = pod?.containers.get(run.container.name)
    return signals ? [{ run, signals }] : []
  })
  known.set(history.versions, { runs, loads })
  return loads
}

function readLoads(world: World, objects: Objects): Map<string, Load[]> {
  const loads = new Map<string, Load[]>()
  for (const history of objects.histories('pods')) {
    for (const load of loadsOfPod(world, history)) {
      const { node } = load.run.pod
      const list = loads.get(node)
      if (list) list.push(load)
      else loads.set(node, [load])
    }
  }
  return loads
}
