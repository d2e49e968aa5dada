// How a pod fares, from the status that kubectl shows and nothing else: what the pods table colours and sorts by.
import type { PodRow } from '#model/kube.ts'

const finished = new Set(['Completed', 'Succeeded'])
const starting = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'Terminating'])

/** Broken, or on its way, or finished; undefined: it is well. */
export function podTone(pod: PodRow): 'bad' | 'warn' | 'off' | undefined {
  if (finished.has(pod.status)) return 'off'
  if (pod.status === 'Running') return pod.ready < pod.containers ? 'warn' : undefined
  return starting.has(pod.status) || pod.status.startsWith('Init:') ? 'warn' : 'bad'
}
