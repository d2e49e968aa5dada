// The rows that tables, judgement and `-o json` share: what we keep of a Kubernetes object, decoded once.
// Times are milliseconds since the epoch, CPU is cores, memory is bytes; an absent field is unknown or unset.

/** A kind as the API server serves it. `version` is without the group: `v1`. */
export interface Resource {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  readonly verbs?: readonly string[]
}

export interface ObjectRef {
  readonly group: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** What every row has; `uid` is its identity in tables, so that a selection follows the object. */
export interface Row {
  readonly uid: string
  readonly namespace?: string
  readonly name: string
  readonly createdAt: number
  readonly labels: Readonly<Record<string, string>>
}

export interface Condition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason?: string
  readonly message?: string
  readonly since?: number
}

export interface Amounts {
  readonly cpu?: number
  readonly memory?: number
}

export interface PodRow extends Row {
  readonly namespace: string
  /** Containers that are ready, of `containers` (restartable init containers count, as in kubectl). */
  readonly ready: number
  readonly containers: number
  /** kubectl's STATUS column: `Running`, `CrashLoopBackOff`, `Init:0/2`, `Terminating`… */
  readonly status: string
  readonly phase: string
  readonly restarts: number
  readonly lastRestartAt?: number
  /** Why the newest terminated container ended: `OOMKilled`, `Error`… */
  readonly lastReason?: string
  /** The exit code of the same container. */
  readonly lastExitCode?: number
  /** Why the pod as a whole is as it is, where its status says so: `Evicted`, `NodeLost`. */
  readonly reason?: string
  /** What the kubelet says of a container that waits: `Back-off pulling image …`. */
  readonly message?: string
  readonly node?: string
  readonly ip?: string
  readonly qos?: string
  readonly owner?: { readonly kind: string; readonly name: string }
  readonly requests: Amounts
  readonly limits: Amounts
  /** When the pod last stopped being ready, where its conditions say so. */
  readonly notReadySince?: number
}

export interface NodeRow extends Row {
  readonly roles: readonly string[]
  readonly ready: 'True' | 'False' | 'Unknown'
  readonly cordoned: boolean
  readonly conditions: readonly Condition[]
  readonly taints: readonly string[]
  readonly allocatable: Amounts & { readonly pods?: number }
  readonly arch?: string
  readonly kubelet?: string
  readonly os?: string
  readonly ip?: string
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob' | 'ReplicaSet'

export interface WorkloadRow extends Row {
  readonly kind: WorkloadKind
  readonly namespace: string
  readonly ready: number
  readonly desired: number
  readonly updated?: number
  readonly suspended?: boolean
  readonly images: readonly string[]
  readonly conditions: readonly Condition[]
  readonly selector: string
  /** CronJob: when it last ran; Job: when it ended. */
  readonly lastAt?: number
  readonly failed?: number
}

export interface EventRow extends Row {
  readonly type: 'Normal' | 'Warning' | string
  readonly reason: string
  readonly message: string
  readonly about: ObjectRef
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  readonly from?: string
}

/** Any Flux object: what it applies, in which state, and since when. */
export interface FluxRow extends Row {
  readonly kind: string
  readonly namespace: string
  readonly state:
    | 'ready'
    | 'failed'
    | 'stalled'
    | 'reconciling'
    | 'waiting'
    | 'suspended'
    | 'deleting'
    | 'unknown'
  readonly message?: string
  readonly reason?: string
  readonly since?: number
  readonly revision?: string
  readonly suspendedBy?: string
  /** The last change it applied, not the last time it looked. */
  readonly changedAt?: number
  readonly changedFrom?: string
  /** A HelmRelease's: the newest release of its history, which is `revision`, failed. */
  readonly changeFailed?: true
}

/** A row of a kind that we have no decoder for: the server's own Table. */
export interface TableRow extends Row {
  readonly cells: readonly (string | number | boolean | null)[]
}

export interface TableColumn {
  readonly name: string
  readonly type: string
  /** 0 is shown always, more is shown with `wide`. */
  readonly priority: number
  readonly description?: string
}

/** A Kubernetes object as the server sent it: describe, YAML and `-o json` only. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly uid?: string
    readonly resourceVersion?: string
    readonly creationTimestamp?: string
    readonly labels?: Record<string, string>
    readonly annotations?: Record<string, string>
    readonly ownerReferences?: readonly {
      apiVersion: string
      kind: string
      name: string
      uid: string
      controller?: boolean
    }[]
    readonly [field: string]: unknown
  }
  readonly [field: string]: unknown
}
