// What every scraped program tells of itself: its process and, as all of them are written in Go, its runtime. CPU and
// memory are the container's own, so that a program agrees with cAdvisor about itself.
import type { ContainerSignals } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'
import type { Draft, Family, Scope, Value } from './family.ts'
import { type Run, runsOf } from './runs.ts'
import type { ScrapeTarget } from './scrape-target.ts'

/** One life of a scraped program. */
export interface Program {
  readonly target: ScrapeTarget
  readonly scope: Scope
  readonly run: Run
  readonly signals: ContainerSignals
  readonly startedAt: number
}

interface ProgramMetric {
  readonly name: string
  readonly type: Family['type']
  readonly help: string
  /** Which programs have it, by the job; absent means all. */
  readonly of?: (target: ScrapeTarget) => boolean
  rows(program: Program): Iterable<readonly [labels: Labels, value: Value]>
}

export function programFamily({ name, type, help, of, rows }: ProgramMetric): Family {
  return {
    name,
    type,
    help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      for (const target of scope.allTargets) {
        if (!target.pod || (of && !of(target))) continue
        for (const program of programsOf(scope, target)) {
          for (const [labels, value] of rows(program)) {
            yield { target, labels, pieces: [{ from: program.run.from, to: program.run.to, value }] }
          }
        }
      }
    },
  }
}

function* programsOf(scope: Scope, target: ScrapeTarget): Iterable<Program> {
  const { pod } = target
  const history = pod && scope.objects.pod(pod.namespace, pod.name)
  const signals = pod && scope.world.pod(pod.namespace, pod.name)
  if (!history || !signals) return
  const runs = runsOf(history).filter((run) => run.from <= scope.to && run.to > scope.from)
  const name = runs.some((run) => run.container.name === target.labels.container)
    ? target.labels.container
    : runs[0]?.container.name
  for (const run of runs) {
    const own = signals.containers.get(run.container.name)
    if (run.container.name === name && own)
      yield { target, scope, run, signals: own, startedAt: run.startedAt }
  }
}

/** A metric with one series a program. */
export function program(
  name: string,
  type: Family['type'],
  help: string,
  worth: (program: Program) => Value,
  of?: (target: ScrapeTarget) => boolean,
): Family {
  return programFamily({ name, type, help, ...(of && { of }), rows: (one) => [[{}, worth(one)]] })
}

const memory =
  (share: number) =>
  ({ signals }: Program) =>
  (time: number) =>
    Math.round(signals.memory.at(time) * share)

export const processFamilies: readonly Family[] = [
  program(
    'process_cpu_seconds_total',
    'counter',
    'Total user and system CPU time spent in seconds.',
    ({ signals, startedAt }) =>
      (time) =>
        signals.cpu.total(startedAt, time),
  ),
  program('process_resident_memory_bytes', 'gauge', 'Resident memory size in bytes.', memory(0.92)),
  program(
    'process_virtual_memory_bytes',
    'gauge',
    'Virtual memory size in bytes.',
    ({ signals }) =>
      (time) =>
        Math.round(1.2e9 + signals.memory.at(time) * 1.4),
  ),
  program(
    'process_virtual_memory_max_bytes',
    'gauge',
    'Maximum amount of virtual memory available in bytes.',
    () => 2 ** 64,
  ),
  program(
    'process_start_time_seconds',
    'gauge',
    'Start time of the process since unix epoch in seconds.',
    ({ startedAt }) => startedAt / 1000,
  ),
  program(
    'process_open_fds',
    'gauge',
    'Number of open file descriptors.',
    ({ signals }) =>
      (time) =>
        Math.round(12 + signals.cpu.at(time) * 90),
  ),
  program('process_max_fds', 'gauge', 'Maximum number of open file descriptors.', () => 1_048_576),
  programFamily({
    name: 'go_info',
    type: 'gauge',
    help: 'Information about the Go environment.',
    rows: () => [[{ version: 'go1.26.0' }, 1]],
  }),
  program(
    'go_goroutines',
    'gauge',
    'Number of goroutines that currently exist.',
    ({ signals }) =>
      (time) =>
        Math.round(40 + signals.cpu.at(time) * 700),
  ),
  program(
    'go_threads',
    'gauge',
    'Number of OS threads created.',
    ({ signals }) =>
      (time) =>
        Math.round(9 + Math.min(14, signals.cpu.at(time) * 40)),
  ),
  program(
    'go_memstats_alloc_bytes',
    'gauge',
    'Number of bytes allocated in heap and currently in use.',
    memory(0.46),
  ),
  program('go_memstats_heap_inuse_bytes', 'gauge', 'Number of heap bytes that are in use.', memory(0.55)),
  program('go_memstats_sys_bytes', 'gauge', 'Number of bytes obtained from system.', memory(1.05)),
  program(
    'go_gc_duration_seconds_count',
    'counter',
    'How many garbage collections there were.',
    ({ startedAt }) =>
      (time) =>
        Math.floor((time - startedAt) / 60_000),
  ),
  program(
    'go_gc_duration_seconds_sum',
    'counter',
    'How long garbage collections took in all.',
    ({ startedAt }) =>
      (time) =>
        Math.floor((time - startedAt) / 60_000) * 0.00021,
  ),
]
