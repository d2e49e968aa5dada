// The bed's own hand on its API server, as the administrator. Not the client that is tested.
import type { KubeObject } from '#model/kube.ts'
import { clientOf } from '#test/homelab/kube/client.ts'
import { until } from './wait.ts'

export interface Api {
  get(path: string): Promise<unknown>
  /** What kubectl would print: each row as its cells by column name, and `Namespace` beside them. */
  table(path: string): Promise<readonly Readonly<Record<string, string>>[]>
  /** The status alone. */
  status(path: string): Promise<number>
  /** Server-side apply as field manager `bed`; the kinds that it knows are in PLURALS. */
  apply(object: KubeObject): Promise<KubeObject>
  /** A merge patch of the object's status. */
  patchStatus(path: string, status: object): Promise<void>
  /** Every resource, subresources as `pods/log`, by group. */
  resources(): Promise<ReadonlyMap<string, readonly string[]>>
  close(): Promise<void>
}

const PLURALS: Readonly<Record<string, { plural: string; namespaced: boolean }>> = {
  Namespace: { plural: 'namespaces', namespaced: false },
  Node: { plural: 'nodes', namespaced: false },
  Pod: { plural: 'pods', namespaced: true },
  Secret: { plural: 'secrets', namespaced: true },
  ServiceAccount: { plural: 'serviceaccounts', namespaced: true },
  Service: { plural: 'services', namespaced: true },
  Deployment: { plural: 'deployments', namespaced: true },
  StatefulSet: { plural: 'statefulsets', namespaced: true },
  ClusterRole: { plural: 'clusterroles', namespaced: false },
  ClusterRoleBinding: { plural: 'clusterrolebindings', namespaced: false },
  Role: { plural: 'roles', namespaced: true },
  RoleBinding: { plural: 'rolebindings', namespaced: true },
  HelmRepository: { plural: 'helmrepositories', namespaced: true },
  HelmRelease: { plural: 'helmreleases', namespaced: true },
  GitRepository: { plural: 'gitrepositories', namespaced: true },
  Kustomization: { plural: 'kustomizations', namespaced: true },
  GrafanaDashboard: { plural: 'grafanadashboards', namespaced: true },
  CustomResourceDefinition: { plural: 'customresourcedefinitions', namespaced: false },
}

interface Discovery {
  readonly items: readonly {
    readonly metadata: { readonly name?: string }
    readonly versions: readonly {
      readonly resources?: readonly {
        readonly resource: string
        readonly subresources?: readonly { readonly subresource: string }[]
      }[]
    }[]
  }[]
}

interface TableAnswer {
  readonly columnDefinitions: readonly { readonly name: string }[]
  readonly rows: readonly {
    readonly cells: readonly unknown[]
    readonly object: { readonly metadata: { readonly namespace?: string } }
  }[]
}

export function apiOf(kubeconfig: string): Api {
  const client = clientOf(kubeconfig)
  const json = async (path: string, init: Parameters<typeof client.fetch>[1] = {}) => {
    const answer = await client.fetch(path, { signal: AbortSignal.timeout(10_000), ...init })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${answer.status} ${text.slice(0, 500)}`)
    return JSON.parse(text) as unknown
  }
  return {
    get: (path) => json(path),
    async table(path) {
      const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io'
      const { columnDefinitions, rows } = (await json(path, { headers: { accept } })) as TableAnswer
      return rows.map(({ cells, object }) => ({
        Namespace: object.metadata.namespace ?? '',
        ...Object.fromEntries(columnDefinitions.map(({ name }, index) => [name, String(cells[index])])),
      }))
    },
    async status(path) {
      const answer = await client.fetch(path, { signal: AbortSignal.timeout(5_000) })
      await answer.text()
      return answer.status
    },
    apply: async (object) =>
      (await json(`${pathOf(object)}?fieldManager=bed&force=true`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body: JSON.stringify(object),
      })) as KubeObject,
    async patchStatus(path, status) {
      await json(`${path}/status`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify({ status }),
      })
    },
    async resources() {
      const found = new Map<string, string[]>()
      for (const root of ['/api', '/apis']) {
        const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
        const { items } = (await json(root, { headers: { accept } })) as Discovery
        for (const { metadata, versions } of items) {
          const names = versions
            .flatMap(({ resources = [] }) => resources)
            .flatMap(({ resource, subresources = [] }) => [
              resource,
              ...subresources.map(({ subresource }) => `${resource}/${subresource}`),
            ])
          found.set(metadata.name ?? '', [...new Set(names)])
        }
      }
      return found
    },
    close: () => client.agent.destroy(),
  }
}

function pathOf({ apiVersion, kind, metadata }: KubeObject): string {
  const known = PLURALS[kind]
  if (known === undefined) throw new Error(`${kind} is not among the kinds that the bed applies`)
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const place = known.namespaced ? `/namespaces/${metadata.namespace}` : ''
  return `${root}${place}/${known.plural}/${metadata.name}`
}

/** Waits until the API serves what the definitions define. */
export async function definedKinds(api: Api, definitions: readonly KubeObject[]): Promise<void> {
  const wanted = definitions.map(({ metadata }) => metadata.name)
  await until('the kinds of Flux', 15_000, async () => {
    const served = await api.resources()
    return wanted.every((name) => {
      const [plural = '', ...group] = name.split('.')
      return served.get(group.join('.'))?.includes(plural)
    })
  })
}
