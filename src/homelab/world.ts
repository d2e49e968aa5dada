// The homelab's world as its servers see it: objects in a store, and what each part of the cluster does over time.
// Shapes only: world/create.ts makes one.
import type { Clock } from '#homelab/clock.ts'
import type { ObjectStore } from '#homelab/store.ts'

/** A quantity over time, a function of time alone, so that any moment of the past can be asked for. */
export interface Curve {
  /** The value at a moment (milliseconds since the epoch). */
  at(time: number): number
  /** The integral over seconds from `from` to `to`: what a counter grew by. Never negative for `from <= to`. */
  total(from: number, to: number): number
}

/** What one container does. It starts at zero with each start of the container. */
export interface ContainerSignals {
  /** Cores. */
  readonly cpu: Curve
  /** Working set, bytes. */
  readonly memory: Curve
  /** Share of periods throttled, 0 to 1. */
  readonly throttled: Curve
  /** Bytes per second. */
  readonly diskRead: Curve
  readonly diskWrite: Curve
}

export interface PodSignals {
  readonly containers: ReadonlyMap<string, ContainerSignals>
  /** Bytes per second. */
  readonly received: Curve
  readonly sent: Curve
  /** Open connections, where the pod is a database. */
  readonly connections?: Curve
}

export interface Filesystem {
  readonly device: string
  readonly mountpoint: string
  readonly fstype: string
  readonly size: number
  /** Bytes. */
  readonly used: Curve
}

export interface NodeSignals {
  readonly cpus: number
  readonly memoryTotal: number
  /** What runs on the machine beside the pods, cores and bytes; pods' own use comes from their signals. */
  readonly systemCpu: Curve
  readonly systemMemory: Curve
  readonly load1: Curve
  /** Degrees Celsius; absent where the machine has no sensor. */
  readonly temperature?: Curve
  readonly filesystems: readonly Filesystem[]
  readonly disks: readonly {
    readonly device: string
    readonly read: Curve
    readonly written: Curve
    readonly busy: Curve
  }[]
  readonly nics: readonly { readonly device: string; readonly received: Curve; readonly sent: Curve }[]
  /** Share of time stalled, 0 to 1: pressure stall information. */
  readonly pressure: { readonly cpu: Curve; readonly memory: Curve; readonly io: Curve }
  readonly oomKills: Curve
  readonly bootedAt: number
}

/** One application's calls, as the span metrics connector counts them. */
export interface ServiceSignals {
  readonly service: string
  readonly namespace: string
  readonly language: 'go' | 'python' | 'nodejs' | 'java'
  readonly endpoints: readonly {
    readonly route: string
    /** Calls per second, errors included. */
    readonly calls: Curve
    readonly errors: Curve
    /** Median and 99th percentile, milliseconds. */
    readonly p50: Curve
    readonly p99: Curve
  }[]
  readonly callsTo: readonly string[]
}

export interface World {
  readonly seed: number
  readonly clock: Clock
  readonly store: ObjectStore
  /** When the world's recorded history begins; nothing is known before it. */
  readonly beganAt: number
  /** By the node's name. */
  readonly nodes: ReadonlyMap<string, NodeSignals>
  /** Signals of a pod that exists or existed; absent for a name that never was. */
  pod(namespace: string, name: string): PodSignals | undefined
  readonly services: readonly ServiceSignals[]
  /** The kubelet's log of a container, oldest first: lines between two moments (milliseconds). */
  logLines(
    pod: { namespace: string; name: string; container: string; previous: boolean },
    from: number,
    to: number,
  ): Iterable<{ at: number; text: string; stream: 'stdout' | 'stderr' }>
  /** Extra series that a scenario asks for by name; the value is present while the scenario says so. */
  readonly extraSeries: readonly {
    readonly labels: Readonly<Record<string, string>>
    readonly type: 'gauge' | 'counter'
    readonly curve: Curve
    readonly from: number
    readonly to?: number
  }[]
  /** Whether a scrape of this job and instance succeeds at that moment: drives `up` and the targets page. */
  scrapeSucceeds(job: string, instance: string, time: number): boolean
  stop(): void
}
