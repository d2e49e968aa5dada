// The queries behind usage, capacity and error rates, in one place, so that a test can run each against a real Prometheus.
// Series are those of cAdvisor through the kubelet, node-exporter, kube-state-metrics and the span metrics connector.
import { selector } from '#model/promql-text.ts'

export const realContainers = 'container!="",image!=""'
/** Busy is what is left without idling, waiting for disks, and what other guests of the host took. */
export const busy = 'mode!~"idle|iowait|steal"'
/** Filesystems that hold data: not those in memory, not the images that containers mount. */
export const realDisks =
  'fstype!~"tmpfs|ramfs|overlay|squashfs|nsfs|iso9660|fuse.*|",mountpoint!~"/(dev|proc|sys|run)(/.*)?"'
/** The host's own interfaces: not loopback, not the pods' ends of their cables, not bridges and tunnels. */
export const realNics =
  'device!~"lo|veth.*|lxc.*|cali.*|cilium.*|cni.*|flannel.*|docker.*|br-.*|virbr.*|tunl.*|vxlan.*"'
const matchers = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(',')
/** What was asked of an application, not what it asks of others. */
export const serverSpans = 'span_kind="SPAN_KIND_SERVER"'

/** Cores and bytes by `namespace` and `pod`, of the pods that the matchers mean (pod-matchers.ts). */
export const podCpu = (pods = '') =>
  `sum by (namespace,pod) (rate(container_cpu_usage_seconds_total{${matchers(pods, realContainers)}}[5m]))`
export const podMemory = (pods = '') =>
  `sum by (namespace,pod) (container_memory_working_set_bytes{${matchers(pods, realContainers)}})`
/** One sample where there are any containers at all, as the kubelets have them. */
export const containers = `count(container_memory_working_set_bytes{${realContainers}})`
export const podRestarts = (namespace?: string) =>
  `sum by (namespace,pod) (increase(kube_pod_container_status_restarts_total${selector({ namespace })}[1h])) > 0`

/** By `instance`, which is the node's address and the exporter's port (node-hosts.ts). */
export const nodeCpu = `sum by (instance) (rate(node_cpu_seconds_total{${busy}}[5m]))`
export const nodeMemory = 'sum by (instance) (node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes)'
/** Gives names to addresses. */
export const nodeInfo = 'kube_node_info'

/** The cluster as a whole, over time. */
export const clusterCpu = (window: string) => `sum(rate(node_cpu_seconds_total{${busy}}[${window}]))`
export const clusterMemory = 'sum(node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes)'
export const clusterDisk = `max(1 - node_filesystem_avail_bytes{${realDisks}} / node_filesystem_size_bytes{${realDisks}})`
export const clusterNetwork = (window: string) =>
  `sum(rate(node_network_receive_bytes_total{${realNics}}[${window}])) + sum(rate(node_network_transmit_bytes_total{${realNics}}[${window}]))`

/** By `instance` and `mountpoint`, from 0 to 1. */
export const diskFill = `max by (instance,mountpoint) (1 - node_filesystem_avail_bytes{${realDisks}} / node_filesystem_size_bytes{${realDisks}})`
/** By `namespace` and `persistentvolumeclaim`; only those worth a word. */
export const claimFill = (namespace?: string) => {
  const where = selector({ namespace })
  return `max by (namespace,persistentvolumeclaim) (1 - kubelet_volume_stats_available_bytes${where} / kubelet_volume_stats_capacity_bytes${where}) > 0.8`
}

/** By `service_name`, and `service_namespace` where the spans say it. */
export const spanCalls = `sum by (service_name,service_namespace) (rate(traces_span_metrics_calls_total{${serverSpans}}[5m]))`
export const spanErrors = `sum by (service_name,service_namespace) (rate(traces_span_metrics_calls_total{${serverSpans},status_code="STATUS_CODE_ERROR"}[5m]))`
