// What no other part of the detail tells, as plain lines.
import type { KubeObject } from '#model/kube.ts'
import { fields } from './fields.ts'

const told = new Set([
  'conditions',
  'containerStatuses',
  'initContainerStatuses',
  'containers',
  'initContainers',
  'template',
  'jobTemplate',
  'capacity',
  'allocatable',
  'nodeInfo',
  'addresses',
  'taints',
  'inventory',
  'history',
  'dependsOn',
  // Half a hundred lines on a node, and no question of an operator's.
  'images',
])

/** `spec` and `status` as `key: value` lines, two spaces a level, without what is told elsewhere. */
export function restLines(object: KubeObject, part: 'spec' | 'status' | 'data'): string[] {
  return linesOf(fields(object[part]), 0)
}

function linesOf(value: unknown, depth: number): string[] {
  const indent = '  '.repeat(depth)
  if (Array.isArray(value)) {
    return value.flatMap((one) => {
      const [first = '', ...rest] = linesOf(one, 0)
      return [`${indent}- ${first}`, ...rest.map((line) => `${indent}  ${line}`)]
    })
  }
  if (typeof value !== 'object' || value === null) return [`${indent}${String(value)}`]
  return Object.entries(value)
    .filter(([key]) => depth > 0 || !told.has(key))
    .flatMap(([key, inside]) => {
      if (typeof inside !== 'object' || inside === null) {
        const [first = '', ...more] = String(inside).split('\n')
        return [`${indent}${key}: ${first}`, ...more.map((line) => `${indent}  ${line}`)]
      }
      const lines = linesOf(inside, depth + 1)
      return lines.length === 0 ? [] : [`${indent}${key}:`, ...lines]
    })
}
