// CloudNativePG's exporter about databases and sessions: backends, transactions, tuples, blocks, sizes and ages. An
// instance does as much as its container works.
import type { Family, Value } from '#homelab/prometheus/series/family.ts'
import { partOf } from '#homelab/prometheus/series/part.ts'
import { grownSince } from '#homelab/prometheus/series/since.ts'
import { type Database, type Instance, instanceOf } from './instance.ts'

const postgres = partOf(({ pool }) => pool === 'podMonitor/db/postgres/0')

export const perInstance = (
  type: 'gauge' | 'counter',
  name: string,
  help: string,
  rows: (instance: Instance) => Iterable<readonly [labels: Readonly<Record<string, string>>, value: Value]>,
): Family =>
  postgres[type](`cnpg_${name}`, help, (program) => {
    const instance = instanceOf(program)
    return instance ? rows(instance) : []
  })

/** Core seconds since the instance's start. */
export const worked =
  ({ program: { signals, startedAt } }: Instance) =>
  (time: number) =>
    grownSince(signals.cpu, startedAt, time)

/** Of a core second, and not on what only replays. */
const perDatabase = (name: string, help: string, perCore: number, onReplicas: number) =>
  perInstance('counter', `pg_stat_database_${name}`, help, (instance) => {
    const rate = perCore * (instance.isPrimary ? 1 : onReplicas)
    const all = worked(instance)
    const ofDatabase = ({ name: datname, share }: Database) =>
      [{ datname }, (time: number) => Math.floor(all(time) * rate * share)] as const
    // Work on shared objects belongs to no database.
    return [...instance.databases.map(ofDatabase), ofDatabase({ name: '', share: 0.05 })]
  })

/** What sessions do: most wait for their client. */
const states = [
  ['active', 0.16],
  ['idle in transaction', 0.05],
] as const

function* backends(instance: Instance): Iterable<readonly [Readonly<Record<string, string>>, Value]> {
  const { databases, connections } = instance
  // The exporter's own connection is to `postgres`; whoever is new comes to the first database.
  const others = databases.slice(1)
  const ofDatabase = (index: number) => (time: number) =>
    index === 0
      ? Math.max(1, connections(time) - others.length * 2)
      : Math.min(2, Math.max(0, connections(time) - 1))
  for (const [index, { name: datname }] of databases.entries()) {
    const all = ofDatabase(index)
    const labels = {
      datname,
      usename: datname,
      application_name: datname === 'postgres' ? 'cnpg_metrics_exporter' : '',
    }
    const some = (share: number) => (time: number) => Math.round(all(time) * share)
    for (const [state, share] of states) yield [{ ...labels, state }, some(share)]
    yield [
      { ...labels, state: 'idle' },
      (time) => all(time) - states.reduce((sum, [, share]) => sum + some(share)(time), 0),
    ]
  }
}

const GIB = 2 ** 30
/** Bytes: a database grows by what it takes in. */
const sizeOf =
  ({ name, share }: Database, of: (time: number) => number) =>
  (time: number) =>
    Math.floor((name === 'postgres' ? 7_900_000 : GIB * (1.2 + share * 6)) + of(time) * share * 900)

export const cnpgDatabaseFamilies: readonly Family[] = [
  perInstance('gauge', 'backends_total', 'Number of backends', backends),
  perInstance(
    'gauge',
    'backends_waiting_total',
    'Total number of backends that are waiting on other queries',
    (instance) => [[{}, (time) => Math.max(0, Math.round((instance.connections(time) - 40) / 12))]],
  ),
  perInstance(
    'gauge',
    'backends_max_tx_duration_seconds',
    'Maximum duration of a transaction in seconds',
    (instance) =>
      instance.databases.map(({ name: datname, share }) => [
        { datname, usename: datname, application_name: '', state: 'active' },
        (time) => share * (0.4 + instance.program.signals.cpu.at(time) * 2.2),
      ]),
  ),
  perDatabase('xact_commit', 'Number of transactions in this database that have been committed', 260, 0.4),
  perDatabase(
    'xact_rollback',
    'Number of transactions in this database that have been rolled back',
    2.1,
    0.1,
  ),
  perDatabase('tup_returned', 'Number of rows returned by queries in this database', 21_000, 0.7),
  perDatabase('tup_fetched', 'Number of rows fetched by queries in this database', 6400, 0.7),
  perDatabase('tup_inserted', 'Number of rows inserted by queries in this database', 118, 0),
  perDatabase('tup_updated', 'Number of rows updated by queries in this database', 74, 0),
  perDatabase('tup_deleted', 'Number of rows deleted by queries in this database', 19, 0),
  perDatabase('blks_hit', 'Number of times disk blocks were found already in the buffer cache', 9800, 0.8),
  perDatabase('blks_read', 'Number of disk blocks read in this database', 61, 0.8),
  perDatabase('deadlocks', 'Number of deadlocks detected in this database', 0.0004, 0),
  perDatabase(
    'temp_bytes',
    'Total amount of data written to temporary files by queries in this database',
    9200,
    0.5,
  ),
  perDatabase('temp_files', 'Number of temporary files created by queries in this database', 0.004, 0.5),
  perDatabase(
    'conflicts',
    'Number of queries canceled due to conflicts with recovery in this database',
    0,
    0,
  ),
  perInstance('gauge', 'pg_database_size_bytes', 'Disk space used by the database', (instance) =>
    instance.databases.map((database) => [{ datname: database.name }, sizeOf(database, worked(instance))]),
  ),
  perInstance(
    'gauge',
    'pg_database_xid_age',
    'Number of transactions from the frozen XID to the current one',
    (instance) =>
      instance.databases.map(({ name: datname, share }) => [
        { datname },
        (time) => Math.floor(time / 1000 / (8 - share)) % 140_000_000,
      ]),
  ),
  perInstance(
    'gauge',
    'pg_database_mxid_age',
    'Number of multiple transactions from the first one to the current',
    (instance) => instance.databases.map(({ name: datname }) => [{ datname }, 0]),
  ),
]
