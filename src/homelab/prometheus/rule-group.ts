// Rules as a Prometheus rule file has them, field for field; durations are Prometheus's own (`30s`, `15m`).
import type { Labels } from '#model/prometheus.ts'

export interface RecordingRule {
  readonly record: string
  readonly expr: string
  readonly labels?: Labels
}

export interface AlertingRule {
  readonly alert: string
  readonly expr: string
  /** How long the expression must hold before the alert fires; absent is at once. */
  readonly for?: string
  /** How long it goes on firing once the expression holds no more; absent is not at all. */
  readonly keep_firing_for?: string
  readonly labels?: Labels
  /** Templates, as in a rule file: `{{ $labels.node }}`. */
  readonly annotations?: Labels
}

export type Rule = RecordingRule | AlertingRule

export interface RuleGroup {
  readonly name: string
  /** How often the group is evaluated; absent is Prometheus's own interval. */
  readonly interval?: string
  readonly rules: readonly Rule[]
}
