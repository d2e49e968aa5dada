import { describe, expect, it } from 'vitest'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { targetsOf } from '#homelab/prometheus/series/targets.ts'
import { stamp } from '#homelab/store.ts'
import { is, last, rate, select } from './ask.ts'
import { BEGAN, container, fixture, HOUR, line, MINUTE, MiB, pod, pods } from './fixture.ts'

describe('scrapes', () => {
  it('tells up for every target, with the labels of the charts’ monitors', () => {
    const { world, clock } = fixture()
    clock.advance(10 * MINUTE)
    const up = select(createStorage(world), 'up', BEGAN, clock.now())
    expect(
      up.map(({ labels }) => `${labels.job} ${labels.instance} ${labels.metrics_path ?? ''}`).sort(),
    ).toEqual([
      'kube-state-metrics 10.42.0.5:8080 ',
      'kubelet 10.0.0.1:10250 /metrics',
      'kubelet 10.0.0.1:10250 /metrics/cadvisor',
      'kubelet 10.0.0.1:10250 /metrics/probes',
      'kubelet 10.0.0.2:10250 /metrics',
      'kubelet 10.0.0.2:10250 /metrics/cadvisor',
      'kubelet 10.0.0.2:10250 /metrics/probes',
      'node-exporter 10.0.0.1:9100 ',
      'node-exporter 10.0.0.2:9100 ',
    ])
    expect(up.find(({ labels }) => labels.instance === '10.0.0.1:9100')?.labels).toEqual({
      __name__: 'up',
      container: 'node-exporter',
      endpoint: 'http-metrics',
      instance: '10.0.0.1:9100',
      job: 'node-exporter',
      namespace: 'observability',
      pod: 'node-exporter-a',
      service: 'node-exporter',
    })
    expect(up.every((series) => series.times.length === 20 && last(series) === 1)).toBe(true)
  })

  it('scrapes every thirty seconds at an offset that is the target’s own, whatever the window', () => {
    const { world, clock } = fixture()
    clock.advance(HOUR)
    const storage = createStorage(world)
    const whole = select(storage, 'node_load1', BEGAN, clock.now(), is('instance', '10.0.0.1:9100'))[0]
    const part = select(
      storage,
      'node_load1',
      BEGAN + 10 * MINUTE,
      BEGAN + 20 * MINUTE,
      is('instance', '10.0.0.1:9100'),
    )[0]
    const times = [...(whole?.times ?? [])]
    expect(times.every((time, index) => index === 0 || time - (times[index - 1] ?? 0) === 30_000)).toBe(true)
    expect([...(part?.times ?? [])]).toEqual(
      times.filter((time) => time > BEGAN + 10 * MINUTE && time <= BEGAN + 20 * MINUTE),
    )
  })

  it('takes regular expressions as RE2 writes them', () => {
    const { world, clock } = fixture()
    clock.advance(10 * MINUTE)
    const jobs = (value: string) =>
      select(createStorage(world), 'up', BEGAN, clock.now(), { label: 'job', op: '=~', value }).length
    expect(jobs('(?i)KUBELET')).toBe(6)
    expect(jobs('[[:lower:]]+')).toBe(6)
    expect(jobs('(?P<kind>node|kube-state).*')).toBe(3)
  })

  it('knows nothing before the world began, nor of the future', () => {
    const { world, clock } = fixture()
    clock.advance(5 * MINUTE)
    const [series] = select(
      createStorage(world),
      'node_load1',
      BEGAN - HOUR,
      BEGAN + HOUR,
      is('instance', '10.0.0.1:9100'),
    )
    expect(series?.times.length).toBe(10)
    expect(series?.times[0]).toBeGreaterThanOrEqual(BEGAN)
    expect(series?.times[9]).toBeLessThanOrEqual(BEGAN + 5 * MINUTE)
  })

  it('says up 0 and marks every series of the target stale when a scrape fails', () => {
    const { world, clock, failScrapes } = fixture()
    clock.advance(10 * MINUTE)
    failScrapes('node-exporter', clock.now() + 2 * MINUTE)
    clock.advance(10 * MINUTE)
    const storage = createStorage(world)
    const [up] = select(storage, 'up', BEGAN, clock.now(), is('instance', '10.0.0.1:9100'))
    expect([...(up?.values ?? [])].filter((value) => value === 0)).toHaveLength(4)
    expect(up?.stale).toBeUndefined()
    const [load] = select(storage, 'node_load1', BEGAN, clock.now(), is('instance', '10.0.0.1:9100'))
    expect(load?.stale?.size).toBe(1)
    const marker = [...(load?.stale ?? [])][0] ?? 0
    expect(load?.times[marker]).toBe([...(up?.times ?? [])][[...(up?.values ?? [])].indexOf(0)])
    expect((load?.times[marker + 1] ?? 0) - (load?.times[marker] ?? 0)).toBe(4 * 30_000)
    expect(targetsOf(world).filter((target) => target.health === 'down')).toEqual([])
  })

  it('shows a failing target as down, with the error', () => {
    const { world, clock, failScrapes } = fixture()
    clock.advance(10 * MINUTE)
    failScrapes('node-exporter', clock.now() + HOUR)
    clock.advance(MINUTE)
    const down = targetsOf(world).filter((target) => target.health === 'down')
    expect(down.map((target) => target.scrapeUrl)).toEqual([
      'http://10.0.0.1:9100/metrics',
      'http://10.0.0.2:9100/metrics',
    ])
    expect(down[0]?.lastError).toBe('Get "http://10.0.0.1:9100/metrics": context deadline exceeded')
  })
})

describe('containers', () => {
  it('counts CPU from the container’s start, and the rate is the curve', () => {
    const { world, clock, signal } = fixture()
    signal('shop', 'checkout-1', {
      containers: new Map([['app', container(0.25, 100 * MiB)]]),
      received: line(1),
      sent: line(1),
    })
    clock.advance(HOUR)
    const [cpu] = select(
      createStorage(world),
      'container_cpu_usage_seconds_total',
      BEGAN,
      clock.now(),
      is('pod', 'checkout-1'),
      is('container', 'app'),
    )
    expect(cpu?.labels).toEqual({
      __name__: 'container_cpu_usage_seconds_total',
      container: 'app',
      endpoint: 'https-metrics',
      id: '/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-poduid_checkout_1.slice/cri-containerd-checkout-1-0.scope',
      image: 'docker.io/shop/app:1',
      instance: '10.0.0.1:10250',
      job: 'kubelet',
      metrics_path: '/metrics/cadvisor',
      name: 'checkout-1-0',
      namespace: 'shop',
      node: 'alpha',
      pod: 'checkout-1',
      service: 'kube-prometheus-stack-kubelet',
    })
    expect(rate(cpu)).toBeCloseTo(0.25, 9)
    // It had run for an hour before the history began.
    expect(cpu?.values[0]).toBeCloseTo(0.25 * (3600 + ((cpu?.times[0] ?? 0) - BEGAN) / 1000), 6)
  })

  it('ends the series of a container that restarts, and begins another from zero', () => {
    const { world, clock } = fixture()
    clock.advance(10 * MINUTE)
    world.store.put(pods, pod('checkout-1', { restarts: 1, startedAt: clock.now() }))
    const restartedAt = clock.now()
    clock.advance(10 * MINUTE)
    const storage = createStorage(world)
    const [old, fresh] = select(
      storage,
      'container_cpu_usage_seconds_total',
      BEGAN,
      clock.now(),
      is('pod', 'checkout-1'),
      is('container', 'app'),
    )
    expect(old?.stale?.size).toBe(1)
    expect(fresh?.labels.name).toBe('checkout-1-1')
    expect(fresh?.values[0]).toBeCloseTo((0.1 * ((fresh?.times[0] ?? 0) - restartedAt)) / 1000, 9)
    const [restarts] = select(
      storage,
      'kube_pod_container_status_restarts_total',
      BEGAN,
      clock.now(),
      is('pod', 'checkout-1'),
    )
    expect(new Set(restarts?.values)).toEqual(new Set([0, 1]))
  })

  it('uses no more CPU in containers than the node says it uses', () => {
    const { world, clock } = fixture()
    clock.advance(HOUR)
    const storage = createStorage(world)
    const ofPods = select(
      storage,
      'container_cpu_usage_seconds_total',
      BEGAN,
      clock.now(),
      is('node', 'alpha'),
      is('container', 'app'),
    )
      .map(rate)
      .reduce((sum, each) => sum + each, 0)
    const modes = select(
      storage,
      'node_cpu_seconds_total',
      BEGAN,
      clock.now(),
      is('instance', '10.0.0.1:9100'),
    )
    const busy = modes
      .filter(({ labels }) => !['idle', 'iowait', 'steal'].includes(labels.mode ?? ''))
      .map(rate)
      .reduce((sum, each) => sum + each, 0)
    // Two pods of 0.1 cores on alpha, and 0.2 of the machine itself.
    expect(ofPods).toBeCloseTo(0.2, 6)
    expect(busy).toBeCloseTo(0.4, 6)
    expect(modes.map(rate).reduce((sum, each) => sum + each, 0)).toBeCloseTo(4, 6)
    expect(modes).toHaveLength(4 * 8)
  })
})

describe('objects', () => {
  it('tells of a pod until it is deleted, then marks it stale', () => {
    const { world, clock } = fixture()
    clock.advance(10 * MINUTE)
    world.store.remove(pods, 'shop', 'checkout-1')
    clock.advance(10 * MINUTE)
    const storage = createStorage(world)
    const [info] = select(storage, 'kube_pod_info', BEGAN, clock.now(), is('pod', 'checkout-1'))
    expect(info?.stale).toEqual(new Set([20]))
    expect(info?.times).toHaveLength(21)
    expect(
      select(storage, 'kube_pod_info', BEGAN + 15 * MINUTE, clock.now(), is('pod', 'checkout-1')),
    ).toEqual([])
  })

  it('keeps the object’s own namespace and pod over those of kube-state-metrics', () => {
    const { world, clock } = fixture()
    clock.advance(MINUTE)
    const [info] = select(createStorage(world), 'kube_pod_info', BEGAN, clock.now(), is('namespace', 'shop'))
    expect(info?.labels).toEqual({
      __name__: 'kube_pod_info',
      container: 'kube-state-metrics',
      created_by_kind: 'ReplicaSet',
      created_by_name: 'checkout',
      endpoint: 'http',
      host_ip: '10.0.0.1',
      host_network: 'false',
      instance: '10.42.0.5:8080',
      job: 'kube-state-metrics',
      namespace: 'shop',
      node: 'alpha',
      pod: 'checkout-1',
      pod_ip: '10.42.0.9',
      service: 'kube-state-metrics',
      uid: 'uid-checkout-1',
    })
  })

  it('moves the phase from one series’ one to another’s', () => {
    const { world, clock } = fixture()
    clock.advance(10 * MINUTE)
    world.store.put(
      pods,
      pod('checkout-1', {
        phase: 'Failed',
        ready: false,
        state: { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: stamp(clock.now()) } },
      }),
    )
    clock.advance(10 * MINUTE)
    const storage = createStorage(world)
    const phase = (name: string) =>
      select(
        storage,
        'kube_pod_status_phase',
        BEGAN,
        clock.now(),
        is('pod', 'checkout-1'),
        is('phase', name),
      )[0]
    expect(phase('Running')?.values).toEqual([...Array(20).fill(1), ...Array(20).fill(0)])
    expect(phase('Failed')?.values).toEqual([...Array(20).fill(0), ...Array(20).fill(1)])
    const [reason] = select(
      storage,
      'kube_pod_container_status_terminated_reason',
      BEGAN,
      clock.now(),
      is('pod', 'checkout-1'),
    )
    expect(reason?.labels.reason).toBe('OOMKilled')
    expect(reason?.values).toHaveLength(20)
  })
})
