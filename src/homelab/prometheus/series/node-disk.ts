// node-exporter: disks and pressure stall information.
import type { NodeSignals } from '#homelab/world.ts'
import { type Machine, nodeFamily, single } from './node-family.ts'

type Disk = NodeSignals['disks'][number]
type Since = (disk: Disk, from: number, to: number) => number

/** Mean bytes of a request, and how long one takes, seconds. */
const READ = { size: 24_576, takes: 0.0006 }
const WRITE = { size: 16_384, takes: 0.0014 }

function perDisk(name: string, type: 'counter' | 'gauge', help: string, worth: Since) {
  return nodeFamily({
    name,
    type,
    help,
    *rows({ signals, boot, scope: { filter } }: Machine) {
      for (const disk of signals.disks) {
        if (!filter.accepts('device', disk.device)) continue
        yield [{ device: disk.device }, (time: number) => worth(disk, boot(time), time)] as const
      }
    },
  })
}

const counter = (name: string, help: string, worth: Since) =>
  perDisk(`node_disk_${name}`, 'counter', help, worth)
const whole =
  (worth: Since): Since =>
  (disk, from, to) =>
    Math.floor(worth(disk, from, to))
const reads: Since = ({ read }, from, to) => read.total(from, to) / READ.size
const writes: Since = ({ written }, from, to) => written.total(from, to) / WRITE.size

type Pressure = keyof NodeSignals['pressure']
const stall = (resource: Pressure, kind: 'waiting' | 'stalled', help: string, share: number) =>
  single(
    `node_pressure_${resource}_${kind}_seconds_total`,
    'counter',
    help,
    ({ signals, boot }) =>
      (time) =>
        signals.pressure[resource].total(boot(time), time) * share,
  )

/** All tasks stalled at once is rarer than some of them; this is its share. */
const FULL = 0.4

export const nodeDiskFamilies = [
  counter(
    'read_bytes_total',
    'The total number of bytes read successfully.',
    whole(({ read }, from, to) => read.total(from, to)),
  ),
  counter(
    'written_bytes_total',
    'The total number of bytes written successfully.',
    whole(({ written }, from, to) => written.total(from, to)),
  ),
  counter('reads_completed_total', 'The total number of reads completed successfully.', whole(reads)),
  counter('writes_completed_total', 'The total number of writes completed successfully.', whole(writes)),
  counter(
    'reads_merged_total',
    'The total number of reads merged.',
    whole((...at) => reads(...at) * 0.03),
  ),
  counter(
    'writes_merged_total',
    'The number of writes merged.',
    whole((...at) => writes(...at) * 0.35),
  ),
  counter(
    'read_time_seconds_total',
    'The total number of seconds spent by all reads.',
    (...at) => reads(...at) * READ.takes,
  ),
  counter(
    'write_time_seconds_total',
    'The total number of seconds spent by all writes.',
    (...at) => writes(...at) * WRITE.takes,
  ),
  counter('io_time_seconds_total', 'Total seconds spent doing I/Os.', ({ busy }, from, to) =>
    busy.total(from, to),
  ),
  counter(
    'io_time_weighted_seconds_total',
    'The weighted number of seconds spent doing I/Os.',
    (disk, from, to) =>
      Math.max(
        disk.busy.total(from, to),
        reads(disk, from, to) * READ.takes + writes(disk, from, to) * WRITE.takes,
      ),
  ),
  counter(
    'flush_requests_total',
    'The total number of flush requests completed successfully',
    whole((...at) => writes(...at) * 0.08),
  ),
  counter(
    'flush_requests_time_seconds_total',
    'The total number of seconds spent by all flush requests.',
    (...at) => writes(...at) * 0.08 * 0.002,
  ),
  counter(
    'discards_completed_total',
    'The total number of discards completed successfully.',
    whole((...at) => writes(...at) * 0.002),
  ),
  counter('discards_merged_total', 'The total number of discards merged.', () => 0),
  counter(
    'discarded_sectors_total',
    'The total number of sectors discarded successfully.',
    whole((...at) => writes(...at) * 0.002 * 64),
  ),
  counter(
    'discard_time_seconds_total',
    'The total number of seconds spent by all discards.',
    (...at) => writes(...at) * 0.002 * 0.001,
  ),
  perDisk('node_disk_io_now', 'gauge', 'The number of I/Os currently in progress.', ({ busy }, _from, to) =>
    Math.round(busy.at(to) * 2),
  ),
  perDisk('node_disk_info', 'gauge', 'Info of /sys/block/<block_device>.', () => 1),
  stall('cpu', 'waiting', 'Total time in seconds that processes have waited for CPU time', 1),
  stall('memory', 'waiting', 'Total time in seconds that processes have waited for memory', 1),
  stall(
    'memory',
    'stalled',
    'Total time in seconds no process could make progress due to memory congestion',
    FULL,
  ),
  stall('io', 'waiting', 'Total time in seconds that processes have waited due to IO congestion', 1),
  stall('io', 'stalled', 'Total time in seconds no process could make progress due to IO congestion', FULL),
  single(
    'node_pressure_irq_stalled_seconds_total',
    'counter',
    'Total time in seconds no process could make progress due to IRQ congestion',
    () => 0,
  ),
]
