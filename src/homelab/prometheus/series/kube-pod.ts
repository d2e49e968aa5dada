// kube-state-metrics of pods as a whole; kube-container.ts has those of their containers.
import { flag, type ObjectMetric, type Row, seconds } from './kube-object.ts'
import type { PodFacts } from './pod.ts'

const idOf = ({ namespace, name, uid }: PodFacts) => ({ namespace, pod: name, uid })
const phases = ['Pending', 'Succeeded', 'Failed', 'Unknown', 'Running'] as const
const statuses = ['true', 'false', 'unknown'] as const
const qosClasses = ['BestEffort', 'Burstable', 'Guaranteed'] as const
const reasons = ['Evicted', 'NodeAffinity', 'NodeLost', 'Shutdown', 'UnexpectedAdmissionError'] as const

function condition(pod: PodFacts, type: string): readonly Row[] {
  const status = pod.conditions[type]?.toLowerCase()
  if (status === undefined) return []
  return statuses.map((each) => [{ ...idOf(pod), condition: each }, flag(each === status)])
}

export const podMetrics: readonly ObjectMetric<PodFacts>[] = [
  {
    name: 'kube_pod_info',
    type: 'gauge',
    help: 'Information about pod.',
    rows: (pod) => [
      [
        {
          ...idOf(pod),
          host_ip: pod.hostIp,
          pod_ip: pod.ip,
          node: pod.node,
          created_by_kind: pod.owner?.kind ?? '',
          created_by_name: pod.owner?.name ?? '',
          priority_class: pod.priorityClass,
          host_network: String(pod.hostNetwork),
        },
        1,
      ],
    ],
  },
  {
    name: 'kube_pod_status_phase',
    type: 'gauge',
    help: 'The pods current phase.',
    rows: (pod) => phases.map((phase) => [{ ...idOf(pod), phase }, flag(phase === pod.phase)]),
  },
  {
    name: 'kube_pod_status_ready',
    type: 'gauge',
    help: 'Describes whether the pod is ready to serve requests.',
    rows: (pod) => condition(pod, 'Ready'),
  },
  {
    name: 'kube_pod_status_scheduled',
    type: 'gauge',
    help: 'Describes the status of the scheduling process for the pod.',
    rows: (pod) => condition(pod, 'PodScheduled'),
  },
  {
    name: 'kube_pod_status_qos_class',
    type: 'gauge',
    help: 'The pods current qosClass.',
    rows: (pod) => qosClasses.map((qos) => [{ ...idOf(pod), qos_class: qos }, flag(qos === pod.qos)]),
  },
  {
    name: 'kube_pod_status_reason',
    type: 'gauge',
    help: 'The pod status reasons.',
    rows: (pod) => reasons.map((reason) => [{ ...idOf(pod), reason }, flag(reason === pod.reason)]),
  },
  {
    name: 'kube_pod_status_unschedulable',
    type: 'gauge',
    help: 'Describes the unschedulable status for the pod.',
    rows: (pod) => (pod.conditions.PodScheduled === 'False' ? [[idOf(pod), 1]] : []),
  },
  {
    name: 'kube_pod_owner',
    type: 'gauge',
    help: "Information about the Pod's owner.",
    rows: (pod) => [
      [
        {
          ...idOf(pod),
          owner_kind: pod.owner?.kind ?? '',
          owner_name: pod.owner?.name ?? '',
          owner_is_controller: pod.owner ? 'true' : '',
        },
        1,
      ],
    ],
  },
  {
    name: 'kube_pod_created',
    type: 'gauge',
    help: 'Unix creation timestamp.',
    rows: (pod) => [[idOf(pod), seconds(pod.createdAt)]],
  },
  {
    name: 'kube_pod_start_time',
    type: 'gauge',
    help: 'Start time in unix timestamp for a pod.',
    rows: (pod) => (pod.startedAt === undefined ? [] : [[idOf(pod), seconds(pod.startedAt)]]),
  },
  {
    name: 'kube_pod_deletion_timestamp',
    type: 'gauge',
    help: 'Unix deletion timestamp.',
    rows: (pod) => (pod.deletedAt === undefined ? [] : [[idOf(pod), seconds(pod.deletedAt)]]),
  },
  {
    // Object labels are shown only where kube-state-metrics is told which: the stack does not.
    name: 'kube_pod_labels',
    type: 'gauge',
    help: 'Kubernetes labels converted to Prometheus labels.',
    rows: (pod) => [[idOf(pod), 1]],
  },
  {
    name: 'kube_pod_spec_volumes_persistentvolumeclaims_info',
    type: 'gauge',
    help: 'Information about persistentvolumeclaim volumes in a pod.',
    rows: (pod) =>
      pod.claims.map(({ volume, claim }) => [{ ...idOf(pod), volume, persistentvolumeclaim: claim }, 1]),
  },
]
