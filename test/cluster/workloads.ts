// What suites let a bed run: deployments, whose pods kwok makes ready, and pods in trouble.
import type { KubeObject } from '#model/kube.ts'
import type { Bed } from './bed/bed.ts'
import { until } from './bed/wait.ts'

export function deployment(namespace: string, name: string, replicas: number): KubeObject {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: `${name}:1` }] } },
    },
  }
}

export const node = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } })

const podsOf = (namespace: string, app: string) =>
  `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(`app=${app}`)}`

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly deletionTimestamp?: string }
    readonly status: { readonly phase: string; readonly containerStatuses?: readonly object[] }
  }[]
}

/** Resolves when exactly so many pods are there, all of them running. */
export async function isRunning(bed: Bed, namespace: string, app: string, pods: number): Promise<void> {
  await until(`${pods} pods of ${app}`, 30_000, async () => {
    const { items } = (await bed.api.get(podsOf(namespace, app))) as PodList
    const run = items.filter(
      ({ metadata, status }) => !metadata.deletionTimestamp && status.phase === 'Running',
    )
    return items.length === pods && run.length === pods
  })
}

/** One pod of them has restarted so often and waits to do so again. */
export async function restarted(bed: Bed, namespace: string, app: string, restarts: number): Promise<void> {
  const { items } = (await bed.api.get(podsOf(namespace, app))) as PodList
  const pod = items.find(({ status }) => status.containerStatuses !== undefined)
  if (pod === undefined) throw new Error(`no pod of ${app} runs`)
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' }
  const terminated = { exitCode: 1, reason: 'Error', finishedAt: new Date().toISOString() }
  // The list is atomic: it is sent whole.
  const containerStatuses = pod.status.containerStatuses?.map((one) => ({
    ...one,
    ready: false,
    restartCount: restarts,
    state: { waiting },
    lastState: { terminated },
  }))
  await bed.api.patchStatus(`/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}`, {
    containerStatuses,
  })
}
