// The autoscalers: now and then the replicas follow the use of CPU.
import { type ObjectStore, stamp } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import type { Workload } from '#homelab/world/build/workload.ts'
import { apps, core } from '#homelab/world/kinds.ts'
import type { PodSignals } from '#homelab/world.ts'
import type { Recorder } from './events.ts'

interface ScalerSpec {
  readonly scaleTargetRef: { readonly name: string }
  readonly minReplicas: number
  readonly maxReplicas: number
  readonly metrics: readonly {
    readonly resource: { readonly target: { readonly averageUtilization: number } }
  }[]
}

const PERIOD = 120_000

export function keepScaling(parts: {
  store: ObjectStore
  agenda: Agenda
  record: Recorder
  podSignals: (namespace: string, name: string) => PodSignals | undefined
}): void {
  const { store, agenda, record, podSignals } = parts

  const utilization = (deployment: Workload): number => {
    const { namespace = '', name } = deployment.metadata
    const pods = store
      .list(core.pod, namespace)
      .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === name)
    const request = 0.1
    const now = agenda.now()
    const used = pods.reduce((sum, pod) => {
      const containers = podSignals(namespace, pod.metadata.name)?.containers.values() ?? []
      return sum + [...containers].reduce((total, { cpu }) => total + cpu.total(now - 60_000, now) / 60, 0)
    }, 0)
    return pods.length > 0 ? Math.round((used / pods.length / request) * 100) : 0
  }

  const look = () => {
    for (const scaler of store.list(apps.autoscaler)) {
      const spec = scaler.spec as ScalerSpec
      const { namespace } = scaler.metadata
      const deployment = store.get(apps.deployment, namespace, spec.scaleTargetRef.name) as
        | Workload
        | undefined
      if (!deployment) continue
      const goal = spec.metrics[0]?.resource.target.averageUtilization ?? 80
      const current = deployment.spec.replicas ?? 1
      const used = utilization(deployment)
      // A pod's use is what it is with the least replicas: the demand decides, not how it is spread now.
      const wanted = Math.ceil((spec.minReplicas * used) / goal - 0.1)
      const replicas = Math.min(spec.maxReplicas, Math.max(spec.minReplicas, wanted))
      if (replicas !== current) {
        store.put(apps.deployment, { ...deployment, spec: { ...deployment.spec, replicas } })
        record({
          about: scaler,
          type: 'Normal',
          reason: 'SuccessfulRescale',
          message: `New size: ${replicas}; reason: ${replicas > current ? 'cpu resource utilization (percentage of request) above target' : 'All metrics below target'}`,
          from: 'horizontal-pod-autoscaler',
        })
      }
      store.put(apps.autoscaler, {
        ...scaler,
        status: {
          ...(scaler.status as object),
          currentReplicas: current,
          desiredReplicas: replicas,
          ...(replicas !== current && { lastScaleTime: stamp(agenda.now()) }),
          currentMetrics: [
            {
              type: 'Resource',
              resource: { name: 'cpu', current: { averageUtilization: used, averageValue: `${used}m` } },
            },
          ],
        },
      })
    }
    agenda.after(PERIOD, look)
  }
  agenda.after(PERIOD, look)
}
