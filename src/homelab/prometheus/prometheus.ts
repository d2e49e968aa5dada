// The homelab's Prometheus as a server: which path is answered by what.
import type { Clock } from '#homelab/clock.ts'
import type { Upstream, UpstreamAnswer } from '#homelab/upstream.ts'
import { failed } from './api/answer.ts'
import { Params } from './api/params.ts'
import { answerQuery, answerQueryRange } from './api/query.ts'
import { answerAlerts, answerRules } from './api/rules.ts'
import { answerLabels, answerLabelValues, answerMetadata, answerSeries, answerTargets } from './api/series.ts'
import {
  answerAlertmanagers,
  answerBuildinfo,
  answerConfig,
  answerFlags,
  answerRuntimeinfo,
  answerTsdb,
  defaultFlags,
} from './api/status.ts'
import type { RuleGroup } from './rule-group.ts'
import { Rules } from './rules/rules.ts'
import type { Storage } from './storage.ts'
import type { Target } from './target.ts'
import { asWork } from './turns.ts'

export interface PrometheusOptions {
  readonly storage: Storage
  readonly clock: Clock
  readonly rules: readonly RuleGroup[]
  /** What is scraped, now. */
  readonly targets: () => readonly Target[]
  /** Where it stands: a Service of the world. */
  readonly namespace: string
  readonly service: string
  readonly port: number
  /** Laid over the flags of the stack's Prometheus. */
  readonly flags?: Readonly<Record<string, string>>
}

type Route = (params: Params, signal: AbortSignal) => UpstreamAnswer | Promise<UpstreamAnswer>

const plain = { 'content-type': 'text/plain; charset=utf-8' }

export function createPrometheus(options: PrometheusOptions): Upstream {
  const { clock, namespace, service, port } = options
  const rules = new Rules(options.storage, options.rules, clock)
  const { storage } = rules
  const flags = { ...defaultFlags, ...options.flags }
  const startedAt = clock.now()
  const hostname = `${service}-0`
  const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
    ['/api/v1/query', (params, signal) => answerQuery(params, storage, clock.now(), signal)],
    ['/api/v1/query_range', (params, signal) => answerQueryRange(params, storage, signal)],
    ['/api/v1/series', (params) => answerSeries(params, storage, clock.now())],
    ['/api/v1/labels', (params) => answerLabels(params, storage, clock.now())],
    ['/api/v1/metadata', (params) => answerMetadata(params, storage)],
    ['/api/v1/targets', (params) => answerTargets(params, options.targets())],
    ['/api/v1/rules', (params) => answerRules(params, rules, clock.now())],
    ['/api/v1/alerts', () => answerAlerts(rules, clock.now())],
    ['/api/v1/alertmanagers', () => answerAlertmanagers(namespace)],
    ['/api/v1/status/buildinfo', answerBuildinfo],
    ['/api/v1/status/runtimeinfo', () => answerRuntimeinfo({ startedAt, now: clock.now(), flags, hostname })],
    ['/api/v1/status/flags', () => answerFlags(flags)],
    ['/api/v1/status/config', () => answerConfig(namespace)],
    ['/api/v1/status/tsdb', () => answerTsdb(storage, clock.now(), startedAt)],
    ['/-/ready', () => ({ status: 200, headers: plain, body: 'Prometheus Server is Ready.\n' })],
    ['/-/healthy', () => ({ status: 200, headers: plain, body: 'Prometheus Server is Healthy.\n' })],
  ])

  const answer: Upstream['answer'] = async (request, signal) => {
    const params = new Params(request)
    const label = /^\/api\/v1\/label\/([^/]*)\/values$/.exec(request.path)
    if (label) return answerLabelValues(decodeURIComponent(label[1] ?? ''), params, storage, clock.now())
    const route = routes.get(request.path)
    if (route) return route(params, signal)
    return { status: 404, headers: plain, body: '404 page not found\n' }
  }

  return {
    namespace,
    service,
    port,
    async answer(request, signal) {
      if (!['GET', 'POST', 'HEAD'].includes(request.method)) {
        return { status: 405, headers: plain, body: 'Method Not Allowed\n' }
      }
      try {
        return await asWork(() => answer(request, signal))
      } catch (error) {
        return failed(error)
      }
    },
  }
}
