// What the server says of itself: /api/v1/status/* and /api/v1/alertmanagers.
import type { Storage } from '#homelab/prometheus/storage.ts'
import type { UpstreamAnswer } from '#homelab/upstream.ts'
import { success } from './answer.ts'

const version = '3.14.0'

/** As Go prints a time: RFC 3339 in UTC. */
const stamp = (milliseconds: number) => new Date(milliseconds).toISOString()

export const defaultFlags: Readonly<Record<string, string>> = {
  'config.file': '/etc/prometheus/config_out/prometheus.env.yaml',
  'enable-feature': '',
  'query.lookback-delta': '5m',
  'query.max-concurrency': '20',
  'query.max-samples': '50000000',
  'query.timeout': '2m',
  'storage.tsdb.path': '/prometheus',
  'storage.tsdb.retention.size': '50GB',
  'storage.tsdb.retention.time': '14d',
  'web.enable-admin-api': 'false',
  'web.enable-lifecycle': 'true',
  'web.enable-otlp-receiver': 'true',
  'web.enable-remote-write-receiver': 'false',
  'web.external-url': '',
  'web.listen-address': '0.0.0.0:9090',
  'web.page-title': 'Prometheus Time Series Collection and Processing Server',
  'web.route-prefix': '/',
}

export function answerBuildinfo(): UpstreamAnswer {
  return success(
    JSON.stringify({
      version,
      revision: '',
      branch: 'HEAD',
      buildUser: '',
      buildDate: '',
      goVersion: '',
    }),
  )
}

export interface Running {
  readonly startedAt: number
  readonly now: number
  readonly flags: Readonly<Record<string, string>>
  readonly hostname: string
}

export function answerRuntimeinfo({ startedAt, now, flags, hostname }: Running): UpstreamAnswer {
  const time = flags['storage.tsdb.retention.time']
  const size = flags['storage.tsdb.retention.size']
  return success(
    JSON.stringify({
      startTime: stamp(startedAt),
      CWD: '/prometheus',
      hostname,
      serverTime: stamp(now),
      reloadConfigSuccess: true,
      lastConfigTime: stamp(startedAt),
      corruptionCount: 0,
      goroutineCount: 1,
      GOMAXPROCS: 1,
      GOMEMLIMIT: 2_147_483_648,
      GOGC: '75',
      GODEBUG: '',
      storageRetention: [time, size].filter(Boolean).join(' or '),
    }),
  )
}

export function answerFlags(flags: Readonly<Record<string, string>>): UpstreamAnswer {
  return success(JSON.stringify(flags))
}

/** The configuration file; the operator's shape, with what the homelab's answers rest on. */
export function answerConfig(namespace: string): UpstreamAnswer {
  const yaml = `global:
  scrape_interval: 1m
  scrape_timeout: 10s
  evaluation_interval: 1m
alerting:
  alertmanagers:
  - scheme: http
    path_prefix: /
    api_version: v2
    static_configs:
    - targets:
      - alertmanager-operated.${namespace}.svc:9093
`
  return success(JSON.stringify({ yaml }))
}

export function answerAlertmanagers(namespace: string): UpstreamAnswer {
  const url = `http://alertmanager-operated.${namespace}.svc:9093/api/v2/alerts`
  return success(JSON.stringify({ activeAlertmanagers: [{ url }], droppedAlertmanagers: [] }))
}

/** Counts over what was scraped in the last five minutes. */
export function answerTsdb(storage: Storage, now: number, startedAt: number): UpstreamAnswer {
  const byName = new Map<string, number>()
  const values = new Map<string, Set<string>>()
  const pairs = new Map<string, number>()
  let series = 0
  for (const { labels } of storage.select([{ label: '__name__', op: '!=', value: '' }], now - 300_000, now)) {
    series += 1
    byName.set(labels.__name__ ?? '', (byName.get(labels.__name__ ?? '') ?? 0) + 1)
    for (const [name, value] of Object.entries(labels)) {
      const known = values.get(name) ?? new Set()
      values.set(name, known.add(value))
      const pair = `${name}=${value}`
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
    }
  }
  const top = (counts: Iterable<readonly [string, number]>) =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 10)
      .map(([name, value]) => ({ name, value }))
  const labelCounts = [...values].map(([name, seen]) => [name, seen.size] as const)
  const labelBytes = [...values].map(
    ([name, seen]) => [name, [...seen].reduce((bytes, value) => bytes + value.length, 0)] as const,
  )
  return success(
    JSON.stringify({
      headStats: {
        numSeries: series,
        numLabelPairs: pairs.size,
        chunkCount: series,
        minTime: Math.max(startedAt, now - 10_800_000),
        maxTime: now,
      },
      seriesCountByMetricName: top(byName),
      labelValueCountByLabelName: top(labelCounts),
      memoryInBytesByLabelName: top(labelBytes),
      seriesCountByLabelValuePair: top(pairs),
    }),
  )
}
