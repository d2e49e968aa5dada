// The contract for Flux, held against the embedded homelab: a scenario brings it into the states that are told of, and
// its clock runs fast.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { manualClock } from '#homelab/clock.ts'
import { parseScenario } from '#homelab/scenario/schema.ts'
import { serveHomelab } from '#homelab/serve.ts'
import { createWorld } from '#homelab/world/create.ts'
import { flux } from '#homelab/world/kinds.ts'
import type { Resource } from '#model/kube.ts'
import type { FluxBed } from './bed.ts'
import { describeFlux } from './flux.ts'

const START = Date.parse('2026-03-01T12:00:00Z')

/** How many times as fast as real time its clock runs. */
const speed = 10
const tick = 20

/** When Git moves on, from the start: after what a suite does before it. */
const pushedAfter = 3_600_000
const revision = `main@sha1:${'5eed'.repeat(10)}`
const image = 'ghcr.io/ben-home/cart:9.9.9'

const scenario = parseScenario(`
name: states
title: Each state that a Flux object can be in
flux:
  - at: -10m
    object: ks/observability-operators
    state: failed
    reason: HealthCheckFailed
    message: "health check failed after 5m0.012s: timeout waiting for: [HelmRelease/observability/clickstack-operators status: 'Failed']"
  - at: -10m
    object: ks/dev
    state: failed
    reason: ReconciliationFailed
    message: "Service/dev/whoami dry-run failed (Invalid): Service \\"whoami\\" is invalid"
  - at: -10m
    object: ks/home
    state: failed
    reason: BuildFailed
    message: "kustomize build failed: accumulating resources: no such file"
  - at: -10m
    object: hr/clickstack-operators
    state: stalled
    reason: InstallFailed
    message: "Helm install failed for release observability/clickstack-operators with chart clickstack-operators@1.1.0: no matches for kind"
  - at: -10m
    object: hr/jellyfin
    state: suspended
  - at: 60m
    object: ks/apps
    state: applied
    revision: ${revision}
    message: Move on
    images:
      shop/cart: ${image}
`)

const at = (resource: Resource, namespace: string) => (name: string) => ({ resource, namespace, name })
const kustomization = at(flux.kustomization, 'flux-system')

async function homelabBed(): Promise<FluxBed> {
  const clock = manualClock(START)
  const world = createWorld({ seed: 1, clock, scenario })
  const homelab = await serveHomelab({ world, upstreams: [] })
  const home = await mkdtemp(join(tmpdir(), 'obsdeck-contract-'))
  const kubeconfig = join(home, 'config')
  await writeFile(kubeconfig, homelab.kubeconfig, { mode: 0o600 })
  const running = setInterval(() => clock.advance(tick * speed), tick)
  return {
    connect: () => connect({ kubeconfig, env: {}, home, timeout: 10_000 }),
    kustomizations: {
      healthy: kustomization('apps'),
      unhealthy: kustomization('observability-operators'),
      refused: kustomization('dev'),
      unbuildable: kustomization('home'),
      waiting: kustomization('observability-collectors'),
      suspended: kustomization('monitoring'),
      parent: kustomization('flux-system'),
      child: kustomization('network'),
    },
    releases: {
      healthy: at(flux.helmRelease, 'ml')('qdrant'),
      stalled: at(flux.helmRelease, 'observability')('clickstack-operators'),
      waiting: at(flux.helmRelease, 'observability')('clickstack'),
      suspended: at(flux.helmRelease, 'media')('jellyfin'),
    },
    sources: {
      git: at(flux.gitRepository, 'flux-system')('flux-system'),
      helmRepository: at(flux.helmRepository, 'flux-system')('qdrant'),
      chart: at(flux.helmChart, 'flux-system')('ml-qdrant'),
    },
    async push() {
      clock.advance(Math.max(0, START + pushedAfter - clock.now()))
      return { revision, changed: 'Deployment/shop/cart configured' }
    },
    async close() {
      clearInterval(running)
      world.stop()
      await homelab.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

describe('the homelab keeps the contract for Flux', () => describeFlux(homelabBed))
