// node-exporter about itself: its build, its collectors, and the schedulers' and softirqs' figures per processor.
import { nodeFamily } from './node-family.ts'

const collectors = [
  'arp',
  'bcachefs',
  'bonding',
  'btrfs',
  'conntrack',
  'cpu',
  'cpufreq',
  'diskstats',
  'edac',
  'entropy',
  'filefd',
  'filesystem',
  'hwmon',
  'loadavg',
  'mdadm',
  'meminfo',
  'netclass',
  'netdev',
  'netstat',
  'nfs',
  'nvme',
  'os',
  'powersupplyclass',
  'pressure',
  'schedstat',
  'sockstat',
  'softnet',
  'stat',
  'textfile',
  'time',
  'timex',
  'udp_queues',
  'uname',
  'vmstat',
  'xfs',
  'zfs',
] as const

/** Collectors whose subject a usual machine does not have. */
const absent: ReadonlySet<string> = new Set(['bcachefs', 'bonding', 'mdadm', 'nfs', 'zfs'])

const perCpu = (cpus: number) => Array.from({ length: cpus }, (_, cpu) => ({ cpu: String(cpu) }))

export const nodeCollectorFamilies = [
  nodeFamily({
    name: 'node_exporter_build_info',
    type: 'gauge',
    help: 'The version node_exporter was built from, always 1.',
    rows: () => [
      [
        {
          branch: 'HEAD',
          goarch: 'amd64',
          goos: 'linux',
          goversion: 'go1.26.0',
          tags: 'unknown',
          version: '1.11.0',
        },
        1,
      ],
    ],
  }),
  nodeFamily({
    name: 'node_scrape_collector_success',
    type: 'gauge',
    help: 'Whether a collector succeeded.',
    rows: () => collectors.map((collector) => [{ collector }, absent.has(collector) ? 0 : 1] as const),
  }),
  nodeFamily({
    name: 'node_scrape_collector_duration_seconds',
    type: 'gauge',
    help: 'Duration of a collector scrape.',
    rows: () =>
      collectors.map(
        (collector, index) =>
          [
            { collector },
            (time: number) => 0.0004 * (1 + index / 9) * (1.2 + Math.sin(time / 61_000 + index)),
          ] as const,
      ),
  }),
  nodeFamily({
    name: 'node_schedstat_running_seconds_total',
    type: 'counter',
    help: 'Number of seconds CPU spent running a process.',
    rows: ({ name, signals, usage }) =>
      perCpu(signals.cpus).map(
        (labels) => [labels, (time: number) => usage.cpu(name, signals, time) / signals.cpus] as const,
      ),
  }),
  nodeFamily({
    name: 'node_schedstat_waiting_seconds_total',
    type: 'counter',
    help: 'Number of seconds spent by processing waiting for this CPU.',
    rows: ({ signals, boot }) =>
      perCpu(signals.cpus).map(
        (labels) => [labels, (time: number) => signals.pressure.cpu.total(boot(time), time) * 0.6] as const,
      ),
  }),
  nodeFamily({
    name: 'node_schedstat_timeslices_total',
    type: 'counter',
    help: 'Number of timeslices executed by CPU.',
    rows: ({ name, signals, usage }) =>
      perCpu(signals.cpus).map(
        (labels) =>
          [
            labels,
            (time: number) => Math.floor((usage.cpu(name, signals, time) / signals.cpus) * 5200),
          ] as const,
      ),
  }),
  ...(
    [
      ['processed', 'Number of processed packets', 900],
      ['dropped', 'Number of dropped packets', 0],
      ['times_squeezed', 'Number of times processing packets ran out of quota', 0.004],
      ['received_rps', 'Number of packets received by another processor', 0],
      ['flow_limit_count', 'Number of times the flow limit was reached', 0],
    ] as const
  ).map(([name, help, rate]) =>
    nodeFamily({
      name: `node_softnet_${name}_total`,
      type: 'counter',
      help,
      rows: ({ signals, uptime }) =>
        perCpu(signals.cpus).map(
          (labels) => [labels, (time: number) => Math.floor(uptime(time) * rate)] as const,
        ),
    }),
  ),
]
