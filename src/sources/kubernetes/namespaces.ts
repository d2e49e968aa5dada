// Namespaces as rows: only what every row has, and whether one is being deleted.
import type { Decoder } from '#cluster/cluster.ts'
import type { Resource, Row } from '#model/kube.ts'
import { createPool } from './pool.ts'
import { rowOf } from './row.ts'

export const namespaceResource: Resource = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
  shortNames: ['ns'],
}

export function namespaceDecoder(): Decoder<Row> {
  const pool = createPool()
  return { json: (object) => rowOf(object, pool) }
}
