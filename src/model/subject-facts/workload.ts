// What is said of a workload: how many of its pods are ready, how often they were started anew, its changes, its claims.
import { brief } from '#model/amount-words.ts'
import type { ObjectRef, WorkloadRow } from '#model/kube.ts'
import { isPodOf } from '#model/pod-owner.ts'
import { workloadState } from '#model/workload-status.ts'
import { doneFacts } from './changes.ts'
import { claimFacts } from './claims.ts'
import { absent, type Fact, type FactLines, old } from './fact.ts'
import { workloadRestarts } from './restarts.ts'
import { elsewhere, type FactSources, workloadOf } from './sources.ts'

/** Kinds whose rows the deck has: of others only the pods tell. */
const listed: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'])

export function workloadFacts(ref: ObjectRef, sources: FactSources): FactLines {
  const { pods, workloads, object, volumes } = sources
  const its = (pods.data?.rows ?? []).filter(isPodOf(ref))
  const row = workloadOf(ref, workloads.data?.rows ?? [])
  const only = elsewhere(ref, sources)
  const state = row ? stateFacts(row) : listed.has(ref.kind) ? [absent(workloads, 'workloads', only)] : []
  const restarts = its.length > 0 ? workloadRestarts(its) : withoutPods(sources, only)
  const counted = listed.has(ref.kind) || its.length === 0 ? [] : [readyFact(its)]
  return [
    [...state, ...counted, restarts, ...old(pods, 'pods'), ...old(workloads, 'workloads')],
    [...doneFacts(ref, claimFacts(object, volumes, its), sources), ...old(object, 'volume claims')],
  ]
}

/** Nothing is started anew where there are no pods; where they are not read, that is why it is not known. */
function withoutPods({ pods }: FactSources, only: string | undefined): Fact {
  const isRead = pods.data?.complete === true && only === undefined && pods.data.partial === undefined
  return isRead ? { text: 'no pods', tone: 'dim' } : absent(pods, 'restarts', only)
}

function readyFact(pods: readonly { readonly ready: number; readonly containers: number }[]): Fact {
  const ready = pods.filter((pod) => pod.ready >= pod.containers).length
  return { text: `${ready}/${pods.length} pods ready`, ...(ready < pods.length && { tone: 'warn' }) }
}

function stateFacts(row: WorkloadRow): readonly Fact[] {
  const state = workloadState(row)
  const tone = state === 'failed' ? ('bad' as const) : state === 'progressing' ? ('warn' as const) : undefined
  const why = row.conditions.find(
    ({ type, status }) =>
      (type === 'Progressing' && status === 'False') ||
      (status === 'True' && (type === 'Failed' || type === 'ReplicaFailure')),
  )
  return [
    { text: stateText(row, state), ...(tone && { tone }) },
    ...(why === undefined ? [] : [{ text: brief(why.reason ?? why.type, 40), tone: 'bad' as const }]),
    ...(row.kind === 'CronJob' ? [lastRun(row)] : []),
    ...(row.kind === 'Job' && row.lastAt !== undefined ? [{ text: 'ended', at: row.lastAt }] : []),
  ]
}

function stateText(row: WorkloadRow, state: string): string {
  if (row.kind === 'CronJob' && !row.suspended) return row.ready > 0 ? 'running' : 'between runs'
  if (row.kind === 'Job') return state === 'progressing' ? 'running' : state
  const updated = row.updated === undefined || row.updated >= row.desired ? '' : `, ${row.updated} updated`
  const paused = row.suspended ? ', suspended' : ''
  return row.kind === 'CronJob' ? 'suspended' : `${row.ready}/${row.desired} ready${updated}${paused}`
}

const lastRun = ({ lastAt }: WorkloadRow): Fact =>
  lastAt === undefined ? { text: 'never ran', tone: 'dim' } : { text: 'last run', at: lastAt }
