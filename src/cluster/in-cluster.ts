// Inside a pod there is no kubeconfig but a service account: its files, and the API server's address in the
// environment, put into the form of a kubeconfig.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kubeconfig, KubeconfigPlace } from './kubeconfig.ts'

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount'

const inClusterName = 'in-cluster'

/** Undefined where this is no pod. */
export async function inCluster(
  env: KubeconfigPlace['env'],
  folder: string = serviceAccount,
): Promise<Kubeconfig | undefined> {
  const host = env.KUBERNETES_SERVICE_HOST
  if (host === undefined || host === '') return undefined
  const namespace = await readFile(join(folder, 'namespace'), 'utf8').catch(() => undefined)
  if (namespace === undefined) return undefined
  const port = env.KUBERNETES_SERVICE_PORT ?? '443'
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`
  const entry = (fields: Readonly<Record<string, unknown>>) =>
    new Map([[inClusterName, { name: inClusterName, fields, folder }]])
  return {
    files: [folder],
    currentContext: inClusterName,
    contexts: entry({ cluster: inClusterName, user: inClusterName, namespace: namespace.trim() }),
    clusters: entry({ server, 'certificate-authority': 'ca.crt' }),
    users: entry({ tokenFile: 'token' }),
  }
}
