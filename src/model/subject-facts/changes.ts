// What was done to a workload: when it was last rolled out, when Flux last applied it, and beside them what it claims.
import type { ObjectRef, WorkloadRow } from '#model/kube.ts'
import { isPodOf } from '#model/pod-owner.ts'
import { markText } from '#model/subject-marks.ts'
import { type Fact, old, oldOnes, type RowsReading, unknown, unreadRows } from './fact.ts'
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
  const { pods, events, flux } = sources
  if (owner === undefined) {
    // Of a pod that is gone it is said already; where the pods are not read, that is why.
    const rollout = pods.data === undefined ? [unknown(pods, 'last rollout')] : []
    return [...rollout, ...fluxFacts(undefined, sources), ...old(flux, 'Flux')]
  }
  if (owner.kind === 'Pod') return []
  const applied = fluxFacts(workloadOf(owner, sources.workloads.data?.rows ?? []), sources)
  if (owner.kind === 'Job' || owner.kind === 'CronJob') return [...applied, ...old(flux, 'Flux')]
  const its = (pods.data?.rows ?? []).filter(isPodOf(owner))
  return [
    rolloutFact(newestRevision(its), sources),
    ...applied,
    ...oldOnes([
      [events, 'events'],
      [flux, 'Flux'],
    ]),
  ]
}

/** Without the event of a rollout, or what stands for it: by when its newest revision ran. */
function rolloutFact(revision: Revision | undefined, { marks, events }: FactSources): Fact {
  const seen = marks.findLast(({ letter }) => letter === 'R')
  if (seen !== undefined) return { text: seen.what, at: seen.at }
  if (revision !== undefined) return { text: `${rolloutWords(revision)} at least`, at: revision.oldest }
  const none: Fact = { text: 'last rollout not known: no event of it is kept', tone: 'dim' }
  return unreadRows(events, 'last rollout') ?? none
}

/** `workload` is what Flux would have applied: its labels name who did. */
function fluxFacts(workload: WorkloadRow | undefined, sources: FactSources): readonly Fact[] {
  const { marks, workloads, flux, namespace } = sources
  // Who applied it, or applied it last, may live in another namespace than the one that is read.
  const only = namespace === undefined ? undefined : `only ${namespace} is read`
  const applied = marks.findLast(({ letter }) => letter === 'F')
  if (applied !== undefined) {
    const scope: readonly Fact[] = only === undefined ? [] : [{ text: `Flux: ${only}`, tone: 'dim' }]
    return [{ text: `Flux ${markText(applied)}`, at: applied.at }, ...scope]
  }
  const by = workload && applierOf(workload)
  if (by !== undefined && flux.data?.complete) {
    const why = only ?? flux.data.partial
    return [
      { text: `applied by Flux ${by}, when is not known${why === undefined ? '' : `: ${why}`}`, tone: 'dim' },
    ]
  }
  // Without the workloads nothing says which of Flux's objects has applied them.
  const read: readonly RowsReading<unknown>[] = workload === undefined ? [flux, workloads] : [flux]
  const unread = read.map((rows) => unreadRows(rows, 'last Flux apply')).find((fact) => fact !== undefined)
  if (unread !== undefined) return [unread]
  const text = only === undefined ? 'no Flux apply of it is known' : `last Flux apply not known: ${only}`
  return [{ text, tone: 'dim' }]
}

function applierOf({ labels }: WorkloadRow): string | undefined {
  return labels['helm.toolkit.fluxcd.io/name'] ?? labels['kustomize.toolkit.fluxcd.io/name']
}
