// One PostgreSQL instance of a CloudNativePG cluster as its exporter sees it: its part, its databases, its settings.
import { fields, text } from '#homelab/prometheus/series/fields.ts'
import type { Program } from '#homelab/prometheus/series/process.ts'

export interface Instance {
  readonly program: Program
  readonly cluster: string
  readonly isPrimary: boolean
  /** How many others follow the primary. */
  readonly replicas: number
  readonly databases: readonly Database[]
  readonly parameters: Readonly<Record<string, string>>
  /** Open connections. */
  connections(time: number): number
}

export interface Database {
  readonly name: string
  /** Of the cluster's work. */
  readonly share: number
}

export function instanceOf(program: Program): Instance | undefined {
  const { scope, run } = program
  const { pod } = run
  const cluster = pod.labels['cnpg.io/cluster']
  if (cluster === undefined) return undefined
  const history = scope.objects
    .histories('clusters', 'postgresql.cnpg.io')
    .find(({ namespace, name }) => namespace === pod.namespace && name === cluster)
  const spec = fields(history?.versions.findLast((version) => version.object)?.object?.spec)
  const { connections } = scope.world.pod(pod.namespace, pod.name) ?? {}
  return {
    program,
    cluster,
    isPrimary: pod.labels['cnpg.io/instanceRole'] !== 'replica',
    replicas: Math.max(0, Number(spec.instances ?? 1) - 1),
    databases: databasesOf(program, cluster),
    parameters: parametersOf(spec),
    connections: (time) => Math.round(connections?.at(time) ?? 0),
  }
}

/** One for each namespace whose services call the cluster, with the first of them doing most; and the one to maintain it. */
function databasesOf({ scope }: Program, cluster: string): readonly Database[] {
  const callers = scope.world.services.filter(({ callsTo }) => callsTo.includes(cluster))
  const names = [...new Set(callers.map(({ namespace }) => namespace))]
  const named = names.length > 0 ? names : ['app']
  const weights = named.map((_, index) => 0.97 / 2 ** index)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return [
    ...named.map((name, index) => ({ name, share: (0.97 * (weights[index] ?? 0)) / whole })),
    { name: 'postgres', share: 0.03 },
  ]
}

const defaults = {
  max_connections: '100',
  shared_buffers: '16384',
  effective_cache_size: '524288',
  work_mem: '4096',
  maintenance_work_mem: '65536',
  random_page_cost: '1.1',
  seq_page_cost: '1',
  block_size: '8192',
  wal_segment_size: '16777216',
  max_wal_size: '1024',
  checkpoint_timeout: '300',
} as const

/** pg_settings in PostgreSQL's own units: pages of 8 KiB for buffers, KiB for the memory of one sort. */
function parametersOf(spec: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const own = fields(fields(spec.postgresql).parameters)
  const known: Record<string, string> = { ...defaults }
  for (const [name, value] of Object.entries(own)) {
    const [, digits = '', unit = ''] = /^(\d+)(kB|MB|GB)?$/.exec(text(value)) ?? []
    const kilobytes = Number(digits) * ({ kB: 1, MB: 1024, GB: 1_048_576 }[unit] ?? 1)
    if (unit === '') known[name] = text(value)
    else known[name] = String(name.endsWith('work_mem') ? kilobytes : kilobytes / 8)
  }
  return known
}
