// Where a kind may be listed, for a user who may not list it in the whole cluster.
import type { Cluster } from '#cluster/cluster.ts'
import type { Resource } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { namespaceDecoder, namespaceResource } from './namespaces.ts'

export interface AllowedNamespaces {
  readonly allowed: readonly string[]
  /** One sentence about what is not read: `pods: 2 of 9 namespaces, the others are forbidden for ben`. */
  readonly note: string
}

/** How many permissions are asked for at a time. */
const atOnce = 8

/** The context's own namespace and those that can be listed, as far as `resource` may be listed in them. */
export async function allowedNamespaces(
  cluster: Cluster,
  resource: Resource,
  signal: AbortSignal,
): Promise<AllowedNamespaces> {
  const listed = await listNamespaces(cluster, signal)
  const names = [...new Set([cluster.namespace, ...(listed ?? [])])]
  const allowed: string[] = []
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce)
    const answers = await Promise.all(
      some.map((namespace) => {
        const { group, plural } = resource
        return cluster.can({ verb: 'list', group, resource: plural, namespace }, signal)
      }),
    )
    allowed.push(...some.filter((_, index) => answers[index]?.allowed))
  }
  const which = listed
    ? `${allowed.length} of ${names.length} namespaces`
    : `namespace ${cluster.namespace} only`
  const why = listed
    ? `the others are forbidden for ${cluster.user}`
    : `${cluster.user} may not list namespaces`
  return { allowed: allowed.sort(), note: `${resource.plural}: ${which}, ${why}` }
}

async function listNamespaces(cluster: Cluster, signal: AbortSignal): Promise<readonly string[] | undefined> {
  const names: string[] = []
  try {
    for await (const page of cluster.list({ resource: namespaceResource }, namespaceDecoder(), signal)) {
      names.push(...page.items.map((one) => one.name))
    }
    return names
  } catch (error) {
    if (error instanceof SourceError && error.reason === 'forbidden') return undefined
    throw error
  }
}
