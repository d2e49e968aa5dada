// The order in which variables are asked for: each after those that its query refers to.
import type { Variable } from './dashboard.ts'
import { referencesIn } from './interpolate.ts'

export interface VariableOrder {
  /** Circular ones stand at the end, so that what they chose before is still used. */
  readonly ordered: readonly Variable[]
  /** The names of those that wait for each other, or for one that does. */
  readonly circular: readonly string[]
}

export function orderVariables(variables: readonly Variable[]): VariableOrder {
  const ordered: Variable[] = []
  let waiting = [...variables]
  for (;;) {
    const names = new Set(waiting.map(({ name }) => name))
    const ready = waiting.filter((one) => !dependencies(one).some((name) => names.has(name)))
    if (ready.length === 0) break
    ordered.push(...ready)
    waiting = waiting.filter((one) => !ready.includes(one))
  }
  return { ordered: [...ordered, ...waiting], circular: waiting.map(({ name }) => name) }
}

/** Of a regular expression too: `/^$cluster-/`. */
function dependencies({ kind, query, regex }: Variable): readonly string[] {
  return kind === 'query' ? [...new Set([...referencesIn(query), ...referencesIn(regex ?? '')])] : []
}
