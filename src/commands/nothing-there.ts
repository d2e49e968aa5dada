// What is said where there is nothing: that the place is empty, or that the place itself is not there.
import type { Cluster } from '#cluster/cluster.ts'
import { noNamespaceCalled } from '#model/no-namespace.ts'
import { SourceError } from '#model/reading.ts'

/** `what` is a plural; `namespace` is absent where all were asked. */
export async function nothingThere(
  cluster: Cluster,
  what: string,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (namespace === undefined) return `there are no ${what} in any namespace`
  return (
    (await missingNamespace(cluster, namespace, signal)) ?? `there are no ${what} in ${namespace}; -A for all`
  )
}

/** The sentence where the namespace is not there; none where it is, or where nobody may know. */
export async function missingNamespace(
  cluster: Cluster,
  namespace: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { namespaceDecoder, namespaceResource } = await import('#sources/kubernetes/namespaces.ts')
  const names: string[] = []
  try {
    for await (const page of cluster.list({ resource: namespaceResource }, namespaceDecoder(), signal))
      names.push(...page.items.map(({ name }) => name))
  } catch (error) {
    if (error instanceof SourceError) return undefined
    throw error
  }
  return names.includes(namespace) ? undefined : noNamespaceCalled(namespace, names)
}
