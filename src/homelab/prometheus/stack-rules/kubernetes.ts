// Rules about what Kubernetes says of its nodes, workloads and volumes.
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import { alertsOf } from './alert.ts'

const alert = alertsOf('infrastructure')
const ksm = 'job="kube-state-metrics"'
const volumes = 'job="kubelet",metrics_path="/metrics"'
const schedulable = `and on (cluster, node) kube_node_spec_unschedulable{${ksm}} == 0`

export const kubernetesNodes: RuleGroup = {
  name: 'kubernetes-system-kubelet',
  rules: [
    alert('KubeNodeNotReady', {
      severity: 'warning',
      expr: `kube_node_status_condition{${ksm},condition="Ready",status="true"} == 0 ${schedulable}`,
      for: '15m',
      summary: 'Node {{ $labels.node }} is not ready.',
      description: '{{ $labels.node }} has not been ready for a quarter of an hour, and is not cordoned.',
    }),
    alert('KubeNodeUnreachable', {
      severity: 'warning',
      expr: `(kube_node_spec_taint{${ksm},key="node.kubernetes.io/unreachable",effect="NoSchedule"} unless ignoring (key, value) kube_node_spec_taint{${ksm},key=~"ToBeDeletedByClusterAutoscaler|cloud.google.com/impending-node-termination|aws-node-termination-handler/spot-itn"}) == 1`,
      for: '15m',
      summary: 'Node {{ $labels.node }} is unreachable.',
      description: 'The control plane has lost {{ $labels.node }}; its pods may be started elsewhere.',
    }),
    alert('KubeNodePressure', {
      severity: 'info',
      expr: `kube_node_status_condition{${ksm},condition=~"(MemoryPressure|DiskPressure|PIDPressure)",status="true"} == 1 ${schedulable}`,
      for: '10m',
      summary: 'Node {{ $labels.node }} reports {{ $labels.condition }}.',
      description: 'The kubelet of {{ $labels.node }} evicts pods while {{ $labels.condition }} lasts.',
    }),
  ],
}

export const kubernetesApps: RuleGroup = {
  name: 'kubernetes-apps',
  rules: [
    alert('KubePodCrashLooping', {
      severity: 'warning',
      expr: `max_over_time(kube_pod_container_status_waiting_reason{${ksm},reason="CrashLoopBackOff"}[5m]) >= 1`,
      for: '15m',
      summary: '{{ $labels.namespace }}/{{ $labels.pod }} keeps crashing.',
      description:
        'Container {{ $labels.container }} of {{ $labels.pod }} in {{ $labels.namespace }} waits to be started again after crashes.',
    }),
    alert('KubePodNotReady', {
      severity: 'warning',
      expr: `sum by (namespace, pod, cluster) (max by (namespace, pod, cluster) (kube_pod_status_phase{${ksm},phase=~"Pending|Unknown|Failed"}) * on (namespace, pod, cluster) group_left (owner_kind) topk by (namespace, pod, cluster) (1, max by (namespace, pod, owner_kind, cluster) (kube_pod_owner{owner_kind!="Job"}))) > 0`,
      for: '15m',
      summary: '{{ $labels.namespace }}/{{ $labels.pod }} does not become ready.',
      description:
        '{{ $labels.pod }} in {{ $labels.namespace }} has been pending or failed for a quarter of an hour.',
    }),
    alert('KubeDeploymentReplicasMismatch', {
      severity: 'warning',
      expr: `(kube_deployment_spec_replicas{${ksm}} > kube_deployment_status_replicas_available{${ksm}}) and (changes(kube_deployment_status_replicas_updated{${ksm}}[10m]) == 0)`,
      for: '15m',
      summary: 'Deployment {{ $labels.namespace }}/{{ $labels.deployment }} lacks replicas.',
      description:
        '{{ $labels.deployment }} in {{ $labels.namespace }} has had fewer available replicas than it should for a quarter of an hour, and no rollout is moving.',
    }),
    alert('KubeJobFailed', {
      severity: 'warning',
      expr: `kube_job_failed{${ksm}} > 0`,
      for: '15m',
      summary: 'Job {{ $labels.namespace }}/{{ $labels.job_name }} failed.',
      description:
        '{{ $labels.job_name }} in {{ $labels.namespace }} did not complete; the alert ends when it is removed.',
    }),
  ],
}

const available = `kubelet_volume_stats_available_bytes{${volumes}}`
const share = `${available} / kubelet_volume_stats_capacity_bytes{${volumes}}`
const inUse = `kubelet_volume_stats_used_bytes{${volumes}} > 0`

export const kubernetesStorage: RuleGroup = {
  name: 'kubernetes-storage',
  rules: [
    alert('KubePersistentVolumeFillingUp', {
      severity: 'critical',
      expr: `(${share}) < 0.03 and ${inUse}`,
      for: '1m',
      summary: 'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is nearly full.',
      description: 'Only {{ $value | humanizePercentage }} of {{ $labels.persistentvolumeclaim }} is free.',
    }),
    alert('KubePersistentVolumeFillingUp', {
      severity: 'warning',
      expr: `(${share}) < 0.15 and ${inUse} and predict_linear(${available}[6h], 4 * 24 * 3600) < 0`,
      for: '1h',
      summary:
        'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} will be full within four days.',
      description:
        'At the pace of the last six hours; {{ $value | humanizePercentage }} of {{ $labels.persistentvolumeclaim }} is free now.',
    }),
  ],
}
