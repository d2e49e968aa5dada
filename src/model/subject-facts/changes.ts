// What was done to a workload: when it was last rolled out, when Flux last applied it, and beside them what it claims.
import type { ObjectRef, WorkloadRow } from '#model/kube.ts'
import { isPodOf } from '#model/pod-owner.ts'
import type { Reading } from '#model/reading.ts'
import { markText } from '#model/subject-marks.ts'
import { type Fact, unknown } from './fact.ts'
import { newestRevision, type Revision, rolloutWords } from './revision.ts'
import { type FactSources, workloadOf } from './sources.ts'

/** `owner` is the workload, or what a pod belongs to, since a pod changes with it; undefined: nobody knows what that is. */
export function doneFacts(
  owner: ObjectRef | undefined,
  claims: readonly Fact[],
  sources: FactSources,
): readonly Fact[] {
  // What fills up is seen before what was done to it, and that before what is calm.
  const pressing = claims.filter(({ tone, unread }) => !unread && (tone === 'bad' || tone === 'warn'))
  return [...pressing, ...changeFacts(owner, sources), ...claims.filter((claim) => !pressing.includes(claim))]
}

/** What runs and ends has no rollout, and a pod that nothing owns is as it was made. */
function changeFacts(owner: ObjectRef | undefined, sources: FactSources): readonly Fact[] {
  if (owner === undefined) {
    // Of a pod that is gone it is said already; where the pods are not read, that is why.
    const { pods } = sources
    return [...(pods.data === undefined ? [unknown(pods, 'last rollout')] : []), fluxFact(undefined, sources)]
  }
  if (owner.kind === 'Pod') return []
  const flux = fluxFact(workloadOf(owner, sources.workloads.data?.rows ?? []), sources)
  if (owner.kind === 'Job' || owner.kind === 'CronJob') return [flux]
  const its = (sources.pods.data?.rows ?? []).filter(isPodOf(owner))
  return [rolloutFact(newestRevision(its), sources), flux]
}

/** Without the event of a rollout, or what stands for it: by when its newest revision ran. */
function rolloutFact(revision: Revision | undefined, { marks, events }: FactSources): Fact {
  const seen = marks.findLast(({ letter }) => letter === 'R')
  if (seen !== undefined) return { text: seen.what, at: seen.at }
  if (revision !== undefined) return { text: `${rolloutWords(revision)} at least`, at: revision.oldest }
  if (events.data === undefined) return unknown(events, 'last rollout')
  return { text: 'last rollout not known: no event of it is kept', tone: 'dim' }
}

/** `workload` is what Flux would have applied: its labels name who did. */
function fluxFact(workload: WorkloadRow | undefined, { marks, workloads, flux }: FactSources): Fact {
  const applied = marks.findLast(({ letter }) => letter === 'F')
  if (applied !== undefined) return { text: `Flux ${markText(applied)}`, at: applied.at }
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
