// Rules about the machines: filesystems, memory, and the kernel killing what uses too much of it.
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import { alertsOf } from './alert.ts'

const alert = alertsOf('infrastructure')
const disk = 'job="node-exporter",fstype!="",mountpoint!=""'
const writable = `node_filesystem_readonly{${disk}} == 0`
const free = (what: 'avail_bytes' | 'files_free', of: 'size_bytes' | 'files') =>
  `node_filesystem_${what}{${disk}} / node_filesystem_${of}{${disk}} * 100`
const spaceBelow = (percent: number) => `${free('avail_bytes', 'size_bytes')} < ${percent}`
const filesBelow = (percent: number) => `${free('files_free', 'files')} < ${percent}`
const fullWithin = (hours: number) =>
  `predict_linear(node_filesystem_avail_bytes{${disk}}[6h], ${hours} * 60 * 60) < 0`
const where = '{{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.instance }}'

export const node: RuleGroup = {
  name: 'node-exporter',
  rules: [
    alert('NodeFilesystemSpaceFillingUp', {
      severity: 'warning',
      expr: `(${spaceBelow(15)} and ${fullWithin(24)} and ${writable})`,
      for: '1h',
      summary: 'A filesystem will be full within a day.',
      description: `${where} has {{ printf "%.2f" $value }}% left and is filling up.`,
    }),
    alert('NodeFilesystemSpaceFillingUp', {
      severity: 'critical',
      expr: `(${spaceBelow(10)} and ${fullWithin(4)} and ${writable})`,
      for: '1h',
      summary: 'A filesystem will be full within four hours.',
      description: `${where} has {{ printf "%.2f" $value }}% left and is filling up fast.`,
    }),
    alert('NodeFilesystemAlmostOutOfSpace', {
      severity: 'warning',
      expr: `(${spaceBelow(5)} and ${writable})`,
      for: '30m',
      summary: 'A filesystem has less than 5% left.',
      description: `${where} has {{ printf "%.2f" $value }}% left.`,
    }),
    alert('NodeFilesystemAlmostOutOfSpace', {
      severity: 'critical',
      expr: `(${spaceBelow(3)} and ${writable})`,
      for: '30m',
      summary: 'A filesystem has less than 3% left.',
      description: `${where} has {{ printf "%.2f" $value }}% left.`,
    }),
    alert('NodeFilesystemAlmostOutOfFiles', {
      severity: 'warning',
      expr: `(${filesBelow(5)} and ${writable})`,
      for: '1h',
      summary: 'A filesystem has less than 5% of its inodes left.',
      description: `${where} has {{ printf "%.2f" $value }}% of its inodes left.`,
    }),
    alert('NodeFilesystemAlmostOutOfFiles', {
      severity: 'critical',
      expr: `(${filesBelow(3)} and ${writable})`,
      for: '1h',
      summary: 'A filesystem has less than 3% of its inodes left.',
      description: `${where} has {{ printf "%.2f" $value }}% of its inodes left.`,
    }),
    alert('NodeMemoryHighUtilization', {
      severity: 'warning',
      expr: '100 - (node_memory_MemAvailable_bytes{job="node-exporter"} / node_memory_MemTotal_bytes{job="node-exporter"} * 100) > 90',
      for: '15m',
      summary: 'A node is almost out of memory.',
      description:
        'Memory of {{ $labels.instance }} has been used above 90% for a quarter of an hour, now {{ printf "%.2f" $value }}%.',
    }),
    alert('NodeOOMKill', {
      severity: 'warning',
      expr: 'increase(node_vmstat_oom_kill{job="node-exporter"}[10m]) > 0',
      summary: 'The kernel of {{ $labels.instance }} killed processes for memory.',
      description: '{{ printf "%.0f" $value }} processes were killed within ten minutes.',
    }),
  ],
}

const killed =
  '(kube_pod_container_status_restarts_total - kube_pod_container_status_restarts_total offset 10m >= 1) and ignoring (reason) min_over_time(kube_pod_container_status_last_terminated_reason{reason="OOMKilled"}[10m]) == 1'

export const containers: RuleGroup = {
  name: 'containers',
  rules: [
    alert('ContainerOOMKilled', {
      severity: 'warning',
      expr: killed,
      summary: '{{ $labels.namespace }}/{{ $labels.pod }} was killed for memory.',
      description:
        'Container {{ $labels.container }} reached its memory limit and was restarted within the last ten minutes.',
    }),
  ],
}
