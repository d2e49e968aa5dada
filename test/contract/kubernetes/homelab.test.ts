// The contract, held against the embedded homelab.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { serveHomelab } from '#homelab/serve.ts'
import type { Upstream } from '#homelab/upstream.ts'
import { fixtureWorld } from '#test/homelab/kube/world.ts'
import { describeAccess } from './access.ts'
import { askerOf } from './ask.ts'
import type { KubernetesBed } from './bed.ts'
import { describeObjects } from './objects.ts'
import { describeRefusals } from './refusals.ts'

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

async function homelabBed(): Promise<KubernetesBed> {
  const world = fixtureWorld()
  const homelab = await serveHomelab({ world, upstreams: [prometheus] })
  const home = await mkdtemp(join(tmpdir(), 'obsdeck-contract-'))
  const kubeconfig = join(home, 'config')
  await writeFile(kubeconfig, homelab.kubeconfig, { mode: 0o600 })
  const asker = askerOf(homelab.kubeconfig)
  return {
    connect: (context) =>
      connect({ kubeconfig, env: {}, home, timeout: 10_000, ...(context && { context }) }),
    ask: asker.ask,
    namespace: 'default',
    pod: { namespace: 'shop', name: 'cart-7d4b9-aaaaa', container: 'main' },
    service: {
      target: { namespace: 'observability', service: 'prometheus-operated', port: 9090 },
      pod: 'prometheus-0',
      podPort: 9090,
      path: '/-/healthy',
      text: 'Prometheus Server is Healthy.\n',
    },
    narrowed: [
      { context: 'no-nodes', denied: { verb: 'list', group: '', resource: 'nodes' } },
      {
        context: 'no-proxy',
        denied: { verb: 'get', group: '', resource: 'services/proxy', namespace: 'observability' },
      },
      {
        context: 'one-namespace',
        denied: { verb: 'list', group: '', resource: 'pods', namespace: 'default' },
      },
      { context: 'no-secrets', denied: { verb: 'get', group: '', resource: 'secrets', namespace: 'shop' } },
    ],
    compact: async () => world.store.compact(),
    async close() {
      await asker.close()
      await homelab.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

describe('the homelab keeps the contract for objects', () => describeObjects(homelabBed))
describe('the homelab keeps the contract for access', () => describeAccess(homelabBed))
describe('the homelab keeps the contract for refusals', () => describeRefusals(homelabBed))
