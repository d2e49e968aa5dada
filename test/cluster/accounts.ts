// ServiceAccounts with few rights, and the kubeconfig of who uses their tokens.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import type { KubeObject } from '#model/kube.ts'
import type { Bed } from './bed/bed.ts'
import { until } from './bed/wait.ts'

const rbac = 'rbac.authorization.k8s.io'

/** No secrets, no services/proxy, no nodes, nothing outside. */
const rules = [
  {
    apiGroups: [''],
    resources: ['pods', 'pods/log', 'events', 'services', 'configmaps'],
    verbs: ['get', 'list', 'watch'],
  },
  { apiGroups: ['apps', 'batch'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
]

/** Path of a kubeconfig with one context, `viewer`, in `namespace`. */
export async function viewerOf(bed: Bed, namespace: string): Promise<string> {
  const name = 'viewer'
  const metadata = { name, namespace }
  await bed.api.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata })
  await bed.api.apply({ apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules })
  await bed.api.apply({
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: rbac, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  })
  return kubeconfigOf(bed, name, namespace)
}

/** Path of a kubeconfig with one context, the account's name, in its namespace. */
export async function kubeconfigOf(bed: Bed, name: string, namespace: string): Promise<string> {
  const secret: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `${name}-token`,
      namespace,
      annotations: { 'kubernetes.io/service-account.name': name },
    },
    type: 'kubernetes.io/service-account-token',
  }
  await bed.api.apply(secret)
  let token = ''
  await until('the token of the account', 15_000, async () => {
    const made = await bed.api.get(`/api/v1/namespaces/${namespace}/secrets/${name}-token`)
    token = (made as { data?: { token?: string } }).data?.token ?? ''
    return token !== ''
  })
  const config = parse(await readFile(bed.kubeconfig, 'utf8')) as { clusters: readonly { name: string }[] }
  const cluster = config.clusters[0]?.name
  const path = join(bed.folder, `${name}.kubeconfig`)
  const text = stringify({
    ...config,
    users: [{ name, user: { token: Buffer.from(token, 'base64').toString() } }],
    contexts: [{ name, context: { cluster, user: name, namespace } }],
    'current-context': name,
  })
  await writeFile(path, text, { mode: 0o600 })
  return path
}
