// A workload in one word: whether what runs is what was asked for.
import type { Condition, WorkloadRow } from '#model/kube.ts'

export type WorkloadState = 'well' | 'progressing' | 'failed' | 'suspended' | 'complete' | 'idle'

/**
 * `failed`: its own conditions say so (a rollout past its deadline, a job that gave up, replicas that cannot be made);
 * `progressing`: fewer ready or updated than desired; `idle`: scaled to zero, or a CronJob between runs.
 */
export function workloadState(row: WorkloadRow): WorkloadState {
  const condition = (type: string): Condition | undefined => row.conditions.find((one) => one.type === type)
  if (row.kind === 'Job') {
    if (condition('Failed')?.status === 'True') return 'failed'
    if (condition('Complete')?.status === 'True') return 'complete'
    return row.suspended ? 'suspended' : 'progressing'
  }
  if (row.kind === 'CronJob') return row.suspended ? 'suspended' : row.ready > 0 ? 'progressing' : 'idle'
  const progressing = condition('Progressing')
  if (progressing?.status === 'False') return 'failed'
  if (condition('ReplicaFailure')?.status === 'True') return 'failed'
  if (row.suspended) return 'suspended'
  if (row.desired === 0) return 'idle'
  const updated = row.updated ?? row.desired
  return row.ready >= row.desired && updated >= row.desired ? 'well' : 'progressing'
}
