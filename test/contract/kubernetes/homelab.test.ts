// The contract, held against the embedded homelab.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { manualClock } from '#homelab/clock.ts'
import { serveHomelab } from '#homelab/serve.ts'
import type { Upstream } from '#homelab/upstream.ts'
import { fixtureWorld, START } from '#test/homelab/kube/world.ts'
import { createWires, type KubernetesBed, NARROWED } from './bed.ts'
import { SUITES } from './suites.ts'
import { createUpstream } from './upstream.ts'

const prometheus: Upstream = {
  namespace: 'observability',
  service: 'prometheus-operated',
  port: 9090,
  answer: async ({ path }) => ({
    status: path === '/-/healthy' ? 200 : 404,
    headers: { 'content-type': 'text/plain' },
    body: 'Prometheus Server is Healthy.\n',
  }),
}

const SERVICES = { group: '', version: 'v1', plural: 'services', kind: 'Service', namespaced: true }

const namespace = 'observability'
const target = { namespace, service: 'contract', port: 80 }
const closed = { namespace, service: 'contract-closed', port: 80 }
const empty = { namespace, service: 'contract-empty', port: 80 }
const podPort = 8081

const service = (name: string, targetPort: number, selector: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { type: 'ClusterIP', selector, ports: [{ name: 'http', port: 80, targetPort, protocol: 'TCP' }] },
})

async function homelabBed(): Promise<KubernetesBed> {
  const clock = manualClock(START)
  const world = fixtureWorld({ clock })
  world.store.put(SERVICES, service(target.service, podPort, { app: 'prometheus' }))
  world.store.put(SERVICES, service(closed.service, 8082, { app: 'prometheus' }))
  world.store.put(SERVICES, service(empty.service, podPort, { app: 'nobody' }))
  const refuse = async () => {
    throw new Error('connect: connection refused')
  }
  const homelab = await serveHomelab({
    world,
    upstreams: [prometheus, { ...target, answer: createUpstream() }, { ...closed, answer: refuse }],
  })
  const home = await mkdtemp(join(tmpdir(), 'obsdeck-contract-'))
  const kubeconfig = join(home, 'config')
  await writeFile(kubeconfig, homelab.kubeconfig, { mode: 0o600 })
  const wires = createWires(homelab.kubeconfig)
  return {
    connect: (context) =>
      connect({ kubeconfig, env: {}, home, timeout: 10_000, ...(context && { context }) }),
    wire: wires.as,
    namespace: 'default',
    pod: { namespace: 'shop', name: 'cart-7d4b9-aaaaa', container: 'main' },
    moreLog: async () => clock.advance(2000),
    service: {
      target: { namespace, service: 'prometheus-operated', port: 9090 },
      pod: 'prometheus-0',
      podPort: 9090,
      path: '/-/healthy',
      text: 'Prometheus Server is Healthy.\n',
    },
    upstream: { target, portName: 'http', pod: 'prometheus-0', podPort, closed, empty },
    narrowed: NARROWED,
    compact: async () => world.store.compact(),
    async close() {
      await wires.close()
      await homelab.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

for (const [about, suite] of SUITES) {
  describe(`the homelab keeps the contract for ${about}`, () => suite(homelabBed))
}
