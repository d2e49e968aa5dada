// A node in one word or two, as `kubectl get nodes` writes it, and the conditions that speak against it.
import type { Condition, NodeRow } from '#model/kube.ts'

/** `Ready`, `NotReady`, `Unknown`, each with `,SchedulingDisabled` where it is cordoned. */
export function nodeStatus(node: NodeRow): string {
  const ready = node.conditions.find((one) => one.type === 'Ready')
  const word = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'
  return node.cordoned ? `${word},SchedulingDisabled` : word
}

/** Conditions that are as they should not be: Ready not True, any other one True. Ready comes first. */
export function troubledConditions(node: NodeRow): readonly Condition[] {
  return node.conditions
    .filter((one) => (one.type === 'Ready' ? one.status !== 'True' : one.status === 'True'))
    .toSorted((a, b) => Number(b.type === 'Ready') - Number(a.type === 'Ready'))
}
