// The PromQL that the project itself sends: what the screens and commands ask for, and its rules.
import { stackRules } from '#homelab/prometheus/stack-rules/stack-rules.ts'
import * as queries from '#model/metric-queries.ts'
import { figureQueries, numberFigures } from '#model/node-figures.ts'
import { podsIn, podsNamed } from '#model/pod-matchers.ts'
import { chartsOf } from '#model/subject-charts/charts-of.ts'

/** Matchers of which queries are made; no queries themselves. */
const pieces: ReadonlySet<unknown> = new Set([
  queries.realContainers,
  queries.busy,
  queries.realDisks,
  queries.realNics,
  queries.serverSpans,
])

/** What the queries that take no namespace take: windows, matchers of pods. */
const somePods = [
  '',
  podsIn('kube-system'),
  podsNamed(['kube-system/coredns-7c65d6cfc9-2xk4v', 'shop/cart-0']),
]
const arguments_: Readonly<Record<string, readonly string[]>> = {
  clusterCpu: ['5m'],
  clusterNetwork: ['5m'],
  podCpu: somePods,
  podMemory: somePods,
}

export function ownExpressions(): readonly string[] {
  const asked = Object.entries(queries).flatMap(([name, query]) => {
    if (pieces.has(query)) return []
    if (typeof query === 'string') return [query]
    return (arguments_[name] ?? ['kube-system']).map((argument) => query(argument))
  })
  const charts = ['Deployment', 'StatefulSet'].flatMap((kind) =>
    chartsOf({ group: 'apps', kind, namespace: 'shop', name: 'checkout' }).flatMap(({ lines, limits }) => [
      ...lines.map(({ query }) => (query.type === 'rate' ? query.expr('5m') : query.expr)),
      ...limits.map(({ expr }) => expr),
    ]),
  )
  const figures = [
    ...numberFigures.map((figure) => figureQueries[figure].now),
    ...Object.values(figureQueries).map(({ over }) => over(300_000)),
  ]
  const ruled = stackRules.flatMap(({ rules }) => rules.map(({ expr }) => expr))
  return [...new Set([...asked, ...charts, ...figures, ...ruled])]
}
