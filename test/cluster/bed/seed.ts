// What a bed's cluster contains from the start: namespaces, nodes, the rights of the narrowed users, Flux's kinds, and
// the Services and pods in front of Prometheus and Alertmanager.
import type { Role, User } from '#homelab/kube/roles.ts'
import type { KubeObject } from '#model/kube.ts'
import { type Api, definedKinds } from './api.ts'
import { CONTROLLERS, definitions } from './flux.ts'
import type { Setup } from './parts.ts'

const NAMESPACES = ['observability', 'flux-system', 'shop'] as const

const rbac = 'rbac.authorization.k8s.io/v1'
const group = 'rbac.authorization.k8s.io'

export async function seed(api: Api, setup: Setup, users: readonly User[], nodes: number): Promise<void> {
  const { parts } = setup
  await Promise.all(NAMESPACES.map((name) => api.apply(object('v1', 'Namespace', { name }))))
  const kinds = await Promise.all(
    CONTROLLERS.filter((name) => parts.has(name)).map((name) => definitions(name)),
  )
  await Promise.all(kinds.flat().map((definition) => api.apply(definition)))
  await definedKinds(api, kinds.flat())
  const workloads: readonly (readonly [part: 'prometheus' | 'alertmanager', name: string, port: number])[] = [
    ['prometheus', 'http-web', 9090],
    ['alertmanager', 'http-web', 9093],
  ]
  await Promise.all([
    ...(parts.has('kwok') ? Array.from({ length: nodes }, (_, index) => api.apply(node(index + 1))) : []),
    ...workloads
      .filter(([name]) => parts.has(name))
      .flatMap(([name, portName, port]) => operated(name, portName, port, setup.ports[name]))
      .map((one) => api.apply(one)),
    ...(await Promise.all(users.map((user) => rights(api, user)))).flat().map((one) => api.apply(one)),
  ])
}

const object = (
  apiVersion: string,
  kind: string,
  metadata: KubeObject['metadata'],
  rest: object = {},
): KubeObject => ({ apiVersion, kind, metadata, ...rest })

const node = (number: number) =>
  object('v1', 'Node', { name: `node-${number}`, labels: { 'kubernetes.io/hostname': `node-${number}` } })

/** As the operator makes them: a StatefulSet of one pod under a headless Service, here with the local port behind it. */
function operated(name: 'prometheus' | 'alertmanager', portName: string, port: number, local: number) {
  const labels = { 'app.kubernetes.io/name': name, [name]: name }
  const namespace = 'observability'
  const container = { name, image: name, ports: [{ name: portName, containerPort: local }] }
  return [
    object(
      'v1',
      'Service',
      { name: `${name}-operated`, namespace, labels: { [`operated-${name}`]: 'true' } },
      {
        spec: {
          clusterIP: 'None',
          selector: labels,
          ports: [{ name: portName, port, targetPort: portName }],
        },
      },
    ),
    object(
      'apps/v1',
      'StatefulSet',
      { name, namespace, labels },
      {
        spec: {
          serviceName: `${name}-operated`,
          replicas: 1,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      },
    ),
  ]
}

/** RBAC cannot deny: a narrowed user is allowed everything that is there but for what it is denied. */
async function rights(api: Api, { name, role }: User): Promise<KubeObject[]> {
  const subjects = [{ apiGroup: group, kind: 'User', name }]
  if (role.onlyNamespace !== undefined) {
    const roleRef = { apiGroup: group, kind: 'ClusterRole', name: 'cluster-admin' }
    return [object(rbac, 'RoleBinding', { name, namespace: role.onlyNamespace }, { subjects, roleRef })]
  }
  const rules = [...allBut(role, await api.resources()), { nonResourceURLs: ['*'], verbs: ['*'] }]
  const roleRef = { apiGroup: group, kind: 'ClusterRole', name }
  return [
    object(rbac, 'ClusterRole', { name }, { rules }),
    object(rbac, 'ClusterRoleBinding', { name }, { subjects, roleRef }),
  ]
}

function allBut({ denied }: Role, served: ReadonlyMap<string, readonly string[]>) {
  return [...served].map(([apiGroup, resources]) => ({
    apiGroups: [apiGroup],
    verbs: ['*'],
    resources: resources.filter(
      (name) =>
        !denied.some(
          (one) => one.group === apiGroup && (name === one.resource || name.startsWith(`${one.resource}/`)),
        ),
    ),
  }))
}
