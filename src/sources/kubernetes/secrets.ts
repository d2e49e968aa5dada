// Secrets are shown by their keys and sizes, never by their values.

import { fields } from '#cluster/fields.ts'
import type { KubeObject } from '#model/kube.ts'

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** The object without secret values: those of a Secret, and the copy that `kubectl apply` leaves in an annotation. */
export function withoutSecrets(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret' || !/^v\d/.test(object.apiVersion)) return object
  const { annotations, ...metadata } = object.metadata
  const kept = Object.entries(annotations ?? {}).filter(([name]) => name !== lastApplied)
  return {
    ...object,
    ...(object.data !== undefined && { data: masked(object.data, 'base64') }),
    ...(object.stringData !== undefined && { stringData: masked(object.stringData, 'utf8') }),
    metadata: { ...metadata, ...(annotations && { annotations: Object.fromEntries(kept) }) },
  }
}

function masked(value: unknown, encoding: 'base64' | 'utf8'): Record<string, string> {
  const sizes = Object.entries(fields(value)).map(([key, one]) => {
    const bytes = typeof one === 'string' ? Buffer.byteLength(one, encoding) : 0
    return [key, `<${bytes} bytes>`] as const
  })
  return Object.fromEntries(sizes)
}
