// What is told where one namespace is looked at: what lies in it, and the cluster as a whole. Prometheus tells of all.
import type { ObjectRef } from '#model/kube.ts'

/** `namespace` absent: all are looked at. A service that nothing is known of lies nowhere, and is told with all only. */
export function isToldIn(namespace: string | undefined, ref: ObjectRef): boolean {
  if (namespace === undefined) return true
  if (ref.kind === 'Namespace') return ref.name === namespace
  if (ref.namespace === undefined || ref.namespace === '') return ref.kind !== 'Service'
  return ref.namespace === namespace
}
