// A node's charts: what node-exporter measures, against what the node can give and what its pods have asked for.
import { busy, realDisks, realNics } from '#model/metric-queries.ts'
import { instanceOf } from '#model/node-hosts.ts'
import { selector } from '#model/promql-text.ts'
import { type ChartSpec, gauge, rate } from './spec.ts'

/** `address` as the Kubernetes API has it: exporters are scraped by it, some setups name them by the node instead. */
export function nodeCharts(name: string, address: string | undefined): readonly ChartSpec[] {
  const instance = instanceOf({ name, ...(address !== undefined && { ip: address }) })
  const of = (metric: string, also = '') => `${metric}{${instance}${also === '' ? '' : `,${also}`}}`
  const asked = (resource: string) =>
    `sum(kube_pod_container_resource_requests${selector({ node: name, resource })})`
  const allocatable = (resource: string) => ({
    name: 'allocatable',
    expr: `max(kube_node_status_allocatable${selector({ node: name, resource })})`,
  })
  const stall = (resource: string, kind: 'waiting' | 'stalled') => ({
    name: { text: resource === 'cpu' ? 'cpu' : resource === 'io' ? 'disk' : 'memory' },
    query: rate((window) => `max(rate(${of(`node_pressure_${resource}_${kind}_seconds_total`)}[${window}]))`),
  })
  return [
    {
      id: 'cpu',
      title: 'cpu',
      unit: 'cores',
      metric: 'node_cpu_seconds_total',
      lines: [
        {
          name: { text: 'used' },
          query: rate((window) => `sum(rate(${of('node_cpu_seconds_total', busy)}[${window}]))`),
        },
      ],
      limits: [allocatable('cpu'), { name: 'requests', expr: asked('cpu') }],
    },
    {
      id: 'memory',
      title: 'memory',
      unit: 'bytes',
      metric: 'node_memory_MemAvailable_bytes',
      lines: [
        {
          name: { text: 'used' },
          query: gauge(`sum(${of('node_memory_MemTotal_bytes')} - ${of('node_memory_MemAvailable_bytes')})`),
        },
      ],
      limits: [allocatable('memory'), { name: 'requests', expr: asked('memory') }],
    },
    {
      id: 'load',
      title: 'load',
      unit: 'number',
      metric: 'node_load1',
      lines: [{ name: { text: '1m' }, query: gauge(`max(${of('node_load1')})`) }],
      limits: [
        { name: 'cores', expr: `count(count by (cpu) (${of('node_cpu_seconds_total', 'mode="idle"')}))` },
      ],
    },
    {
      id: 'stall',
      title: 'stall',
      unit: 'ratio',
      metric: 'node_pressure_cpu_waiting_seconds_total',
      optional: true,
      lines: [stall('cpu', 'waiting'), stall('memory', 'waiting'), stall('io', 'waiting')],
      limits: [],
    },
    {
      id: 'disk',
      title: 'disk',
      unit: 'ratio',
      metric: 'node_filesystem_avail_bytes',
      top: 1,
      lines: [
        {
          name: { label: 'mountpoint' },
          query: gauge(
            `max by (mountpoint) (1 - ${of('node_filesystem_avail_bytes', realDisks)} / ${of('node_filesystem_size_bytes', realDisks)})`,
          ),
        },
      ],
      limits: [],
    },
    {
      id: 'io',
      title: 'disk traffic',
      unit: 'bytes/s',
      metric: 'node_disk_read_bytes_total',
      optional: true,
      lines: [
        {
          name: { text: 'read' },
          query: rate((window) => `sum(rate(${of('node_disk_read_bytes_total')}[${window}]))`),
        },
        {
          name: { text: 'written' },
          query: rate((window) => `sum(rate(${of('node_disk_written_bytes_total')}[${window}]))`),
        },
      ],
      limits: [],
    },
    {
      id: 'network',
      title: 'network',
      unit: 'bytes/s',
      metric: 'node_network_receive_bytes_total',
      lines: [
        {
          name: { text: 'received' },
          query: rate(
            (window) => `sum(rate(${of('node_network_receive_bytes_total', realNics)}[${window}]))`,
          ),
        },
        {
          name: { text: 'sent' },
          query: rate(
            (window) => `sum(rate(${of('node_network_transmit_bytes_total', realNics)}[${window}]))`,
          ),
        },
      ],
      limits: [],
    },
    {
      id: 'temperature',
      title: 'temperature',
      unit: 'celsius',
      metric: 'node_hwmon_temp_celsius',
      optional: true,
      lines: [{ name: { text: 'hottest' }, query: gauge(`max(${of('node_hwmon_temp_celsius')})`) }],
      limits: [{ name: 'critical', expr: `min(${of('node_hwmon_temp_crit_celsius')} > 0)` }],
    },
  ]
}

/** When the node booted, and how often its kernel had to kill: lines `boot` (seconds since the epoch) and `oom` (a count). */
export function nodeHistory(name: string, address?: string): ChartSpec {
  const instance = instanceOf({ name, ...(address !== undefined && { ip: address }) })
  const line = (text: string, metric: string) => ({
    name: { text },
    query: gauge(`max(${metric}{${instance}})`),
  })
  return {
    ...{ id: 'history', title: 'history', unit: 'number', metric: 'node_boot_time_seconds', limits: [] },
    lines: [line('boot', 'node_boot_time_seconds'), line('oom', 'node_vmstat_oom_kill')],
  }
}
