// Node objects and their Leases.
import { stamp } from '#homelab/store.ts'
import type { Machine } from '#homelab/world/catalogue/shapes.ts'
import { hex } from '#homelab/world/random.ts'
import type { KubeObject } from '#model/kube.ts'

export interface NodeState {
  readonly bootedAt: number
  readonly ready: boolean
  readonly readySince: number
  /** Pressures and other conditions that hold, with since when. */
  readonly troubles: readonly {
    readonly type: string
    readonly reason: string
    readonly message: string
    readonly since: number
  }[]
  readonly taints: readonly {
    readonly key: string
    readonly value?: string
    readonly effect: string
    readonly timeAdded?: string
  }[]
  readonly seenAt: number
  readonly restarts: number
}

const calm = [
  ['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
] as const

/** `position` numbers the machine's pod network. */
export function nodeObject(
  machine: Machine,
  state: NodeState,
  createdAt: number,
  position: number,
): KubeObject {
  const cidr = `10.${244 + (position >> 8)}.${position & 255}.0/24`
  const heartbeat = stamp(state.seenAt)
  const conditions = calm.map(([type, reason, message]) => {
    const trouble = state.troubles.find((candidate) => candidate.type === type)
    return {
      type,
      status: trouble ? 'True' : 'False',
      lastHeartbeatTime: heartbeat,
      lastTransitionTime: stamp(trouble?.since ?? state.bootedAt),
      reason: trouble?.reason ?? reason,
      message: trouble?.message ?? message,
    }
  })
  const kib = machine.memory * 1024 * 1024
  const disk = machine.filesystems.find(({ mountpoint }) => mountpoint === '/var')?.size ?? 100
  const gpu = machine.gpus ? { 'nvidia.com/gpu': String(machine.gpus) } : {}
  const pi = machine.arch === 'arm64'
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: machine.name,
      creationTimestamp: stamp(createdAt),
      labels: {
        'beta.kubernetes.io/arch': machine.arch,
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': machine.arch,
        'kubernetes.io/hostname': machine.name,
        'kubernetes.io/os': 'linux',
        ...(machine.controlPlane && { 'node-role.kubernetes.io/control-plane': '' }),
        ...machine.labels,
      },
      annotations: {
        'csi.volume.kubernetes.io/nodeid': JSON.stringify({ 'driver.longhorn.io': machine.name }),
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      podCIDR: cidr,
      podCIDRs: [cidr],
      providerID: `talos://${machine.name}`,
      ...(state.taints.length > 0 && { taints: state.taints }),
    },
    status: {
      capacity: {
        cpu: String(machine.cpus),
        'ephemeral-storage': `${disk * 1024 * 1024}Ki`,
        'hugepages-2Mi': '0',
        memory: `${kib - 180_000}Ki`,
        pods: '110',
        ...gpu,
      },
      allocatable: {
        cpu: `${machine.cpus * 1000 - 50}m`,
        'ephemeral-storage': String(Math.floor(disk * 1024 ** 3 * 0.9)),
        'hugepages-2Mi': '0',
        memory: `${kib - 180_000 - 512 * 1024}Ki`,
        pods: '110',
        ...gpu,
      },
      conditions: [
        ...conditions,
        state.ready
          ? {
              type: 'Ready',
              status: 'True',
              lastHeartbeatTime: heartbeat,
              lastTransitionTime: stamp(state.readySince),
              reason: 'KubeletReady',
              message: 'kubelet is posting ready status',
            }
          : {
              type: 'Ready',
              status: 'Unknown',
              lastHeartbeatTime: heartbeat,
              lastTransitionTime: stamp(state.readySince),
              reason: 'NodeStatusUnknown',
              message: 'Kubelet stopped posting node status.',
            },
      ],
      addresses: [
        { type: 'InternalIP', address: machine.ip },
        { type: 'Hostname', address: machine.name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        machineID: hex(`machine/${machine.name}`, 32),
        systemUUID: hex(`system/${machine.name}`, 32).replace(
          /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
          '$1-$2-$3-$4-$5',
        ),
        bootID: hex(`boot/${machine.name}/${state.bootedAt}`, 32).replace(
          /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
          '$1-$2-$3-$4-$5',
        ),
        kernelVersion: pi ? '6.18.12-talos-rpi' : '6.18.12-talos',
        osImage: 'Talos (v1.13.2)',
        containerRuntimeVersion: 'containerd://2.2.4',
        kubeletVersion: 'v1.36.1',
        kubeProxyVersion: '',
        operatingSystem: 'linux',
        architecture: machine.arch,
      },
      features: { supplementalGroupsPolicy: true },
      runtimeHandlers: [
        { name: '', features: { recursiveReadOnlyMounts: true, userNamespaces: true } },
        { name: 'runc', features: { recursiveReadOnlyMounts: true, userNamespaces: true } },
      ],
    },
  }
}

export function leaseObject(node: KubeObject, renewedAt: number): KubeObject {
  const { name, uid = '', creationTimestamp } = node.metadata
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name,
      namespace: 'kube-node-lease',
      ...(creationTimestamp && { creationTimestamp }),
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
    },
    spec: {
      holderIdentity: name,
      leaseDurationSeconds: 40,
      renewTime: new Date(renewedAt).toISOString().replace('Z', '000Z'),
    },
  }
}
