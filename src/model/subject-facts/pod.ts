// What is said of a pod: how it fares and how its containers ended; its changes and its claims, whose it is, where it runs.
import type { ObjectRef, PodRow } from '#model/kube.ts'
import { isPodOf, ownerOf } from '#model/pod-owner.ts'
import { doneFacts } from './changes.ts'
import { claimFacts } from './claims.ts'
import { absent, type Fact, type FactLines, old } from './fact.ts'
import { containerRestarts, podRestarts } from './restarts.ts'
import { elsewhere, type FactSources } from './sources.ts'

export function podFacts(ref: ObjectRef, sources: FactSources): FactLines {
  const { pods, object, containers, volumes } = sources
  const pod = pods.data?.rows.find(isPodOf(ref))
  const claims = claimFacts(object, volumes, pod === undefined ? [] : [pod])
  const ends = containers && [...containerRestarts(containers), ...old(object, 'containers')]
  if (pod === undefined) {
    // The pod itself may be readable where the list is not.
    return [
      [absent(pods, 'pods', elsewhere(ref, sources)), ...(ends ?? [])],
      doneFacts(undefined, claims, sources),
    ]
  }
  return [
    [statusFact(pod), ...(ends ?? [podRestarts(pod)]), ...messageFact(pod), ...old(pods, 'pods')],
    [
      ...doneFacts(ownerOf(pod), claims, sources),
      ownerFact(pod),
      ...(pod.node === undefined ? [] : [{ text: `on ${pod.node}` }]),
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
