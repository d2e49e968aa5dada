// node-exporter: processors, load, boot and time.
import { createHash } from 'node:crypto'
import { type Machine, nodeFamily, single } from './node-family.ts'

/** How the time that is not idle is spent, in shares that sum to one. */
const busyModes: Readonly<Record<string, number>> = {
  user: 0.685,
  system: 0.255,
  softirq: 0.042,
  nice: 0.012,
  irq: 0.006,
}
/** Waiting for a disk counts as idle in what is used; this is its share of the time that I/O stalls. */
const IOWAIT = 0.1

/** The work is spread almost evenly: each processor's share of it, in shares that sum to one. */
function sharesOf(node: string, cpus: number): readonly number[] {
  const weights = Array.from({ length: cpus }, (_, cpu) => {
    const hash = createHash('sha1').update(`${node}/cpu/${cpu}`).digest().readUInt16BE(0)
    return 1 + (hash / 65_535 - 0.5) * 0.02
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

function* cpuSeconds(
  machine: Machine,
): Iterable<readonly [Record<string, string>, (time: number) => number]> {
  const { name, signals, usage, scope } = machine
  const busy = (time: number) => usage.cpu(name, signals, time)
  const waited = (time: number) =>
    (IOWAIT * signals.pressure.io.total(machine.boot(time), time)) / signals.cpus
  for (const [index, share] of sharesOf(name, signals.cpus).entries()) {
    const cpu = String(index)
    if (!scope.filter.accepts('cpu', cpu)) continue
    yield [{ cpu, mode: 'idle' }, (time) => machine.uptime(time) - busy(time) * share - waited(time)]
    yield [{ cpu, mode: 'iowait' }, waited]
    yield [{ cpu, mode: 'steal' }, () => 0]
    for (const [mode, part] of Object.entries(busyModes)) {
      yield [{ cpu, mode }, (time) => busy(time) * share * part]
    }
  }
}

const perCpu = (machine: Machine) => Array.from({ length: machine.signals.cpus }, (_, cpu) => String(cpu))

/** The mean of load1 over the last `minutes`: what the kernel's slower averages come to. */
const load = (minutes: number) => (machine: Machine) => (time: number) =>
  machine.signals.load1.total(time - minutes * 60_000, time) / (minutes * 60)

export const nodeCpuFamilies = [
  nodeFamily({
    name: 'node_cpu_seconds_total',
    type: 'counter',
    help: 'Seconds the CPUs spent in each mode.',
    rows: cpuSeconds,
  }),
  nodeFamily({
    name: 'node_cpu_guest_seconds_total',
    type: 'counter',
    help: 'Seconds the CPUs spent in guests (VMs) for each mode.',
    rows: (machine) =>
      perCpu(machine).flatMap((cpu) => [
        [{ cpu, mode: 'user' }, 0] as const,
        [{ cpu, mode: 'nice' }, 0] as const,
      ]),
  }),
  nodeFamily({
    name: 'node_cpu_core_throttles_total',
    type: 'counter',
    help: 'Number of times this CPU core has been throttled.',
    rows: (machine) => perCpu(machine).map((core) => [{ core, package: '0' }, 0] as const),
  }),
  nodeFamily({
    name: 'node_cpu_scaling_frequency_hertz',
    type: 'gauge',
    help: 'Current scaled CPU thread frequency in hertz.',
    rows: (machine) =>
      perCpu(machine).map(
        (cpu) =>
          [
            { cpu },
            (time: number) =>
              1.4e9 + 1.6e9 * Math.min(1, machine.signals.load1.at(time) / machine.signals.cpus),
          ] as const,
      ),
  }),
  single(
    'node_load1',
    'gauge',
    '1m load average.',
    ({ signals }) =>
      (time) =>
        signals.load1.at(time),
  ),
  single('node_load5', 'gauge', '5m load average.', load(5)),
  single('node_load15', 'gauge', '15m load average.', load(15)),
  single(
    'node_boot_time_seconds',
    'gauge',
    'Node boot time, in unixtime.',
    (machine) => (time) => Math.floor(machine.boot(time) / 1000),
  ),
  single(
    'node_time_seconds',
    'gauge',
    'System time in seconds since epoch (1970).',
    () => (time) => time / 1000,
  ),
  single(
    'node_procs_running',
    'gauge',
    'Number of processes in runnable state.',
    ({ signals }) =>
      (time) =>
        1 + Math.round(signals.load1.at(time)),
  ),
  single(
    'node_procs_blocked',
    'gauge',
    'Number of processes blocked waiting for I/O to complete.',
    ({ signals }) =>
      (time) =>
        Math.round(signals.pressure.io.at(time) * signals.cpus),
  ),
  single(
    'node_context_switches_total',
    'counter',
    'Total number of context switches.',
    ({ name, signals, usage, uptime }) =>
      (time) =>
        Math.round(uptime(time) * 900 + usage.cpu(name, signals, time) * 11_000),
  ),
  single(
    'node_intr_total',
    'counter',
    'Total number of interrupts serviced.',
    ({ name, signals, usage, uptime }) =>
      (time) =>
        Math.round(uptime(time) * 500 + usage.cpu(name, signals, time) * 7000),
  ),
  single(
    'node_forks_total',
    'counter',
    'Total number of forks.',
    ({ name, signals, usage, uptime }) =>
      (time) =>
        Math.round(uptime(time) * 6 + usage.cpu(name, signals, time) * 9),
  ),
]
