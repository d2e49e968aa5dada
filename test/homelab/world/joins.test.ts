// The homelab as it is opened: what there is, and that everything that points somewhere points at something.
import { describe, expect, it } from 'vitest'
import { apps, core, custom, flux, kinds, net } from '#homelab/world/kinds.ts'
import type { KubeObject } from '#model/kube.ts'
import { at, conditionOf, worldAt } from './helpers.ts'

const { world, store } = worldAt()
const pods = store.list(core.pod)

describe('the homelab', () => {
  it('has five nodes, twenty namespaces, about 120 pods and about 70 Flux objects', () => {
    expect(store.list(core.node)).toHaveLength(5)
    expect(store.list(core.namespace)).toHaveLength(20)
    expect(pods.length).toBeGreaterThan(110)
    expect(pods.length).toBeLessThan(135)
    const fluxObjects = Object.values(flux).flatMap((resource) => store.list(resource))
    expect(fluxObjects.length).toBeGreaterThan(55)
    expect(fluxObjects.length).toBeLessThan(80)
  })

  it('is well: nodes ready, pods ready or completed or about to be, Flux ready', () => {
    for (const node of store.list(core.node)) expect(conditionOf(node, 'Ready')?.status).toBe('True')
    const unwell = pods.filter(
      (pod) => conditionOf(pod, 'Ready')?.status !== 'True' && at(pod, 'status.phase') !== 'Succeeded',
    )
    expect(
      unwell
        .filter((pod) => pod.metadata.ownerReferences?.[0]?.kind !== 'Job')
        .map((pod) => pod.metadata.name),
    ).toEqual([])
    for (const resource of [
      flux.kustomization,
      flux.helmRelease,
      flux.gitRepository,
      flux.ociRepository,
      flux.helmChart,
    ]) {
      for (const object of store.list(resource)) {
        expect(conditionOf(object, 'Ready')?.status, `${object.kind}/${object.metadata.name}`).toBe('True')
      }
    }
  })

  it('gives pods of the size that real ones have', () => {
    const sizes = pods.map((pod) => JSON.stringify(pod).length)
    expect(Math.min(...sizes)).toBeGreaterThan(4500)
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeGreaterThan(6000)
    expect(Math.max(...sizes)).toBeLessThan(11_000)
  })

  it('suspends one Kustomization and says who did it', () => {
    const suspended = store.list(flux.kustomization).filter((object) => at(object, 'spec.suspend') === true)
    expect(suspended.map(({ metadata }) => metadata.name)).toEqual(['monitoring'])
    expect(suspended[0]?.metadata.annotations?.['fluxcd.controlplane.io/suspendedBy']).toBe('ben')
  })
})

describe('joins', () => {
  const byUid = new Map(
    kinds.flatMap((resource) => store.list(resource)).map((object) => [object.metadata.uid, object]),
  )

  it('lead from every pod to an owner that exists, and from it to a Flux object', () => {
    for (const pod of pods) {
      if (pod.metadata.namespace === 'dev' && pod.metadata.name === 'netshoot') continue
      let object: KubeObject = pod
      for (
        let reference = pod.metadata.ownerReferences?.[0];
        reference;
        reference = object.metadata.ownerReferences?.[0]
      ) {
        const owner = byUid.get(reference.uid)
        expect(owner?.metadata.name, `${pod.metadata.name} → ${reference.kind}`).toBe(reference.name)
        expect(owner?.kind).toBe(reference.kind)
        if (!owner) break
        object = owner
      }
      expect(object, pod.metadata.name).not.toBe(pod)
      if (object.kind === 'Node') continue
      const labels = object.metadata.labels ?? {}
      const ks = labels['kustomize.toolkit.fluxcd.io/name']
      const hr = labels['helm.toolkit.fluxcd.io/name']
      const owner = ks
        ? store.get(flux.kustomization, labels['kustomize.toolkit.fluxcd.io/namespace'], ks)
        : store.get(flux.helmRelease, labels['helm.toolkit.fluxcd.io/namespace'], hr ?? '')
      expect(owner, `${object.kind}/${object.metadata.name}`).toBeDefined()
    }
  })

  it('give every Service pods, and its EndpointSlice their addresses', () => {
    for (const service of store.list(core.service)) {
      const selector = at(service, 'spec.selector') as Record<string, string>
      const chosen = pods.filter(
        ({ metadata }) =>
          metadata.namespace === service.metadata.namespace &&
          Object.entries(selector).every(([name, value]) => metadata.labels?.[name] === value),
      )
      expect(chosen.length, service.metadata.name).toBeGreaterThan(0)
      const slice = store
        .list(net.endpointSlice, service.metadata.namespace)
        .find(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name)
      const addresses = ((slice?.endpoints ?? []) as { addresses: string[] }[]).flatMap(
        (endpoint) => endpoint.addresses,
      )
      expect(addresses.toSorted()).toEqual(chosen.map((pod) => at(pod, 'status.podIP')).toSorted())
    }
  })

  it('name only objects that exist in inventories, and no inventory is empty', () => {
    for (const resource of [flux.kustomization, flux.helmRelease]) {
      for (const object of store.list(resource)) {
        const entries = at(object, 'status.inventory.entries') as { id: string }[]
        expect(entries.length, object.metadata.name).toBeGreaterThan(0)
        for (const { id } of entries) {
          const [namespace, name = '', group, kind] = id.split('_')
          const found = kinds.find((candidate) => candidate.kind === kind && candidate.group === group)
          expect(found && store.get(found, namespace || undefined, name), id).toBeDefined()
        }
      }
    }
  })

  it('let Kustomizations depend on Kustomizations, and releases on sources, that exist', () => {
    for (const ks of store.list(flux.kustomization)) {
      for (const { name } of (at(ks, 'spec.dependsOn') ?? []) as { name: string }[]) {
        expect(store.get(flux.kustomization, 'flux-system', name)).toBeDefined()
      }
    }
    for (const hr of store.list(flux.helmRelease)) {
      const chart = at(hr, 'spec.chartRef.name')
      const source = chart
        ? store.get(flux.ociRepository, hr.metadata.namespace, String(chart))
        : store.get(flux.helmChart, 'flux-system', `${hr.metadata.namespace}-${hr.metadata.name}`)
      expect(source, hr.metadata.name).toBeDefined()
    }
  })

  it('bind every claim to its volume and back, and no two pods share an address', () => {
    for (const claim of store.list(core.claim)) {
      const volume = store.get(core.volume, undefined, String(at(claim, 'spec.volumeName')))
      expect(at(volume, 'spec.claimRef.uid')).toBe(claim.metadata.uid)
    }
    const addresses = pods
      .filter((pod) => at(pod, 'spec.hostNetwork') !== true)
      .flatMap((pod) => (at(pod, 'status.podIP') as string | undefined) ?? [])
    expect(new Set(addresses).size).toBe(addresses.length)
    const uids = pods.map(({ metadata }) => metadata.uid)
    expect(new Set(uids).size).toBe(uids.length)
  })

  it('define every custom kind that is served', () => {
    expect(store.list(custom.prometheus)).toHaveLength(1)
    for (const service of [
      ['prometheus-operated', 9090],
      ['alertmanager-operated', 9093],
      ['clickstack', 8123],
      ['clickstack-otel-collector', 4318],
    ] as const) {
      const ports = at(store.get(core.service, 'observability', service[0]), 'spec.ports') as
        | { port: number }[]
        | undefined
      expect(ports?.map(({ port }) => port)).toContain(service[1])
    }
    expect(store.list(apps.job).length).toBeGreaterThan(0)
    expect(world.services.map(({ service }) => service)).toContain('checkout')
  })
})
