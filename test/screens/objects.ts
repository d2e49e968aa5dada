// Whole objects as the API server has them, for the detail and the YAML.
import type { KubeObject, ObjectRef } from '#model/kube.ts'
import { fixedNow as now } from '#test/ui/fake-deck.ts'
import { day, hour, minute, object } from './rows.ts'

const at = (ago: number) => new Date(now - ago).toISOString()
const condition = (type: string, status: string, reason: string, message: string, ago: number) => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: at(ago),
})

/** What names the object, as places are made of it. */
export const refOf = ({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): ObjectRef => ({
  group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
  kind,
  name,
  ...(namespace !== undefined && { namespace }),
})

export const brokenPod: KubeObject = object('Pod', 'shop', 'checkout-7d9f8c-x2x4z', {
  metadata: {
    name: 'checkout-7d9f8c-x2x4z',
    namespace: 'shop',
    labels: { app: 'checkout', 'pod-template-hash': '7d9f8c' },
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'checkout-7d9f8c', uid: 'rs', controller: true },
    ],
  },
  spec: {
    nodeName: 'nuc-3',
    serviceAccountName: 'checkout',
    initContainers: [{ name: 'migrate', image: 'ghcr.io/ben-home/migrate:1.0' }],
    containers: [
      {
        name: 'checkout',
        image: 'ghcr.io/ben-home/checkout:3.2.0',
        ports: [{ name: 'http', containerPort: 8080 }],
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      },
      { name: 'proxy', image: 'docker.io/envoyproxy/envoy:v1.36' },
    ],
  },
  status: {
    phase: 'Running',
    podIP: '10.42.0.17',
    qosClass: 'Burstable',
    conditions: [
      condition(
        'Ready',
        'False',
        'ContainersNotReady',
        'containers with unready status: [checkout]',
        3 * minute,
      ),
      condition('PodScheduled', 'True', '', '', 4 * minute),
    ],
    initContainerStatuses: [
      { name: 'migrate', restartCount: 0, state: { terminated: { reason: 'Completed', exitCode: 0 } } },
    ],
    containerStatuses: [
      {
        name: 'checkout',
        restartCount: 6,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message:
              'back-off 2m40s restarting failed container=checkout pod=checkout-7d9f8c-x2x4z_shop(73871f4b)',
          },
        },
        lastState: { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: at(minute) } },
      },
      { name: 'proxy', restartCount: 0, state: { running: { startedAt: at(4 * minute) } } },
    ],
  },
})

export const replicaSet: KubeObject = object('ReplicaSet', 'shop', 'checkout-7d9f8c', {
  apiVersion: 'apps/v1',
  metadata: {
    name: 'checkout-7d9f8c',
    namespace: 'shop',
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout', uid: 'deploy', controller: true },
    ],
  },
  spec: { replicas: 2, selector: { matchLabels: { app: 'checkout' } } },
  status: { replicas: 2 },
})

export const deployment: KubeObject = object('Deployment', 'shop', 'checkout', {
  apiVersion: 'apps/v1',
  metadata: {
    name: 'checkout',
    namespace: 'shop',
    labels: {
      'kustomize.toolkit.fluxcd.io/name': 'apps',
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    },
  },
  spec: { replicas: 2, strategy: { type: 'RollingUpdate' }, selector: { matchLabels: { app: 'checkout' } } },
  status: {
    replicas: 2,
    unavailableReplicas: 2,
    conditions: [
      condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'ReplicaSet has timed out.', 2 * minute),
    ],
  },
})

export const cronJob: KubeObject = object('CronJob', 'home', 'power-readings', {
  apiVersion: 'batch/v1',
  spec: {
    schedule: '*/5 * * * *',
    jobTemplate: { spec: { template: { spec: { containers: [{ name: 'read', image: 'read:1' }] } } } },
  },
})

export const fullNode: KubeObject = object('Node', undefined, 'nuc-3', {
  spec: {
    unschedulable: true,
    taints: [
      { key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' },
      { key: 'dedicated', value: 'media', effect: 'NoExecute' },
    ],
  },
  status: {
    capacity: { cpu: '16', memory: '49434624Ki', pods: '110', 'ephemeral-storage': '482344960Ki' },
    allocatable: { cpu: '15950m', memory: '48910336Ki', pods: '110', 'ephemeral-storage': '444529115136' },
    addresses: [{ type: 'InternalIP', address: '192.168.10.13' }],
    nodeInfo: {
      kubeletVersion: 'v1.36.1',
      osImage: 'Talos (v1.13.2)',
      kernelVersion: '6.18.12-talos',
      architecture: 'amd64',
      containerRuntimeVersion: 'containerd://2.2.4',
    },
    images: [{ names: ['ghcr.io/never-shown:1'], sizeBytes: 1 }],
    conditions: [
      condition(
        'MemoryPressure',
        'False',
        'KubeletHasSufficientMemory',
        'kubelet has sufficient memory',
        day,
      ),
      condition('DiskPressure', 'True', 'KubeletHasDiskPressure', 'kubelet has disk pressure', 13 * minute),
      condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status', 39 * day),
    ],
  },
})

export const kustomization: KubeObject = object('Kustomization', 'flux-system', 'apps', {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  metadata: {
    name: 'apps',
    namespace: 'flux-system',
    labels: {
      'kustomize.toolkit.fluxcd.io/name': 'flux-system',
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    },
  },
  spec: {
    interval: '30m0s',
    path: './kubernetes/apps',
    suspend: true,
    dependsOn: [{ name: 'databases' }, { namespace: 'infra', name: 'network' }],
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
  },
  status: {
    lastAppliedRevision: 'main@sha1:b679d7c6fb72b8f0509fd6605d9fc61d74028866',
    lastAttemptedRevision: 'main@sha1:9f3c2e1d6fb72b8f0509fd6605d9fc61d7402886',
    conditions: [
      condition(
        'Ready',
        'False',
        'DependencyNotReady',
        "dependency 'infra/network' is not ready",
        3 * minute,
      ),
    ],
    inventory: {
      entries: [
        { id: 'shop_checkout_apps_Deployment', v: 'v1' },
        { id: '_shop__Namespace', v: 'v1' },
        { id: '_system__shop_rbac.authorization.k8s.io_ClusterRole', v: 'v1' },
      ],
    },
  },
})

export const helmRelease: KubeObject = object('HelmRelease', 'media', 'photos', {
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  spec: { interval: '1h0m0s', chartRef: { kind: 'OCIRepository', name: 'photos' } },
  status: {
    lastAttemptedRevision: '0.12.0',
    conditions: [
      condition('Ready', 'False', 'UpgradeFailed', 'Helm upgrade failed: context deadline exceeded', hour),
    ],
    history: [
      { chartVersion: '0.12.0', status: 'failed', action: 'upgrade', lastDeployed: at(hour) },
      {
        chartVersion: '0.11.2',
        appVersion: 'v2.4.1',
        status: 'deployed',
        action: 'install',
        lastDeployed: at(14 * day),
      },
    ],
  },
})

/** As the source of secrets leaves it: sizes in the place of values. */
export const secret: KubeObject = object('Secret', 'shop', 'cart-secret', {
  data: { password: '<22 bytes>', 'a\u001b[31mkey': '<4 bytes>' },
})

export const strange: KubeObject = object('ConfigMap', 'shop', 'strange', {
  data: {
    'app.yaml': `server:\n  port: 8080\n  banner: "\u001b[2J\u001b]0;owned\u0007hello"\n# ${'long '.repeat(60)}`,
    日本語: '写真サーバー 🚀 '.repeat(12),
  },
})
