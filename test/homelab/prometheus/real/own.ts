// The PromQL that the project itself sends: what the screens and commands ask for, and its rules.
import { stackRules } from '#homelab/prometheus/stack-rules/stack-rules.ts'
import * as queries from '#model/metric-queries.ts'
import { figureQueries } from '#model/node-figures.ts'

/** Matchers of which queries are made; no queries themselves. */
const pieces: ReadonlySet<unknown> = new Set([
  queries.realContainers,
  queries.busy,
  queries.realDisks,
  queries.realNics,
])

export function ownExpressions(): readonly string[] {
  const asked = Object.entries(queries).flatMap(([name, query]) => {
    if (pieces.has(query)) return []
    if (typeof query === 'string') return [query]
    // Those of the cluster as a whole take a window, the others a namespace.
    return [query(name.startsWith('cluster') ? '5m' : 'kube-system')]
  })
  const figures = Object.values(figureQueries).flatMap(({ now, over }) => [now, over(300_000)])
  const ruled = stackRules.flatMap(({ rules }) => rules.map(({ expr }) => expr))
  return [...new Set([...asked, ...figures, ...ruled])]
}
