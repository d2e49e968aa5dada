// What a cluster must offer so that the contract can be held against it, simulated or real.
import type { Access, Cluster, ServiceTarget } from '#cluster/cluster.ts'

export interface Asked {
  readonly status: number
  readonly body: unknown
}

export interface KubernetesBed {
  /** The administrator, or the user of a narrowed context. */
  connect(context?: string): Promise<Cluster>
  /** The administrator's request as it is, without the client that is tested; JSON where no type is said. */
  ask(method: string, path: string, body?: string, type?: string): Promise<Asked>
  /** A namespace that exists and that the contract may fill. */
  readonly namespace: string
  /** A pod that runs and has written at least three lines of log. */
  readonly pod: { readonly namespace: string; readonly name: string; readonly container: string }
  /** False where its kubelet is a stand-in that says that a command failed but not with which code. */
  readonly exitCodes?: boolean
  /** A Service with a pod behind it, whose server answers GET `path` with 200 and `text`. */
  readonly service: {
    readonly target: ServiceTarget
    readonly pod: string
    readonly podPort: number
    readonly path: string
    readonly text: string
  }
  /** Contexts that may not do one thing. */
  readonly narrowed: readonly { readonly context: string; readonly denied: Access }[]
  /** Makes every version up to now too old for watches. */
  compact(): Promise<void>
  close(): Promise<void>
}

/** One line for each kind of thing that the contract asks for. */
export const CONFIG_MAPS = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
} as const
