// The series of the homelab itself: what must agree there, whatever its catalogue says.
import { describe, expect, it } from 'vitest'
import { manualClock } from '#homelab/clock.ts'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { targetsOf } from '#homelab/prometheus/series/targets.ts'
import { createWorld } from '#homelab/world/create.ts'
import { is, rate, select } from './ask.ts'
import { DAY, HOUR, MINUTE } from './fixture.ts'

const clock = manualClock(Date.UTC(2026, 10, 22, 21))
const world = createWorld({ seed: 1, clock })
clock.advance(2 * MINUTE)
const storage = createStorage(world)
const now = clock.now()

describe('the homelab’s series', () => {
  it('come from targets that are all up', () => {
    const targets = targetsOf(world)
    expect(targets.filter(({ health }) => health !== 'up')).toEqual([])
    const jobs = new Set(targets.map(({ labels }) => labels.job))
    for (const job of [
      'node-exporter',
      'kube-state-metrics',
      'kubelet',
      'kube-prometheus-stack-prometheus',
    ]) {
      expect(jobs.has(job), job).toBe(true)
    }
    const exporters = targets.filter(({ labels }) => labels.job === 'node-exporter')
    expect(exporters).toHaveLength(world.nodes.size)
  })

  it('let no counter fall within an hour', () => {
    const metadata = storage.metadata()
    const fallen: string[] = []
    for (const { labels, values, stale } of storage.select([], now - HOUR, now)) {
      const name = labels.__name__ ?? ''
      const type = metadata.get(name)?.type ?? metadata.get(name.replace(/_(bucket|count|sum)$/, ''))?.type
      if (type === 'gauge') continue
      let before = Number.NEGATIVE_INFINITY
      for (const [index, value] of [...values].entries()) {
        if (stale?.has(index)) continue
        if (value < before) fallen.push(JSON.stringify(labels))
        before = value
      }
    }
    expect(fallen).toEqual([])
  })

  it('let containers use no more than their node', () => {
    for (const [node, { cpus }] of world.nodes) {
      const containers = select(
        storage,
        'container_cpu_usage_seconds_total',
        now - 30 * MINUTE,
        now,
        is('node', node),
      )
        .filter(({ labels, times }) => labels.container !== undefined && times.length === 60)
        .reduce((sum, series) => sum + rate(series), 0)
      const pod = select(storage, 'up', now - MINUTE, now, is('job', 'node-exporter')).find(({ labels }) =>
        select(storage, 'node_uname_info', now - MINUTE, now, is('nodename', node)).some(
          (info) => info.labels.instance === labels.instance,
        ),
      )
      const modes = select(
        storage,
        'node_cpu_seconds_total',
        now - 30 * MINUTE,
        now,
        is('instance', pod?.labels.instance ?? ''),
      )
      const busy = modes
        .filter(({ labels }) => !['idle', 'iowait', 'steal'].includes(labels.mode ?? ''))
        .reduce((sum, series) => sum + rate(series), 0)
      expect(containers, node).toBeGreaterThan(0)
      // The two are scraped at moments up to half a minute apart.
      expect(containers, node).toBeLessThan(busy * 1.03)
      expect(busy, node).toBeLessThan(cpus)
      expect(modes.reduce((sum, series) => sum + rate(series), 0)).toBeCloseTo(cpus, 3)
    }
  })

  it('agree with the objects of now', () => {
    const pods = world.store.resources.find((each) => each.plural === 'pods' && each.group === '')
    const alive = pods
      ? world.store.list(pods).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
      : []
    const told = select(storage, 'kube_pod_info', now - MINUTE, now)
      .filter(({ stale }) => !stale)
      .map(({ labels }) => `${labels.namespace}/${labels.pod}`)
    expect(told.sort()).toEqual(alive.sort())
  })

  it('remember the two weeks: a reboot, and containers that were restarted', () => {
    const boots = select(storage, 'node_boot_time_seconds', now - 14 * DAY, now)
    expect(
      boots.filter(({ values }) => new Set([...values].filter((value) => !Number.isNaN(value))).size === 2),
    ).toHaveLength(1)
    const restarted = select(storage, 'kube_pod_container_status_restarts_total', now - 13 * DAY, now).filter(
      ({ values }) => (values.at(-1) ?? 0) > (values[0] ?? 0),
    )
    expect(restarted.length).toBeGreaterThan(0)
    const killed = select(
      storage,
      'kube_pod_container_status_last_terminated_reason',
      now - 14 * DAY,
      now,
      is('reason', 'OOMKilled'),
    )
    expect(killed.length).toBeGreaterThan(0)
  })

  it('tell how full every claim that a pod has mounted is', () => {
    const full = select(storage, 'kubelet_volume_stats_used_bytes', now - MINUTE, now)
    expect(full.length).toBeGreaterThan(10)
    const capacity = select(storage, 'kubelet_volume_stats_capacity_bytes', now - MINUTE, now)
    expect(capacity.map(({ labels }) => labels.persistentvolumeclaim)).toEqual(
      full.map(({ labels }) => labels.persistentvolumeclaim),
    )
  })
})
