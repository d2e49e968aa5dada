// Firing alerts as findings; those about an object that is in trouble anyway are merged into it later.
import { isTrouble } from '#model/alert-meant.ts'
import { alertSubject, type SubjectIndex } from '#model/alert-subject.ts'
import { brief } from '#model/amount-words.ts'
import { type Draft, type Evidence, evidenceRank } from '#model/finding-draft.ts'
import type { ObjectRef } from '#model/kube.ts'
import type { Severity } from '#model/overview.ts'
import type { AlertRow } from '#model/prometheus.ts'

const longest = 120

export function judgeAlerts(alerts: readonly AlertRow[], index: SubjectIndex): readonly Draft[] {
  return alerts.filter(isTrouble).map((alert): Draft => {
    return {
      ref: alertSubject(alert, index) ?? alertRef(alert),
      kind: 'alert',
      severity: severityOf(alert.severity),
      evidence: evidenceOf(alert),
      ...(alert.activeAt !== undefined && { since: alert.activeAt }),
    }
  })
}

function alertRef(alert: AlertRow): ObjectRef {
  return { group: 'monitoring.coreos.com', kind: 'Alert', name: alert.name }
}

function severityOf(severity: string | undefined): Severity {
  if (severity === 'critical' || severity === 'page' || severity === 'error') return 'critical'
  return severity === 'info' ? 'info' : 'warning'
}

function evidenceOf(alert: AlertRow): readonly Evidence[] {
  const { summary, message, description } = alert.annotations
  // A description has the value in it; a long one explains instead.
  const text =
    description !== undefined && description.length <= longest
      ? description
      : (summary ?? message ?? description)
  return [
    { rank: evidenceRank.alert, text: alert.name },
    ...(text === undefined ? [] : [{ rank: evidenceRank.alert + 0.5, text: brief(text, longest) }]),
  ]
}
