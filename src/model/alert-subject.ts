// What an alert is about, from its labels, so that it joins what else is known of the same object.
// Label names are those of kube-state-metrics, cAdvisor, node-exporter, span metrics and Flux's metrics.

import { fluxRef } from '#model/judge-flux.ts'
import { nodeRef } from '#model/judge-nodes.ts'
import type { NodeRow, ObjectRef, PodRow, WorkloadRow } from '#model/kube.ts'
import { oncePer } from '#model/once-per.ts'
import { jobOwner, ownerOf, refOf, workloadRef } from '#model/pod-owner.ts'
import type { AlertRow, Labels } from '#model/prometheus.ts'

export interface SubjectIndex {
  readonly pod: (namespace: string, name: string) => PodRow | undefined
  /** By `namespace/name`. */
  readonly workloads: ReadonlyMap<string, WorkloadRow>
  /** By the workload's name alone, where only one namespace has it. */
  readonly services: ReadonlyMap<string, WorkloadRow>
  /** By name and by address. */
  readonly nodes: ReadonlyMap<string, NodeRow>
}

const serving: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

export function indexSubjects(
  pods: readonly PodRow[],
  workloads: readonly WorkloadRow[],
  nodes: readonly NodeRow[],
): SubjectIndex {
  return {
    // Few alerts are about pods, and there may be ten thousand of those.
    pod: (namespace, name) => pods.find((pod) => pod.name === name && pod.namespace === namespace),
    ...indexWorkloads(workloads),
    nodes: new Map(
      nodes.flatMap((node) => [[node.name, node] as const, ...(node.ip ? [[node.ip, node] as const] : [])]),
    ),
  }
}

const indexWorkloads = oncePer(
  (workloads: readonly WorkloadRow[]): Pick<SubjectIndex, 'workloads' | 'services'> => {
    const services = new Map<string, WorkloadRow>()
    const twice = new Set<string>()
    const byName = new Map<string, WorkloadRow>()
    for (const row of workloads) {
      if (!serving.has(row.kind)) continue
      byName.set(`${row.namespace}/${row.name}`, row)
      for (const name of new Set([row.name, row.labels['app.kubernetes.io/name'] ?? row.name])) {
        const other = services.get(name)
        if (other && other.uid !== row.uid) twice.add(name)
        else services.set(name, row)
      }
    }
    for (const name of twice) services.delete(name)
    return { workloads: byName, services }
  },
)

const kinds = [
  ['deployment', 'Deployment'],
  ['statefulset', 'StatefulSet'],
  ['daemonset', 'DaemonSet'],
  ['cronjob', 'CronJob'],
] as const

/** The most particular object that the labels name; undefined for an alert about the cluster as a whole. */
export function alertSubject(alert: AlertRow, index: SubjectIndex): ObjectRef | undefined {
  const { labels } = alert
  const namespace = labels.exported_namespace ?? labels.namespace ?? ''
  const fluxName = labels.exported_name ?? labels.name
  if (labels.customresource_kind !== undefined && fluxName !== undefined)
    return fluxRef({ kind: labels.customresource_kind, namespace, name: fluxName })
  for (const [label, kind] of kinds) {
    const name = labels[label]
    if (name !== undefined) return refOf(kind, namespace, name)
  }
  if (labels.job_name !== undefined) return jobOwner(namespace, labels.job_name)
  if (labels.persistentvolumeclaim !== undefined)
    return refOf('PersistentVolumeClaim', namespace, labels.persistentvolumeclaim)
  const application = labels.service_name ?? labels.workload
  if (application !== undefined) return serviceRef(application, labels.service_namespace ?? namespace, index)
  return nodeOf(alert, index) ?? podOf(labels, namespace, index) ?? targetOf(labels, namespace, index)
}

/** An application by the name it gives itself in its spans. */
export function serviceRef(name: string, namespace: string, index: SubjectIndex): ObjectRef {
  const row = index.workloads.get(`${namespace}/${name}`) ?? index.services.get(name)
  return row ? workloadRef(row) : refOf('Service', namespace, name)
}

function nodeOf(alert: AlertRow, index: SubjectIndex): ObjectRef | undefined {
  const { labels } = alert
  const about = /^(Kube)?Node|^Kubelet/.test(alert.name) || labels.job === 'node-exporter'
  const exporter = isExporter(labels)
  if (!about && labels.pod !== undefined && !exporter) return undefined
  const named = labels.node ?? labels.nodename
  if (named !== undefined) return nodeRef(index.nodes.get(named)?.name ?? named)
  const host = labels.instance?.replace(/:\d+$/, '')
  const node = host === undefined ? undefined : index.nodes.get(host)
  return node && about ? nodeRef(node.name) : undefined
}

/** Series of kube-state-metrics carry its own pod where they are about no pod. */
function isExporter(labels: Labels): boolean {
  return labels.job === 'kube-state-metrics' && labels.container === 'kube-state-metrics'
}

function podOf(labels: Labels, namespace: string, index: SubjectIndex): ObjectRef | undefined {
  if (labels.pod === undefined || isExporter(labels)) return undefined
  const pod = index.pod(namespace, labels.pod)
  return pod ? ownerOf(pod) : refOf('Pod', namespace, labels.pod)
}

function targetOf(labels: Labels, namespace: string, index: SubjectIndex): ObjectRef | undefined {
  for (const name of [labels.service, labels.job]) {
    const row = name === undefined ? undefined : index.workloads.get(`${namespace}/${name}`)
    if (row) return workloadRef(row)
  }
  return namespace === '' || isExporter(labels)
    ? undefined
    : { group: '', kind: 'Namespace', name: namespace }
}
