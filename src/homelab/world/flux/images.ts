// A new image for a workload, as an applied revision or an upgraded release brings it.
import type { ObjectStore } from '#homelab/store.ts'
import { labelledWith, versionOf, withImage } from '#homelab/world/build/version.ts'
import { type Workload, workloadKinds } from '#homelab/world/build/workload.ts'

/** `image` is a whole image or only its tag; gives what changed, as kustomize-controller names it. The version follows. */
export function setImage(store: ObjectStore, path: string, image: string): string | undefined {
  const [namespace = '', name = ''] = path.split('/')
  for (const resource of Object.values(workloadKinds)) {
    const workload = store.get(resource, namespace, name) as Workload | undefined
    if (!workload) continue
    const { template } = workload.spec
    const [first] = template.spec.containers
    if (!first) return undefined
    const wanted = image.includes('/')
      ? image
      : `${first.image.slice(0, first.image.lastIndexOf(':'))}:${image}`
    if (wanted === first.image) return undefined
    const next = withImage(template, wanted)
    const version = versionOf(next)
    const { labels = {} } = workload.metadata
    store.put(resource, {
      ...workload,
      metadata: {
        ...workload.metadata,
        labels: version === undefined ? labels : labelledWith(labels, version),
        generation: ((workload.metadata.generation as number | undefined) ?? 1) + 1,
      },
      spec: {
        ...workload.spec,
        template: next,
      },
    })
    return `${resource.kind}/${path} configured`
  }
  return undefined
}
