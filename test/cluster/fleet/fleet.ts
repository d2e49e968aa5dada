// One fleet for all suites: Git and Helm charts on loopback, and a cluster that Flux keeps as they say. Only its root
// is applied by hand; everything else comes out of Git, as with `flux bootstrap`.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bed } from '../bed/bed.ts'
import { until } from '../bed/wait.ts'
import { chartVersions, helmRepository } from './charts.ts'
import { FLEET_NAMESPACE, FLUX_NAMESPACE, gitRepository, kustomization } from './flux-objects.ts'
import { createRepository } from './repository.ts'
import { serve } from './server.ts'
import { filesOf, type Tree } from './tree.ts'

export interface Fleet {
  /** The revision that Git is at: `main@sha1:…`. */
  readonly revision: string
  /** Milliseconds from the call until what is healthy was Ready. */
  readonly took: number
  /** A new revision; nobody is told of it. */
  push(message: string, change: Partial<Omit<Tree, 'url'>>): Promise<string>
  /** Asks the source to look, and waits until it has the revision. */
  fetch(): Promise<void>
  close(): Promise<void>
}

const sourcePath = `/apis/source.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/gitrepositories/fleet`

/** What becomes Ready by itself, as paths of the API. */
const healthy = [
  ...['fleet', 'web', 'base', 'middle', 'top', 'parent', 'child'].map(
    (name) => `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/kustomizations/${name}`,
  ),
  `/apis/helm.toolkit.fluxcd.io/v2/namespaces/${FLEET_NAMESPACE}/helmreleases/store`,
]

interface WithConditions {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

export async function startFleet(bed: Bed): Promise<Fleet> {
  const begun = performance.now()
  const folder = join(bed.folder, 'git')
  await mkdir(folder)
  const server = await serve(folder, helmRepository(chartVersions))
  try {
    const repository = await createRepository(join(folder, 'fleet.git'))
    let tree: Tree = { url: server.url, image: 'example.test/web:1', chartVersion: '1.0.0' }
    let revision = await repository.commit('Begin', filesOf(tree))
    await bed.api.apply(gitRepository('fleet', `${server.url}/git/fleet.git`))
    await bed.api.apply(kustomization('fleet', './cluster'))
    await Promise.all(healthy.map((path) => until(`${path} to be Ready`, 90_000, () => isReady(bed, path))))
    return {
      get revision() {
        return revision
      },
      took: performance.now() - begun,
      async push(message, change) {
        tree = { ...tree, ...change }
        revision = await repository.commit(message, filesOf(tree))
        return revision
      },
      async fetch() {
        const source = gitRepository('fleet', `${server.url}/git/fleet.git`)
        const annotations = { 'reconcile.fluxcd.io/requestedAt': revision }
        await bed.api.apply({ ...source, metadata: { ...source.metadata, annotations } })
        await until(`the source to have ${revision}`, 30_000, async () => {
          const { status } = (await bed.api.get(sourcePath)) as {
            status?: { artifact?: { revision: string } }
          }
          return status?.artifact?.revision === revision
        })
      },
      close: server.close,
    }
  } catch (error) {
    await server.close()
    throw error
  }
}

async function isReady({ api }: Bed, path: string): Promise<boolean> {
  const { status } = (await api.get(path)) as WithConditions
  return status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false
}
