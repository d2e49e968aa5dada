// Everything that the Overview is judged from, each with its own gap. Shapes only.
// Times are milliseconds since the epoch; names of pods are `namespace/pod`.
import type { Amounts, EventRow, FluxRow, NodeRow, PodRow, WorkloadRow } from '#model/kube.ts'
import type { ByHost } from '#model/node-hosts.ts'
import type { CapacityLine, SourceState } from '#model/overview.ts'
import type { AlertRow, TargetRow } from '#model/prometheus.ts'
import type { Gap, Reading } from '#model/reading.ts'
import type { TimeRange } from '#model/time.ts'

export type UsageByName = ReadonlyMap<string, Amounts>

/** One application's server spans, from the span metrics; ratios are 0 to 1. */
export interface ServiceErrors {
  readonly service: string
  readonly namespace?: string
  /** Calls a second. */
  readonly rate: number
  readonly errors: number
  /** The share before it rose, where the last hour shows that. */
  readonly before?: number
  /** When it rose; absent where it did not, or has been high for the whole hour. */
  readonly since?: number
}

/** A filesystem of a node, or a claim, by how full it is (0 to 1). */
export interface DiskFill {
  readonly node?: string
  readonly mountpoint?: string
  readonly namespace?: string
  readonly claim?: string
  readonly ratio: number
}

export interface OverviewInputs {
  readonly context: string
  readonly namespace?: string
  readonly range: TimeRange
  readonly pods: Reading<readonly PodRow[]>
  readonly nodes: Reading<readonly NodeRow[]>
  readonly workloads: Reading<readonly WorkloadRow[]>
  readonly events: Reading<readonly EventRow[]>
  readonly flux: Reading<readonly FluxRow[]>
  /** What only some namespaces could be read of: the sentence that says so. */
  readonly partial: readonly { readonly what: string; readonly gap: Gap }[]
  readonly podUsage: Reading<UsageByName>
  readonly nodeUsage: Reading<ByHost<Amounts>>
  /** Restarts of each pod within the last hour. */
  readonly restarts: Reading<ReadonlyMap<string, number>>
  readonly services: Reading<readonly ServiceErrors[]>
  readonly disks: Reading<readonly DiskFill[]>
  readonly alerts: Reading<readonly AlertRow[]>
  readonly targets: Reading<readonly TargetRow[]>
  readonly capacity: Reading<readonly CapacityLine[]>
  readonly sources: readonly SourceState[]
}
