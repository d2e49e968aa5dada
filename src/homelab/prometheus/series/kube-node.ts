// kube-state-metrics of nodes.
import type { KubeObject } from '#model/kube.ts'
import { fields, list, moment, quantity, text, texts } from './fields.ts'
import { flag, type ObjectKind, type ObjectMetric, type Row, seconds } from './kube-object.ts'

interface NodeFacts {
  readonly name: string
  readonly createdAt: number
  readonly roles: readonly string[]
  readonly podCidr: string
  readonly providerId: string
  readonly cordoned: boolean
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[]
  readonly info: Readonly<Record<string, string>>
  readonly addresses: readonly { readonly type: string; readonly address: string }[]
  readonly conditions: readonly { readonly type: string; readonly status: string }[]
  readonly capacity: Readonly<Record<string, string>>
  readonly allocatable: Readonly<Record<string, string>>
}

const roleLabel = 'node-role.kubernetes.io/'

function decode(object: KubeObject): NodeFacts {
  const spec = fields(object.spec)
  const status = fields(object.status)
  return {
    name: object.metadata.name,
    createdAt: moment(object.metadata.creationTimestamp) ?? 0,
    roles: Object.keys(object.metadata.labels ?? {})
      .filter((label) => label.startsWith(roleLabel))
      .map((label) => label.slice(roleLabel.length)),
    podCidr: text(spec.podCIDR),
    providerId: text(spec.providerID),
    cordoned: spec.unschedulable === true,
    taints: list(spec.taints).map((taint) => ({
      key: text(taint.key),
      value: text(taint.value),
      effect: text(taint.effect),
    })),
    info: texts(status.nodeInfo),
    addresses: list(status.addresses).map(({ type, address }) => ({
      type: text(type),
      address: text(address),
    })),
    conditions: list(status.conditions).map(({ type, status }) => ({
      type: text(type),
      status: text(status),
    })),
    capacity: texts(status.capacity),
    allocatable: texts(status.allocatable),
  }
}

const resources: Readonly<Record<string, string>> = {
  cpu: 'core',
  memory: 'byte',
  'ephemeral-storage': 'byte',
  pods: 'integer',
}

function perResource(node: NodeFacts, amounts: Readonly<Record<string, string>>): readonly Row[] {
  return Object.entries(resources).flatMap(([resource, unit]): Row[] => {
    const amount = quantity(amounts[resource])
    return amount === undefined
      ? []
      : [[{ node: node.name, resource: resource.replace('-', '_'), unit }, amount]]
  })
}

const gauge = (
  name: string,
  help: string,
  rows: ObjectMetric<NodeFacts>['rows'],
): ObjectMetric<NodeFacts> => ({ name, type: 'gauge', help, rows })

export const nodeKind: ObjectKind<NodeFacts> = {
  plural: 'nodes',
  nameLabel: 'node',
  decode,
  metrics: [
    gauge('kube_node_info', 'Information about a cluster node.', (node) => [
      [
        {
          node: node.name,
          kernel_version: node.info.kernelVersion ?? '',
          os_image: node.info.osImage ?? '',
          container_runtime_version: node.info.containerRuntimeVersion ?? '',
          kubelet_version: node.info.kubeletVersion ?? '',
          // Deprecated upstream, and exported still: kubelet's own promise is gone.
          kubeproxy_version: 'deprecated',
          provider_id: node.providerId,
          pod_cidr: node.podCidr,
          system_uuid: node.info.systemUUID ?? '',
          internal_ip: node.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '',
        },
        1,
      ],
    ]),
    gauge('kube_node_created', 'Unix creation timestamp.', (node) => [
      [{ node: node.name }, seconds(node.createdAt)],
    ]),
    gauge('kube_node_labels', 'Kubernetes labels converted to Prometheus labels.', (node) => [
      [{ node: node.name }, 1],
    ]),
    gauge('kube_node_role', 'The role of a cluster node.', (node) =>
      node.roles.map((role) => [{ node: node.name, role }, 1]),
    ),
    gauge('kube_node_spec_unschedulable', 'Whether a node can schedule new pods.', (node) => [
      [{ node: node.name }, flag(node.cordoned)],
    ]),
    gauge('kube_node_spec_taint', 'The taint of a cluster node.', (node) =>
      node.taints.map((taint) => [{ node: node.name, ...taint }, 1]),
    ),
    gauge('kube_node_status_addresses', 'Node address information.', (node) =>
      node.addresses.map(({ type, address }) => [{ node: node.name, type, address }, 1]),
    ),
    gauge('kube_node_status_condition', 'The condition of a cluster node.', (node) =>
      node.conditions.flatMap(({ type, status }) =>
        ['true', 'false', 'unknown'].map(
          (each): Row => [
            { node: node.name, condition: type, status: each },
            flag(each === status.toLowerCase()),
          ],
        ),
      ),
    ),
    gauge('kube_node_status_capacity', 'The total amount of resources available for a node.', (node) =>
      perResource(node, node.capacity),
    ),
    gauge(
      'kube_node_status_allocatable',
      'The amount of resources allocatable for pods (after reserving some for system daemons).',
      (node) => perResource(node, node.allocatable),
    ),
  ],
}
