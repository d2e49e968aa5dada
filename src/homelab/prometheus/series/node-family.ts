// node-exporter in general: a metric is a function of the node's signals and of time.
import type { NodeSignals } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'
import { always, type Draft, type Family, type Scope, type Value } from './family.ts'
import { bootBefore, type NodeUsage, usageOf } from './usage.ts'

export interface Machine {
  readonly name: string
  readonly signals: NodeSignals
  readonly usage: NodeUsage
  readonly scope: Scope
  /** The boot that a moment falls into: counters began there. */
  boot(time: number): number
  /** Seconds since that boot. */
  uptime(time: number): number
}

interface NodeMetric {
  readonly name: string
  readonly type: 'gauge' | 'counter'
  readonly help: string
  rows(machine: Machine): Iterable<readonly [labels: Labels, value: Value]>
}

export function nodeFamily({ name, type, help, rows }: NodeMetric): Family {
  return {
    name,
    type,
    help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      for (const target of scope.targets('node-exporter')) {
        const machine = machineOf(scope, target.node ?? '')
        if (!machine) continue
        for (const [labels, value] of rows(machine)) yield { target, labels, pieces: always(value) }
      }
    },
  }
}

function machineOf(scope: Scope, name: string): Machine | undefined {
  const { world } = scope
  const signals = world.nodes.get(name)
  if (!signals) return undefined
  const boot = (time: number) => bootBefore(world, signals, time)
  return {
    name,
    signals,
    usage: usageOf(world, scope.objects),
    scope,
    boot,
    uptime: (time) => (time - boot(time)) / 1000,
  }
}

/** A metric with one series a node. */
export function single(
  name: string,
  type: NodeMetric['type'],
  help: string,
  value: (machine: Machine) => Value,
): Family {
  return nodeFamily({ name, type, help, rows: (machine) => [[{}, value(machine)]] })
}
