// What is said of a pod: how it fares and how its containers ended; whose it is, where it runs, its claims and its changes.
import type { ObjectRef, PodRow } from '#model/kube.ts'
import { ownerOf } from '#model/pod-owner.ts'
import { fluxFact, rolloutFact } from './changes.ts'
import { claimFacts } from './claims.ts'
import { absent, type Fact, type FactLines, old } from './fact.ts'
import { containerRestarts, podRestarts } from './restarts.ts'
import { newestRevision } from './revision.ts'
import { elsewhere, type FactSources, podsOf, workloadOf } from './sources.ts'

export function podFacts(ref: ObjectRef, sources: FactSources): FactLines {
  const { pods, object, containers, measured } = sources
  const pod = pods.data?.rows.find((one) => one.name === ref.name && one.namespace === ref.namespace)
  const claims = claimFacts(object, measured)
  if (pod === undefined) {
    // The pod itself may be readable where the list is not.
    const restarts = containers === undefined ? [] : containerRestarts(containers)
    return [
      [absent(pods, 'pods', elsewhere(ref, sources)), ...restarts],
      [...claims, fluxFact(undefined, sources)],
    ]
  }
  const restarts = containers === undefined ? [podRestarts(pod)] : containerRestarts(containers)
  return [
    [statusFact(pod), ...restarts, ...messageFact(pod), ...old(pods, 'pods')],
    [
      ownerFact(pod),
      ...(pod.node === undefined ? [] : [{ text: `on ${pod.node}` }]),
      ...claims,
      ...done(pod, sources),
    ],
  ]
}

/** What a pod passes through as it comes and goes. */
const onItsWay = /^(Pending|ContainerCreating|PodInitializing|Init:\d|Terminating|SchedulingGated)/

function statusFact({ status, ready, containers, phase }: PodRow): Fact {
  const text = `${status}, ${ready}/${containers} ready`
  const well = phase === 'Succeeded' || (status === 'Running' && ready >= containers)
  if (well) return { text }
  return { text, tone: onItsWay.test(status) ? 'warn' : 'bad' }
}

const messageFact = ({ message }: PodRow): readonly Fact[] =>
  message === undefined ? [] : [{ text: message, tone: 'dim' }]

function ownerFact(pod: PodRow): Fact {
  const { kind, name } = ownerOf(pod)
  if (kind !== 'Pod') return { text: `of ${kind} ${name}` }
  return { text: pod.owner?.kind === 'Node' ? 'a static pod' : 'owned by nothing' }
}

/** A pod changes with what owns it. */
function done(pod: PodRow, sources: FactSources): readonly Fact[] {
  const owner = ownerOf(pod)
  if (owner.kind === 'Pod') return []
  const its = podsOf(owner, sources.pods.data?.rows ?? [])
  const isRun = owner.kind === 'Job' || owner.kind === 'CronJob'
  return [
    fluxFact(workloadOf(owner, sources.workloads.data?.rows ?? []), sources),
    ...(isRun ? [] : [rolloutFact(newestRevision(owner, its), sources)]),
  ]
}
