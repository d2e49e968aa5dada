// Which pods take up room on a node, and how many each node has of them.
import type { PodRow } from '#model/kube.ts'

/** A pod that has finished keeps its node's name, and nothing else of it. */
export const isActive = ({ phase }: PodRow): boolean => phase !== 'Succeeded' && phase !== 'Failed'

/** By the node's name; a node without any has no entry. */
export function countByNode(pods: readonly PodRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const pod of pods) {
    if (pod.node !== undefined && isActive(pod)) counts.set(pod.node, (counts.get(pod.node) ?? 0) + 1)
  }
  return counts
}
