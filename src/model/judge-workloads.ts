// What workloads say of themselves and their pods cannot: a rollout past its deadline, replicas that cannot be made,
// a job that gave up.
import { brief } from '#model/amount-words.ts'
import { type Draft, type Evidence, evidenceRank } from '#model/finding-draft.ts'
import type { Condition, EventRow, WorkloadRow } from '#model/kube.ts'
import { jobOwner, workloadRef } from '#model/pod-owner.ts'

const hour = 3_600_000

export function judgeWorkloads(
  workloads: readonly WorkloadRow[],
  events: readonly EventRow[],
  now: number,
): readonly Draft[] {
  const jobs = workloads.filter((row) => row.kind === 'Job')
  return workloads.flatMap((row) => {
    const draft = row.kind === 'Job' ? judgeJob(row, jobs, now) : judgeRollout(row, events)
    return draft ? [draft] : []
  })
}

function judgeRollout(row: WorkloadRow, events: readonly EventRow[]): Draft | undefined {
  const condition = (type: string) => row.conditions.find((one) => one.type === type)
  const stuck = condition('Progressing')?.status === 'False' ? condition('Progressing') : undefined
  const unmade = condition('ReplicaFailure')?.status === 'True' ? condition('ReplicaFailure') : undefined
  const lead = unmade ?? stuck
  if (!lead) return undefined
  const evidence: Evidence[] = [{ rank: evidenceRank.state + 0.5, text: stuckWords(lead) }]
  const failed = events.find(
    (event) =>
      event.reason === 'FailedCreate' &&
      event.about.namespace === row.namespace &&
      event.about.name.startsWith(row.name),
  )
  const told = unmade?.message ?? failed?.message
  if (told !== undefined) evidence.push({ rank: evidenceRank.detail, text: brief(told) })
  return {
    ref: workloadRef(row),
    kind: 'workload',
    severity: row.desired > 0 && row.ready === 0 ? 'critical' : 'warning',
    evidence,
    ...(lead.since !== undefined && { since: lead.since }),
  }
}

function stuckWords(condition: Condition): string {
  return condition.type === 'Progressing' ? 'rollout stuck' : 'replicas cannot be created'
}

/** A failed job is news for an hour, or for as long as no later job of the same CronJob succeeded. */
function judgeJob(row: WorkloadRow, jobs: readonly WorkloadRow[], now: number): Draft | undefined {
  const failed = row.conditions.find((one) => one.type === 'Failed' && one.status === 'True')
  if (!failed) return undefined
  const owner = jobOwner(row.namespace, row.name)
  const since = failed.since ?? row.lastAt ?? row.createdAt
  const cron = owner.kind === 'CronJob'
  const later = jobs.some(
    (other) =>
      other.createdAt > row.createdAt &&
      jobOwner(other.namespace, other.name).name === owner.name &&
      other.namespace === row.namespace &&
      other.conditions.some((one) => one.type === 'Complete' && one.status === 'True'),
  )
  if (cron ? later : now - since > 24 * hour) return undefined
  const detail = failed.reason ?? failed.message
  return {
    ref: owner,
    kind: 'workload',
    severity: 'warning',
    evidence: [
      { rank: evidenceRank.state, text: 'job failed' },
      ...(detail === undefined ? [] : [{ rank: evidenceRank.detail, text: brief(detail) }]),
    ],
    since,
  }
}
