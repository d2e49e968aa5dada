// Single families whose labels or values others rely on: Flux, workloads, span metrics, scenarios' own series.
import { describe, expect, it } from 'vitest'
import { createDurations, createHistogram, normal } from '#homelab/prometheus/series/distribution.ts'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { is, last, rate, select } from './ask.ts'
import { BEGAN, fixture, HOUR, line, MINUTE, pod, pods, step } from './fixture.ts'
import { deployment, deployments, kustomization, kustomizations, stack } from './stack.ts'

describe('Flux', () => {
  it('shows an object’s readiness, revision and suspension, under its own namespace', () => {
    const { world, clock } = stack()
    clock.advance(10 * MINUTE)
    world.store.put(kustomizations, kustomization('False', true))
    clock.advance(10 * MINUTE)
    const [was, is] = select(createStorage(world), 'gotk_resource_info', BEGAN, clock.now())
    expect(was?.stale?.size).toBe(1)
    expect(is?.labels).toMatchObject({
      customresource_kind: 'Kustomization',
      exported_namespace: 'flux-system',
      name: 'apps',
      namespace: 'observability',
      ready: 'False',
      revision: 'main@sha1:abc',
      suspended: 'true',
    })
    expect(was?.labels).toMatchObject({ ready: 'True' })
    expect(was?.labels.suspended).toBeUndefined()
  })

  it('counts a reconciliation each interval, and none while suspended', () => {
    const { world, clock } = stack()
    clock.advance(30 * MINUTE)
    const storage = createStorage(world)
    const count = () => last(select(storage, 'gotk_reconcile_duration_seconds_count', BEGAN, clock.now())[0])
    const before = count()
    expect(before).toBeGreaterThanOrEqual(29)
    expect(before).toBeLessThanOrEqual(30)
    world.store.put(kustomizations, kustomization('True', true))
    clock.advance(30 * MINUTE)
    expect(count()).toBeLessThanOrEqual(30)
    const [series] = select(storage, 'gotk_reconcile_duration_seconds_count', BEGAN, clock.now())
    expect(series?.labels).toMatchObject({
      namespace: 'flux-system',
      exported_namespace: 'flux-system',
      kind: 'Kustomization',
      name: 'apps',
      pod: 'kustomize-controller-0',
    })
  })
})

describe('workloads', () => {
  it('tell how many replicas are wanted and there', () => {
    const { world, clock } = stack()
    clock.advance(10 * MINUTE)
    world.store.put(deployments, deployment(1))
    clock.advance(10 * MINUTE)
    const storage = createStorage(world)
    const of = (name: string) =>
      select(storage, `kube_deployment_${name}`, BEGAN, clock.now(), is('deployment', 'checkout'))[0]
    expect(new Set(of('spec_replicas')?.values)).toEqual(new Set([2]))
    expect([...(of('status_replicas_available')?.values ?? [])]).toEqual([
      ...Array(20).fill(2),
      ...Array(20).fill(1),
    ])
    expect(of('spec_replicas')?.labels).toMatchObject({
      namespace: 'shop',
      deployment: 'checkout',
      job: 'kube-state-metrics',
    })
    const [failed] = select(storage, 'kube_job_failed', BEGAN, clock.now(), is('condition', 'true'))
    expect(failed?.labels.job_name).toBe('report')
    expect(last(failed)).toBe(1)
  })

  it('tell a container’s requests in cores and bytes', () => {
    const { world, clock } = fixture()
    clock.advance(MINUTE)
    const requests = select(
      createStorage(world),
      'kube_pod_container_resource_requests',
      BEGAN,
      clock.now(),
      is('pod', 'checkout-1'),
    )
    expect(requests.map((series) => [series.labels.resource, series.labels.unit, last(series)])).toEqual([
      ['cpu', 'core', 0.1],
      ['memory', 'byte', 134_217_728],
    ])
  })

  it('have throttling only where there is a CPU limit', () => {
    const { world, clock } = fixture()
    world.store.put(pods, pod('limited-1', { limits: { cpu: '500m', memory: '1Gi' } }))
    clock.advance(30 * MINUTE)
    const storage = createStorage(world)
    const periods = select(storage, 'container_cpu_cfs_periods_total', BEGAN, clock.now())
    expect(periods.map(({ labels }) => labels.pod)).toEqual(['limited-1'])
    expect(rate(periods[0])).toBeCloseTo(10, 2)
  })
})

describe('span metrics', () => {
  it('count calls by status, and durations as the quantiles say', () => {
    const { world, clock } = stack()
    clock.advance(2 * HOUR)
    const storage = createStorage(world)
    const calls = select(storage, 'traces_span_metrics_calls_total', clock.now() - HOUR, clock.now())
    expect(calls.map((series) => [series.labels.status_code, Math.round(rate(series))])).toEqual([
      ['STATUS_CODE_ERROR', 1],
      ['STATUS_CODE_UNSET', 9],
    ])
    expect(calls[0]?.labels).toEqual({
      __name__: 'traces_span_metrics_calls_total',
      job: 'shop/checkout',
      service_name: 'checkout',
      span_kind: 'SPAN_KIND_SERVER',
      span_name: 'POST /pay',
      status_code: 'STATUS_CODE_ERROR',
    })
    const bucket = (le: string) =>
      rate(
        select(
          storage,
          'traces_span_metrics_duration_milliseconds_bucket',
          clock.now() - HOUR,
          clock.now(),
          is('le', le),
          is('status_code', 'STATUS_CODE_UNSET'),
        )[0],
      )
    // The 99th percentile is 400 ms, the median 40 ms.
    expect(bucket('400') / bucket('+Inf')).toBeCloseTo(0.99, 2)
    expect(bucket('10') / bucket('+Inf')).toBeLessThan(0.5)
    expect(bucket('50') / bucket('+Inf')).toBeGreaterThan(0.5)
  })

  it('have slower buckets from the minute in which calls become slower', () => {
    const slowAt = BEGAN + 30 * MINUTE
    const durations = createDurations({ p50: step(10, slowAt, 1000), p99: step(20, slowAt, 2000) }, [100], {
      since: BEGAN,
      fineFrom: BEGAN,
    })
    const histogram = createHistogram({ calls: (from, to) => (to - from) / 1000, durations })
    expect(histogram.bucket(0, slowAt)).toBeCloseTo(1800, 3)
    expect(histogram.bucket(0, slowAt + 10 * MINUTE)).toBeCloseTo(1800, 3)
    expect(normal(0)).toBeCloseTo(0.5, 6)
    expect(normal(1.959964)).toBeCloseTo(0.975, 6)
    expect(normal(-1.959964)).toBeCloseTo(0.025, 6)
  })
})

describe('a scenario’s own series', () => {
  it('are there from when to when it says', () => {
    const { world, clock } = fixture({
      extraSeries: [
        {
          labels: {
            __name__: 'cnpg_backends_total',
            job: 'db/pg',
            instance: '10.0.0.9:9187',
            datname: 'shop',
          },
          type: 'gauge',
          curve: line(97),
          from: BEGAN + 10 * MINUTE,
          to: BEGAN + 20 * MINUTE,
        },
      ],
    })
    clock.advance(HOUR)
    const [series] = select(
      createStorage(world),
      'cnpg_backends_total',
      BEGAN,
      clock.now(),
      is('datname', 'shop'),
    )
    expect([...(series?.values ?? [])].slice(0, 20)).toEqual(Array(20).fill(97))
    expect(series?.stale).toEqual(new Set([20]))
    expect(series?.labels).toEqual({
      __name__: 'cnpg_backends_total',
      job: 'db/pg',
      instance: '10.0.0.9:9187',
      datname: 'shop',
    })
  })
})

describe('matchers', () => {
  const { world, clock } = fixture()
  clock.advance(MINUTE)
  const storage = createStorage(world)
  const found = (...matchers: Parameters<typeof storage.select>[0][number][]) =>
    [...storage.select([is('__name__', 'kube_pod_info'), ...matchers], BEGAN, clock.now())].map(
      ({ labels }) => labels.pod,
    )

  it('anchor expressions, and take a missing label for an empty one', () => {
    expect(found({ label: 'pod', op: '=~', value: 'checkout' })).toEqual([])
    expect(found({ label: 'pod', op: '=~', value: 'checkout-.*|ksm-0' })).toEqual(['ksm-0', 'checkout-1'])
    expect(found({ label: 'namespace', op: '!~', value: 'obs.*' })).toEqual(['checkout-1'])
    expect(found({ label: 'cluster', op: '=', value: '' })).toHaveLength(4)
    expect(found({ label: 'cluster', op: '!=', value: '' })).toEqual([])
    expect(found({ label: 'created_by_kind', op: '=', value: '' })).toEqual([
      'node-exporter-a',
      'node-exporter-b',
      'ksm-0',
    ])
  })

  it('find label values without their samples', () => {
    expect(storage.labelValues('namespace', [[is('__name__', 'kube_pod_info')]], BEGAN, clock.now())).toEqual(
      ['observability', 'shop'],
    )
    expect(storage.labelNames([[is('__name__', 'node_load1')]], BEGAN, clock.now())).toEqual([
      '__name__',
      'container',
      'endpoint',
      'instance',
      'job',
      'namespace',
      'pod',
      'service',
    ])
  })
})
