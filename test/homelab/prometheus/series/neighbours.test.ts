// The series of the parts beside the stack: they are told of the same pods, calls and volumes as everything else, so
// what the one says the other says too, on a good day and while checkout fails.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manualClock } from '#homelab/clock.ts'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { targetsOf } from '#homelab/prometheus/series/targets.ts'
import type { Matcher } from '#homelab/prometheus/storage.ts'
import { parseScenario } from '#homelab/scenario/schema.ts'
import { createWorld } from '#homelab/world/create.ts'
import { is, last, rate, select } from './ask.ts'
import { HOUR, MINUTE } from './fixture.ts'

const scenarios = join(import.meta.dirname, '../../../../src/homelab/scenarios')

function homelab(scenario = 'calm') {
  const clock = manualClock(Date.UTC(2026, 10, 22, 21))
  const file = `${scenario}.yaml`
  const parsed = parseScenario(readFileSync(join(scenarios, file), 'utf8'))
  const world = createWorld({ seed: 1, clock, scenario: parsed })
  clock.advance(2 * MINUTE)
  const storage = createStorage(world)
  const now = clock.now()
  const series = (name: string, window: number, ...more: Matcher[]) =>
    select(storage, name, now - window, now, ...more)
  return {
    world,
    storage,
    now,
    series,
    /** Growth per second of all that match and were there to the end. */
    growth: (name: string, window: number, ...more: Matcher[]) =>
      series(name, window, ...more)
        .filter(({ times, stale }) => times.length > 1 && !stale)
        .reduce((sum, one) => sum + rate(one), 0),
  }
}

const calm = homelab()

describe('targets', () => {
  it('are one for each pod of each part, and all up', () => {
    const jobs = Map.groupBy(targetsOf(calm.world), ({ labels }) => labels.job ?? '')
    const counts = Object.fromEntries([...jobs].map(([job, all]) => [job, all.length]))
    expect(counts).toMatchObject({
      'cilium-agent': calm.world.nodes.size,
      'hubble-metrics': calm.world.nodes.size,
      'cilium-operator': 1,
      'envoy-gateway': 1,
      'envoy-gateway-system/envoy-proxy': 2,
      'db/pg-main': 3,
      'db/pg-media': 1,
      'cnpg-system/cloudnative-pg': 1,
      'trivy-operator': 1,
      'longhorn-backend': 4,
    })
    expect(targetsOf(calm.world).filter(({ health }) => health !== 'up')).toEqual([])
  })

  it('carry the labels that the parts’ charts add', () => {
    const [agent] = calm.series('cilium_version', MINUTE)
    expect(agent?.labels).toMatchObject({ job: 'cilium-agent', k8s_app: 'cilium', namespace: 'kube-system' })
    expect(calm.world.nodes.has(agent?.labels.node ?? '')).toBe(true)
    const [operator] = calm.series('cilium_operator_process_resident_memory_bytes', MINUTE)
    expect(operator?.labels.io_cilium_app).toBe('operator')
  })
})

describe('one service’s calls', () => {
  const spans = (service: string, ...more: Matcher[]) =>
    calm.growth('traces_span_metrics_calls_total', 30 * MINUTE, is('service_name', service), ...more)

  it.each(['checkout', 'catalog', 'payment'])('to %s are the same in Hubble as in its spans', (service) => {
    const seen = calm.growth('hubble_http_requests_total', 30 * MINUTE, is('destination_workload', service))
    expect(seen).toBeGreaterThan(0)
    expect(seen / spans(service)).toBeCloseTo(1, 1)
  })

  it('to the frontend are the same at the gateway', () => {
    const cluster = is('envoy_cluster_name', 'httproute/shop/frontend/rule/0')
    const through = calm.growth('envoy_cluster_upstream_rq_total', 30 * MINUTE, cluster)
    expect(through / spans('frontend')).toBeCloseTo(1, 1)
    const classes = calm.growth('envoy_cluster_upstream_rq_xx', 30 * MINUTE, cluster)
    expect(classes / through).toBeCloseTo(1, 1)
  })

  it('take as long in Hubble as in its spans', () => {
    const mean = (metric: string, ...more: Matcher[]) =>
      calm.growth(`${metric}_sum`, 30 * MINUTE, ...more) /
      calm.growth(`${metric}_count`, 30 * MINUTE, ...more)
    const milliseconds = mean('traces_span_metrics_duration_milliseconds', is('service_name', 'checkout'))
    const seconds = mean('hubble_http_request_duration_seconds', is('destination_workload', 'checkout'))
    expect((seconds * 1000) / milliseconds).toBeCloseTo(1, 1)
  })
})

describe('all of them', () => {
  const names: Matcher = {
    label: '__name__',
    op: '=~',
    value: '(cilium|hubble|envoy|watchable|xds|status_update|resource|cnpg|longhorn|trivy)_.+',
  }
  const select = (window: number) => [...calm.storage.select([names], calm.now - window, calm.now)]
  const key = ({ labels }: { labels: Readonly<Record<string, string>> }) =>
    JSON.stringify(Object.entries(labels).sort())

  it('have finite values, and no label set twice', () => {
    const all = select(10 * MINUTE)
    expect(all.length).toBeGreaterThan(2000)
    expect(new Set(all.map(key)).size).toBe(all.length)
    const wrong = all.filter(({ values, stale }) =>
      [...values].some((value, index) => !stale?.has(index) && !Number.isFinite(value)),
    )
    expect(wrong.map(key)).toEqual([])
  })

  it('say the same of a moment whichever window they are asked in', () => {
    const whole = new Map(select(40 * MINUTE).map((series) => [key(series), series]))
    const different = select(5 * MINUTE).filter((series) => {
      const values = [...(whole.get(key(series))?.values ?? [])].slice(-series.values.length)
      return JSON.stringify(values) !== JSON.stringify([...series.values])
    })
    expect(different.map(key)).toEqual([])
  })
})

describe('histograms', () => {
  it.each([
    'hubble_http_request_duration_seconds',
    'envoy_cluster_upstream_rq_time',
    'watchable_subscribe_duration_seconds',
  ])('%s has buckets that rise to its count', (metric) => {
    const groups = Map.groupBy(
      calm.series(`${metric}_bucket`, MINUTE),
      ({ labels: { le: _, __name__, ...own } }) => JSON.stringify(own),
    )
    expect(groups.size).toBeGreaterThan(0)
    for (const buckets of groups.values()) {
      const values = buckets
        .toSorted((a, b) => bound(a.labels.le) - bound(b.labels.le))
        .map((series) => last(series))
      expect(values).toEqual(values.toSorted((a, b) => a - b))
      const { le: _, __name__, ...own } = buckets[0]?.labels ?? {}
      const [count] = calm.series(
        `${metric}_count`,
        MINUTE,
        ...Object.entries(own).map(([name, value]) => is(name, value)),
      )
      expect(last(count)).toBe(values.at(-1))
    }
  })
})

const bound = (le = '') => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le))

describe('nodes, volumes and images', () => {
  it('forward what the pods of the node receive', () => {
    for (const node of calm.world.nodes.keys()) {
      const forwarded = calm.growth(
        'cilium_forward_bytes_total',
        HOUR,
        is('node', node),
        is('direction', 'INGRESS'),
      )
      const received = calm.growth(
        'container_network_receive_bytes_total',
        HOUR,
        is('node', node),
        is('interface', 'eth0'),
      )
      expect(forwarded, node).toBeGreaterThan(received * 0.3)
      expect(forwarded, node).toBeLessThan(received * 1.02)
    }
  })

  it('have the same volumes in Longhorn as in the kubelet', () => {
    const volumes = calm.series('longhorn_volume_capacity_bytes', MINUTE)
    const claims = calm.series('kubelet_volume_stats_capacity_bytes', MINUTE)
    expect(volumes.length).toBe(claims.length)
    for (const { labels, values } of volumes) {
      const claim = claims.find(
        (one) =>
          one.labels.namespace === labels.pvc_namespace && one.labels.persistentvolumeclaim === labels.pvc,
      )
      expect(claim?.values[0], labels.pvc).toBe(values[0])
    }
  })

  it('are scanned under their own namespaces, the same image with the same findings', () => {
    const found = calm.series('trivy_image_vulnerabilities', MINUTE, is('severity', 'High'))
    expect(new Set(found.map(({ labels }) => labels.namespace)).has('shop')).toBe(true)
    for (const same of Map.groupBy(found, ({ labels }) => labels.image_digest).values()) {
      expect(new Set(same.map((one) => last(one))).size).toBe(1)
    }
  })

  it('have a primary and two replicas that follow it', () => {
    const recovering = calm.series('cnpg_pg_replication_in_recovery', MINUTE, is('job', 'db/pg-main'))
    expect(recovering.map((one) => last(one)).sort()).toEqual([0, 1, 1])
    const [streaming] = calm
      .series('cnpg_pg_replication_streaming_replicas', MINUTE, is('job', 'db/pg-main'))
      .filter((one) => last(one) > 0)
    expect(last(streaming)).toBe(2)
  })
})

describe('while checkout fails', () => {
  const failing = homelab('checkout-errors')

  it('Hubble sees its errors, and nobody else’s', () => {
    const share = (service: string) => {
      const to = is('destination_workload', service)
      return (
        failing.growth('hubble_http_requests_total', 3 * MINUTE, to, is('status', '500')) /
        failing.growth('hubble_http_requests_total', 3 * MINUTE, to)
      )
    }
    expect(share('checkout')).toBeGreaterThan(0.08)
    expect(share('catalog')).toBeLessThan(0.02)
  })

  it('the gateway answers more of the shop’s callers with 5xx', () => {
    const failed = ({ growth }: typeof failing) =>
      growth(
        'envoy_cluster_upstream_rq_xx',
        3 * MINUTE,
        is('envoy_cluster_name', 'httproute/shop/frontend/rule/0'),
        is('envoy_response_code_class', '5'),
      )
    expect(failed(failing)).toBeGreaterThan(3 * failed(calm))
  })

  it('the database has hardly a connection left', () => {
    const open = ({ series }: typeof failing) =>
      series('cnpg_backends_total', MINUTE, is('pod', 'pg-main-1')).reduce((sum, one) => sum + last(one), 0)
    expect(open(calm)).toBeLessThan(40)
    expect(open(failing)).toBeGreaterThan(90)
    const [limit] = failing.series(
      'cnpg_pg_settings_setting',
      MINUTE,
      is('name', 'max_connections'),
      is('pod', 'pg-main-1'),
    )
    expect(last(limit)).toBe(100)
  })
})
