// A real control plane with so many running pods: etcd, the API server and kwok's nodes, nothing that would work while
// it is measured. Needs the programs of test/cluster.
import { readFile } from 'node:fs/promises'
import type { KubeObject } from '#model/kube.ts'
import { clientOf } from '#test/homelab/kube/client.ts'
import { type Bed, startBed } from '../cluster/bed/bed.ts'
import { until } from '../cluster/bed/wait.ts'
import type { Target } from './target.ts'

const nodes = 10
const namespaces = 20
/** Writers at a time: more do not make the API server faster. */
const writers = 8

export async function clusterOf(pods: number): Promise<Target> {
  const bed = await startBed({ parts: ['kwok'], nodes })
  try {
    await fill(bed, pods)
  } catch (error) {
    await bed.close()
    throw error
  }
  return {
    kubeconfig: bed.kubeconfig,
    pids: [...bed.pids().values()],
    knowsUsage: false,
    stop: () => bed.close(),
  }
}

async function fill(bed: Bed, count: number): Promise<void> {
  const begun = performance.now()
  const names = Array.from({ length: namespaces }, (_, index) => `team-${String(index + 1).padStart(2, '0')}`)
  const made = names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))
  for (const namespace of made) await bed.api.apply(namespace)
  const client = clientOf(await readFile(bed.kubeconfig, 'utf8'))
  let next = 0
  const write = async () => {
    while (next < count) {
      const pod = podOf(next, names[next % names.length] ?? '')
      next += 1
      const answer = await client.fetch(`/api/v1/namespaces/${pod.metadata.namespace}/pods`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(pod),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${pod.metadata.name}: ${answer.status} ${text.slice(0, 300)}`)
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  await client.agent.destroy()
  await until('every pod to run', 300_000, async () => {
    const waiting = await bed.api.get('/api/v1/pods?fieldSelector=status.phase%21%3DRunning&limit=1')
    return (waiting as { items: readonly unknown[] }).items.length === 0
  })
  process.stderr.write(`${count} pods run after ${((performance.now() - begun) / 1000).toFixed(0)} s\n`)
}

/** About as much as a real one of a small service says. */
function podOf(index: number, namespace: string): KubeObject {
  const app = `service-${String(Math.floor(index / (namespaces * 3))).padStart(3, '0')}`
  const name = `${app}-${((index * 2_654_435_761) % 4_294_967_296).toString(36).padStart(7, '0')}`
  const labels = {
    app,
    'app.kubernetes.io/name': app,
    'app.kubernetes.io/part-of': namespace,
    'app.kubernetes.io/version': `1.${index % 17}.0`,
  }
  const probe = (path: string) => ({ httpGet: { path, port: 8080 }, periodSeconds: 10, failureThreshold: 3 })
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels,
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
    },
    spec: {
      nodeName: `node-${(index % nodes) + 1}`,
      containers: [
        {
          name: 'main',
          image: `registry.home.example/${namespace}/${app}:1.${index % 17}.0`,
          args: ['serve', '--listen=:8080', `--name=${app}`],
          ports: [{ name: 'http', containerPort: 8080 }],
          env: Array.from({ length: 24 }, (_, at) => ({
            name: `${app.toUpperCase().replace('-', '_')}_SETTING_${at}`,
            value: `a value of setting ${at} of ${app}`,
          })),
          resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
          readinessProbe: probe('/ready'),
          livenessProbe: probe('/live'),
          volumeMounts: [{ name: 'config', mountPath: '/etc/service' }],
        },
      ],
      volumes: [{ name: 'config', configMap: { name: `${app}-config`, optional: true } }],
    },
  }
}
