// A Prometheus over written samples, and questions to it.
import { type ManualClock, manualClock } from '#homelab/clock.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import type { MetricMetadata } from '#homelab/prometheus/storage.ts'
import type { Target } from '#homelab/prometheus/target.ts'
import { type MemorySeries, memoryStorage } from './memory-storage.ts'

export interface Asked {
  readonly status: number
  readonly body: {
    readonly status: string
    readonly data?: unknown
    readonly errorType?: string
    readonly error?: string
    readonly warnings?: string[]
    readonly infos?: string[]
  }
}

export interface Server {
  readonly clock: ManualClock
  /** A list as a value repeats the parameter. */
  get(path: string, params?: Readonly<Record<string, string | readonly string[]>>): Promise<Asked>
  post(path: string, form: Readonly<Record<string, string>>): Promise<Asked>
  raw(method: string, path: string): Promise<{ status: number; body: string }>
}

/** `now` in minutes after time 0. */
export function server(
  series: readonly MemorySeries[],
  now: number,
  options: {
    readonly rules?: readonly RuleGroup[]
    readonly targets?: readonly Target[]
    readonly metadata?: ReadonlyMap<string, MetricMetadata>
  } = {},
): Server {
  const clock = manualClock(now * 60_000)
  const prometheus = createPrometheus({
    storage: memoryStorage(series, options.metadata),
    clock,
    rules: options.rules ?? [],
    targets: () => options.targets ?? [],
    namespace: 'observability',
    service: 'prometheus-operated',
    port: 9090,
  })
  const ask = async (request: Parameters<typeof prometheus.answer>[0]) => {
    const answer = await prometheus.answer(request, new AbortController().signal)
    return { status: answer.status, body: String(answer.body) }
  }
  const parsed = ({ status, body }: { status: number; body: string }): Asked => ({
    status,
    body: JSON.parse(body),
  })
  return {
    clock,
    async get(path, params = {}) {
      const search = new URLSearchParams()
      for (const [name, value] of Object.entries(params)) {
        for (const item of typeof value === 'string' ? [value] : value) search.append(name, item)
      }
      return parsed(await ask({ method: 'GET', path, params: search, headers: {}, body: '' }))
    },
    async post(path, form) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const body = new URLSearchParams(form).toString()
      return parsed(await ask({ method: 'POST', path, params: new URLSearchParams(), headers, body }))
    },
    raw: (method, path) => ask({ method, path, params: new URLSearchParams(), headers: {}, body: '' }),
  }
}
