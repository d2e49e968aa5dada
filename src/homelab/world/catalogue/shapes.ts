// What the catalogue says of a machine, an application and a Flux object, before any Kubernetes object exists.

export interface Machine {
  readonly name: string
  readonly ip: string
  readonly arch: 'amd64' | 'arm64'
  readonly cpus: number
  /** GiB. */
  readonly memory: number
  readonly controlPlane: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[]
  readonly gpus?: number
  /** Usual temperature in degrees Celsius, where there is a sensor. */
  readonly temperature?: number
  readonly disks: readonly string[]
  readonly nic: string
  readonly filesystems: readonly {
    readonly device: string
    readonly mountpoint: string
    readonly fstype: string
    /** GiB. */
    readonly size: number
    /** Share in use now. */
    readonly used: number
  }[]
}

export type Language = 'go' | 'python' | 'nodejs' | 'java'
/** How a program writes its log. */
export type LogStyle =
  | 'json'
  | 'logfmt'
  | 'plain'
  | 'klog'
  | 'java'
  | 'python'
  | 'access'
  | 'home'
  | 'postgres'
  | 'silent'

export interface ContainerPart {
  readonly name: string
  readonly image: string
  /** Cores: usual use, request, limit (0 means none). */
  readonly cpu: readonly [use: number, request: number, limit: number]
  /** MiB: usual use, request, limit (0 means none). */
  readonly memory: readonly [use: number, request: number, limit: number]
  readonly ports?: Readonly<Record<string, number>>
  readonly log?: LogStyle
  readonly args?: readonly string[]
  readonly gpus?: number
}

export interface Traffic {
  readonly route: string
  /** Calls a second on a usual evening. */
  readonly calls: number
  /** Share of calls that fail on a good day. */
  readonly errors: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

export interface App {
  readonly namespace: string
  readonly name: string
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Pod' | 'Static' | 'Postgres'
  /** The Flux object that applies it; pods made by hand and static pods have none. */
  readonly owner?: { readonly kind: 'ks' | 'hr'; readonly name: string }
  readonly component?: string
  readonly partOf?: string
  readonly version: string
  readonly replicas?: number
  readonly containers: readonly ContainerPart[]
  readonly language?: Language
  /** Machines on which it runs: fixed for static pods and what needs hardware. */
  readonly on?: readonly string[]
  readonly hostNetwork?: true
  /** Service name where it is not the app's, with the app's ports; `false` where nothing listens. */
  readonly service?: string | false
  readonly headless?: true
  /** GiB on longhorn. */
  readonly volume?: number
  readonly host?: string
  readonly autoscale?: readonly [min: number, max: number]
  /** CronJob: minutes between runs, and how long one takes in seconds. */
  readonly every?: number
  readonly takes?: number
  readonly schedule?: string
  readonly traffic?: readonly Traffic[]
  readonly callsTo?: readonly string[]
  /** Bytes a second over the network. */
  readonly network?: readonly [received: number, sent: number]
  /** Bytes a second to and from disks. */
  readonly disk?: readonly [read: number, written: number]
  /** Share of its work that follows the day. */
  readonly daily?: number
  /** Log lines a minute of each container. */
  readonly lines?: number
}

export interface FluxKustomization {
  readonly name: string
  readonly path: string
  /** Minutes. */
  readonly interval: number
  readonly dependsOn?: readonly string[]
  readonly wait?: true
  readonly suspendedBy?: string
  readonly suspendReason?: string
}

export interface FluxRelease {
  readonly name: string
  readonly namespace: string
  /** The Kustomization that applies the HelmRelease. */
  readonly ks: string
  readonly chart: string
  readonly version: string
  readonly app: string
  /** An OCI address of the chart, or the name of a HelmRepository. */
  readonly from: { readonly oci: string } | { readonly repository: string }
  readonly dependsOn?: readonly string[]
}

/** Something that happened before the homelab was opened. */
export interface PastChange {
  /** Minutes before now. */
  readonly ago: number
  readonly what:
    | {
        readonly type: 'revision'
        readonly ks: string
        readonly title: string
        readonly images: Readonly<Record<string, string>>
      }
    | {
        readonly type: 'release'
        readonly hr: string
        readonly version: string
        readonly app: string
        readonly images: Readonly<Record<string, string>>
      }
    | {
        readonly type: 'restart'
        readonly pod: string
        readonly reason: 'OOMKilled' | 'Error'
        readonly exitCode: number
      }
    | { readonly type: 'reboot'; readonly node: string }
}
