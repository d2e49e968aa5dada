// What a query variable needs asked of Prometheus, read from the little language that Grafana has for it:
// `label_values(metric{…}, label)`, `label_names()`, `metrics(re)`, `query_result(expr)`, or a selector on its own.
import type { Variable } from './dashboard.ts'
import { interpolate, type Scope } from './interpolate.ts'

export type VariableQuestion =
  /** Nothing: what there is to choose stands in the dashboard. */
  | { readonly kind: 'none' }
  /** `matcher`: a selector that the series must match; absent: all. */
  | { readonly kind: 'label-values'; readonly label: string; readonly matcher?: string }
  | { readonly kind: 'label-names'; readonly matcher?: string }
  /** Metric names that match a regular expression. */
  | { readonly kind: 'metric-names'; readonly pattern: string }
  | { readonly kind: 'result'; readonly expr: string }
  | { readonly kind: 'series'; readonly matcher: string }
  /** The data sources of a type: `prometheus`, `loki`. */
  | { readonly kind: 'data-sources'; readonly type: string }
  | { readonly kind: 'unsupported'; readonly why: string }

/** The variables that this one depends on must have their values in `scope`. */
export function questionOf(variable: Variable, scope: Scope): VariableQuestion {
  switch (variable.kind) {
    case 'query':
      return variable.why === undefined
        ? queryQuestion(interpolate(variable.query, scope, 'promql').trim())
        : { kind: 'unsupported', why: variable.why }
    case 'datasource':
      return { kind: 'data-sources', type: variable.query }
    case 'unsupported':
      return { kind: 'unsupported', why: variable.why ?? 'a kind of variable that is not known here' }
    case 'custom':
    case 'interval':
    case 'constant':
    case 'textbox':
      return { kind: 'none' }
  }
}

function queryQuestion(query: string): VariableQuestion {
  if (query === '') return { kind: 'unsupported', why: 'its query is empty' }
  const names = /^label_names\(\s*(.*?)\s*\)$/s.exec(query)
  if (names) return { kind: 'label-names', ...matching(names[1]) }
  const ofLabel = /^label_values\((?:(.+),)?\s*([\w:.]+|"[^"]*")\s*\)$/s.exec(query)
  if (ofLabel) {
    const label = (ofLabel[2] ?? '').replace(/^"|"$/g, '')
    return { kind: 'label-values', label, ...matching(ofLabel[1]?.trim()) }
  }
  const metrics = /^metrics\((.*)\)$/s.exec(query)
  if (metrics) return { kind: 'metric-names', pattern: (metrics[1] ?? '').trim() }
  const result = /^query_result\((.+)\)$/s.exec(query)
  if (result) return { kind: 'result', expr: (result[1] ?? '').trim() }
  return { kind: 'series', matcher: query }
}

const matching = (matcher: string | undefined) => (matcher ? { matcher } : {})
