// One container's log, line by line, with the kubelet's stamps taken off; and which containers of a pod have one.
import type { Cluster, Decoder, LogQuery } from '#cluster/cluster.ts'
import { type Fields, fields, items, number, text } from '#cluster/fields.ts'
import type { KubeObject, Row } from '#model/kube.ts'
import { createPool, type Pool } from './pool.ts'
import { rowOf } from './row.ts'

export interface StampedLine {
  /** As the kubelet wrote it, to the nanosecond: what a broken stream resumes from. Empty where it gave none. */
  readonly stamp: string
  /** Milliseconds since the epoch. */
  readonly at?: number
  readonly text: string
}

/** Asks for stamps and takes them off. A line without one (a kubelet's own complaint) is passed on as it is. */
export async function* readLog(
  cluster: Cluster,
  query: Omit<LogQuery, 'timestamps'>,
  signal: AbortSignal,
): AsyncGenerator<StampedLine> {
  for await (const line of cluster.logs({ ...query, timestamps: true }, signal)) yield splitStamp(line)
}

const stamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?/

export function splitStamp(line: string): StampedLine {
  const stamp = stamped.exec(line)
  const at = stamp ? Date.parse(stamp[1] ?? '') : Number.NaN
  if (!stamp || Number.isNaN(at)) return { stamp: '', text: line }
  return { stamp: stamp[1] ?? '', at, text: line.slice(stamp[0].length) }
}

/** A pod as its logs see it. */
export interface PodLogs extends Row {
  readonly containers: readonly {
    readonly name: string
    /** Counts the runs, so that a restarted container is a new log. */
    readonly run: number
    readonly running: boolean
    /** False until it first started: there is nothing to read. */
    readonly begun: boolean
  }[]
}

export function podLogsDecoder(): Decoder<PodLogs> {
  const pool = createPool()
  return { json: (object) => podLogs(object, pool) }
}

function podLogs(object: KubeObject, pool: Pool): PodLogs {
  const status = fields(object.status)
  const statuses = [...items(status.initContainerStatuses), ...items(status.containerStatuses)].map(fields)
  return { ...rowOf(object, pool), containers: statuses.map(containerOf) }
}

function containerOf(status: Fields): PodLogs['containers'][number] {
  const state = fields(status.state)
  const ended = state.terminated !== undefined || fields(status.lastState).terminated !== undefined
  const running = state.running !== undefined
  return {
    name: text(status.name) ?? '',
    run: number(status.restartCount) ?? 0,
    running,
    begun: running || ended,
  }
}
