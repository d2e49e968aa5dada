// Which workloads use most: usage of pods summed over their workload, against what they asked for.
import { keyOf } from '#model/finding-draft.ts'
import type { Amounts, ObjectRef, PodRow } from '#model/kube.ts'
import type { Consumer } from '#model/overview.ts'
import type { UsageByName } from '#model/overview-inputs.ts'
import { ownerOf } from '#model/pod-owner.ts'

/** The `count` largest; a request or limit is given only where every pod of the workload has one. */
export function topConsumers(
  pods: readonly PodRow[],
  usage: UsageByName,
  of: keyof Amounts,
  count = 10,
): readonly Consumer[] {
  const sums = new Map<string, { ref: ObjectRef; now: number; request: number; limit: number }>()
  for (const pod of pods) {
    const now = usage.get(`${pod.namespace}/${pod.name}`)?.[of]
    if (now === undefined) continue
    const ref = ownerOf(pod)
    const sum = sums.get(keyOf(ref)) ?? { ref, now: 0, request: 0, limit: 0 }
    sum.now += now
    sum.request += pod.requests[of] ?? Number.NaN
    sum.limit += pod.limits[of] ?? Number.NaN
    sums.set(keyOf(ref), sum)
  }
  return [...sums.values()]
    .toSorted((a, b) => b.now - a.now)
    .slice(0, count)
    .map(({ ref, now, request, limit }) => ({
      ref,
      now,
      ...(!Number.isNaN(request) && { request }),
      ...(!Number.isNaN(limit) && { limit }),
    }))
}
