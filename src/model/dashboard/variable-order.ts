// The order in which variables are asked for: each after those that its query refers to.
import type { Variable } from './dashboard.ts'
import { referencesIn } from './interpolate.ts'

export interface VariableOrder {
  /** Each of them needs only what stands in waves before its own. */
  readonly waves: readonly (readonly Variable[])[]
  /** Those that wait for each other, or for one that does. */
  readonly circular: readonly Variable[]
}

export function orderVariables(variables: readonly Variable[]): VariableOrder {
  const waves: (readonly Variable[])[] = []
  let waiting = [...variables]
  for (;;) {
    const names = new Set(waiting.map(({ name }) => name))
    const ready = waiting.filter((one) => !dependencies(one).some((name) => names.has(name)))
    if (ready.length === 0) break
    waves.push(ready)
    waiting = waiting.filter((one) => !ready.includes(one))
  }
  return { waves, circular: waiting }
}

/** Of a regular expression too: `/^$cluster-/`. */
function dependencies({ kind, query, regex }: Variable): readonly string[] {
  return kind === 'query' ? [...new Set([...referencesIn(query), ...referencesIn(regex ?? '')])] : []
}
