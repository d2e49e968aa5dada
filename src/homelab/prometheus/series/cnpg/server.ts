// CloudNativePG's exporter about the server: replication, the write-ahead log, checkpoints, backups and settings.
import type { Family } from '#homelab/prometheus/series/family.ts'
import { perInstance, worked } from './databases.ts'
import type { Instance } from './instance.ts'

const DAY = 86_400

/** Seconds that a replica is behind, more while the primary works hard. */
const lag =
  (base: number) =>
  ({ isPrimary, program: { signals } }: Instance) =>
  (time: number) =>
    isPrimary ? 0 : base * (1 + signals.cpu.at(time) * 1.6)

/** The primary tells how far each of its replicas has written, flushed and replayed. */
const behind = (stage: 'write' | 'flush' | 'replay', base: number) =>
  perInstance(
    'gauge',
    `pg_stat_replication_${stage}_lag_seconds`,
    `Time until the standby had done its ${stage}`,
    (instance) =>
      instance.isPrimary
        ? Array.from({ length: instance.replicas }, (_, index) => [
            {
              application_name: `${instance.cluster}-${index + 2}`,
              client_addr: '',
              usename: 'streaming_replica',
            },
            (time: number) => base * (index + 1) * (1 + instance.program.signals.cpu.at(time) * 1.6),
          ])
        : [],
  )

/** Bytes of write-ahead log in a core second, and of one segment. */
const WAL = 240_000
const SEGMENT = 2 ** 24
const segments = (instance: Instance) => {
  const work = worked(instance)
  return (time: number) => (instance.isPrimary ? Math.floor((work(time) * WAL) / SEGMENT) : 0)
}
/** Base backups begin at a quarter past two. */
const BACKUP_AT = 2.25 * 3600
const lastBackup = (time: number) => Math.floor((time / 1000 - BACKUP_AT) / DAY) * DAY + BACKUP_AT + 340

const checkpointer = (name: string, help: string, perSecond: number) =>
  perInstance('counter', `pg_stat_checkpointer_${name}`, help, ({ program: { startedAt } }) => [
    [{}, (time) => Math.floor(((time - startedAt) / 1000) * perSecond)],
  ])

export const cnpgServerFamilies: readonly Family[] = [
  perInstance('gauge', 'collector_up', '1 if PostgreSQL is up, 0 otherwise.', ({ cluster }) => [
    [{ cluster }, 1],
  ]),
  perInstance('gauge', 'collector_postgres_version', 'Postgres version', ({ cluster }) => [
    [{ cluster, full: '18.1' }, 18.1],
  ]),
  perInstance(
    'gauge',
    'collector_last_collection_error',
    '1 if the last collection ended with error, 0 otherwise.',
    () => [[{}, 0]],
  ),
  perInstance(
    'counter',
    'collector_collections_total',
    'Total number of times PostgreSQL was accessed for metrics.',
    ({ program: { startedAt } }) => [[{}, (time) => Math.floor((time - startedAt) / 30_000)]],
  ),
  perInstance(
    'gauge',
    'collector_collection_duration_seconds',
    'Collection time duration in seconds',
    ({ program: { signals } }) =>
      ['Collect.up', 'Collect.cnpg', 'Collect.pg_wal'].map((collector, index) => [
        { collector },
        (time) => (0.012 + signals.cpu.at(time) * 0.02) / (index + 1),
      ]),
  ),
  perInstance('gauge', 'collector_replica_mode', '1 if the cluster is in replica mode, 0 otherwise', () => [
    [{}, 0],
  ]),
  perInstance('gauge', 'collector_nodes_used', 'Number of nodes that run the instances', ({ replicas }) => [
    [{}, replicas + 1],
  ]),
  perInstance(
    'gauge',
    'collector_last_available_backup_timestamp',
    'The last available backup as a unix timestamp',
    () => [[{}, lastBackup]],
  ),
  perInstance(
    'gauge',
    'collector_first_recoverability_point',
    'The first point of recoverability as a unix timestamp',
    () => [[{}, (time) => lastBackup(time) - 14 * DAY]],
  ),
  perInstance(
    'gauge',
    'collector_pg_wal',
    'Total size in bytes of WAL segments in the pg_wal directory',
    (instance) => [
      [{ value: 'count' }, (time) => 24 + (segments(instance)(time) % 12)],
      [{ value: 'size' }, (time) => (24 + (segments(instance)(time) % 12)) * SEGMENT],
      [{ value: 'max' }, 64],
      [{ value: 'min' }, 5],
      [{ value: 'keep' }, 32],
    ],
  ),
  perInstance(
    'gauge',
    'collector_pg_wal_archive_status',
    'Number of WAL segments by the state of their archiving',
    (instance) => [
      [{ value: 'ready' }, 0],
      [{ value: 'done' }, (time) => 12 + (segments(instance)(time) % 12)],
    ],
  ),
  perInstance(
    'gauge',
    'pg_replication_in_recovery',
    'Whether the instance is in recovery',
    ({ isPrimary }) => [[{}, isPrimary ? 0 : 1]],
  ),
  perInstance(
    'gauge',
    'pg_replication_is_wal_receiver_up',
    'Whether the instance wal_receiver is up',
    ({ isPrimary }) => [[{}, isPrimary ? 0 : 1]],
  ),
  perInstance(
    'gauge',
    'pg_replication_streaming_replicas',
    'Number of streaming replicas connected to the instance',
    ({ isPrimary, replicas }) => [[{}, isPrimary ? replicas : 0]],
  ),
  perInstance('gauge', 'pg_replication_lag', 'Replication lag behind primary in seconds', (instance) => [
    [{}, lag(0.04)(instance)],
  ]),
  behind('write', 0.0006),
  behind('flush', 0.0016),
  behind('replay', 0.0019),
  perInstance(
    'gauge',
    'pg_postmaster_start_time',
    'Time at which postgres started',
    ({ program: { startedAt } }) => [[{}, startedAt / 1000 + 2]],
  ),
  perInstance(
    'counter',
    'pg_stat_archiver_archived_count',
    'Number of WAL files that have been archived',
    (instance) => [[{}, segments(instance)]],
  ),
  perInstance(
    'counter',
    'pg_stat_archiver_failed_count',
    'Number of failed attempts for archiving WAL files',
    () => [[{}, 0]],
  ),
  perInstance(
    'gauge',
    'pg_stat_archiver_seconds_since_last_archival',
    'Seconds since the last successful archival',
    ({ isPrimary, program: { startedAt } }) => [
      [{}, (time) => (isPrimary ? Math.floor((time - startedAt) / 1000) % 300 : -1)],
    ],
  ),
  checkpointer('checkpoints_timed', 'Number of scheduled checkpoints that have been performed', 1 / 300),
  checkpointer('checkpoints_req', 'Number of requested checkpoints that have been performed', 1 / 7200),
  checkpointer('write_time', 'Milliseconds spent where files are written to disk', 240),
  checkpointer('sync_time', 'Milliseconds spent where files are synchronized to disk', 0.21),
  checkpointer('buffers_written', 'Number of buffers written during checkpoints', 9.4),
  perInstance('gauge', 'pg_settings_setting', 'Setting value', ({ parameters }) =>
    Object.entries(parameters).map(([name, value]) => [{ name }, Number(value)]),
  ),
  perInstance(
    'gauge',
    'pg_extensions_update_available',
    'Whether an extension could be updated',
    ({ databases }) =>
      databases.map(({ name: datname }) => [
        { datname, extname: 'pg_stat_statements', default_version: '1.12', installed_version: '1.12' },
        0,
      ]),
  ),
]
