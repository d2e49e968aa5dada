// node-exporter: what the kernel counts beside processors, memory and devices, and what the machine is.
import type { Value } from './family.ts'
import { fields, text } from './fields.ts'
import { type Machine, nodeFamily, single } from './node-family.ts'

type Worth = (machine: Machine) => Value

const gauge = (name: string, help: string, worth: Worth) => single(`node_${name}`, 'gauge', help, worth)
const fixed =
  (value: number): Worth =>
  () =>
    value

/** So much for each second of uptime and so much for each second of processor time. */
const work =
  (perSecond: number, perCpuSecond: number): Worth =>
  ({ name, signals, usage, uptime }) =>
  (time) =>
    Math.floor(uptime(time) * perSecond + usage.cpu(name, signals, time) * perCpuSecond)

/** So many, and more with the load. */
const withLoad =
  (base: number, perLoad: number): Worth =>
  ({ signals }) =>
  (time) =>
    Math.round(base + perLoad * signals.load1.at(time))

/** Bytes that came and went over the network, as a multiple. */
const traffic =
  (perByte: number): Worth =>
  ({ signals, boot }) =>
  (time) =>
    Math.floor(
      signals.nics.reduce(
        (sum, nic) => sum + nic.received.total(boot(time), time) + nic.sent.total(boot(time), time),
        0,
      ) * perByte,
    )

const vmstat = (field: string, worth: Worth) =>
  single(`node_vmstat_${field}`, 'counter', `/proc/vmstat information field ${field}.`, worth)
const netstat = (field: string, worth: Worth, type: 'counter' | 'gauge' = 'counter') =>
  single(`node_netstat_${field}`, type, `Statistic ${field.replace('_', '')}.`, worth)
const sockstat = (field: string, worth: Worth) =>
  single(`node_sockstat_${field}`, 'gauge', `Number of ${field.replace('_', ' ')} sockets.`, worth)

const diskPages =
  (of: 'read' | 'written'): Worth =>
  ({ signals, boot }) =>
  (time) =>
    Math.floor(signals.disks.reduce((sum, disk) => sum + disk[of].total(boot(time), time), 0) / 1024)

function uname({ name, scope }: Machine) {
  const history = scope.objects.histories('nodes').find((entry) => entry.name === name)
  const info = fields(
    fields(history?.versions.findLast((version) => version.object)?.object?.status).nodeInfo,
  )
  const machine = text(info.architecture) === 'arm64' ? 'aarch64' : 'x86_64'
  return {
    domainname: '(none)',
    machine,
    nodename: name,
    release: text(info.kernelVersion),
    sysname: 'Linux',
    version: '#1 SMP PREEMPT_DYNAMIC',
  }
}

const chip = 'platform_coretemp_0'

export const nodeKernelFamilies = [
  nodeFamily({
    name: 'node_uname_info',
    type: 'gauge',
    help: 'Labeled system information as provided by the uname system call.',
    rows: (machine) => [[uname(machine), 1]],
  }),
  nodeFamily({
    name: 'node_hwmon_temp_celsius',
    type: 'gauge',
    help: 'Hardware monitor for temperature (input)',
    rows: ({ signals: { temperature } }) =>
      temperature
        ? [[{ chip, sensor: 'temp1' }, (time: number) => Math.round(temperature.at(time) * 10) / 10]]
        : [],
  }),
  nodeFamily({
    name: 'node_hwmon_temp_crit_celsius',
    type: 'gauge',
    help: 'Hardware monitor for temperature (crit)',
    rows: ({ signals }) => (signals.temperature ? [[{ chip, sensor: 'temp1' }, 100]] : []),
  }),
  nodeFamily({
    name: 'node_hwmon_temp_max_celsius',
    type: 'gauge',
    help: 'Hardware monitor for temperature (max)',
    rows: ({ signals }) => (signals.temperature ? [[{ chip, sensor: 'temp1' }, 90]] : []),
  }),
  nodeFamily({
    name: 'node_hwmon_chip_names',
    type: 'gauge',
    help: 'Annotation metric for human-readable chip names',
    rows: ({ signals }) => (signals.temperature ? [[{ chip, chip_name: 'coretemp' }, 1]] : []),
  }),
  vmstat(
    'oom_kill',
    ({ signals, boot }) =>
      (time) =>
        Math.floor(signals.oomKills.total(boot(time), time) + 1e-9),
  ),
  vmstat('pgfault', work(400, 9000)),
  vmstat('pgmajfault', work(0.02, 0.4)),
  vmstat('pgpgin', diskPages('read')),
  vmstat('pgpgout', diskPages('written')),
  vmstat('pswpin', fixed(0)),
  vmstat('pswpout', fixed(0)),
  gauge('filefd_allocated', 'File descriptor statistics: allocated.', withLoad(5200, 400)),
  gauge('filefd_maximum', 'File descriptor statistics: maximum.', fixed(2 ** 63)),
  gauge(
    'nf_conntrack_entries',
    'Number of currently allocated flow entries for connection tracking.',
    withLoad(1400, 300),
  ),
  gauge('nf_conntrack_entries_limit', 'Maximum size of connection tracking table.', fixed(262_144)),
  gauge('entropy_available_bits', 'Bits of available entropy.', fixed(256)),
  gauge('entropy_pool_size_bits', 'Bits of entropy pool.', fixed(256)),
  gauge('timex_sync_status', 'Is clock synchronized to a reliable server (1 = yes, 0 = no).', fixed(1)),
  gauge(
    'timex_offset_seconds',
    'Time offset in between local system and reference clock.',
    ({ name }) =>
      (time) =>
        0.00012 * Math.sin(time / 731_000 + name.length),
  ),
  gauge('timex_maxerror_seconds', 'Maximum error in seconds.', fixed(0.0425)),
  gauge('timex_estimated_error_seconds', 'Estimated error in seconds.', fixed(0.00021)),
  gauge('timex_frequency_adjustment_ratio', 'Local clock frequency adjustment.', fixed(1.0000021)),
  gauge('timex_loop_time_constant', 'Phase-locked loop time constant.', fixed(7)),
  gauge('timex_tai_offset_seconds', 'International Atomic Time (TAI) offset.', fixed(37)),
  gauge('timex_tick_seconds', 'Seconds between clock ticks.', fixed(0.01)),
  gauge('kernel_hung_tasks', 'Tasks that hung, since boot.', fixed(0)),
  gauge('textfile_scrape_error', '1 if there was an error opening or reading a file, 0 otherwise', fixed(0)),
  sockstat('sockets_used', withLoad(900, 60)),
  sockstat('TCP_alloc', withLoad(620, 50)),
  sockstat('TCP_inuse', withLoad(210, 20)),
  sockstat('TCP_orphan', fixed(0)),
  sockstat('TCP_tw', withLoad(90, 40)),
  sockstat('TCP_mem', withLoad(60, 8)),
  sockstat(
    'TCP_mem_bytes',
    ({ signals }) =>
      (time) =>
        4096 * Math.round(60 + 8 * signals.load1.at(time)),
  ),
  sockstat('UDP_inuse', withLoad(14, 1)),
  sockstat('UDP_mem', withLoad(6, 1)),
  sockstat(
    'UDP_mem_bytes',
    ({ signals }) =>
      (time) =>
        4096 * Math.round(6 + signals.load1.at(time)),
  ),
  sockstat('UDPLITE_inuse', fixed(0)),
  sockstat('RAW_inuse', fixed(1)),
  sockstat('FRAG_inuse', fixed(0)),
  sockstat('FRAG_memory', fixed(0)),
  netstat('Tcp_CurrEstab', withLoad(260, 20), 'gauge'),
  netstat('Tcp_ActiveOpens', work(4, 20)),
  netstat('Tcp_PassiveOpens', work(6, 18)),
  netstat('Tcp_InSegs', traffic(1 / 900)),
  netstat('Tcp_OutSegs', traffic(1 / 950)),
  netstat('Tcp_RetransSegs', traffic(1 / 4_000_000)),
  netstat('Tcp_InErrs', fixed(0)),
  netstat('Tcp_OutRsts', work(0.3, 1)),
  netstat('TcpExt_ListenDrops', fixed(0)),
  netstat('TcpExt_ListenOverflows', fixed(0)),
  netstat('TcpExt_TCPSynRetrans', work(0.002, 0.01)),
  netstat('TcpExt_TCPRcvQDrop', fixed(0)),
  netstat('TcpExt_TCPOFOQueue', work(0.4, 3)),
  netstat('TcpExt_TCPTimeouts', work(0.004, 0.01)),
  netstat('TcpExt_SyncookiesSent', fixed(0)),
  netstat('TcpExt_SyncookiesRecv', fixed(0)),
  netstat('TcpExt_SyncookiesFailed', fixed(0)),
  netstat('IpExt_InOctets', traffic(0.52)),
  netstat('IpExt_OutOctets', traffic(0.48)),
  netstat('Udp_InDatagrams', work(9, 8)),
  netstat('Udp_OutDatagrams', work(9, 8)),
  netstat('Udp_InErrors', fixed(0)),
  netstat('Udp_NoPorts', work(0.01, 0)),
  netstat('Udp_RcvbufErrors', fixed(0)),
  netstat('Udp_SndbufErrors', fixed(0)),
  netstat('Icmp_InMsgs', work(0.2, 0)),
  netstat('Icmp_OutMsgs', work(0.2, 0)),
  netstat('Icmp_InErrors', fixed(0)),
]
