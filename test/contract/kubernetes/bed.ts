// What a cluster must offer so that the contract can be held against it, simulated or real.
import type { Access, Cluster, ServiceTarget } from '#cluster/cluster.ts'
import { type Client, clientOf } from '#test/homelab/kube/client.ts'

export interface KubernetesBed {
  /** The administrator, or the user of a narrowed context. */
  connect(context?: string): Promise<Cluster>
  /** The same users at the wire. */
  wire(context?: string): Client
  /** A namespace that exists and that the contract may fill. */
  readonly namespace: string
  /** One more line in the log of that pod. */
  moreLog(): Promise<void>
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
  /** Services in front of the suite's own server, `upstream.ts`, and of nothing. */
  readonly upstream: {
    readonly target: ServiceTarget
    readonly portName: string
    readonly pod: string
    readonly podPort: number
    /** With a pod behind it that does not listen. */
    readonly closed: ServiceTarget
    /** Without a pod. */
    readonly empty: ServiceTarget
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

/** The users that both beds have beside the administrator, and what each may not. */
export const NARROWED: KubernetesBed['narrowed'] = [
  { context: 'no-nodes', denied: { verb: 'list', group: '', resource: 'nodes' } },
  {
    context: 'no-proxy',
    denied: { verb: 'get', group: '', resource: 'services/proxy', namespace: 'observability' },
  },
  { context: 'one-namespace', denied: { verb: 'list', group: '', resource: 'pods', namespace: 'default' } },
  { context: 'no-secrets', denied: { verb: 'get', group: '', resource: 'secrets', namespace: 'shop' } },
]

/** Clients at the wire, one for each user that is asked for. */
export function createWires(kubeconfig: string) {
  const clients = new Map<string, Client>()
  return {
    as(user = 'admin'): Client {
      const client = clients.get(user) ?? clientOf(kubeconfig, user)
      clients.set(user, client)
      return client
    },
    async close() {
      await Promise.all([...clients.values()].map(({ agent }) => agent.destroy()))
    },
  }
}
