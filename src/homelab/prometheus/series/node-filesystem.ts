// node-exporter: filesystems.
import type { Filesystem } from '#homelab/world.ts'
import { type Machine, nodeFamily } from './node-family.ts'

type Value = (time: number) => number

/** One inode for sixteen kibibytes, as mkfs.ext4 makes them; the mean file has 96 kibibytes. */
const INODE_EVERY = 16_384
const MEAN_FILE = 98_304

function perFilesystem(name: string, help: string, worth: (filesystem: Filesystem) => Value) {
  return nodeFamily({
    name,
    type: 'gauge',
    help,
    *rows({ signals, scope: { filter } }: Machine) {
      for (const filesystem of signals.filesystems) {
        const { device, mountpoint, fstype } = filesystem
        if (!filter.accepts('mountpoint', mountpoint)) continue
        yield [{ device, device_error: '', fstype, mountpoint }, worth(filesystem)] as const
      }
    },
  })
}

const used = ({ size, used }: Filesystem, time: number) => Math.min(size, Math.max(0, used.at(time)))
const free = (filesystem: Filesystem) => (time: number) =>
  Math.floor((filesystem.size - used(filesystem, time)) / 4096) * 4096

export const nodeFilesystemFamilies = [
  perFilesystem(
    'node_filesystem_size_bytes',
    'Filesystem size in bytes.',
    ({ size }) =>
      () =>
        size,
  ),
  perFilesystem('node_filesystem_free_bytes', 'Filesystem free space in bytes.', free),
  perFilesystem(
    'node_filesystem_avail_bytes',
    'Filesystem space available to non-root users in bytes.',
    free,
  ),
  perFilesystem(
    'node_filesystem_files',
    'Filesystem total file nodes.',
    ({ size }) =>
      () =>
        Math.floor(size / INODE_EVERY),
  ),
  perFilesystem(
    'node_filesystem_files_free',
    'Filesystem total free file nodes.',
    (filesystem) => (time) => Math.floor(filesystem.size / INODE_EVERY - used(filesystem, time) / MEAN_FILE),
  ),
  perFilesystem('node_filesystem_readonly', 'Filesystem read-only status.', () => () => 0),
  perFilesystem(
    'node_filesystem_device_error',
    'Whether an error occurred while getting statistics for the given device.',
    () => () => 0,
  ),
]
