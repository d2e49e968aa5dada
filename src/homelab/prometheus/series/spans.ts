// Span metrics: what the collector's span_metrics connector counts of every call and writes to Prometheus by OTLP.
import type { ServiceSignals, World } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'
import { createDurations, createHistogram, type Durations, type Histogram } from './distribution.ts'
import { pushedBy } from './extra.ts'
import { always, type Draft, type Family, type Scope } from './family.ts'

/** Milliseconds: the connector's own buckets. */
const bounds = [2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1000, 1400, 2000, 5000, 10_000, 15_000] as const

/** Whoever opens the homelab looks at the last day closely, and at the days before from afar. */
const FINE = 26 * 3_600_000

type Endpoint = ServiceSignals['endpoints'][number]
type Total = (from: number, to: number) => number

interface Spans {
  readonly labels: Labels
  readonly calls: Total
  readonly histogram: () => Histogram
}

const statuses: readonly (readonly [status: string, calls: (endpoint: Endpoint) => Total])[] = [
  [
    'STATUS_CODE_ERROR',
    ({ errors }) =>
      (from, to) =>
        errors.total(from, to),
  ],
  [
    'STATUS_CODE_UNSET',
    ({ calls, errors }) =>
      (from, to) =>
        Math.max(0, calls.total(from, to) - errors.total(from, to)),
  ],
]

interface Kept {
  readonly durations: Durations
  readonly byStatus: Map<string, Histogram>
}

/** What was counted so far is worth keeping: a histogram of fourteen days is long to add up. */
const known = new WeakMap<Endpoint, Kept>()

function histogramOf(world: World, endpoint: Endpoint, status: string, calls: Total): Histogram {
  const since = world.beganAt
  let kept = known.get(endpoint)
  if (kept?.durations.since !== since) {
    const durations = createDurations(endpoint, bounds, { since, fineFrom: world.clock.now() - FINE })
    kept = { durations, byStatus: new Map() }
    known.set(endpoint, kept)
  }
  const histogram = kept.byStatus.get(status) ?? createHistogram({ calls, durations: kept.durations })
  kept.byStatus.set(status, histogram)
  return histogram
}

function* spansOf({ world, filter }: Scope, service: ServiceSignals): Iterable<Spans> {
  for (const endpoint of service.endpoints) {
    if (!filter.accepts('span_name', endpoint.route)) continue
    for (const [status, callsOf] of statuses) {
      if (!filter.accepts('status_code', status)) continue
      const calls = callsOf(endpoint)
      yield {
        labels: {
          service_name: service.service,
          span_kind: 'SPAN_KIND_SERVER',
          span_name: endpoint.route,
          status_code: status,
        },
        calls,
        histogram: () => histogramOf(world, endpoint, status, calls),
      }
    }
  }
}

type Row = readonly [labels: Labels, value: (time: number) => number]

/** The collector began to count when the world began. */
function family(
  name: string,
  type: Family['type'],
  help: string,
  rows: (spans: Spans, since: number) => Iterable<Row>,
): Family {
  return {
    name,
    type,
    help,
    unit: type === 'histogram' ? 'milliseconds' : '',
    *drafts(scope): Iterable<Draft> {
      const { world, filter } = scope
      for (const service of world.services) {
        const job = `${service.namespace}/${service.service}`
        if (!filter.accepts('service_name', service.service) || !filter.accepts('job', job)) continue
        const target = pushedBy(world, job, '')
        for (const spans of spansOf(scope, service)) {
          for (const [labels, value] of rows(spans, world.beganAt)) {
            yield { target, labels: { job, ...spans.labels, ...labels }, pieces: always(value) }
          }
        }
      }
    },
  }
}

const counted = ({ calls }: Spans, since: number) => {
  const known = new Map<number, number>()
  return (time: number) => {
    let count = known.get(time)
    if (count === undefined) {
      count = Math.floor(calls(since, time))
      known.set(time, count)
    }
    return count
  }
}

const calls = (spans: Spans, since: number): readonly Row[] => [[{}, counted(spans, since)]]

function* buckets(spans: Spans, since: number): Iterable<Row> {
  const histogram = spans.histogram()
  const all = counted(spans, since)
  for (const [index, bound] of bounds.entries()) {
    yield [{ le: String(bound) }, (time) => Math.min(all(time), Math.floor(histogram.bucket(index, time)))]
  }
  yield [{ le: '+Inf' }, all]
}

const duration = 'traces_span_metrics_duration_milliseconds'

export const spanFamilies: readonly Family[] = [
  family('traces_span_metrics_calls_total', 'counter', 'How many spans there were.', calls),
  family(`${duration}_count`, 'histogram', 'How many spans there were.', calls),
  family(`${duration}_sum`, 'histogram', 'How long the spans took in all.', (spans) => {
    const histogram = spans.histogram()
    return [[{}, (time) => histogram.sum(time)]]
  }),
  family(`${duration}_bucket`, 'histogram', 'How many spans took no longer than `le`.', buckets),
]
