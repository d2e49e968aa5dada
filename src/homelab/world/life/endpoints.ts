// Keeps Endpoints and EndpointSlices in step with the pods that each Service selects.
import type { ObjectStore } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import type { PodFacts } from '#homelab/world/build/pod.ts'
import { endpointsOf, selects } from '#homelab/world/build/service.ts'
import { core, net } from '#homelab/world/kinds.ts'
import type { KubeObject } from '#model/kube.ts'
import type { Kubelet } from './kubelet.ts'

export function keepEndpoints(store: ObjectStore, agenda: Agenda, kubelet: Kubelet): void {
  const pods = new Map<string, Map<string, PodFacts>>()
  const services = new Map<string, Map<string, KubeObject>>()
  const planned = new Set<string>()
  const written = new Map<string, string>()

  const within = <T>(index: Map<string, Map<string, T>>, namespace: string) => {
    const known = index.get(namespace) ?? new Map<string, T>()
    index.set(namespace, known)
    return known
  }

  const plan = (namespace: string, name: string) => {
    const key = `${namespace}/${name}`
    if (planned.has(key)) return
    planned.add(key)
    agenda.after(500, () => {
      planned.delete(key)
      sync(namespace, name)
    })
  }

  const sync = (namespace: string, name: string) => {
    const service = store.get(core.service, namespace, name)
    const selector = (service?.spec as { selector?: Record<string, string> } | undefined)?.selector
    if (!service || !selector) return
    const chosen = [...within(pods, namespace).values()].filter(({ labels }) => selects(selector, labels))
    const { endpoints, slice } = endpointsOf(service, chosen)
    const key = `${namespace}/${name}`
    const now = JSON.stringify(slice.endpoints)
    if (written.get(key) === now) return
    written.set(key, now)
    store.put(core.endpoints, endpoints)
    store.put(net.endpointSlice, slice)
  }

  kubelet.onPodChange((facts) => {
    const known = within(pods, facts.namespace)
    if (kubelet.lives.get(`${facts.namespace}/${facts.name}`)?.endedAt === undefined)
      known.set(facts.name, facts)
    else known.delete(facts.name)
    for (const [name, service] of within(services, facts.namespace)) {
      const selector = (service.spec as { selector?: Record<string, string> }).selector
      if (selector && selects(selector, facts.labels)) plan(facts.namespace, name)
    }
  })

  store.onChange(({ type, resource, object }) => {
    if (resource.kind !== 'Service' || resource.group !== '') return
    const { name, namespace = '' } = object.metadata
    if (type === 'deleted') {
      within(services, namespace).delete(name)
      for (const slice of store.list(net.endpointSlice, namespace)) {
        if (slice.metadata.labels?.['kubernetes.io/service-name'] === name)
          store.remove(net.endpointSlice, namespace, slice.metadata.name)
      }
      store.remove(core.endpoints, namespace, name)
      return
    }
    within(services, namespace).set(name, object)
    plan(namespace, name)
  })
}
