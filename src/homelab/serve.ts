// Serves a world as a cluster: its Kubernetes API over HTTPS, and through it everything that stands behind Services.
import { createIdentity, type Identity } from '#homelab/identity.ts'
import { createFaults, type Faults } from '#homelab/kube/faults.ts'
import { kubeconfigText } from '#homelab/kube/kubeconfig.ts'
import { forget } from '#homelab/kube/per-object.ts'
import { createRegistry } from '#homelab/kube/registry.ts'
import { startServer } from '#homelab/kube/server.ts'
import { createSnapshots } from '#homelab/kube/snapshots.ts'
import { createUsers } from '#homelab/kube/users.ts'
import type { Upstream } from '#homelab/upstream.ts'
import type { World } from '#homelab/world.ts'

export interface HomelabOptions {
  readonly world: World
  readonly upstreams: readonly Upstream[]
  /** Absent or 0: any free one. */
  readonly port?: number
  /** Absent: a new one. */
  readonly identity?: Identity
  readonly faults?: Faults
  /** Milliseconds between bookmarks; a minute where it is absent, as kube-apiserver sends them. */
  readonly bookmarkEvery?: number
}

export interface Homelab {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string
  /** YAML with everything embedded: the authority, the administrator's certificate, tokens of narrowed users. */
  readonly kubeconfig: string
  readonly faults: Faults
  /** Cuts every connection that stands; new ones are taken. */
  dropConnections(): void
  /** Cuts every connection and stops listening; the world runs on. */
  close(): Promise<void>
}

export async function serveHomelab(options: HomelabOptions): Promise<Homelab> {
  const { world, upstreams } = options
  const faults = options.faults ?? createFaults()
  const { certificates, tokens } = options.identity ?? (await createIdentity())
  const users = createUsers(tokens)
  const server = await startServer({
    api: {
      world,
      registry: createRegistry(world),
      upstreams,
      snapshots: createSnapshots(world.store),
      bookmarkEvery: options.bookmarkEvery ?? 60_000,
    },
    certificates,
    users,
    faults,
    port: options.port ?? 0,
  })
  const unwatch = world.store.onChange(({ before }) => before && forget(before))
  const url = `https://127.0.0.1:${server.port}`
  return {
    url,
    kubeconfig: kubeconfigText(url, certificates, users),
    faults,
    dropConnections: server.dropConnections,
    async close() {
      unwatch()
      await server.close()
    },
  }
}
