// node-exporter: memory, as /proc/meminfo tells it. What is available is what nobody uses; the kernel fills most
// of that with caches.
import { type Machine, single } from './node-family.ts'

type Part = (available: number, used: number, total: number) => number

const round = (bytes: number) => Math.max(0, Math.round(bytes / 4096) * 4096)

/** Free + Buffers + Cached + SReclaimable is what is available, as MemAvailable estimates it. */
const parts: Readonly<Record<string, Part>> = {
  MemTotal: (_available, _used, total) => total,
  MemAvailable: (available) => available,
  MemFree: (available) => available * 0.31,
  Buffers: (available) => available * 0.04,
  Cached: (available) => available * 0.57,
  SReclaimable: (available) => available * 0.08,
  SUnreclaim: (_available, used) => used * 0.05,
  Slab: (available, used) => available * 0.08 + used * 0.05,
  SwapTotal: () => 0,
  SwapFree: () => 0,
  SwapCached: () => 0,
  Active: (available, used) => available * 0.3 + used * 0.5,
  Active_anon: (_available, used) => used * 0.5,
  Active_file: (available) => available * 0.3,
  Inactive: (available, used) => available * 0.28 + used * 0.35,
  Inactive_anon: (_available, used) => used * 0.35,
  Inactive_file: (available) => available * 0.28,
  AnonPages: (_available, used) => used * 0.84,
  AnonHugePages: (_available, used) => used * 0.2,
  Mapped: (available) => available * 0.12,
  Shmem: (_available, used) => used * 0.01,
  ShmemHugePages: () => 0,
  ShmemPmdMapped: () => 0,
  KernelStack: (_available, used) => used * 0.006,
  PageTables: (_available, used) => used * 0.014,
  Percpu: (_available, _used, total) => total * 0.0015,
  Dirty: (available) => available * 0.0006,
  Writeback: () => 0,
  WritebackTmp: () => 0,
  Unevictable: () => 0,
  Mlocked: () => 0,
  Bounce: () => 0,
  NFS_Unstable: () => 0,
  HardwareCorrupted: () => 0,
  KReclaimable: (available) => available * 0.08,
  CommitLimit: (_available, _used, total) => total * 0.5,
  Committed_AS: (_available, used) => used * 1.7,
  VmallocTotal: () => 35_184_372_087_808,
  VmallocUsed: (_available, _used, total) => total * 0.004,
  VmallocChunk: () => 0,
  Hugepagesize: () => 2_097_152,
  Hugetlb: () => 0,
  DirectMap4k: (_available, _used, total) => total * 0.02,
  DirectMap2M: (_available, _used, total) => total * 0.3,
  DirectMap1G: (_available, _used, total) => total * 0.68,
}

const worth =
  (part: Part) =>
  ({ name, signals, usage }: Machine) =>
  (time: number) => {
    const used = usage.memory(name, signals, time)
    return round(part(signals.memoryTotal - used, used, signals.memoryTotal))
  }

const hugePages = ['Total', 'Free', 'Rsvd', 'Surp'] as const

export const nodeMemoryFamilies = [
  ...Object.entries(parts).map(([field, part]) =>
    single(`node_memory_${field}_bytes`, 'gauge', `Memory information field ${field}_bytes.`, worth(part)),
  ),
  ...hugePages.map((field) =>
    single(
      `node_memory_HugePages_${field}`,
      'gauge',
      `Memory information field HugePages_${field}.`,
      () => 0,
    ),
  ),
]
