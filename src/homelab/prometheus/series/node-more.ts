// node-exporter's smaller collectors that are on unless somebody turns them off: neighbours in the local network, queues
// of UDP sockets, the clock's pulse input, cooling, compressed swap and the range of processor clocks.
import { nodeFamily, single } from './node-family.ts'

const HERTZ = 1e9
/** Highest clock of a processor by machine: the small ones are slower. */
const clockOf = (cpus: number) => (cpus <= 4 ? 2.4 : 4.6) * HERTZ
const perCpu = (cpus: number) => Array.from({ length: cpus }, (_, cpu) => ({ cpu: String(cpu) }))

const pulse = (name: string, type: 'gauge' | 'counter', help: string) =>
  single(`node_timex_pps_${name}`, type, help, () => 0)

export const nodeMoreFamilies = [
  nodeFamily({
    name: 'node_arp_entries',
    type: 'gauge',
    help: 'ARP entries by device.',
    rows: ({ signals, scope }) =>
      signals.nics.map(({ device }) => [{ device }, scope.world.nodes.size + 6] as const),
  }),
  nodeFamily({
    name: 'node_udp_queues',
    type: 'gauge',
    help: 'Number of allocated memory in the kernel for UDP datagrams in bytes.',
    rows: () => ['rx', 'tx'].map((queue) => [{ ip: 'v4', queue }, 0] as const),
  }),
  pulse('frequency_hertz', 'gauge', 'Pulse per second frequency.'),
  pulse('stability_hertz', 'gauge', 'Pulse per second stability, average of recent frequency changes.'),
  pulse('jitter_seconds', 'gauge', 'Pulse per second jitter.'),
  pulse('shift_seconds', 'gauge', 'Pulse per second interval duration.'),
  pulse('calibration_total', 'counter', 'Pulse per second count of calibration intervals.'),
  pulse('error_total', 'counter', 'Pulse per second count of calibration errors.'),
  pulse('stability_exceeded_total', 'counter', 'Pulse per second count of stability limit exceeded events.'),
  pulse('jitter_total', 'counter', 'Pulse per second count of jitter limit exceeded events.'),
  nodeFamily({
    name: 'node_cooling_device_cur_state',
    type: 'gauge',
    help: 'Current throttle state of the cooling device',
    rows: ({ signals: { temperature } }) =>
      temperature
        ? [
            [
              { name: '0', type: 'Processor' },
              (time: number) => Math.max(0, Math.round((temperature.at(time) - 70) / 8)),
            ],
          ]
        : [],
  }),
  nodeFamily({
    name: 'node_cooling_device_max_state',
    type: 'gauge',
    help: 'Maximum throttle state of the cooling device',
    rows: ({ signals }) => (signals.temperature ? [[{ name: '0', type: 'Processor' }, 10]] : []),
  }),
  single('node_memory_Zswap_bytes', 'gauge', 'Memory information field Zswap_bytes.', () => 0),
  single('node_memory_Zswapped_bytes', 'gauge', 'Memory information field Zswapped_bytes.', () => 0),
  ...(
    [
      ['max', 1],
      ['min', 0.17],
    ] as const
  ).map(([limit, share]) =>
    nodeFamily({
      name: `node_cpu_scaling_frequency_${limit}_hertz`,
      type: 'gauge',
      help: `${limit}imum scaled CPU thread frequency in hertz.`,
      rows: ({ signals }) =>
        perCpu(signals.cpus).map((labels) => [labels, clockOf(signals.cpus) * share] as const),
    }),
  ),
]
