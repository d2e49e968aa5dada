// Rules about delivery: Flux objects that do not become ready, and notifications that do not arrive.
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import { alertsOf } from './alert.ts'

const alert = alertsOf('infrastructure')

export const delivery: RuleGroup = {
  name: 'delivery',
  rules: [
    alert('FluxResourceNotReady', {
      severity: 'warning',
      expr: 'gotk_resource_info{customresource_kind=~"HelmRelease|Kustomization",ready="False"} == 1',
      for: '10m',
      summary:
        '{{ $labels.customresource_kind }} {{ $labels.exported_namespace }}/{{ $labels.name }} is not ready.',
      description: 'Flux has not been able to apply it for ten minutes.',
    }),
    alert('AlertmanagerNotificationsFailing', {
      severity: 'warning',
      expr: 'sum by (integration) (rate(alertmanager_notifications_failed_total[10m])) > 0',
      for: '10m',
      summary: 'Alertmanager cannot deliver by {{ $labels.integration }}.',
      description:
        'Notifications by {{ $labels.integration }} have failed over ten minutes: alerts may not arrive.',
    }),
  ],
}
