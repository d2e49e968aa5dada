// How this stack writes an alert: severity for who is told, category for what it is about, and words for people.
import type { AlertingRule } from '#homelab/prometheus/rule-group.ts'
import type { Labels } from '#model/prometheus.ts'

type Severity = 'critical' | 'warning' | 'info' | 'none'
type Category = 'infrastructure' | 'application' | 'security'

interface AlertText {
  readonly severity: Severity
  readonly expr: string
  readonly for?: string
  readonly summary: string
  readonly description: string
  readonly labels?: Labels
}

export const alertsOf =
  (category: Category) =>
  (alert: string, { severity, expr, for: held, summary, description, labels }: AlertText): AlertingRule => ({
    alert,
    expr,
    ...(held && { for: held }),
    labels: { severity, category, ...labels },
    annotations: { summary, description },
  })
