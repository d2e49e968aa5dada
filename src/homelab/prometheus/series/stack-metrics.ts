// What the parts of the stack tell of themselves: Prometheus, Alertmanager, Grafana, the collectors and ntfy.
import type { World } from '#homelab/world.ts'
import type { Family, Scope } from './family.ts'
import { type Program, program, programFamily } from './process.ts'
import type { ScrapeTarget } from './scrape-target.ts'

const isJob =
  (...jobs: readonly string[]) =>
  (target: ScrapeTarget) =>
    jobs.includes(target.job)
const prometheus = isJob('kube-prometheus-stack-prometheus')
const alertmanager = isJob('kube-prometheus-stack-alertmanager')
const grafana = isJob('grafana-service')
const ntfy = isJob('ntfy')
const collector = (target: ScrapeTarget) => target.labels.endpoint === 'monitoring'
const isAgent = ({ target }: Program) => target.labels.pod?.includes('agent') ?? false

type Worth = Parameters<typeof program>[3]
type Of = (target: ScrapeTarget) => boolean
const gauge = (of: Of, name: string, help: string, worth: Worth) => program(name, 'gauge', help, worth, of)
const counter = (of: Of, name: string, help: string, worth: Worth) =>
  program(name, 'counter', help, worth, of)
const build = (of: Of, name: string, labels: Readonly<Record<string, string>>) =>
  programFamily({
    name,
    type: 'gauge',
    help: 'What it was built from, always 1.',
    of,
    rows: () => [[{ branch: 'HEAD', goversion: 'go1.26.0', ...labels }, 1]],
  })

/** Per second since the program's start. */
const since =
  (rate: number): Worth =>
  ({ startedAt }) =>
  (time) =>
    Math.floor(((time - startedAt) / 1000) * rate)
const fixed =
  (value: number): Worth =>
  () =>
    value

/** About how many series the homelab has: what nodes, pods and other objects give. */
function seriesIn({ objects, world }: Scope): number {
  const alive = (plural: string) =>
    objects.histories(plural).filter((history) => history.versions.at(-1)?.object !== undefined).length
  return (
    900 * world.nodes.size +
    95 * alive('pods') +
    6 * (alive('services') + alive('configmaps') + alive('secrets')) +
    4200
  )
}

const head: Worth = ({ scope }) => {
  const series = seriesIn(scope)
  return (time) => Math.round(series * (1 + 0.01 * Math.sin(time / 2_700_000)))
}
const SCRAPE_SECONDS = 30
const retained = 50 * 2 ** 30

/** Server spans and as many of clients, from all services. */
const spans = (world: World, from: number, to: number) =>
  world.services.reduce(
    (sum, service) =>
      sum + service.endpoints.reduce((calls, endpoint) => calls + endpoint.calls.total(from, to) * 2, 0),
    0,
  )

function flow(name: string, help: string, labels: Readonly<Record<string, string>>, share = 1): Family {
  return programFamily({
    name,
    type: 'counter',
    help,
    of: collector,
    rows: (one) => {
      const { startedAt, scope } = one
      if (isAgent(one)) return []
      return [[labels, (time: number) => Math.floor(spans(scope.world, startedAt, time) * share)]]
    },
  })
}

const records = (name: string, help: string, labels: Readonly<Record<string, string>>) =>
  programFamily({
    name,
    type: 'counter',
    help,
    of: collector,
    rows: (one) => [
      [labels, (time: number) => Math.floor(((time - one.startedAt) / 1000) * (isAgent(one) ? 14 : 60))],
    ],
  })

export const stackFamilies: readonly Family[] = [
  build(prometheus, 'prometheus_build_info', { version: '2.55.1', revision: 'unknown' }),
  gauge(prometheus, 'prometheus_ready', 'Whether it serves.', fixed(1)),
  gauge(prometheus, 'prometheus_tsdb_head_series', 'Total number of series in the head block.', head),
  gauge(prometheus, 'prometheus_tsdb_head_chunks', 'Total number of chunks in the head block.', (one) => {
    const series = seriesIn(one.scope)
    return () => Math.round(series * 2.6)
  }),
  counter(
    prometheus,
    'prometheus_tsdb_head_samples_appended_total',
    'Total number of appended samples.',
    (one) => since(seriesIn(one.scope) / SCRAPE_SECONDS)(one),
  ),
  gauge(
    prometheus,
    'prometheus_tsdb_storage_blocks_bytes',
    'The number of bytes that are currently used for local storage by all blocks.',
    () => (time) => Math.round(21e9 + 3e8 * Math.sin(time / 86_400_000)),
  ),
  gauge(
    prometheus,
    'prometheus_tsdb_retention_limit_bytes',
    'Max number of bytes to be retained in the tsdb blocks.',
    fixed(retained),
  ),
  counter(
    prometheus,
    'prometheus_tsdb_compactions_total',
    'Total number of compactions that were executed.',
    since(1 / 7200),
  ),
  counter(
    prometheus,
    'prometheus_tsdb_compactions_failed_total',
    'Total number of compactions that failed.',
    fixed(0),
  ),
  counter(prometheus, 'prometheus_tsdb_wal_corruptions_total', 'Total number of WAL corruptions.', fixed(0)),
  gauge(
    prometheus,
    'prometheus_config_last_reload_successful',
    'Whether the last configuration reload attempt was successful.',
    fixed(1),
  ),
  gauge(
    prometheus,
    'prometheus_config_last_reload_success_timestamp_seconds',
    'Timestamp of the last successful configuration reload.',
    ({ startedAt }) => Math.floor(startedAt / 1000) + 4,
  ),
  gauge(
    prometheus,
    'prometheus_notifications_alertmanagers_discovered',
    'The number of alertmanagers discovered and active.',
    fixed(1),
  ),
  counter(
    prometheus,
    'prometheus_notifications_dropped_total',
    'Alerts dropped due to errors when sending to Alertmanager.',
    fixed(0),
  ),
  gauge(
    prometheus,
    'prometheus_notifications_queue_length',
    'The number of alert notifications in the queue.',
    fixed(0),
  ),
  counter(
    prometheus,
    'prometheus_target_scrapes_exceeded_sample_limit_total',
    'Scrapes that hit the sample limit.',
    fixed(0),
  ),
  build(alertmanager, 'alertmanager_build_info', { version: '0.34.0', revision: 'unknown' }),
  gauge(
    alertmanager,
    'alertmanager_config_last_reload_successful',
    'Whether the last configuration reload attempt was successful.',
    fixed(1),
  ),
  gauge(
    alertmanager,
    'alertmanager_cluster_members',
    'Number indicating current number of members in cluster.',
    fixed(1),
  ),
  ...(['notifications_total', 'notifications_failed_total'] as const).map((name) =>
    programFamily({
      name: `alertmanager_${name}`,
      type: 'counter',
      help:
        name === 'notifications_total'
          ? 'The total number of attempted notifications.'
          : 'The total number of failed notifications.',
      of: alertmanager,
      rows: (one) =>
        ['webhook', 'discord', 'email', 'pagerduty', 'slack'].map((integration) => {
          const used =
            name === 'notifications_total' && (integration === 'webhook' || integration === 'discord')
          return [
            { integration, ...(name === 'notifications_failed_total' && { reason: 'other' }) },
            used ? since(1 / 900)(one) : 0,
          ] as const
        }),
    }),
  ),
  build(grafana, 'grafana_build_info', { version: '13.1.3', edition: 'oss', revision: 'unknown' }),
  gauge(
    grafana,
    'grafana_stat_totals_dashboard',
    'total amount of dashboards',
    ({ scope }) => scope.objects.histories('grafanadashboards', 'grafana.integreatly.org').length,
  ),
  counter(
    grafana,
    'grafana_http_request_duration_seconds_count',
    'How many requests there were.',
    since(0.4),
  ),
  flow('otelcol_receiver_accepted_spans_total', 'Number of spans successfully pushed into the pipeline.', {
    receiver: 'otlp',
    transport: 'http',
  }),
  flow(
    'otelcol_receiver_refused_spans_total',
    'Number of spans that could not be pushed into the pipeline.',
    { receiver: 'otlp', transport: 'http' },
    0,
  ),
  flow('otelcol_exporter_sent_spans_total', 'Number of spans successfully sent to destination.', {
    exporter: 'otlp_http/clickstack',
  }),
  flow(
    'otelcol_exporter_send_failed_spans_total',
    'Number of spans in failed attempts to send to destination.',
    { exporter: 'otlp_http/clickstack' },
    0,
  ),
  records(
    'otelcol_receiver_accepted_log_records_total',
    'Number of log records successfully pushed into the pipeline.',
    { receiver: 'otlp' },
  ),
  records(
    'otelcol_exporter_sent_log_records_total',
    'Number of log records successfully sent to destination.',
    { exporter: 'otlp_http/clickstack' },
  ),
  gauge(
    collector,
    'otelcol_exporter_queue_size',
    'Current size of the retry queue (in batches)',
    ({ signals }) =>
      (time) =>
        Math.round(signals.cpu.at(time) * 10),
  ),
  gauge(
    collector,
    'otelcol_exporter_queue_capacity',
    'Fixed capacity of the retry queue (in batches)',
    fixed(1000),
  ),
  counter(collector, 'otelcol_process_uptime_seconds_total', 'Uptime of the process', since(1)),
  gauge(
    collector,
    'otelcol_process_memory_rss_bytes',
    'Total physical memory (resident set size)',
    ({ signals }) =>
      (time) =>
        Math.round(signals.memory.at(time) * 0.92),
  ),
  counter(ntfy, 'ntfy_messages_published_success', 'Messages that were published.', since(1 / 900)),
  counter(ntfy, 'ntfy_messages_published_failure', 'Messages that could not be published.', fixed(0)),
  gauge(ntfy, 'ntfy_topics_total', 'Topics in memory.', fixed(2)),
  gauge(ntfy, 'ntfy_subscribers_total', 'Subscribers that listen.', fixed(2)),
]
