// What stands around the workloads: addresses, labels that operators give, and each pod's own claim.
import { expect, test } from 'vitest'
import { core } from '#homelab/world/kinds.ts'
import { at, worldAt } from './helpers.ts'

const { store } = worldAt()

test('every Service has an address of the cluster’s network, or none', () => {
  for (const service of store.list(core.service)) {
    const ip = String(at(service, 'spec.clusterIP'))
    if (ip === 'None') continue
    const octets = ip.split('.').map(Number)
    expect(octets, `${service.metadata.name} ${ip}`).toHaveLength(4)
    expect(octets.every((octet) => Number.isInteger(octet) && octet >= 0 && octet <= 255)).toBe(true)
    expect(octets[0]).toBe(10)
  }
})

test('governed Services carry the label that the Prometheus operator selects by', () => {
  const labelsOf = (name: string) => store.get(core.service, 'observability', name)?.metadata.labels
  expect(labelsOf('prometheus-operated')).toMatchObject({ 'operated-prometheus': 'true' })
  expect(labelsOf('alertmanager-operated')).toMatchObject({ 'operated-alertmanager': 'true' })
})

test('each collector has a Service for its own metrics', () => {
  for (const name of ['otel-collector-monitoring', 'otel-agent-collector-monitoring']) {
    const service = store.get(core.service, 'observability', name)
    expect(at(service, 'spec.ports.0.port'), name).toBe(8888)
    expect(at(store.get(core.endpoints, 'observability', name), 'subsets.0.ports.0.port'), name).toBe(8888)
  }
})

test('pods of StatefulSets and databases mount the claims that are theirs', () => {
  const claims = new Set(
    store.list(core.claim).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  )
  const used = store.list(core.pod).flatMap((pod) => {
    const volumes = (at(pod, 'spec.volumes') ?? []) as { persistentVolumeClaim?: { claimName: string } }[]
    return volumes.flatMap(({ persistentVolumeClaim }) =>
      persistentVolumeClaim ? [`${pod.metadata.namespace}/${persistentVolumeClaim.claimName}`] : [],
    )
  })
  expect(new Set(used)).toEqual(claims)
})
