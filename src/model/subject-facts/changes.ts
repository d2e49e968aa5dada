// When a workload was last rolled out, and when Flux last applied something to it: by name and time.
import type { EventRow, FluxRow, WorkloadRow } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import type { SubjectMark } from '#model/subject-marks.ts'
import { type Fact, type RowsReading, unknown } from './fact.ts'
import type { Revision } from './revision.ts'

export interface ChangeSources {
  /** What happened to the object, the earliest first. */
  readonly marks: readonly SubjectMark[]
  readonly workloads: RowsReading<WorkloadRow>
  readonly events: RowsReading<EventRow>
  readonly flux: RowsReading<FluxRow>
}

/** Without the event of a rollout, or what stands for it: by when its newest revision ran. */
export function rolloutFact(
  revision: Revision | undefined,
  { marks, events }: Pick<ChangeSources, 'marks' | 'events'>,
): Fact {
  const seen = marks.findLast(({ letter }) => letter === 'R')
  if (seen !== undefined) return { text: seen.text.replace(/^.* (?=rollout )/, ''), at: seen.at }
  if (revision !== undefined) return { text: `rollout ${revision.hash} at least`, at: revision.oldest }
  if (events.data === undefined) return unknown(events, 'last rollout')
  return { text: 'last rollout not known: no event of it is kept', tone: 'dim' }
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
