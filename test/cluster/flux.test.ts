// The contract for Flux, held against its own controllers with the fleet on a bed.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { flux } from '#homelab/world/kinds.ts'
import type { Resource } from '#model/kube.ts'
import type { FluxBed } from '#test/contract/flux/bed.ts'
import { describeFlux } from '#test/contract/flux/flux.ts'
import { type Bed, startBed } from './bed/bed.ts'
import { CONTROLLERS } from './bed/flux.ts'
import { describeBed } from './describe-bed.ts'
import { type Fleet, startFleet } from './fleet/fleet.ts'
import { FLEET_NAMESPACE, FLUX_NAMESPACE } from './fleet/flux-objects.ts'
import { reportStart } from './report-start.ts'

const parts = ['kube-controller-manager', 'kube-scheduler', 'kwok', ...CONTROLLERS] as const

const at = (resource: Resource, namespace: string) => (name: string) => ({ resource, namespace, name })
const kustomization = at(flux.kustomization, FLUX_NAMESPACE)
const release = at(flux.helmRelease, FLEET_NAMESPACE)

const realBed = (bed: Bed, fleet: Fleet): FluxBed => ({
  connect: () => connect({ kubeconfig: bed.kubeconfig, env: {}, home: bed.folder, timeout: 10_000 }),
  kustomizations: {
    healthy: kustomization('web'),
    unhealthy: kustomization('homeless'),
    refused: kustomization('refused'),
    unbuildable: kustomization('unbuildable'),
    waiting: kustomization('waiting'),
    suspended: kustomization('resting'),
    parent: kustomization('parent'),
    child: kustomization('child'),
  },
  releases: {
    healthy: release('store'),
    stalled: release('stalled'),
    waiting: release('waiting'),
    suspended: release('resting'),
  },
  sources: {
    git: at(flux.gitRepository, FLUX_NAMESPACE)('fleet'),
    helmRepository: at(flux.helmRepository, FLUX_NAMESPACE)('charts'),
    chart: at(flux.helmChart, FLUX_NAMESPACE)('fleet-store'),
  },
  async push(title) {
    const revision = await fleet.push(title, { image: 'example.test/web:2' })
    await fleet.fetch()
    return { revision, changed: 'Deployment/fleet/web configured' }
  },
  // The two suites share it.
  close: async () => undefined,
})

describeBed('a fleet on a real control plane', parts, () => {
  let bed: Bed
  let fleet: Fleet
  beforeAll(async () => {
    bed = await startBed({ parts })
    reportStart(bed)
    fleet = await startFleet(bed)
    console.info(`what is healthy in the fleet Ready after ${(fleet.took / 1000).toFixed(1)} s`)
  })
  afterAll(async () => {
    await fleet?.close()
    await bed?.close()
  })

  it('has what is healthy Ready within 30 s', () => {
    expect(fleet.took).toBeLessThan(30_000)
  })

  describeBed('keeps the contract for Flux', parts, () => describeFlux(async () => realBed(bed, fleet)))
})
