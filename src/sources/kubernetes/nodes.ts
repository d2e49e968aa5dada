// Nodes as rows.
import type { Decoder } from '#cluster/cluster.ts'
import { type Fields, fields, items, known, text } from '#cluster/fields.ts'
import type { KubeObject, NodeRow, Resource } from '#model/kube.ts'
import { internalIp } from '#model/node-hosts.ts'
import { parseQuantity } from '#model/quantity.ts'
import { cpuAndMemory } from './pod-json.ts'
import { createPool, type Pool } from './pool.ts'
import { conditionsOf, rowOf } from './row.ts'

export const nodeResource: Resource = {
  group: '',
  version: 'v1',
  plural: 'nodes',
  kind: 'Node',
  namespaced: false,
  shortNames: ['no'],
}

export function nodeDecoder(): Decoder<NodeRow> {
  const pool = createPool()
  return { json: (object) => nodeRow(object, pool) }
}

function nodeRow(object: KubeObject, pool: Pool): NodeRow {
  const spec = fields(object.spec)
  const status = fields(object.status)
  const info = fields(status.nodeInfo)
  const row = rowOf(object, pool)
  const conditions = conditionsOf(status.conditions, pool)
  const allocatable = fields(status.allocatable)
  return {
    ...row,
    roles: rolesOf(row.labels),
    ready: conditions.find((one) => one.type === 'Ready')?.status ?? 'Unknown',
    cordoned: spec.unschedulable === true,
    conditions,
    taints: items(spec.taints).map((taint) => taintText(fields(taint))),
    allocatable: {
      ...cpuAndMemory(allocatable),
      ...known({
        pods: allocatable.pods === undefined ? undefined : parseQuantity(String(allocatable.pods)),
      }),
    },
    ...known({
      arch: text(info.architecture),
      kubelet: text(info.kubeletVersion),
      os: text(info.osImage),
      ip: internalIp(object),
    }),
  }
}

const rolePrefix = 'node-role.kubernetes.io/'

/** As kubectl's ROLES column: the labels `node-role.kubernetes.io/<role>` and `kubernetes.io/role`, sorted. */
function rolesOf(labels: Readonly<Record<string, string>>): readonly string[] {
  const roles = new Set<string>()
  for (const [name, value] of Object.entries(labels)) {
    if (name.startsWith(rolePrefix) && name.length > rolePrefix.length)
      roles.add(name.slice(rolePrefix.length))
    else if (name === 'kubernetes.io/role' && value !== '') roles.add(value)
  }
  return [...roles].sort()
}

/** As kubectl describes it: `key=value:NoSchedule`, `key:NoExecute`. */
function taintText(taint: Fields): string {
  const value = text(taint.value)
  return `${String(taint.key)}${value === undefined ? '' : `=${value}`}:${String(taint.effect)}`
}
