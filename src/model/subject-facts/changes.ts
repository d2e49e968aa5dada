// When a workload was last rolled out, and when Flux last applied something to it: by name and time.
import type { EventRow, FluxRow, PodRow, WorkloadRow } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import type { SubjectMark } from '#model/subject-marks.ts'
import { type Fact, type RowsReading, unknown } from './fact.ts'

export interface ChangeSources {
  /** What happened to the object, the earliest first. */
  readonly marks: readonly SubjectMark[]
  readonly workloads: RowsReading<WorkloadRow>
  readonly events: RowsReading<EventRow>
  readonly flux: RowsReading<FluxRow>
}

/** `pods` are those of the workload. */
export function rolloutFact(
  pods: readonly PodRow[],
  { marks, events }: Pick<ChangeSources, 'marks' | 'events'>,
): Fact {
  const seen = marks.findLast(({ letter }) => letter === 'R')
  if (seen !== undefined) return { text: seen.text.replace(/^.* (?=rollout )/, ''), at: seen.at }
  const oldest = oldestOfRevision(pods)
  if (oldest !== undefined) return oldest
  if (events.data === undefined) return unknown(events, 'last rollout')
  return { text: 'last rollout not known: no event of it is kept', tone: 'dim' }
}

/** Events are kept for an hour; the oldest pod of the newest revision still says by when it was rolled out. */
function oldestOfRevision(pods: readonly PodRow[]): Fact | undefined {
  const revisionOf = ({ labels }: PodRow) => labels['pod-template-hash'] ?? labels['controller-revision-hash']
  const [newest] = pods.toSorted((a, b) => b.createdAt - a.createdAt)
  const revision = newest && revisionOf(newest)
  if (revision === undefined) return undefined
  const its = pods.filter((pod) => revisionOf(pod) === revision)
  const hash = revision.slice(revision.lastIndexOf('-') + 1)
  return { text: `rollout ${hash} at least`, at: Math.min(...its.map((pod) => pod.createdAt)) }
}

/** `workload` is what Flux would have applied: its labels name who did. */
export function fluxFact(workload: WorkloadRow | undefined, { marks, workloads, flux }: ChangeSources): Fact {
  const applied = marks.findLast(({ letter }) => letter === 'F')
  if (applied !== undefined) return { text: `Flux ${applied.text}`, at: applied.at }
  // Without the workloads nothing says which of Flux's objects has applied them.
  const missing = [flux, workloads].find(({ data }) => data?.complete !== true)
  if (missing !== undefined) return unknown(missing.data === undefined ? missing : coming, 'last Flux apply')
  const by = workload && applierOf(workload)
  if (by !== undefined) return { text: `applied by Flux ${by}, when is not known`, tone: 'dim' }
  return { text: 'no Flux apply of it is known', tone: 'dim' }
}

const coming: Reading<never> = { pending: true }

function applierOf({ labels }: WorkloadRow): string | undefined {
  return labels['helm.toolkit.fluxcd.io/name'] ?? labels['kustomize.toolkit.fluxcd.io/name']
}
