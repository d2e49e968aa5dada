// `ask` of a bed, by its kubeconfig.
import { clientOf } from '#test/homelab/kube/client.ts'
import type { KubernetesBed } from './bed.ts'

/** The administrator's hand; its connections end with `close`. */
export function askerOf(kubeconfig: string): { ask: KubernetesBed['ask']; close(): Promise<void> } {
  const client = clientOf(kubeconfig)
  return {
    ask: (method, path, body, type = 'application/json') =>
      client.json(path, {
        method,
        ...(body !== undefined && { body, headers: { 'content-type': type } }),
        signal: AbortSignal.timeout(10_000),
      }),
    close: () => client.agent.destroy(),
  }
}
