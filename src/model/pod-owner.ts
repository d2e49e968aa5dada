// From a pod to the workload that an operator knows it by: ReplicaSet → Deployment, Job → CronJob, by name.
// No request is made: the names carry the link (a ReplicaSet is `<deployment>-<pod template hash>`).
import { keyOf } from '#model/finding-draft.ts'
import type { ObjectRef, PodRow, WorkloadRow } from '#model/kube.ts'
import { oncePer } from '#model/once-per.ts'

const groups: Readonly<Record<string, string>> = {
  Deployment: 'apps',
  ReplicaSet: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  Job: 'batch',
  CronJob: 'batch',
  // CloudNativePG's, the one kind of that name that owns pods itself.
  Cluster: 'postgresql.cnpg.io',
}

export function refOf(kind: string, namespace: string, name: string): ObjectRef {
  return { group: groups[kind] ?? '', kind, namespace, name }
}

export function workloadRef(row: WorkloadRow): ObjectRef {
  return refOf(row.kind, row.namespace, row.name)
}

interface PodLink {
  /** `namespace/pod`, as usage names it. */
  readonly name: string
  readonly owner: ObjectRef
  readonly key: string
}

/** A row never changes, so what follows from it is worked out once: ten thousand of them are judged twice a second. */
export const linkOf = oncePer((pod: PodRow): PodLink => {
  const owner = findOwner(pod)
  return { name: `${pod.namespace}/${pod.name}`, owner, key: keyOf(owner) }
})

/** The pod itself where nothing owns it, or a node does (a static pod). */
export const ownerOf = (pod: PodRow): ObjectRef => linkOf(pod).owner

/**
 * Whether a pod is the object's: it itself, one that runs on the node, one of the workload. A workload has those that
 * name it their owner, and those that it is known by: a Deployment by way of its ReplicaSets.
 */
export function isPodOf(ref: ObjectRef): (pod: PodRow) => boolean {
  const { kind, namespace, name } = ref
  if (kind === 'Node') return (pod) => pod.node === name
  if (kind === 'Pod') return (pod) => pod.namespace === namespace && pod.name === name
  const key = keyOf(ref)
  const owns = ({ namespace: its, owner }: PodRow) =>
    its === namespace && owner?.kind === kind && owner.name === name
  return (pod) => linkOf(pod).key === key || owns(pod)
}

function findOwner(pod: PodRow): ObjectRef {
  const { owner, namespace } = pod
  if (!owner || owner.kind === 'Node') return refOf('Pod', namespace, pod.name)
  if (owner.kind === 'ReplicaSet') {
    const hash = pod.labels['pod-template-hash']
    const name =
      hash !== undefined && owner.name.endsWith(`-${hash}`)
        ? owner.name.slice(0, -hash.length - 1)
        : owner.name.replace(/-[bcdfghjklmnpqrstvwxz2456789]{5,10}$/, '')
    return refOf(name === owner.name ? 'ReplicaSet' : 'Deployment', namespace, name)
  }
  if (owner.kind === 'Job') return jobOwner(namespace, owner.name)
  return refOf(owner.kind, namespace, owner.name)
}

/** A CronJob names its jobs `<cronjob>-<minutes since the epoch>`. */
export function jobOwner(namespace: string, job: string): ObjectRef {
  const cron = /^(.+)-\d{8,10}$/.exec(job)?.[1]
  return cron === undefined ? refOf('Job', namespace, job) : refOf('CronJob', namespace, cron)
}

/** What tells the pods of one workload apart is their end. */
export function shortPod(pod: string): string {
  const parts = pod.split('-')
  return parts.length > 2 ? parts.slice(-2).join('-') : pod
}
