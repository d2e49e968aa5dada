// What an application was called and how often it failed, from the span metrics of its server spans: by its name, under
// which it reports itself, which is the workload's as a rule.
import { serverSpans } from '#model/metric-queries.ts'
import { quote, quoteRegex } from '#model/promql-text.ts'
import { type ChartSpec, rate } from './spec.ts'

const calls = 'traces_span_metrics_calls_total'

/** Optional both: not everything is called, and not everything that is tells spans. */
export function callCharts(service: string, namespace: string): readonly ChartSpec[] {
  // Spans need not say the namespace; those of another namespace are another application's.
  const mine = `${serverSpans},service_name=${quote(service)},service_namespace=~${quote(`|${quoteRegex(namespace)}`)}`
  const all = (window: string) => `sum(rate(${calls}{${mine}}[${window}]))`
  const failed = (window: string) => `sum(rate(${calls}{${mine},status_code="STATUS_CODE_ERROR"}[${window}]))`
  return [
    {
      id: 'requests',
      title: 'requests a second',
      unit: 'number',
      metric: calls,
      optional: true,
      lines: [{ name: { text: 'requests' }, query: rate(all) }],
      limits: [],
    },
    {
      id: 'errors',
      title: 'errors',
      unit: 'ratio',
      metric: calls,
      optional: true,
      lines: [
        {
          name: { text: 'errors' },
          // Who never failed has no series of failures: then none of its calls did.
          query: rate((window) => `(${failed(window)} or 0 * ${all(window)}) / ${all(window)}`),
        },
      ],
      limits: [],
    },
  ]
}
