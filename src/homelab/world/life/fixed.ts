// Pods with fixed names whose owner is no workload: static pods of the machines, instances of a Postgres cluster.
import { uidOf } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import type { Owner } from '#homelab/world/build/meta.ts'
import type { PodTemplate } from '#homelab/world/build/template.ts'
import type { App } from '#homelab/world/catalogue/shapes.ts'
import type { KubeObject } from '#model/kube.ts'
import { type Kubelet, type NewPod, podKey } from './kubelet.ts'

export function createFixed(agenda: Agenda, kubelet: Kubelet) {
  const pods = new Map<string, NewPod>()

  kubelet.onPodChange((facts) => {
    const key = podKey(facts)
    const life = kubelet.lives.get(key)
    const pod = pods.get(key)
    if (!pod || life?.endedAt === undefined) return
    agenda.after(3000, () => {
      if (kubelet.lives.get(key)?.endedAt !== undefined) kubelet.start(pod)
    })
  })

  const keep = (pod: NewPod, since: number) => {
    pods.set(podKey(pod), pod)
    kubelet.adopt(pod, since)
  }

  return {
    staticPods(app: App, template: PodTemplate, nodes: ReadonlyMap<string, KubeObject>, since: number): void {
      for (const node of app.on ?? []) {
        const name = `${app.name}-${node}`
        const owner: Owner = {
          apiVersion: 'v1',
          kind: 'Node',
          name: node,
          uid: nodes.get(node)?.metadata.uid ?? uidOf(node),
          controller: true,
        }
        keep(
          {
            namespace: app.namespace,
            name,
            app,
            template,
            owner,
            node,
            labels: { component: app.name, tier: 'control-plane' },
          },
          since,
        )
      }
    },
    postgres(app: App, template: PodTemplate, cluster: KubeObject, since: number): void {
      const owner: Owner = {
        apiVersion: cluster.apiVersion,
        kind: cluster.kind,
        name: cluster.metadata.name,
        uid: cluster.metadata.uid ?? '',
        controller: true,
        blockOwnerDeletion: true,
      }
      for (let index = 0; index < (app.replicas ?? 1); index += 1) {
        const role = index === 0 ? 'primary' : 'replica'
        const name = `${app.name}-${index + 1}`
        const node = app.on?.[index]
        const labels = {
          ...template.metadata.labels,
          'cnpg.io/cluster': app.name,
          'cnpg.io/instanceName': name,
          'cnpg.io/instanceRole': role,
          'cnpg.io/podRole': 'instance',
          role,
        }
        keep(
          { namespace: app.namespace, name, app, template, owner, labels, ...(node && { node }) },
          since + index * 60_000,
        )
      }
    },
  }
}
