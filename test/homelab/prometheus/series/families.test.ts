// What must hold of every family, whatever it is.
import { describe, expect, it } from 'vitest'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { select } from './ask.ts'
import { BEGAN, MINUTE } from './fixture.ts'
import { stack } from './stack.ts'

function everything() {
  const { world, clock } = stack()
  clock.advance(40 * MINUTE)
  const storage = createStorage(world)
  const names = storage.labelValues('__name__', [], BEGAN, clock.now())
  return { storage, names, now: clock.now() }
}

describe('every family', () => {
  const { storage, names, now } = everything()

  it('has the metrics that the dashboards of the stack query', () => {
    const queried = [
      'container_network_receive_bytes_total',
      'controller_runtime_reconcile_total',
      'gotk_reconcile_duration_seconds_count',
      'gotk_resource_info',
      'kube_deployment_labels',
      'kube_job_failed',
      'kube_persistentvolumeclaim_info',
      'kube_pod_status_qos_class',
      'kubelet_volume_stats_used_bytes',
      'machine_cpu_cores',
      'machine_memory_bytes',
      'node_cpu_core_throttles_total',
      'node_disk_io_time_seconds_total',
      'node_hwmon_chip_names',
      'node_memory_MemAvailable_bytes',
      'node_netstat_Tcp_CurrEstab',
      'node_network_receive_drop_total',
      'node_pressure_io_stalled_seconds_total',
      'node_uname_info',
      'node_vmstat_oom_kill',
      'process_cpu_seconds_total',
      'prometheus_tsdb_head_series',
      'traces_span_metrics_calls_total',
      'traces_span_metrics_duration_milliseconds_bucket',
    ]
    expect(queried.filter((name) => !names.includes(name))).toEqual([])
    expect(names.length).toBeGreaterThan(300)
  })

  it('gives finite values at rising times, under valid label names', () => {
    const wrong = new Set<string>()
    for (const name of names) {
      const all = select(storage, name, BEGAN, now)
      if (all.length === 0) wrong.add(`${name} has no series`)
      for (const { labels, times, values, stale } of all) {
        for (const [label, value] of Object.entries(labels)) {
          if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) || value === '') wrong.add(`${name} ${label}=${value}`)
        }
        if (times.length !== values.length || times.length === 0)
          wrong.add(`${name} has ${times.length} times`)
        for (let index = 0; index < times.length; index += 1) {
          if (index > 0 && (times[index] ?? 0) <= (times[index - 1] ?? 0)) wrong.add(`${name} goes back`)
          if (!stale?.has(index) && !Number.isFinite(values[index])) wrong.add(`${name} is ${values[index]}`)
        }
      }
    }
    expect([...wrong]).toEqual([])
  })

  it('never lets a counter fall', () => {
    const metadata = storage.metadata()
    const fallen = new Set<string>()
    for (const name of names) {
      const type = metadata.get(name)?.type ?? metadata.get(name.replace(/_(bucket|count|sum)$/, ''))?.type
      expect(type, name).toBeDefined()
      if (type === 'gauge') continue
      for (const { values } of select(storage, name, BEGAN, now)) {
        if (values.some((value, index) => index > 0 && value < (values[index - 1] ?? 0))) fallen.add(name)
      }
    }
    expect([...fallen]).toEqual([])
  })

  it('gives no label set twice', () => {
    const seen = new Set<string>()
    for (const { labels } of storage.select([], BEGAN, now)) {
      const key = JSON.stringify(Object.entries(labels).sort())
      expect(seen.has(key), key).toBe(false)
      seen.add(key)
    }
  })

  it('says the same of a moment whichever window it is asked in', () => {
    for (const name of names) {
      const whole = select(storage, name, BEGAN, now)
      const part = select(storage, name, now - 5 * MINUTE, now)
      for (const series of part) {
        const same = whole.find(({ labels }) => JSON.stringify(labels) === JSON.stringify(series.labels))
        expect([...series.values], name).toEqual([...(same?.values ?? [])].slice(-series.values.length))
      }
    }
  })
})
