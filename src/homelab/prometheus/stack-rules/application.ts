// Rules about the applications, from the span metrics that the collector writes.
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import { alertsOf } from './alert.ts'

const alert = alertsOf('application')
const server = 'span_kind="SPAN_KIND_SERVER"'
const calls = (more = '') =>
  `sum by (service_name) (rate(traces_span_metrics_calls_total{${server}${more}}[5m]))`
const p99 = `histogram_quantile(0.99, sum by (service_name, le) (rate(traces_span_metrics_duration_milliseconds_bucket{${server}}[5m])))`
/** A service that hardly anybody calls has no error rate worth waking for. */
const busy = `and ${calls()} > 0.1`

export const application: RuleGroup = {
  name: 'application',
  rules: [
    alert('ServiceErrorRate', {
      severity: 'critical',
      expr: `${calls(',status_code="STATUS_CODE_ERROR"')} / ${calls()} > 0.05 ${busy}`,
      for: '10m',
      summary: '{{ $labels.service_name }} fails too many calls.',
      description:
        '{{ $value | humanizePercentage }} of the calls to {{ $labels.service_name }} have failed over ten minutes.',
    }),
    alert('ServiceLatencySlo', {
      severity: 'warning',
      expr: `${p99} > 1000 ${busy}`,
      for: '10m',
      summary: '{{ $labels.service_name }} is slow.',
      description:
        'One call in a hundred to {{ $labels.service_name }} takes more than a second: {{ printf "%.0f" $value }} ms.',
    }),
  ],
}
