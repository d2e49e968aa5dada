// When a bed as a whole works: accounts are made, nodes are ready, and the service proxy leads to Prometheus and
// Alertmanager.
import type { Api } from './api.ts'
import type { Setup } from './parts.ts'
import { until } from './wait.ts'

interface NodeList {
  readonly items: readonly { readonly status?: { readonly conditions?: readonly Condition[] } }[]
}

interface Condition {
  readonly type: string
  readonly status: string
}

/** `check` throws where waiting longer makes no sense. */
export async function everythingWorks(
  api: Api,
  { parts }: Setup,
  nodes: number,
  deadline: number,
  check: () => void,
): Promise<void> {
  const wait = (what: string, holds: () => Promise<boolean>) =>
    until(what, deadline, () => {
      check()
      return holds()
    })
  const waits: Promise<void>[] = []
  if (parts.has('kube-controller-manager')) {
    const account = '/api/v1/namespaces/default/serviceaccounts/default'
    waits.push(wait('the default account', async () => (await api.status(account)) === 200))
  }
  if (parts.has('kwok')) {
    waits.push(
      wait('the nodes to be ready', async () => {
        const { items } = (await api.get('/api/v1/nodes')) as NodeList
        const ready = ({ type, status }: Condition) => type === 'Ready' && status === 'True'
        return items.filter(({ status }) => status?.conditions?.some(ready)).length >= nodes
      }),
    )
  }
  const behindProxy = (['kwok', 'kube-controller-manager', 'kube-scheduler'] as const).every((part) =>
    parts.has(part),
  )
  for (const name of ['prometheus', 'alertmanager'] as const) {
    if (!parts.has(name) || !behindProxy) continue
    const path = `/api/v1/namespaces/observability/services/${name}-operated:http-web/proxy/-/ready`
    waits.push(wait(`${name} behind the service proxy`, async () => (await api.status(path)) === 200))
  }
  await Promise.all(waits)
}
