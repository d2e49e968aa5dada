// Rules about the monitoring itself: targets, and the two alerts that exist to be seen by Alertmanager.
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import { alertsOf } from './alert.ts'

const alert = alertsOf('infrastructure')

export const general: RuleGroup = {
  name: 'general.rules',
  rules: [
    alert('TargetDown', {
      severity: 'warning',
      expr: '100 * (count(up == 0) BY (cluster, job, namespace, service) / count(up) BY (cluster, job, namespace, service)) > 10',
      for: '10m',
      summary: 'Targets of {{ $labels.job }} cannot be scraped.',
      description:
        '{{ printf "%.4g" $value }}% of the {{ $labels.job }}/{{ $labels.service }} targets in {{ $labels.namespace }} have been down for ten minutes.',
    }),
    alert('Watchdog', {
      severity: 'none',
      expr: 'vector(1)',
      summary: 'Always firing: while it arrives, the way from Prometheus to the receiver works.',
      description: 'Route this to a service that reports when it stops coming.',
    }),
    alert('InfoInhibitor', {
      severity: 'none',
      expr: 'ALERTS{severity="info"} == 1 unless on (namespace) ALERTS{alertname!="InfoInhibitor",severity=~"warning|critical",alertstate="firing"} == 1',
      summary: 'Only informational alerts fire in {{ $labels.namespace }}.',
      description: 'It keeps info alerts quiet unless something of the same namespace is a warning or worse.',
    }),
  ],
}
