// What the Overview says, and in which order. Shapes only; the judgement is in judge-*.ts.
// The same value is what `obsdeck -o json` prints and what the screen draws.
import type { FluxRow, ObjectRef } from '#model/kube.ts'
import type { AlertRow, RangeSeries } from '#model/prometheus.ts'
import type { Gap, Reading } from '#model/reading.ts'
import type { TimeRange } from '#model/time.ts'

export type Severity = 'critical' | 'warning' | 'info'

/** The nearest thing that changed before a finding began. */
export interface Change {
  readonly ref: ObjectRef
  readonly what: string
  readonly at: number
  /** How far before the finding it happened, in milliseconds. */
  readonly before: number
}

/** One thing that is wrong. `evidence` is a few words each, most telling first. */
export interface Finding {
  /** Stable for the same trouble of the same subject, so that rows do not jump. */
  readonly id: string
  readonly severity: Severity
  readonly ref: ObjectRef
  /** `suspended` findings are drawn as off, not as broken. */
  readonly kind: 'node' | 'workload' | 'pod' | 'flux' | 'suspended' | 'alert' | 'component' | 'capacity'
  readonly evidence: readonly string[]
  readonly since?: number
  readonly change?: Change
}

export interface NodesSummary {
  readonly total: number
  readonly ready: number
  readonly cordoned: number
  /** `nuc-3 DiskPressure`, worst first. */
  readonly troubled: readonly { readonly name: string; readonly what: string; readonly since?: number }[]
}

export interface PodsSummary {
  readonly total: number
  /** Running and ready, or completed. */
  readonly well: number
  readonly troubled: number
  /** Reason → count, most first: `CrashLoopBackOff 2`. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
  readonly restartsLastHour?: number
}

/** One resource over the range. `unit` decides how it is written; `limit` is what the nodes can give. */
export interface CapacityLine {
  readonly name: 'cpu' | 'memory' | 'disk' | 'network'
  readonly unit: 'cores' | 'bytes' | 'ratio' | 'bytes/s'
  readonly series: RangeSeries
  readonly now?: number
  readonly limit?: number
  /** The fullest single place, for disk: `nuc-3 /var`. */
  readonly worst?: { readonly label: string; readonly value: number }
}

export interface Consumer {
  readonly ref: ObjectRef
  readonly now: number
  readonly request?: number
  readonly limit?: number
}

export interface FluxSummary {
  readonly total: number
  readonly failed: number
  readonly waiting: number
  readonly suspended: number
  /** Newest first. */
  readonly changes: readonly FluxRow[]
  readonly troubled: readonly FluxRow[]
}

export interface ComponentHealth {
  readonly id: string
  readonly name: string
  readonly state: 'well' | 'degraded' | 'down' | 'absent' | 'unknown'
  /** The workload of it that is worst off; absent where none was found. */
  readonly ref?: ObjectRef
  readonly ready?: number
  readonly desired?: number
  /** Whether Prometheus scrapes it; absent where it has no target or Prometheus is not reachable. */
  readonly targets?: { readonly up: number; readonly total: number }
  readonly note?: string
}

/** A remote system, how we reach it, and how fresh it is. */
export interface SourceState {
  readonly name: 'kubernetes' | 'prometheus' | 'clickstack' | 'alertmanager' | 'ntfy' | 'grafana'
  readonly route?: 'proxy' | 'forward' | 'direct'
  /** Why that route: `services/proxy forbidden, port-forward used`. */
  readonly why?: string
  readonly at?: number
  readonly gap?: Gap
  readonly pending: boolean
}

export interface Overview {
  readonly at: number
  readonly context: string
  readonly namespace?: string
  readonly range: TimeRange
  readonly wrong: readonly Finding[]
  /** Everything that could not be read for `wrong`: an empty list beside gaps is not "all well". */
  readonly blind: readonly { readonly what: string; readonly gap: Gap }[]
  readonly nodes: Reading<NodesSummary>
  readonly pods: Reading<PodsSummary>
  readonly capacity: Reading<readonly CapacityLine[]>
  readonly topCpu: Reading<readonly Consumer[]>
  readonly topMemory: Reading<readonly Consumer[]>
  readonly flux: Reading<FluxSummary>
  readonly alerts: Reading<readonly AlertRow[]>
  readonly stack: Reading<readonly ComponentHealth[]>
  readonly sources: readonly SourceState[]
}
