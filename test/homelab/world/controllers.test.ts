// The homelab answers to what is asked of its API: pods come back, replicas follow, Flux acknowledges.
import { describe, expect, it } from 'vitest'
import type { Workload } from '#homelab/world/build/workload.ts'
import { apps, core, flux, net } from '#homelab/world/kinds.ts'
import type { KubeObject } from '#model/kube.ts'
import { at, conditionOf, worldAt } from './helpers.ts'

function podsOf(store: ReturnType<typeof worldAt>['store'], namespace: string, name: string) {
  return store
    .list(core.pod, namespace)
    .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === name)
}
const isReady = (pod: KubeObject) => conditionOf(pod, 'Ready')?.status === 'True'

describe('workloads', () => {
  it('replace a deleted pod of a Deployment within seconds, and its endpoints follow', () => {
    const { clock, store } = worldAt()
    const victim = podsOf(store, 'shop', 'cart')[0]?.metadata.name ?? ''
    store.remove(core.pod, 'shop', victim)
    expect(podsOf(store, 'shop', 'cart')).toHaveLength(1)
    clock.advance(3_000)
    expect(podsOf(store, 'shop', 'cart')).toHaveLength(2)
    clock.advance(20_000)
    const pods = podsOf(store, 'shop', 'cart')
    expect(pods.map(({ metadata }) => metadata.name)).not.toContain(victim)
    expect(pods.every(isReady)).toBe(true)
    const slice = store
      .list(net.endpointSlice, 'shop')
      .find(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'cart')
    const targets = ((slice?.endpoints ?? []) as { targetRef: { name: string } }[]).map(
      ({ targetRef }) => targetRef.name,
    )
    expect(targets.toSorted()).toEqual(pods.map(({ metadata }) => metadata.name).toSorted())
  })

  it('end a pod that is marked for deletion', () => {
    const { clock, store } = worldAt()
    const pod = podsOf(store, 'shop', 'email')[0]
    if (!pod) throw new Error('no pod')
    store.put(core.pod, { ...pod, metadata: { ...pod.metadata, deletionTimestamp: '2026-11-22T19:03:00Z' } })
    clock.advance(30_000)
    expect(store.get(core.pod, 'shop', pod.metadata.name)).toBeUndefined()
    expect(podsOf(store, 'shop', 'email').filter(isReady)).toHaveLength(1)
  })

  it.each([
    ['observability', 'alertmanager-kube-prometheus-stack-0'],
    ['db', 'pg-main-1'],
    ['kube-system', 'kube-scheduler-nuc-1'],
  ])('bring %s/%s back under its own name with a new uid', (namespace, name) => {
    const { clock, store } = worldAt()
    const before = store.get(core.pod, namespace, name)
    store.remove(core.pod, namespace, name)
    clock.advance(40_000)
    const after = store.get(core.pod, namespace, name)
    expect(after && isReady(after)).toBe(true)
    expect(after?.metadata.uid).not.toBe(before?.metadata.uid)
  })

  it('bring a DaemonSet pod back on its node', () => {
    const { clock, store } = worldAt()
    const victim = podsOf(store, 'observability', 'node-exporter').find(
      (pod) => at(pod, 'spec.nodeName') === 'pi-1',
    )
    store.remove(core.pod, 'observability', victim?.metadata.name ?? '')
    clock.advance(30_000)
    const nodes = podsOf(store, 'observability', 'node-exporter').map((pod) => at(pod, 'spec.nodeName'))
    expect(nodes.toSorted()).toEqual(['nas-1', 'nuc-1', 'nuc-2', 'nuc-3', 'pi-1'])
  })

  it('follow spec.replicas up and down', () => {
    const { clock, store } = worldAt()
    const scale = (replicas: number) => {
      const deployment = store.get(apps.deployment, 'shop', 'payment') as Workload
      store.put(apps.deployment, { ...deployment, spec: { ...deployment.spec, replicas } })
      clock.advance(30_000)
      return podsOf(store, 'shop', 'payment')
    }
    expect(scale(4).filter(isReady)).toHaveLength(4)
    expect(at(store.get(apps.deployment, 'shop', 'payment'), 'status.readyReplicas')).toBe(4)
    expect(scale(1)).toHaveLength(1)
    expect(scale(0)).toHaveLength(0)
    expect(conditionOf(store.get(apps.deployment, 'shop', 'payment'), 'Available')?.status).toBe('True')
  })

  it('roll out a changed template and keep the old ReplicaSet', () => {
    const { clock, store } = worldAt()
    const deployment = store.get(apps.deployment, 'shop', 'catalog') as Workload
    const { template } = deployment.spec
    store.put(apps.deployment, {
      ...deployment,
      spec: {
        ...deployment.spec,
        template: {
          ...template,
          metadata: {
            ...template.metadata,
            annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-11-22T19:03:00Z' },
          },
        },
      },
    })
    const before = podsOf(store, 'shop', 'catalog').map(({ metadata }) => metadata.name)
    let least = before.length
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1000)
      least = Math.min(least, podsOf(store, 'shop', 'catalog').filter(isReady).length)
    }
    const after = podsOf(store, 'shop', 'catalog')
    expect(after).toHaveLength(2)
    expect(after.every(isReady)).toBe(true)
    expect(after.some(({ metadata }) => before.includes(metadata.name))).toBe(false)
    expect(least).toBeGreaterThanOrEqual(2)
    const sets = store
      .list(apps.replicaSet, 'shop')
      .filter(({ metadata }) => metadata.name.startsWith('catalog-'))
    expect(sets.map((set) => at(set, 'spec.replicas')).toSorted()).toEqual([0, 0, 2])
  })
})

describe('Flux', () => {
  const request = (store: ReturnType<typeof worldAt>['store'], name: string, token: string) => {
    const ks = store.get(flux.kustomization, 'flux-system', name)
    if (!ks) throw new Error(`no ${name}`)
    store.put(flux.kustomization, {
      ...ks,
      metadata: {
        ...ks.metadata,
        annotations: { ...ks.metadata.annotations, 'reconcile.fluxcd.io/requestedAt': token },
      },
    })
  }
  const events = (store: ReturnType<typeof worldAt>['store'], name: string) =>
    store.list(core.event, 'flux-system').filter((event) => at(event, 'involvedObject.name') === name)

  it('acknowledges a requested reconciliation with its token and an event', () => {
    const { clock, store } = worldAt()
    const before = events(store, 'home').length
    request(store, 'home', '2026-11-22T19:02:31.5Z')
    expect(
      at(store.get(flux.kustomization, 'flux-system', 'home'), 'status.lastHandledReconcileAt'),
    ).toBeUndefined()
    clock.advance(2_000)
    expect(at(store.get(flux.kustomization, 'flux-system', 'home'), 'status.lastHandledReconcileAt')).toBe(
      '2026-11-22T19:02:31.5Z',
    )
    expect(events(store, 'home').length).toBe(before + 1)
  })

  it('acknowledges but does not apply while suspended, and applies after a resume', () => {
    const { clock, store } = worldAt()
    const revision = () =>
      at(store.get(flux.kustomization, 'flux-system', 'monitoring'), 'status.lastAppliedRevision')
    const old = revision()
    request(store, 'monitoring', 'a')
    clock.advance(3_000)
    expect(
      at(store.get(flux.kustomization, 'flux-system', 'monitoring'), 'status.lastHandledReconcileAt'),
    ).toBe('a')
    expect(revision()).toBe(old)
    const ks = store.get(flux.kustomization, 'flux-system', 'monitoring')
    if (!ks) throw new Error('no monitoring')
    const { suspend: _, ...spec } = ks.spec as { suspend?: boolean }
    store.put(flux.kustomization, { ...ks, spec })
    clock.advance(3_000)
    expect(revision()).toBe(
      at(store.get(flux.gitRepository, 'flux-system', 'flux-system'), 'status.artifact.revision'),
    )
  })
})

describe('a living homelab', () => {
  it('renews leases, runs jobs and reconciles, at a modest pace', () => {
    const { clock, store } = worldAt()
    const revision = store.revision
    const lease = () =>
      at(
        store.list({
          group: 'coordination.k8s.io',
          version: 'v1',
          plural: 'leases',
          kind: 'Lease',
          namespaced: true,
        })[0],
        'spec.renewTime',
      )
    const renewed = lease()
    const jobs = store.list(apps.job).map(({ metadata }) => metadata.name)
    clock.advance(600_000)
    expect(lease()).not.toBe(renewed)
    expect(store.list(apps.job).some(({ metadata }) => !jobs.includes(metadata.name))).toBe(true)
    expect(store.list(apps.job).length).toBeLessThan(12)
    const changes = store.revision - revision
    expect(changes).toBeGreaterThan(150)
    expect(changes).toBeLessThan(900)
  })

  it('forgets events after an hour', () => {
    const { clock, store } = worldAt()
    const old = new Set(store.list(core.event).map(({ metadata }) => metadata.uid))
    clock.advance(3_700_000)
    expect(store.list(core.event).length).toBeGreaterThan(0)
    const kept = store.list(core.event).filter(({ metadata }) => old.has(metadata.uid))
    for (const event of kept) expect(event.count).toBeGreaterThan(1)
  })

  it('rolls out an update now and then, and replicas follow the day', () => {
    const { clock, store } = worldAt()
    const images = () =>
      store.list(apps.deployment).map((object) => at(object, 'spec.template.spec.containers.0.image'))
    const before = images()
    const replicas = new Set<unknown>()
    for (let hour = 0; hour < 24; hour += 1) {
      clock.advance(3_600_000)
      replicas.add(at(store.get(apps.deployment, 'shop', 'frontend'), 'spec.replicas'))
    }
    const changed = images().filter((image, index) => image !== before[index])
    expect(changed.length).toBeGreaterThan(2)
    expect(changed).not.toContain(undefined)
    expect(replicas.size).toBeGreaterThan(1)
    for (const count of replicas) expect(count).toBeLessThanOrEqual(5)
    const unwell = store
      .list(core.pod)
      .filter((pod) => !isReady(pod) && pod.metadata.ownerReferences?.[0]?.kind === 'ReplicaSet')
    expect(unwell.map(({ metadata }) => metadata.name)).toEqual([])
  })

  it('stands still once it is stopped', () => {
    const { clock, store, world } = worldAt()
    world.stop()
    const { revision } = store
    clock.advance(3_600_000)
    expect(store.revision).toBe(revision)
  })
})
