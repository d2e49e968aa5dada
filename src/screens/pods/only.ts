// The pods of one node or of one workload, as the screen's arguments name them: kind, namespace, name.
import type { PodRow } from '#model/kube.ts'
import { ownerOf } from '#model/pod-owner.ts'

/** Undefined where the arguments name no such thing: then every pod is meant. */
export function podsOfArgs(args: readonly string[]): ((pod: PodRow) => boolean) | undefined {
  const [kind, namespace, name] = args
  if (kind === undefined || namespace === undefined || name === undefined) return undefined
  if (kind === 'Node') return (pod) => pod.node === name
  return (pod) => {
    if (pod.namespace !== namespace) return false
    if (pod.owner?.kind === kind && pod.owner.name === name) return true
    const owner = ownerOf(pod)
    return owner.kind === kind && owner.name === name
  }
}

/** `pods on nuc-1`, `pods of deployment/cart`. */
export function titleOfArgs([kind, , name]: readonly string[]): string {
  if (kind === undefined || name === undefined) return 'pods'
  return kind === 'Node' ? `pods on ${name}` : `pods of ${kind.toLowerCase()}/${name}`
}
