// What a bed's real Prometheus and API server need for the metrics commands: the series of a machine and of the bed's
// own containers, and a dashboard as Grafana's operator keeps it.
import { manualClock } from '#homelab/clock.ts'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { createWorld } from '#homelab/world/create.ts'
import { custom } from '#homelab/world/kinds.ts'
import type { KubeObject } from '#model/kube.ts'
import type { MemorySeries } from '#test/homelab/prometheus/memory-storage.ts'
import { remoteWrite } from '#test/homelab/prometheus/real/remote-write.ts'
import { definedKinds } from './bed/api.ts'
import type { Bed } from './bed/bed.ts'

const minute = 60_000
const every = 30_000
/** A head that already has samples takes none that are more than an hour older. */
const span = 50 * minute

/** All that one machine of the homelab was scraped for in the last minutes before `now`, milliseconds. */
export function machineSeries(now: number): readonly MemorySeries[] {
  const world = createWorld({ seed: 7, clock: manualClock(now) })
  try {
    const storage = createStorage(world)
    const job = { label: 'job', op: '=', value: 'node-exporter' } as const
    const [instance = ''] = storage.labelValues('instance', [[job]], now - span, now)
    const machine = [job, { label: 'instance', op: '=', value: instance } as const]
    return [...storage.select(machine, now - span, now)].map((series) => ({
      labels: series.labels,
      times: Array.from(series.times),
      values: Array.from(series.values),
    }))
  } finally {
    world.stop()
  }
}

export interface Used {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  /** In use all the time: processors, and bytes. */
  readonly cores: number
  readonly bytes: number
}

/** As the kubelet's cAdvisor has them. */
export function containerSeries(used: readonly Used[], now: number): readonly MemorySeries[] {
  const count = span / every
  const times = Array.from({ length: count + 1 }, (_, index) => now - span + index * every)
  return used.flatMap(({ namespace, pod, container, cores, bytes }): MemorySeries[] => {
    const labels = { namespace, pod, container, image: `registry.example/${container}:1`, job: 'kubelet' }
    const seconds = every / 1000
    return [
      {
        labels: { __name__: 'container_cpu_usage_seconds_total', ...labels },
        times,
        values: times.map((_, index) => 100 + index * cores * seconds),
      },
      {
        labels: { __name__: 'container_memory_working_set_bytes', ...labels },
        times,
        values: times.map(() => bytes),
      },
    ]
  })
}

export const writeSeries = (bed: Bed, series: readonly MemorySeries[]) =>
  remoteWrite(`http://127.0.0.1:${bed.ports.prometheus}`, series)

/** The dashboard that grafana.com has as number 1860, here the homelab's own of that number, fetched by the operator. */
export async function putNodeDashboard({ api }: Bed, now: number): Promise<void> {
  const { group, version, plural, kind } = custom.dashboard
  const definition: KubeObject = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          },
        },
      ],
    },
  }
  await api.apply(definition)
  await definedKinds(api, [definition])
  const world = createWorld({ seed: 7, clock: manualClock(now) })
  world.stop()
  const [found] = world.store
    .list(custom.dashboard)
    .filter(({ metadata }) => metadata.name === 'node-exporter-full')
  if (found === undefined) throw new Error('the homelab has no dashboard of that number')
  const { name } = found.metadata
  const namespace = 'observability'
  await api.apply({
    apiVersion: `${group}/${version}`,
    kind,
    metadata: { name, namespace },
    spec: found.spec,
  })
  await api.patchStatus(
    `/apis/${group}/${version}/namespaces/${namespace}/${plural}/${name}`,
    found.status as object,
  )
}
