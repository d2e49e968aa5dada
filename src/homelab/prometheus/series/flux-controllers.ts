// What Flux's controllers tell: how often they reconciled what, how long it took, and their queues.
import type { ObjectHistory } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'
import type { Family } from './family.ts'
import { fields, list, text } from './fields.ts'
import { appOf } from './monitors.ts'
import { type Program, programFamily } from './process.ts'
import { hex } from './runs.ts'
import type { ScrapeTarget } from './scrape-target.ts'

interface Controlled {
  readonly kind: string
  readonly history: ObjectHistory
}

const source = 'source.toolkit.fluxcd.io'
/** Which controller reconciles which kinds. */
const controllers: Readonly<
  Record<string, readonly (readonly [plural: string, group: string, kind: string])[]>
> = {
  'kustomize-controller': [['kustomizations', 'kustomize.toolkit.fluxcd.io', 'Kustomization']],
  'helm-controller': [['helmreleases', 'helm.toolkit.fluxcd.io', 'HelmRelease']],
  'source-controller': [
    ['gitrepositories', source, 'GitRepository'],
    ['ocirepositories', source, 'OCIRepository'],
    ['helmrepositories', source, 'HelmRepository'],
    ['helmcharts', source, 'HelmChart'],
    ['buckets', source, 'Bucket'],
  ],
  'notification-controller': [['receivers', 'notification.toolkit.fluxcd.io', 'Receiver']],
}

/** Seconds: what one reconciliation takes about, by the kind. */
const usual: Readonly<Record<string, number>> = { Kustomization: 1.6, HelmRelease: 2.4, Receiver: 0.02 }
const gotkBounds = [0.01, 0.1, 1, 10, 100, 1000] as const
const runtimeBounds = [0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60] as const

const isFlux = (target: ScrapeTarget) => target.job === 'flux-system/flux-system'

const kindsOf = (program: Program) => {
  const { scope, target } = program
  const history = target.pod && scope.objects.pod(target.pod.namespace, target.pod.name)
  const pod = history?.versions.findLast((version) => version.object)?.object
  return controllers[pod ? appOf(pod) : ''] ?? []
}

function* objectsOf(program: Program): Iterable<Controlled> {
  for (const [plural, group, kind] of kindsOf(program)) {
    for (const history of program.scope.objects.histories(plural, group)) yield { kind, history }
  }
}

/** Seconds of a duration as Flux writes intervals: `1h`, `10m0s`. */
function secondsOf(duration: string): number {
  const parts = { h: 3600, m: 60, s: 1 }
  let sum = 0
  for (const [, digits, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(h|m|s)/g)) {
    sum += Number(digits) * (unit === 'h' || unit === 'm' || unit === 's' ? parts[unit] : 0)
  }
  return sum === 0 ? 600 : sum
}

interface Reconciled {
  readonly succeeded: number
  /** While the object was not ready. */
  readonly failed: number
}

/** How often an object was reconciled between the controller's start and a moment: once an interval, unless suspended. */
function reconciled({ history }: Controlled, from: number, to: number): Reconciled {
  let succeeded = 0
  let failed = 0
  for (const [index, { at, object }] of history.versions.entries()) {
    const begin = Math.max(at, from)
    const end = Math.min(history.versions[index + 1]?.at ?? to, to)
    if (!object || begin >= end) continue
    const { suspended, ready, interval } = reconcilingOf(object)
    const times = (end - begin) / 1000 / interval
    if (suspended) continue
    if (ready) succeeded += times
    else failed += times
  }
  return { succeeded: Math.floor(succeeded), failed: Math.floor(failed) }
}

const countOf = (one: Controlled, from: number, to: number) => {
  const { succeeded, failed } = reconciled(one, from, to)
  return succeeded + failed
}

const known = new WeakMap<KubeObject, { suspended: boolean; ready: boolean; interval: number }>()

function reconcilingOf(object: KubeObject) {
  let found = known.get(object)
  if (!found) {
    const spec = fields(object.spec)
    const ready = list(fields(object.status).conditions).find((condition) => condition.type === 'Ready')
    found = {
      suspended: spec.suspend === true,
      ready: ready?.status !== 'False',
      interval: secondsOf(text(spec.interval)),
    }
    known.set(object, found)
  }
  return found
}

/** Seconds: the object's own mean, between half and twice what is usual. */
const durationOf = ({ kind, history }: Controlled) =>
  (usual[kind] ?? 0.4) * 2 ** (Number.parseInt(hex(`${kind}/${history.name}`).slice(0, 4), 16) / 32_768 - 1)

/** A metric of each object: a row is its extra labels, and what so many reconciliations come to. */
function perObject(
  name: string,
  rowsOf: (
    one: Controlled,
  ) => Iterable<readonly [extra: Readonly<Record<string, string>>, worth: (count: number) => number]>,
): Family {
  return programFamily({
    name,
    type: 'histogram',
    help: 'The duration in seconds of a GitOps Toolkit resource reconciliation.',
    of: isFlux,
    *rows(program) {
      const { filter } = program.scope
      for (const one of objectsOf(program)) {
        const { history, kind } = one
        if (history.versions.at(-1)?.object === undefined) continue
        if (!filter.accepts('kind', kind) || !filter.accepts('name', history.name)) continue
        const labels = { kind, name: history.name, namespace: history.namespace ?? '' }
        for (const [extra, worth] of rowsOf(one)) {
          const value = (time: number) => worth(countOf(one, program.startedAt, time))
          yield [{ ...labels, ...extra }, value] as const
        }
      }
    },
  })
}

const nothing = {}

/** A metric for each kind's controller, as controller-runtime names it: the kind in lower case. */
function perController(
  name: string,
  type: Family['type'],
  help: string,
  rows: (
    all: readonly Controlled[],
    program: Program,
  ) => Iterable<readonly [extra: Readonly<Record<string, string>>, value: (time: number) => number]>,
  label = 'controller',
): Family {
  return programFamily({
    name,
    type,
    help,
    of: isFlux,
    *rows(program) {
      const byKind = Map.groupBy(objectsOf(program), (one) => one.kind)
      for (const [, , kind] of kindsOf(program)) {
        for (const [extra, value] of rows(byKind.get(kind) ?? [], program)) {
          yield [{ [label]: kind.toLowerCase(), ...extra }, value] as const
        }
      }
    },
  })
}

const totals = (all: readonly Controlled[], { startedAt }: Program, time: number): Reconciled => {
  const sum = { succeeded: 0, failed: 0 }
  for (const one of all) {
    const { succeeded, failed } = reconciled(one, startedAt, time)
    sum.succeeded += succeeded
    sum.failed += failed
  }
  return sum
}

const everything = (all: readonly Controlled[], program: Program, time: number) => {
  const { succeeded, failed } = totals(all, program, time)
  return succeeded + failed
}

const times = (all: readonly Controlled[], program: Program, time: number, within: number) => {
  let sum = 0
  for (const one of all) if (durationOf(one) <= within) sum += countOf(one, program.startedAt, time)
  return sum
}

const runtime = 'controller_runtime_reconcile_time_seconds'
const timeHelp = 'Length of time per reconciliation per controller'

export const fluxControllerFamilies: readonly Family[] = [
  perObject('gotk_reconcile_duration_seconds_count', () => [[nothing, (count) => count]]),
  perObject('gotk_reconcile_duration_seconds_sum', (one) => [[nothing, (count) => count * durationOf(one)]]),
  perObject('gotk_reconcile_duration_seconds_bucket', function* (one) {
    const took = durationOf(one)
    for (const le of gotkBounds) yield [{ le: String(le) }, (count) => (took <= le ? count : 0)]
    yield [{ le: '+Inf' }, (count) => count]
  }),
  perController(
    'controller_runtime_reconcile_total',
    'counter',
    'Total number of reconciliations per controller',
    (all, program) => [
      [{ result: 'success' }, (time) => totals(all, program, time).succeeded],
      [{ result: 'error' }, (time) => totals(all, program, time).failed],
      [{ result: 'requeue' }, () => 0],
      [{ result: 'requeue_after' }, () => 0],
    ],
  ),
  perController(
    'controller_runtime_reconcile_errors_total',
    'counter',
    'Total number of reconciliation errors per controller',
    (all, program) => [[nothing, (time) => totals(all, program, time).failed]],
  ),
  perController(`${runtime}_bucket`, 'histogram', timeHelp, (all, program) => [
    ...runtimeBounds.map(
      (le) => [{ le: String(le) }, (time: number) => times(all, program, time, le)] as const,
    ),
    [{ le: '+Inf' }, (time) => everything(all, program, time)],
  ]),
  perController(`${runtime}_count`, 'histogram', timeHelp, (all, program) => [
    [nothing, (time) => everything(all, program, time)],
  ]),
  perController(`${runtime}_sum`, 'histogram', timeHelp, (all, program) => [
    [
      nothing,
      (time) => all.reduce((sum, one) => sum + countOf(one, program.startedAt, time) * durationOf(one), 0),
    ],
  ]),
  perController(
    'controller_runtime_max_concurrent_reconciles',
    'gauge',
    'Maximum number of concurrent reconciles per controller',
    () => [[nothing, () => 4]],
  ),
  perController(
    'controller_runtime_active_workers',
    'gauge',
    'Number of currently used workers per controller',
    () => [[nothing, () => 0]],
  ),
  perController('workqueue_depth', 'gauge', 'Current depth of workqueue', () => [[nothing, () => 0]], 'name'),
  perController(
    'workqueue_longest_running_processor_seconds',
    'gauge',
    'How many seconds the longest running processor has been running.',
    () => [[nothing, () => 0]],
    'name',
  ),
  perController(
    'workqueue_adds_total',
    'counter',
    'Total number of adds handled by workqueue',
    (all, program) => [[nothing, (time) => everything(all, program, time)]],
    'name',
  ),
  perController(
    'workqueue_work_duration_seconds_count',
    'histogram',
    'How long in seconds processing an item from workqueue takes.',
    (all, program) => [[nothing, (time) => everything(all, program, time)]],
    'name',
  ),
  programFamily({
    name: 'rest_client_requests_total',
    type: 'counter',
    help: 'Number of HTTP requests, partitioned by status code, method, and host.',
    of: isFlux,
    rows: ({ startedAt }) =>
      (
        [
          ['200', 'GET', 0.9],
          ['200', 'PATCH', 0.5],
          ['200', 'PUT', 0.4],
          ['201', 'POST', 0.05],
          ['404', 'GET', 0.004],
        ] as const
      ).map(
        ([code, method, rate]) =>
          [
            { code, host: '10.43.0.1:443', method },
            (time: number) => Math.floor(((time - startedAt) / 1000) * rate),
          ] as const,
      ),
  }),
]
