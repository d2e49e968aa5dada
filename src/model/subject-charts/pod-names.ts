// The pods of a workload by their names: the metrics know pods, and of their owners only what kube-state-metrics joins,
// which forgets a pod when it is gone. The names say it for the past too.
import type { WorkloadKind } from '#model/kube.ts'
import { quoteRegex } from '#model/promql-text.ts'

/** The letters that Kubernetes makes random suffixes of: no vowels, nothing that looks like another. */
const random = '[bcdfghjklmnpqrstvwxz2456789]'
const hash = `${random}{5,10}|[0-9a-f]{6,10}`

const endings: Readonly<Record<WorkloadKind, string>> = {
  Deployment: `-(${hash})-${random}{5}`,
  ReplicaSet: `-${random}{5}`,
  StatefulSet: '-[0-9]+',
  DaemonSet: `-${random}{5}`,
  Job: `(-[0-9]+)?-${random}{5}`,
  CronJob: `-[0-9]+(-[0-9]+)?-${random}{5}`,
}

/** A regular expression (RE2) that matches the whole names of the workload's pods. */
export function podNamesOf(kind: WorkloadKind, name: string): string {
  return quoteRegex(name) + endings[kind]
}
