// How much CPU and memory a pod asks for and may use, as the scheduler counts it (KEP-753, sidecars):
// the larger of what runs side by side and of what each init container needs beside the sidecars started before it.
import type { Amounts } from '#model/kube.ts'

export interface ContainerAmounts {
  readonly requests: Amounts
  readonly limits: Amounts
  readonly restartable: boolean
}

export interface PodAmounts {
  readonly requests: Amounts
  readonly limits: Amounts
}

/**
 * Cores and bytes. A request that no container makes is absent; a limit is absent unless every container
 * that runs side by side has one, since the pod as a whole is then unbounded. `whole` is the pod's own (spec.resources).
 */
export function podAmounts(
  containers: readonly ContainerAmounts[],
  init: readonly ContainerAmounts[],
  whole: PodAmounts,
): PodAmounts {
  const amount = (kind: 'requests' | 'limits', name: 'cpu' | 'memory'): number | undefined => {
    const own = whole[kind][name]
    if (own !== undefined) return own
    const sidecars = init.filter((one) => one.restartable)
    const together = [...containers, ...sidecars].map((one) => one[kind][name])
    if (together.every((one) => one === undefined)) {
      if (kind === 'limits' || init.every((one) => one[kind][name] === undefined)) return undefined
    }
    if (kind === 'limits' && together.includes(undefined)) return undefined
    let beside = 0
    let most = 0
    for (const one of init) {
      const value = one[kind][name] ?? 0
      most = Math.max(most, beside + value)
      if (one.restartable) beside += value
    }
    return Math.max(most, sum(together))
  }
  return {
    requests: both(amount('requests', 'cpu'), amount('requests', 'memory')),
    limits: both(amount('limits', 'cpu'), amount('limits', 'memory')),
  }
}

function sum(values: readonly (number | undefined)[]): number {
  let total = 0
  // Thousandths keep 0.1 + 0.2 cores at 0.3.
  for (const value of values) total = Math.round((total + (value ?? 0)) * 1e9) / 1e9
  return total
}

function both(cpu: number | undefined, memory: number | undefined): Amounts {
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) }
}
