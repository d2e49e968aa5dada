// The PromQL that the project itself sends: what the screens and commands ask for, and its rules.
import { stackRules } from '#homelab/prometheus/stack-rules/stack-rules.ts'
import * as queries from '#model/metric-queries.ts'

export function ownExpressions(): readonly string[] {
  const asked = Object.entries(queries).flatMap(([name, query]) => {
    if (typeof query === 'string') return [query]
    // Those of the cluster as a whole take a window, the others a namespace.
    return [query(name.startsWith('cluster') ? '5m' : 'kube-system')]
  })
  const ruled = stackRules.flatMap(({ rules }) => rules.map(({ expr }) => expr))
  return [...new Set([...asked, ...ruled])]
}
