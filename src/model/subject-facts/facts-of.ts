// The facts of one node, pod or workload, from what the deck has.
import type { ObjectRef } from '#model/kube.ts'
import type { FactLines } from './fact.ts'
import { nodeFacts } from './node.ts'
import { podFacts } from './pod.ts'
import type { FactSources } from './sources.ts'
import { workloadFacts } from './workload.ts'

export function factsOf(ref: ObjectRef, sources: FactSources): FactLines {
  if (ref.kind === 'Node') return nodeFacts(ref, sources)
  return ref.kind === 'Pod' ? podFacts(ref, sources) : workloadFacts(ref, sources)
}
