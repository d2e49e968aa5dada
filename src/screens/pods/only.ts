// The pods of one node or of one workload, as the screen's arguments name them: kind, namespace, name.
import type { PodRow } from '#model/kube.ts'
import { isPodOf, refOf } from '#model/pod-owner.ts'

/** Undefined where the arguments name no such thing: then every pod is meant. */
export function podsOfArgs([kind, namespace, name]: readonly string[]):
  | ((pod: PodRow) => boolean)
  | undefined {
  if (kind === undefined || namespace === undefined || name === undefined) return undefined
  return isPodOf(refOf(kind, namespace, name))
}

/** `pods on nuc-1`, `pods of deployment/cart`. */
export function titleOfArgs([kind, , name]: readonly string[]): string {
  if (kind === undefined || name === undefined) return 'pods'
  return kind === 'Node' ? `pods on ${name}` : `pods of ${kind.toLowerCase()}/${name}`
}
