// node-exporter: network interfaces.
import type { NodeSignals } from '#homelab/world.ts'
import { type Machine, nodeFamily } from './node-family.ts'
import { inProportion } from './proportion.ts'

type Nic = NodeSignals['nics'][number]
type Since = (nic: Nic, from: number, to: number) => number

/** Mean bytes of a packet. */
const PACKET = 850
const GIGABIT = 125_000_000

/** The node talks to itself about a tenth of what it says to others. */
function allNics({ signals }: Machine): readonly Nic[] {
  const [first] = signals.nics
  if (!first) return []
  const own = inProportion(first.received, 0.1)
  return [...signals.nics, { device: 'lo', received: own, sent: own }]
}

function perNic(name: string, type: 'counter' | 'gauge', help: string, worth: Since) {
  return nodeFamily({
    name: `node_network_${name}`,
    type,
    help,
    *rows(machine: Machine) {
      for (const nic of allNics(machine)) {
        if (!machine.scope.filter.accepts('device', nic.device)) continue
        yield [
          { device: nic.device },
          (time: number) => Math.floor(worth(nic, machine.boot(time), time)),
        ] as const
      }
    },
  })
}

const never: Since = () => 0
const directions = ['receive', 'transmit'] as const
const curveOf = (nic: Nic, direction: (typeof directions)[number]) =>
  direction === 'receive' ? nic.received : nic.sent
const statistics = {
  receive: ['errs', 'drop', 'fifo', 'frame', 'compressed', 'multicast', 'nohandler'],
  transmit: ['errs', 'drop', 'fifo', 'colls', 'carrier', 'compressed'],
} as const

export const nodeNetworkFamilies = [
  ...directions.flatMap((direction) => [
    perNic(
      `${direction}_bytes_total`,
      'counter',
      `Network device statistic ${direction}_bytes.`,
      (nic, from, to) => curveOf(nic, direction).total(from, to),
    ),
    perNic(
      `${direction}_packets_total`,
      'counter',
      `Network device statistic ${direction}_packets.`,
      (nic, from, to) => curveOf(nic, direction).total(from, to) / PACKET,
    ),
    ...statistics[direction].map((statistic) =>
      perNic(
        `${direction}_${statistic}_total`,
        'counter',
        `Network device statistic ${direction}_${statistic}.`,
        never,
      ),
    ),
  ]),
  perNic('up', 'gauge', "Value is 1 if operstate is 'up', 0 otherwise.", () => 1),
  perNic('carrier', 'gauge', 'Network device property: carrier.', () => 1),
  perNic('mtu_bytes', 'gauge', 'Network device property: mtu_bytes.', ({ device }) =>
    device === 'lo' ? 65_536 : 1500,
  ),
  perNic('speed_bytes', 'gauge', 'Network device property: speed_bytes.', ({ device }) =>
    device === 'lo' ? 0 : GIGABIT,
  ),
  nodeFamily({
    name: 'node_network_info',
    type: 'gauge',
    help: 'Non-numeric data of the network device, value is always 1.',
    rows: (machine) =>
      allNics(machine).map(
        ({ device }) =>
          [{ device, operstate: device === 'lo' ? 'unknown' : 'up', duplex: 'full' }, 1] as const,
      ),
  }),
]
