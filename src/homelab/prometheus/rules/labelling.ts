// What labels the series of a rule have, beside those of the sample that its expression gave.
import { type Labels, metricName, withLabel } from '#homelab/prometheus/promql/labels.ts'
import type { AlertingRule, RecordingRule, Rule } from '#homelab/prometheus/rule-group.ts'
import { expandTemplate } from './template.ts'

export interface Labelling {
  /** Labels of the recorded series, or of the alert. */
  of(sample: Labels, value: number): Labels
  /** The same sample may come to other labels with another value. */
  readonly followsValue: boolean
  /** What an evaluation fails with where two samples come to the same labels. */
  readonly clash: string
}

const clash = (what: string) => `vector contains metrics with the same labelset after applying ${what} labels`

export const labellingOf = (rule: Rule): Labelling => ('alert' in rule ? ofAlert(rule) : ofRecord(rule))

function ofRecord({ record, labels = {} }: RecordingRule): Labelling {
  const known = new WeakMap<Labels, Labels>()
  return {
    followsValue: false,
    clash: clash('rule'),
    of(sample) {
      const made = known.get(sample) ?? withLabels(withLabel(sample, metricName, record), labels)
      known.set(sample, made)
      return made
    },
  }
}

function ofAlert(rule: AlertingRule): Labelling {
  const known = new WeakMap<Labels, Labels>()
  const templates = Object.entries(rule.labels ?? {})
  const followsValue = templates.some(([, text]) => /[$.][vV]alue/.test(text))
  return {
    followsValue,
    clash: clash('alert'),
    of(sample, value) {
      const before = known.get(sample)
      if (before) return before
      let made = withLabel(sample, metricName, '')
      for (const [name, text] of templates) {
        made = withLabel(made, name, expandTemplate(text, { labels: sample, value }))
      }
      made = withLabel(made, 'alertname', rule.alert)
      if (!followsValue) known.set(sample, made)
      return made
    },
  }
}

/** Labels of an alert's series: where a template comes to nothing, the series keep it as it was written. */
export function seriesLabels(rule: AlertingRule, alert: Labels): Labels {
  return withLabels(withLabels({}, rule.labels ?? {}), alert)
}

function withLabels(labels: Labels, added: Labels): Labels {
  let made = labels
  for (const [name, value] of Object.entries(added)) made = withLabel(made, name, value)
  return made
}
