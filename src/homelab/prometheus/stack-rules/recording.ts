// Recording rules that the dashboards of the stack query, with the names the mixins gave them.
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'

const kubelet = 'job="kubelet",metrics_path="/metrics/cadvisor",image!=""'
const onNode =
  'on (cluster, namespace, pod) group_left (node) topk by (cluster, namespace, pod) (1, max by (cluster, namespace, pod, node) (kube_pod_info{node!=""}))'
const usedBy = (how: 'rate' | 'irate') =>
  `sum by (cluster, namespace, pod, container) (${how}(container_cpu_usage_seconds_total{${kubelet}}[5m])) * ${onNode}`
const memory = (name: string) => `container_memory_${name}{${kubelet}} * ${onNode}`
const containerCpu = 'node_namespace_pod_container:container_cpu_usage_seconds_total'

export const kubernetesRecording: RuleGroup = {
  name: 'k8s.rules.container',
  rules: [
    { record: `${containerCpu}:sum_rate5m`, expr: usedBy('rate') },
    { record: `${containerCpu}:sum_irate`, expr: usedBy('irate') },
    ...['working_set_bytes', 'rss', 'cache'].map((name) => ({
      record: `node_namespace_pod_container:container_memory_${name}`,
      expr: memory(name),
    })),
    {
      record: 'namespace_workload_pod:kube_pod_owner:relabel',
      expr: 'max by (cluster, namespace, workload, pod) (label_replace(label_replace(kube_pod_owner{job="kube-state-metrics",owner_kind="ReplicaSet"}, "replicaset", "$1", "owner_name", "(.*)") * on (replicaset, namespace, cluster) group_left (owner_name) topk by (cluster, replicaset, namespace) (1, max by (cluster, replicaset, namespace, owner_name) (kube_replicaset_owner{job="kube-state-metrics"})), "workload", "$1", "owner_name", "(.*)"))',
      labels: { workload_type: 'deployment' },
    },
    ...(['DaemonSet', 'StatefulSet', 'Job'] as const).map((kind) => ({
      record: 'namespace_workload_pod:kube_pod_owner:relabel',
      expr: `max by (cluster, namespace, workload, pod) (label_replace(kube_pod_owner{job="kube-state-metrics",owner_kind="${kind}"}, "workload", "$1", "owner_name", "(.*)"))`,
      labels: { workload_type: kind.toLowerCase() },
    })),
  ],
}

const node = 'job="node-exporter"'

export const nodeRecording: RuleGroup = {
  name: 'node-exporter.rules',
  rules: [
    {
      record: 'instance:node_num_cpu:sum',
      expr: `count without (cpu, mode) (node_cpu_seconds_total{${node},mode="idle"})`,
    },
    {
      record: 'instance:node_cpu_utilisation:rate5m',
      expr: `1 - avg without (cpu) (sum without (mode) (rate(node_cpu_seconds_total{${node},mode=~"idle|iowait|steal"}[5m])))`,
    },
    {
      record: 'instance:node_load1_per_cpu:ratio',
      expr: `node_load1{${node}} / instance:node_num_cpu:sum{${node}}`,
    },
    {
      record: 'instance:node_memory_utilisation:ratio',
      expr: `1 - node_memory_MemAvailable_bytes{${node}} / node_memory_MemTotal_bytes{${node}}`,
    },
    {
      record: 'instance:node_vmstat_pgmajfault:rate5m',
      expr: `rate(node_vmstat_pgmajfault{${node}}[5m])`,
    },
    {
      record: 'instance_device:node_disk_io_time_seconds:rate5m',
      expr: `rate(node_disk_io_time_seconds_total{${node}}[5m])`,
    },
    {
      record: 'instance:node_network_receive_bytes_excluding_lo:rate5m',
      expr: `sum without (device) (rate(node_network_receive_bytes_total{${node},device!="lo"}[5m]))`,
    },
    {
      record: 'instance:node_network_transmit_bytes_excluding_lo:rate5m',
      expr: `sum without (device) (rate(node_network_transmit_bytes_total{${node},device!="lo"}[5m]))`,
    },
  ],
}
