// PodDisruptionBudgets: whether a pod may be evicted now.
import type { ObjectStore } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'
import { StatusError } from './errors.ts'
import { fieldsAt, numberAt } from './json.ts'
import { builtIn } from './upstreams.ts'

/** Throws 429 where a budget that covers the pod allows no disruption. */
export function checkBudgets(store: ObjectStore, pod: KubeObject): void {
  const budgets = store.list(builtIn('PodDisruptionBudget'), pod.metadata.namespace)
  const spent = budgets.find(
    (budget) => covers(budget, pod) && numberAt(budget, 'status', 'disruptionsAllowed') < 1,
  )
  if (!spent) return
  const needed = numberAt(spent, 'status', 'desiredHealthy')
  const healthy = numberAt(spent, 'status', 'currentHealthy')
  const { name } = spent.metadata
  const message = `The disruption budget ${name} needs ${needed} healthy pods and has ${healthy} currently`
  throw new StatusError(
    429,
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    { causes: [{ reason: 'DisruptionBudget', message }] },
  )
}

function covers(budget: KubeObject, pod: KubeObject): boolean {
  const wanted = Object.entries(fieldsAt(budget, 'spec', 'selector', 'matchLabels'))
  return wanted.length > 0 && wanted.every(([key, value]) => pod.metadata.labels?.[key] === value)
}
