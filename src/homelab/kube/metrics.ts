// metrics.k8s.io as metrics-server answers it, from the world's signals over the last quarter of a minute.
import { stamp } from '#homelab/store.ts'
import type { ContainerSignals, World } from '#homelab/world.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { listAt, textAt } from './json.ts'
import { BUILT_IN } from './kinds.ts'

const WINDOW = 15_000
const [PODS, NODES] = ['Pod', 'Node'].map((kind) => BUILT_IN.find((one) => one.kind === kind))

/** All NodeMetrics or PodMetrics of a namespace (or of all). Only running pods have any. */
export function listMetrics(world: World, resource: Resource, namespace?: string): readonly KubeObject[] {
  if (!PODS || !NODES) return []
  const now = world.clock.now()
  const head = (object: KubeObject) => ({
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: resource.kind,
    metadata: {
      name: object.metadata.name,
      ...(object.metadata.namespace && { namespace: object.metadata.namespace }),
      creationTimestamp: stamp(now),
      labels: object.metadata.labels ?? {},
    },
    timestamp: stamp(now),
    window: `${WINDOW / 1000}s`,
  })
  const running = world.store
    .list(PODS, resource.kind === 'PodMetrics' ? namespace : undefined)
    .filter((pod) => textAt(pod, 'status', 'phase') === 'Running')
  if (resource.kind === 'PodMetrics') {
    return running.flatMap((pod) => {
      const containers = usageOf(world, pod, now)
      return containers.length > 0
        ? [
            {
              ...head(pod),
              containers: containers.map(({ name, cpu, memory }) => ({ name, usage: usage(cpu, memory) })),
            },
          ]
        : []
    })
  }
  const byNode = new Map<string, { cpu: number; memory: number }>()
  for (const pod of running) {
    const node = textAt(pod, 'spec', 'nodeName')
    const sum = byNode.get(node) ?? { cpu: 0, memory: 0 }
    for (const { cpu, memory } of usageOf(world, pod, now)) {
      sum.cpu += cpu
      sum.memory += memory
    }
    byNode.set(node, sum)
  }
  return world.store.list(NODES).flatMap((node) => {
    const signals = world.nodes.get(node.metadata.name)
    if (!signals) return []
    const pods = byNode.get(node.metadata.name) ?? { cpu: 0, memory: 0 }
    const cpu = pods.cpu + signals.systemCpu.total(now - WINDOW, now) / (WINDOW / 1000)
    return [{ ...head(node), usage: usage(cpu, pods.memory + signals.systemMemory.at(now)) }]
  })
}

function usageOf(world: World, pod: KubeObject, now: number) {
  const signals = world.pod(pod.metadata.namespace ?? '', pod.metadata.name)
  if (!signals) return []
  return listAt(pod, 'spec', 'containers').flatMap((container) => {
    const name = textAt(container, 'name')
    const own: ContainerSignals | undefined = signals.containers.get(name)
    if (!own) return []
    return [{ name, cpu: own.cpu.total(now - WINDOW, now) / (WINDOW / 1000), memory: own.memory.at(now) }]
  })
}

/** Nanocores and kibibytes, the units that metrics-server writes. */
const usage = (cpu: number, memory: number) => ({
  cpu: `${Math.round(cpu * 1e9)}n`,
  memory: `${Math.round(memory / 1024)}Ki`,
})
