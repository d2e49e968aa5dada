// The homelab's Prometheus as the dashboards' tests ask it, and which of a dashboard's panels it has data for.
import { manualClock } from '#homelab/clock.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { targetsOf } from '#homelab/prometheus/series/targets.ts'
import { stackRules } from '#homelab/prometheus/stack-rules/stack-rules.ts'
import { createWorld } from '#homelab/world/create.ts'
import { bind, bindingsOf, type Dashboard, type Panel, panelsOf } from './dashboard.ts'
import type { Asked } from './variables.ts'

const MINUTE = 60_000

/** The homelab's Prometheus, two minutes after its world began. */
export function homelabPrometheus() {
  const clock = manualClock(Date.UTC(2026, 10, 22, 21))
  const world = createWorld({ seed: 1, clock })
  clock.advance(2 * MINUTE)
  const prometheus = createPrometheus({
    storage: createStorage(world),
    clock,
    rules: stackRules,
    targets: () => targetsOf(world),
    namespace: 'observability',
    service: 'prometheus-operated',
    port: 9090,
  })
  return { world, clock, prometheus }
}

export function askedHomelab() {
  const { world, clock, prometheus } = homelabPrometheus()
  const end = clock.now() / 1000
  const get = async (path: string, params: Readonly<Record<string, string>>) => {
    const { body } = await prometheus.answer(
      { method: 'GET', path: `/api/v1${path}`, params: new URLSearchParams(params), headers: {}, body: '' },
      new AbortController().signal,
    )
    return JSON.parse(String(body)) as { readonly data?: unknown; readonly error?: string }
  }
  const ask: Asked = {
    async values(label, selector) {
      const { data } = await get(`/label/${label}/values`, selector === '' ? {} : { 'match[]': selector })
      return (data ?? []) as string[]
    },
    async series(selector) {
      const { data } = await get('/series', { 'match[]': selector })
      return ((data ?? []) as Record<string, string>[]).map(
        (labels) =>
          `{${Object.entries(labels)
            .map(([name, value]) => `${name}="${value}"`)
            .join(',')}}`,
      )
    },
  }

  /** Whether a range query gives a number at any moment of ten minutes. */
  const hasData = async (query: string): Promise<boolean> => {
    const { data, error } = await get('/query_range', {
      query,
      start: String(end - 600),
      end: String(end),
      step: '60',
    })
    if (error !== undefined) throw new Error(`${error}: ${query}`)
    const { result } = data as { result: { values: [number, string][] }[] }
    return result.some(({ values }) => values.some(([, value]) => value !== 'NaN'))
  }

  const alerting = async () => ((await get('/alerts', {})).data as { alerts: unknown[] }).alerts.length > 0

  return {
    world,
    clock,
    /** The panels that draw something of Prometheus, apart: with data and without. */
    async look(
      dashboard: Dashboard,
    ): Promise<{ readonly full: readonly Panel[]; readonly empty: readonly Panel[] }> {
      const bindings = await bindingsOf(dashboard, ask)
      const full: Panel[] = []
      const empty: Panel[] = []
      for (const panel of panelsOf(dashboard)) {
        if (panel.type === 'text' || ['loki', 'grafana-clickhouse-datasource'].includes(panel.datasource))
          continue
        let found = panel.type === 'alertlist' && (await alerting())
        for (const expr of panel.exprs) found ||= await hasData(bind(expr, bindings))
        ;(found ? full : empty).push(panel)
      }
      return { full, empty }
    },
  }
}
