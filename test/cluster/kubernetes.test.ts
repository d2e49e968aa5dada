// The contract of the Kubernetes API, held against the real one.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { describeAccess } from '#test/contract/kubernetes/access.ts'
import { askerOf } from '#test/contract/kubernetes/ask.ts'
import type { KubernetesBed } from '#test/contract/kubernetes/bed.ts'
import { describeObjects } from '#test/contract/kubernetes/objects.ts'
import { describeRefusals } from '#test/contract/kubernetes/refusals.ts'
import { type Bed, startBed } from './bed/bed.ts'
import { describeBed } from './describe-bed.ts'
import { reportStart } from './report-start.ts'

const parts = ['kube-controller-manager', 'kube-scheduler', 'kwok', 'prometheus'] as const

const healthy = { path: '/-/healthy', text: 'Prometheus Server is Healthy.\n' }

function realBed(bed: Bed, ask: KubernetesBed['ask']): KubernetesBed {
  return {
    connect: (context) =>
      connect({
        kubeconfig: bed.kubeconfig,
        env: {},
        home: bed.folder,
        timeout: 10_000,
        ...(context && { context }),
      }),
    ask,
    namespace: 'default',
    pod: { namespace: 'observability', name: 'prometheus-0', container: 'prometheus' },
    exitCodes: false,
    service: {
      target: { namespace: 'observability', service: 'prometheus-operated', port: 9090 },
      pod: 'prometheus-0',
      podPort: 9090,
      ...healthy,
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
    async compact() {
      await bed.compact()
      // It keeps what it has seen, and serves watches from there; only one that starts anew has to ask etcd.
      await bed.stop('kube-apiserver', 'SIGKILL')
      await bed.start('kube-apiserver')
    },
    // The two suites share it.
    close: async () => undefined,
  }
}

describeBed('a real control plane', parts, () => {
  let bed: Bed
  let asker: ReturnType<typeof askerOf>
  beforeAll(async () => {
    bed = await startBed({ parts })
    reportStart(bed)
    asker = askerOf(await readFile(bed.kubeconfig, 'utf8'))
  })
  afterAll(async () => {
    await asker?.close()
    await bed?.close()
  })
  const make = async () => realBed(bed, asker.ask)

  describe('keeps the contract for objects', () => describeObjects(make))
  describe('keeps the contract for access', () => describeAccess(make))
  describe('keeps the contract for refusals', () => describeRefusals(make))
})
