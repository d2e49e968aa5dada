// Which workloads use most: usage of pods summed over their workload, against what they asked for.
import type { Amounts, ObjectRef, PodRow } from '#model/kube.ts'
import type { Consumer } from '#model/overview.ts'
import type { UsageByName } from '#model/overview-inputs.ts'
import { linkOf } from '#model/pod-owner.ts'

interface Sum {
  readonly ref: ObjectRef
  cpu: number
  memory: number
  readonly pods: PodRow[]
}

/** The `count` largest of each; a request or limit is given only where every pod of the workload has one. */
export function topConsumers(
  pods: readonly PodRow[],
  usage: UsageByName,
  count = 10,
): { readonly cpu: readonly Consumer[]; readonly memory: readonly Consumer[] } {
  const sums = new Map<string, Sum>()
  for (const pod of pods) {
    const { name, key, owner } = linkOf(pod)
    const used = usage.get(name)
    if (used === undefined) continue
    let sum = sums.get(key)
    if (!sum) {
      sum = { ref: owner, cpu: 0, memory: 0, pods: [] }
      sums.set(key, sum)
    }
    sum.cpu += used.cpu ?? 0
    sum.memory += used.memory ?? 0
    sum.pods.push(pod)
  }
  const all = [...sums.values()]
  const top = (of: keyof Amounts) =>
    all
      .filter((sum) => sum[of] > 0)
      .sort((a, b) => b[of] - a[of])
      .slice(0, count)
      .map((sum) => consumer(sum, of))
  return { cpu: top('cpu'), memory: top('memory') }
}

function consumer({ ref, pods, ...sum }: Sum, of: keyof Amounts): Consumer {
  const total = (amounts: 'requests' | 'limits') =>
    pods.reduce((all, pod) => all + (pod[amounts][of] ?? Number.NaN), 0)
  const request = total('requests')
  const limit = total('limits')
  return {
    ref,
    now: sum[of],
    ...(!Number.isNaN(request) && { request }),
    ...(!Number.isNaN(limit) && { limit }),
  }
}
